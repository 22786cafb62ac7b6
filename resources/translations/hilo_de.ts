<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>BlockTexts</name>
    <message>
        <source>LayerNorm</source>
        <translation>LayerNorm</translation>
    </message>
    <message>
        <source>Mean 0, variance 1, times a weight</source>
        <translation>Mittel 0, Varianz 1, mal ein Gewicht</translation>
    </message>
    <message>
        <source>RMSNorm</source>
        <translation>RMSNorm</translation>
    </message>
    <message>
        <source>Mean square 1, times a weight</source>
        <translation>Mittleres Quadrat 1, mal ein Gewicht</translation>
    </message>
    <message>
        <source>%1: reads %2 values, writes %3. An adapter can be put on it.</source>
        <translation>%1: liest %2 Werte, schreibt %3. Ein Adapter kann darauf gesetzt werden.</translation>
    </message>
    <message>
        <source>q/k/v norm</source>
        <translation>q/k/v-Norm</translation>
    </message>
    <message>
        <source>per-layer input</source>
        <translation>Eingabe je Schicht</translation>
    </message>
    <message>
        <source>Behind the MLP: %1 values of a second embedding of the token, through a frozen gate</source>
        <translation>Hinter dem MLP: %1 Werte einer zweiten Einbettung des Tokens, durch ein eingefrorenes Gatter</translation>
    </message>
    <message>
        <source>q/k norm</source>
        <translation>q/k-Norm</translation>
    </message>
    <message>
        <source>RoPE</source>
        <translation>RoPE</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>convolution · delta rule · norm · gate</source>
        <translation>Faltung · Delta-Regel · Norm · Tor</translation>
    </message>
    <message>
        <source>%1 states of %2 × %3 values, which each token partly overwrites; %4 heads for queries and keys; the convolution sees %5 tokens</source>
        <translation>%1 Zustände von %2 × %3 Werten, die jedes Token zum Teil überschreibt; %4 Köpfe für Anfragen und Schlüssel; die Faltung sieht %5 Token</translation>
    </message>
    <message>
        <source>gate</source>
        <translation>Tor</translation>
    </message>
    <message>
        <source>%1 heads of %2 values, %3 heads for keys and values</source>
        <translation>%1 Köpfe zu %2 Werten, %3 Köpfe für Schlüssel und Werte</translation>
    </message>
    <message>
        <source>The gate&apos;s activation times up</source>
        <translation>Die Aktivierung von gate mal up</translation>
    </message>
    <message>
        <source>The activation</source>
        <translation>Die Aktivierung</translation>
    </message>
    <message>
        <source>Attention: %1. MLP: %2.</source>
        <translation>Aufmerksamkeit: %1. MLP: %2.</translation>
    </message>
    <message>
        <source>router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Chooses %1 of %2 experts for each token and weighs what they give; it is frozen</source>
        <translation>Wählt für jedes Token %1 von %2 Experten und gewichtet, was sie geben; er ist eingefroren</translation>
    </message>
    <message>
        <source>%1 of %2 frozen MLPs are used for a token; each may get a LoRA of its own</source>
        <translation>Für ein Token werden %1 von %2 eingefrorenen MLPs benutzt; jedes kann ein eigenes LoRA bekommen</translation>
    </message>
</context>
<context>
    <name>CellWords</name>
    <message>
        <source>no adapter</source>
        <translation>kein Adapter</translation>
    </message>
    <message>
        <source>plain LoRA, rank %1</source>
        <translation>einfaches LoRA, Rang %1</translation>
    </message>
    <message numerus="yes">
        <source>%n expert(s)</source>
        <translation>
            <numerusform>%n Experte</numerusform>
            <numerusform>%n Experten</numerusform>
        </translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>Rang %1</translation>
    </message>
    <message>
        <source>ranks %1</source>
        <translation>Ränge %1</translation>
    </message>
    <message>
        <source>%1, %2, top-%3</source>
        <translation>%1, %2, top-%3</translation>
    </message>
    <message numerus="yes">
        <source>LoRA of rank %1 on each of the base&apos;s %n expert(s), top-%2 by its own router</source>
        <translation>
            <numerusform>LoRA vom Rang %1 auf dem einen Experten der Basis, Top-%2 durch ihren eigenen Router</numerusform>
            <numerusform>LoRA vom Rang %1 auf jedem der %n Experten der Basis, Top-%2 durch ihren eigenen Router</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChartSeries</name>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Explain “%1”</source>
        <translation>„%1“ erklären</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Project, %1</source>
        <translation>Projekt, %1</translation>
    </message>
    <message>
        <source>Preference</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Help, strategy</source>
        <translation>Hilfe, Strategie</translation>
    </message>
    <message>
        <source>Help, signal</source>
        <translation>Hilfe, Signal</translation>
    </message>
</context>
<context>
    <name>DataFileFilter</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>DataMerge</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1: here %2, on disk %3</source>
        <translation>%1: hier %2, auf der Platte %3</translation>
    </message>
    <message>
        <source>%1: only here</source>
        <translation>%1: nur hier</translation>
    </message>
    <message>
        <source>%1: only on disk</source>
        <translation>%1: nur auf der Platte</translation>
    </message>
</context>
<context>
    <name>DataReading</name>
    <message>
        <source>Choose a template: how do rows become prompts?</source>
        <translation>Wählen Sie eine Vorlage: Wie werden aus Zeilen Prompts?</translation>
    </message>
</context>
<context>
    <name>EvaluationMarks</name>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>training rows</source>
        <translation>Trainingszeilen</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>%1, step %2: %3</source>
        <translation>%1, Schritt %2: %3</translation>
    </message>
</context>
<context>
    <name>ExportReport</name>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Largest difference of logits</source>
        <translation>Größter Unterschied der Logits</translation>
    </message>
    <message>
        <source>%1 (allowed %2) from %3</source>
        <translation>%1 (erlaubt %2) von %3</translation>
    </message>
    <message>
        <source>Cost of rounding</source>
        <translation>Kosten des Rundens</translation>
    </message>
    <message>
        <source>logits differ by up to %1; the same next token for %2 of %3</source>
        <translation>Logits weichen um bis zu %1 ab; dasselbe nächste Token bei %2 von %3</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>%1 with routers, %2 here</source>
        <translation>%1 mit Routern, %2 hier</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>Gemessen an</translation>
    </message>
    <message>
        <source>%1 rows of %2</source>
        <translation>%1 Zeilen von %2</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1 in %2 files</source>
        <translation>%1 in %2 Dateien</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauerte</translation>
    </message>
    <message>
        <source>✓ Costs nothing: %1</source>
        <translation>✓ Kostet nichts: %1</translation>
    </message>
    <message>
        <source>⚠ An approximation whose cost was not measured</source>
        <translation>⚠ Eine Näherung, deren Kosten nicht gemessen wurden</translation>
    </message>
    <message>
        <source>✓ Costs no accuracy here: %1 with routers, %2 without</source>
        <translation>✓ Kostet hier keine Genauigkeit: %1 mit Routern, %2 ohne</translation>
    </message>
    <message>
        <source>⚠ Costs %1 points of accuracy: %2 with routers, %3 without</source>
        <translation>⚠ Kostet %1 Punkte Genauigkeit: %2 mit Routern, %3 ohne</translation>
    </message>
    <message>
        <source>⚠ Loss %1 with routers, %2 without</source>
        <translation>⚠ Verlust %1 mit Routern, %2 ohne</translation>
    </message>
    <message>
        <source>the same next token for %1 of %2</source>
        <translation>dasselbe nächste Token bei %1 von %2</translation>
    </message>
    <message>
        <source>Files read back</source>
        <translation>Dateien zurückgelesen</translation>
    </message>
    <message>
        <source>%1 with routers, %2 here; mean weights: %3</source>
        <translation>%1 mit Routern, %2 hier; mittlere Gewichte: %3</translation>
    </message>
    <message>
        <source>Distilled</source>
        <translation>Destilliert</translation>
    </message>
    <message>
        <source>%1 steps, rank %2 at most, in %3</source>
        <translation>%1 Schritte, Rang höchstens %2, in %3</translation>
    </message>
</context>
<context>
    <name>MetricText</name>
    <message>
        <source>%1, %2</source>
        <comment>a metric and its task</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>nats/token</source>
        <translation>Nats/Token</translation>
    </message>
    <message>
        <source>“%1” is not known to this program: higher is taken for better.</source>
        <translation>„%1“ ist diesem Programm nicht bekannt: Höher gilt als besser.</translation>
    </message>
    <message>
        <source>Lower is better.</source>
        <translation>Niedriger ist besser.</translation>
    </message>
    <message>
        <source>Higher is better.</source>
        <translation>Höher ist besser.</translation>
    </message>
    <message>
        <source> points</source>
        <translation> Punkte</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 (%2–%3)</source>
        <translation>%1 (%2–%3)</translation>
    </message>
</context>
<context>
    <name>PageHelp</name>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; Your rows as the model will read them: the prompt that the template makes of a row, and the answer, marked, on which alone the loss is taken unless a run says otherwise.</source>
        <translation>&lt;b&gt;Was Sie sehen.&lt;/b&gt; Ihre Zeilen, wie das Modell sie lesen wird: der Prompt, den die Vorlage aus einer Zeile macht, und markiert die Antwort, auf der allein der Verlust berechnet wird, wenn ein Lauf nichts anderes sagt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Tokens.&lt;/b&gt; How long the rows are, counted with this model&apos;s tokenizer, and which share is longer than the maximum length. A row that is too long loses the beginning of its prompt, never its answer. Raise the maximum until next to nothing is cut; memory and time grow with it.</source>
        <translation>&lt;b&gt;Token.&lt;/b&gt; Wie lang die Zeilen sind, gezählt mit dem Tokenizer dieses Modells, und welcher Anteil länger als die größte Länge ist. Eine zu lange Zeile verliert den Anfang ihres Prompts, nie ihre Antwort. Erhöhen Sie die größte Länge, bis fast nichts gekürzt wird; Speicher und Zeit wachsen mit.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Labels.&lt;/b&gt; How often each answer is the right one. The majority floor is the accuracy of always giving the most frequent answer of the training rows: a run that is not clearly above it has learned nothing.</source>
        <translation>&lt;b&gt;Antworten.&lt;/b&gt; Wie oft jede Antwort die richtige ist. Die Mehrheitsschwelle ist die Genauigkeit, wenn man immer die häufigste Antwort der Trainingszeilen gibt: Ein Lauf, der nicht klar darüber liegt, hat nichts gelernt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Columns.&lt;/b&gt; A template asks for fields by name; say which column of your data stands for each. Rows that cannot be used are listed with file, line and reason, and are left out of training and evaluation.</source>
        <translation>&lt;b&gt;Spalten.&lt;/b&gt; Eine Vorlage verlangt Felder nach Namen; sagen Sie, welche Spalte Ihrer Daten für jedes steht. Unbrauchbare Zeilen sind mit Datei, Zeile und Grund aufgeführt und bleiben bei Training und Auswertung weg.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; “Use for new runs” keeps the choice in the project. Then measure the layers on the page Complexity, or go straight to Allocation.</source>
        <translation>&lt;b&gt;Weiter.&lt;/b&gt; „Für neue Läufe benutzen“ behält die Wahl im Projekt. Messen Sie dann die Schichten auf der Seite Komplexität, oder gehen Sie gleich zur Zuteilung.</translation>
    </message>
    <message>
        <source>&lt;i&gt;Templates of MoLA (Gao et al. 2024), MoE-PEFT, Alpaca and ChatML come with the program; a template of your own is a JSON file, described in resources/prompts/README.md.&lt;/i&gt;</source>
        <translation>&lt;i&gt;Vorlagen von MoLA (Gao et al. 2024), MoE-PEFT, Alpaca und ChatML liegen bei; eine eigene Vorlage ist eine JSON-Datei, beschrieben in resources/prompts/README.md.&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; How complex each layer is, by one signal a tab: a row a module, a column a layer. Signals of whole layers have one row. Bright is high; what “high” means stands below the map.</source>
        <translation>&lt;b&gt;Was Sie sehen.&lt;/b&gt; Wie komplex jede Schicht ist, je Reiter ein Signal: eine Zeile je Modul, eine Spalte je Schicht. Signale ganzer Schichten haben eine Zeile. Hell ist hoch; was „hoch“ heißt, steht unter der Karte.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Kinds of signals.&lt;/b&gt; From the weights alone (no data, computed once), from activations (forward passes over your rows), from gradients on your task (slowest, and the only ones that know the task). Each says whether a larger or a smaller value wants more capacity, and how well two halves of the data agree on it.</source>
        <translation>&lt;b&gt;Arten von Signalen.&lt;/b&gt; Allein aus den Gewichten (ohne Daten, einmal berechnet), aus Aktivierungen (Vorwärtsdurchläufe über Ihre Zeilen), aus Gradienten Ihrer Aufgabe (am langsamsten, und die einzigen, die die Aufgabe kennen). Jedes sagt, ob ein größerer oder ein kleinerer Wert mehr Kapazität will, und wie gut zwei Hälften der Daten darin übereinstimmen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Over depth&lt;/b&gt; draws several signals, each from its lowest to its highest layer. &lt;b&gt;Spectrum&lt;/b&gt; shows how fast the directions of a module lose weight: a slow fall wants more rank. &lt;b&gt;Do the signals agree?&lt;/b&gt; is Spearman&apos;s rank correlation over the layers. Signals of necessity and signals of change often disagree, and then a map that is built on one is not supported by the other (layer-importance study, Abbes et al. 2026).</source>
        <translation>&lt;b&gt;Über die Tiefe&lt;/b&gt; zeichnet mehrere Signale, jedes von seiner niedrigsten bis zu seiner höchsten Schicht. &lt;b&gt;Spektrum&lt;/b&gt; zeigt, wie schnell die Richtungen eines Moduls an Gewicht verlieren: Ein langsamer Abfall will mehr Rang. &lt;b&gt;Stimmen die Signale überein?&lt;/b&gt; ist Spearmans Rangkorrelation über die Schichten. Signale der Notwendigkeit und Signale der Veränderung widersprechen sich oft, und dann stützt das eine eine Karte nicht, die auf dem anderen beruht (Studie zur Wichtigkeit von Schichten, Abbes et al. 2026).</translation>
    </message>
    <message>
        <source>&lt;b&gt;Keys.&lt;/b&gt; Arrows move over the map, Left and Right over the chart. The layer that you select is selected on all pages.</source>
        <translation>&lt;b&gt;Tasten.&lt;/b&gt; Pfeile bewegen über die Karte, Links und Rechts über das Diagramm. Die gewählte Schicht ist auf allen Seiten gewählt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; “Profile…” measures; “Allocate from this” takes the shown signal to the page Allocation, where HILO turns it into experts and ranks.</source>
        <translation>&lt;b&gt;Weiter.&lt;/b&gt; „Profil …“ misst; „Hieraus zuteilen“ bringt das gezeigte Signal zur Seite Zuteilung, wo HILO daraus Experten und Ränge macht.</translation>
    </message>
    <message>
        <source>&lt;i&gt;Every signal&apos;s definition and source: menu Help, “Strategies and signals”.&lt;/i&gt;</source>
        <translation>&lt;i&gt;Definition und Quelle jedes Signals: Menü Hilfe, „Strategien und Signale“.&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; The same prompt continued by the base model and by one or two adapters, side by side, as they write. With temperature 0 the most likely token is taken every time; otherwise the same seed gives the same text.</source>
        <translation>&lt;b&gt;Was Sie sehen.&lt;/b&gt; Derselbe Prompt, fortgesetzt vom Basismodell und von einem oder zwei Adaptern, nebeneinander, während sie schreiben. Bei Temperatur 0 wird jedes Mal das wahrscheinlichste Token genommen; sonst gibt derselbe Startwert denselben Text.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Colours.&lt;/b&gt; Each token has the colour and the number of the expert that weighed most when the token was read, in the layer and module that you select. A token&apos;s experts are known once it has been read, so the last one of a text stays without. One expert for all tokens means that the router does not choose; a mix that follows the words means that it does. Point at a token for all its experts and their weights.</source>
        <translation>&lt;b&gt;Farben.&lt;/b&gt; Jedes Token hat Farbe und Nummer des Experten, der beim Lesen des Tokens am meisten wog, in der Schicht und dem Modul, die Sie wählen. Die Experten eines Tokens sind bekannt, sobald es gelesen wurde; das letzte eines Textes bleibt daher ohne. Ein Experte für alle Token heißt, dass der Router nicht wählt; eine Mischung, die den Wörtern folgt, dass er es tut. Zeigen Sie auf ein Token, um alle seine Experten und Gewichte zu sehen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; An adapter that changes nothing, or repeats itself, was trained too little or too fast: see its curves on the page Runs. For numbers instead of impressions use the accuracy on the page Compare.</source>
        <translation>&lt;b&gt;Weiter.&lt;/b&gt; Ein Adapter, der nichts ändert oder sich wiederholt, wurde zu wenig oder zu schnell trainiert: Sehen Sie seine Kurven auf der Seite Läufe an. Zahlen statt Eindrücken gibt die Genauigkeit auf der Seite Vergleich.</translation>
    </message>
    <message>
        <source>&lt;i&gt;Top-k routing after MoLA (Gao et al. 2024); tokens coloured by their first expert as in the Mixtral report (Jiang et al. 2024).&lt;/i&gt;</source>
        <translation>&lt;i&gt;Top-k-Routing nach MoLA (Gao et al. 2024); Token nach ihrem ersten Experten gefärbt wie im Mixtral-Bericht (Jiang et al. 2024).&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; Every format that this program writes, with a verdict for the chosen run: &lt;b&gt;exact&lt;/b&gt;, &lt;b&gt;exact after padding&lt;/b&gt; (zeros are added, the function is the same), &lt;b&gt;static approximation&lt;/b&gt; (the routing is replaced by its mean weights, or, distilled, one adapter is trained until it says what the mixture says; what each of both costs is measured and shown), or &lt;b&gt;impossible&lt;/b&gt;, with the reason.</source>
        <translation>&lt;b&gt;Was Sie sehen.&lt;/b&gt; Jedes Format, das dieses Programm schreibt, mit einem Urteil für den gewählten Lauf: &lt;b&gt;genau&lt;/b&gt;, &lt;b&gt;genau nach Auffüllen&lt;/b&gt; (Nullen kommen hinzu, die Funktion bleibt gleich), &lt;b&gt;statische Näherung&lt;/b&gt; (das Routing wird durch seine mittleren Gewichte ersetzt oder, destilliert, ein Adapter trainiert, bis er sagt, was die Mischung sagt; was beides kostet, wird gemessen und gezeigt) oder &lt;b&gt;unmöglich&lt;/b&gt;, mit dem Grund.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Why it matters.&lt;/b&gt; Most tools know neither routers nor ranks that differ. PEFT&apos;s LoRA has no router at all; MoLA&apos;s layout has one rank; only the project&apos;s own format holds every map as it is.</source>
        <translation>&lt;b&gt;Warum das wichtig ist.&lt;/b&gt; Die meisten Werkzeuge kennen weder Router noch verschiedene Ränge. PEFTs LoRA hat gar keinen Router; MoLAs Aufbau hat einen einzigen Rang; nur das eigene Format des Projekts hält jede Karte, wie sie ist.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Verification.&lt;/b&gt; After writing, the files are read back by another path and the logits of a test batch are compared with the run&apos;s own. An export that fails this is not put in place.</source>
        <translation>&lt;b&gt;Prüfung.&lt;/b&gt; Nach dem Schreiben werden die Dateien auf anderem Weg zurückgelesen und die Logits eines Teststapels mit denen des Laufs verglichen. Ein Export, der das nicht besteht, wird nicht abgelegt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; Choose a format, a folder, and “Export”. The folder gets a README that says how to load it, the base model, the map and its accuracy. “Show command” gives the same as a line for the terminal.</source>
        <translation>&lt;b&gt;Weiter.&lt;/b&gt; Wählen Sie Format, Ordner und „Exportieren“. Der Ordner bekommt eine README, die sagt, wie man ihn lädt, samt Basismodell, Karte und Genauigkeit. „Befehl zeigen“ gibt dasselbe als Zeile für das Terminal.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Tasks.&lt;/b&gt; Several data sets can be trained in one run. Each task&apos;s share of an epoch follows its rows and its weight, or is equal; a limit takes the first rows only. Of preferences you see the chosen and the rejected answer, of judged answers the judgement.</source>
        <translation>&lt;b&gt;Aufgaben.&lt;/b&gt; Mehrere Datensätze können in einem Lauf trainiert werden. Der Anteil jeder Aufgabe an einer Epoche folgt ihren Zeilen und ihrem Gewicht oder ist gleich; eine Grenze nimmt nur die ersten Zeilen. Von Vorlieben sehen Sie die gewählte und die verworfene Antwort, von beurteilten Antworten das Urteil.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Conversation.&lt;/b&gt; Models with a chat template can be talked to in turns, with a system prompt. Each column keeps its own answers, and is told what it said itself. hilo generate --chat --messages does the same.</source>
        <translation>&lt;b&gt;Gespräch.&lt;/b&gt; Mit Modellen, die eine Gesprächsvorlage haben, kann man im Wechsel sprechen, mit Systemprompt. Jede Spalte behält ihre eigenen Antworten und bekommt gesagt, was sie selbst gesagt hat. hilo generate --chat --messages tut dasselbe.</translation>
    </message>
</context>
<context>
    <name>Profile</name>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>ReportFile</name>
    <message>
        <source>Matrix as a picture (SVG)…</source>
        <translation>Matrix als Bild (SVG) …</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG-Bild (*.svg)</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Table for a paper (LaTeX)…</source>
        <translation>Tabelle für eine Veröffentlichung (LaTeX) …</translation>
    </message>
    <message>
        <source>Markdown…</source>
        <translation>Markdown …</translation>
    </message>
    <message>
        <source>Web page (HTML)…</source>
        <translation>Webseite (HTML) …</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>LaTeX (*.tex)</source>
        <translation>LaTeX (*.tex)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
</context>
<context>
    <name>RunSpecFields</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Prompt template</source>
        <translation>Prompt-Vorlage</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Which column fills which field of the template: field = column, one pair after the other, separated by commas. Empty: columns of the same names</source>
        <translation>Welche Spalte welches Feld der Vorlage füllt: Feld = Spalte, ein Paar nach dem anderen, mit Kommas dazwischen. Leer: Spalten gleichen Namens</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>How rows are shared out. Empty: by the folder&apos;s files; where these are for training alone, some rows are kept to validate on. &quot;none&quot;: all are for training. &quot;column split&quot;: by a column&apos;s value. &quot;seed 1 validation 0.1 test 0.1&quot;: at random, the same for a seed. &quot;train a.jsonl test b.jsonl&quot;: by files</source>
        <translation>Wie die Zeilen aufgeteilt werden. Leer: nach den Dateien des Ordners; sind diese nur zum Training, werden einige Zeilen zur Validierung zurückgehalten. „none“: alle sind zum Training. &quot;column split&quot;: nach dem Wert einer Spalte. &quot;seed 1 validation 0.1 test 0.1&quot;: zufällig, für einen Startwert immer gleich. &quot;train a.jsonl test b.jsonl&quot;: nach Dateien</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Passes over the training rows; used when steps is 0</source>
        <translation>Durchgänge durch die Trainingszeilen; gilt, wenn Schritte 0 ist</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Optimiser steps; 0: the epochs decide</source>
        <translation>Schritte des Optimierers; 0: die Epochen entscheiden</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>Rows per micro-batch, from 1</source>
        <translation>Zeilen je Teilbatch, ab 1</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>Akkumulation</translation>
    </message>
    <message>
        <source>Micro-batches per step, from 1; more of them need no more memory</source>
        <translation>Teilbatches je Schritt, ab 1; mehr davon brauchen nicht mehr Speicher</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Highest learning rate, from 0 to 10</source>
        <translation>Höchste Lernrate, von 0 bis 10</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How the learning rate falls after the warm-up</source>
        <translation>Wie die Lernrate nach dem Aufwärmen fällt</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>Aufwärmschritte</translation>
    </message>
    <message>
        <source>Steps until the highest learning rate</source>
        <translation>Schritte bis zur höchsten Lernrate</translation>
    </message>
    <message>
        <source>Maximum length</source>
        <translation>Höchstlänge</translation>
    </message>
    <message>
        <source>Tokens; longer rows are cut and counted. The page Data shows how many that would be</source>
        <translation>Token; längere Zeilen werden gekürzt und gezählt. Die Seite Daten zeigt, wie viele das wären</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Of the order of rows, initial values and dropout</source>
        <translation>Für Reihenfolge der Zeilen, Anfangswerte und Dropout</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>Factor on an expert&apos;s output: alpha / rank (LoRA), alpha / √rank (rsLoRA), or constant</source>
        <translation>Faktor auf die Ausgabe eines Experten: Alpha / Rang (LoRA), Alpha / √Rang (rsLoRA) oder konstant</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>top_k: the best experts of a token; dense: all; top_k_null: may also choose none (AdaMoE); top_p: as many as are needed (MixLoRA)</source>
        <translation>top_k: die besten Experten eines Tokens; dense: alle; top_k_null: darf auch keinen wählen (AdaMoE); top_p: so viele wie nötig (MixLoRA)</translation>
    </message>
    <message>
        <source>Auxiliary loss</source>
        <translation>Hilfsverlust</translation>
    </message>
    <message>
        <source>Weight of the loss that evens out the experts&apos; loads; 0: off</source>
        <translation>Gewicht des Verlusts, der die Last der Experten ausgleicht; 0: aus</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>On the adapters&apos; input, from 0 to 0.99</source>
        <translation>Auf der Eingabe der Adapter, von 0 bis 0,99</translation>
    </message>
    <message>
        <source>Prompt dropout</source>
        <translation>Prompt-Dropout</translation>
    </message>
    <message>
        <source>Share of a prompt&apos;s tokens that are left out, others each time, from 0 to 0.9; helps where rows are few and short</source>
        <translation>Anteil der Token eines Prompts, die ausgelassen werden, jedes Mal andere, von 0 bis 0,9; hilft, wo Zeilen wenige und kurz sind</translation>
    </message>
    <message>
        <source>Share of top_p</source>
        <translation>Anteil von top_p</translation>
    </message>
    <message>
        <source>The router top_p takes the fewest experts whose probabilities add up to this, from 0.01 to 1</source>
        <translation>Der Router top_p nimmt die wenigsten Experten, deren Wahrscheinlichkeiten so viel ergeben, von 0,01 bis 1</translation>
    </message>
    <message>
        <source>Learning rate of B</source>
        <translation>Lernrate von B</translation>
    </message>
    <message>
        <source>Times the learning rate, for the experts&apos; B alone, from 0 to 1000 (LoRA+; its paper takes 16)</source>
        <translation>Mal die Lernrate, nur für das B der Experten, von 0 bis 1000 (LoRA+; die Veröffentlichung nimmt 16)</translation>
    </message>
    <message>
        <source>Learning rate by layer</source>
        <translation>Lernrate nach Schicht</translation>
    </message>
    <message>
        <source>Each layer learns at this times the rate of the layer above it, from 0.01 to 1 (all alike)</source>
        <translation>Jede Schicht lernt mit so viel mal der Rate der Schicht darüber, von 0,01 bis 1 (alle gleich)</translation>
    </message>
    <message>
        <source>Noise on embeddings</source>
        <translation>Rauschen auf Einbettungen</translation>
    </message>
    <message>
        <source>NEFTune&apos;s alpha: uniform noise within alpha / √(tokens · width) while training; 0: none; its paper takes 5 to 15</source>
        <translation>Alpha von NEFTune: beim Training gleichverteiltes Rauschen bis Alpha / √(Token · Breite); 0: keines; die Veröffentlichung nimmt 5 bis 15</translation>
    </message>
    <message>
        <source>Average weights</source>
        <translation>Gewichte mitteln</translation>
    </message>
    <message>
        <source>The adapter is the mean of the weights at the last so many checkpoints, which needs &quot;Checkpoint every&quot;; 1: the last step&apos;s</source>
        <translation>Der Adapter ist das Mittel der Gewichte an so vielen letzten Sicherungen, wozu „Sichern alle“ nötig ist; 1: die des letzten Schritts</translation>
    </message>
    <message>
        <source>Learning rate of routers</source>
        <translation>Lernrate der Router</translation>
    </message>
    <message>
        <source>Times the learning rate, for routers alone, from 0 (they stay as drawn) to 100</source>
        <translation>Mal die Lernrate, nur für Router, von 0 (sie bleiben, wie sie gezogen wurden) bis 100</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Of AdamW, on the adapters</source>
        <translation>Von AdamW, auf den Adaptern</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>Gradientenbegrenzung</translation>
    </message>
    <message>
        <source>Largest gradient norm; 0: no clipping</source>
        <translation>Größte Gradientennorm; 0: keine Begrenzung</translation>
    </message>
    <message>
        <source>AdamW beta 1</source>
        <translation>AdamW Beta 1</translation>
    </message>
    <message>
        <source>Decay of the mean of gradients</source>
        <translation>Abklingen des Mittels der Gradienten</translation>
    </message>
    <message>
        <source>AdamW beta 2</source>
        <translation>AdamW Beta 2</translation>
    </message>
    <message>
        <source>Decay of the mean of their squares</source>
        <translation>Abklingen des Mittels ihrer Quadrate</translation>
    </message>
    <message>
        <source>AdamW epsilon</source>
        <translation>AdamW Epsilon</translation>
    </message>
    <message>
        <source>Added to the denominator</source>
        <translation>Zum Nenner addiert</translation>
    </message>
    <message>
        <source>Constant scale</source>
        <translation>Fester Faktor</translation>
    </message>
    <message>
        <source>The factor when scaling is constant</source>
        <translation>Der Faktor, wenn die Skalierung konstant ist</translation>
    </message>
    <message>
        <source>Initialisation</source>
        <translation>Initialisierung</translation>
    </message>
    <message>
        <source>Of A and of routers; B begins at zero, so that the model begins as it is</source>
        <translation>Von A und Routern; B beginnt bei null, damit das Modell beginnt, wie es ist</translation>
    </message>
    <message>
        <source>Start from adapter</source>
        <translation>Von Adapter ausgehen</translation>
    </message>
    <message>
        <source>A folder with an adapter to go on from; empty: fresh</source>
        <translation>Ein Ordner mit einem Adapter, von dem es weitergeht; leer: von vorn</translation>
    </message>
    <message>
        <source>Loss on</source>
        <translation>Verlust auf</translation>
    </message>
    <message>
        <source>The answer only, or the whole text</source>
        <translation>Nur die Antwort oder der ganze Text</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>Packen</translation>
    </message>
    <message>
        <source>Fill each micro-batch up to batch size × maximum length tokens</source>
        <translation>Jeden Teilbatch bis Batchgröße × Höchstlänge mit Token füllen</translation>
    </message>
    <message>
        <source>Group by length</source>
        <translation>Nach Länge gruppieren</translation>
    </message>
    <message>
        <source>Rows of like length share a batch: less padding</source>
        <translation>Zeilen ähnlicher Länge teilen einen Batch: weniger Auffüllung</translation>
    </message>
    <message>
        <source>Activation checkpointing</source>
        <translation>Aktivierungen neu berechnen</translation>
    </message>
    <message>
        <source>Computes activations twice to hold fewer: slower, less memory</source>
        <translation>Berechnet Aktivierungen zweimal, um weniger zu halten: langsamer, weniger Speicher</translation>
    </message>
    <message>
        <source>CUDA graph</source>
        <translation>CUDA-Graph</translation>
    </message>
    <message>
        <source>On a GPU a micro-batch is recorded once and replayed: faster where a model is small; all micro-batches are padded to one size. Not with dropout or activation checkpointing</source>
        <translation>Auf einer GPU wird ein Teilbatch einmal aufgezeichnet und wiederholt: schneller bei kleinen Modellen; alle Teilbatches werden auf eine Größe aufgefüllt. Nicht mit Dropout oder neu berechneten Aktivierungen</translation>
    </message>
    <message>
        <source>Precision of the base</source>
        <translation>Genauigkeit der Basis</translation>
    </message>
    <message>
        <source>auto takes the fastest that this device can</source>
        <translation>auto nimmt die schnellste, die dieses Gerät kann</translation>
    </message>
    <message>
        <source>Quantisation of the base</source>
        <translation>Quantisierung der Basis</translation>
    </message>
    <message>
        <source>Holds the base&apos;s linear weights in 4 or 8 bits: less memory, a little less exact</source>
        <translation>Hält die linearen Gewichte der Basis in 4 oder 8 Bit: weniger Speicher, etwas weniger genau</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>auto, cpu, cuda:0, …</source>
        <translation>auto, cpu, cuda:0, …</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Of the processor; 0: chosen by measurement</source>
        <translation>Des Prozessors; 0: durch Messung gewählt</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Sichern alle</translation>
    </message>
    <message>
        <source>Steps; 0: by minutes alone</source>
        <translation>Schritte; 0: nur nach Minuten</translation>
    </message>
    <message>
        <source>Checkpoint minutes</source>
        <translation>Minuten je Sicherung</translation>
    </message>
    <message>
        <source>Minutes of training between checkpoints; 0: never by time</source>
        <translation>Minuten Training zwischen Sicherungspunkten; 0: nie nach Zeit</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>Behaltene Sicherungen</translation>
    </message>
    <message>
        <source>The newest so many stay, from 1</source>
        <translation>So viele der neuesten bleiben, ab 1</translation>
    </message>
    <message>
        <source>Keep which weights</source>
        <translation>Welche Gewichte bleiben</translation>
    </message>
    <message>
        <source>last: those of the last step; best: those that scored best on validation rows, which needs &quot;Evaluate every&quot;</source>
        <translation>last: die des letzten Schritts; best: die mit der besten Auswertung auf Validierungszeilen, wozu „Auswerten alle“ nötig ist</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>Früher Abbruch</translation>
    </message>
    <message>
        <source>Evaluations without improvement after which a run ends; 0: never</source>
        <translation>Auswertungen ohne Verbesserung, nach denen ein Lauf endet; 0: nie</translation>
    </message>
    <message>
        <source>Mixing of tasks</source>
        <translation>Mischung der Aufgaben</translation>
    </message>
    <message>
        <source>How several tasks share the rows of an epoch: by their rows, equally, or in between</source>
        <translation>Wie sich mehrere Aufgaben die Zeilen einer Epoche teilen: nach ihren Zeilen, zu gleichen Teilen oder dazwischen</translation>
    </message>
    <message>
        <source>Mixing temperature</source>
        <translation>Temperatur der Mischung</translation>
    </message>
    <message>
        <source>For the mixing &quot;temperature&quot;: 1 is by rows, large numbers are equal</source>
        <translation>Für die Mischung „temperature“: 1 ist nach Zeilen, große Zahlen sind zu gleichen Teilen</translation>
    </message>
    <message>
        <source>Log every</source>
        <translation>Aufzeichnen alle</translation>
    </message>
    <message>
        <source>Steps between points of the charts, from 1</source>
        <translation>Schritte zwischen Punkten der Diagramme, ab 1</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>How rows are scored; auto takes what they allow, and the loss is measured with every one</source>
        <translation>Wie Zeilen bewertet werden; auto nimmt, was sie zulassen, und der Verlust wird mit jedem gemessen</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>The split that the final accuracy is of</source>
        <translation>Die Aufteilung, von der die Endgenauigkeit ist</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>What the best weights and early stopping go by, on validation rows</source>
        <translation>Wonach sich die besten Gewichte und der frühe Abbruch richten, auf Validierungszeilen</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Auswerten alle</translation>
    </message>
    <message>
        <source>Steps between evaluations on validation rows; 0: only at the end</source>
        <translation>Schritte zwischen Auswertungen auf Validierungszeilen; 0: nur am Ende</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>The first rows only; 0: all</source>
        <translation>Nur die ersten Zeilen; 0: alle</translation>
    </message>
    <message>
        <source>Evaluation batch</source>
        <translation>Auswertungsbatch</translation>
    </message>
    <message>
        <source>Rows evaluated at once, from 1</source>
        <translation>Zeilen, die auf einmal ausgewertet werden, ab 1</translation>
    </message>
    <message>
        <source>New tokens</source>
        <translation>Neue Token</translation>
    </message>
    <message>
        <source>Longest generated answer, in tokens</source>
        <translation>Längste erzeugte Antwort, in Token</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Zielfunktion</translation>
    </message>
    <message>
        <source>What is learnt: auto takes the likelihood of answers, DPO for pairs of answers, KTO for answers that somebody judged</source>
        <translation>Was gelernt wird: auto nimmt die Likelihood der Antworten, DPO bei Antwortpaaren, KTO bei Antworten, die jemand beurteilt hat</translation>
    </message>
    <message>
        <source>A file (Parquet, Arrow, JSON lines, JSON, CSV, TSV, text; texts may be compressed by gzip or zstd) or a folder with train, validation and test files</source>
        <translation>Eine Datei (Parquet, Arrow, JSON-Zeilen, JSON, CSV, TSV, Text; Texte auch mit gzip oder zstd gepackt) oder ein Ordner mit Dateien für Training, Validierung und Test</translation>
    </message>
    <message>
        <source>auto: by the columns; else the name of a template of the page Data, or a template file (.json)</source>
        <translation>auto: nach den Spalten; sonst der Name einer Vorlage der Seite Daten oder eine Vorlagendatei (.json)</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>The task&apos;s name in charts and tables; empty: that of its data</source>
        <translation>Name der Aufgabe in Diagrammen und Tabellen; leer: der ihrer Daten</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Times the task&apos;s share of the training rows, above 0; empty: 1</source>
        <translation>Mal den Anteil der Aufgabe an den Trainingszeilen, über 0; leer: 1</translation>
    </message>
    <message>
        <source>Row limit</source>
        <translation>Zeilengrenze</translation>
    </message>
    <message>
        <source>The first training rows only; empty or 0: all</source>
        <translation>Nur die ersten Trainingszeilen; leer oder 0: alle</translation>
    </message>
    <message>
        <source>Protocol of the task</source>
        <translation>Verfahren der Aufgabe</translation>
    </message>
    <message>
        <source>How this task&apos;s rows are scored, where it is not as the run says</source>
        <translation>Wie die Zeilen dieser Aufgabe gewertet werden, wenn nicht wie im ganzen Lauf</translation>
    </message>
    <message>
        <source>Moving allocation</source>
        <translation>Bewegliche Zuteilung</translation>
    </message>
    <message>
        <source>How ranks and experts move between modules while the run trains; when, and under which budget, stands in the run spec</source>
        <translation>Wie Ränge und Experten zwischen Modulen wandern, während der Lauf trainiert; wann und unter welchem Budget, steht in der Laufbeschreibung</translation>
    </message>
</context>
<context>
    <name>RunTexts</name>
    <message>
        <source>not queued</source>
        <translation>nicht eingereiht</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>folder missing</source>
        <translation>Ordner fehlt</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archiviert</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>Give it less to hold: a smaller batch with more accumulation, a shorter maximum length, activation checkpointing, or a smaller map. “Duplicate…” starts from the same settings.</source>
        <translation>Geben Sie ihm weniger zu halten: einen kleineren Batch mit mehr Akkumulation, eine kürzere Höchstlänge, neu berechnete Aktivierungen oder eine kleinere Karte. „Verdoppeln …“ beginnt mit denselben Einstellungen.</translation>
    </message>
    <message>
        <source>The run ran out of memory.</source>
        <translation>Dem Lauf ging der Speicher aus.</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>Der Lauf ist gescheitert.</translation>
    </message>
    <message>
        <source>Read the last lines of its log, mend what they name, then resume it or duplicate it with changes.</source>
        <translation>Lesen Sie die letzten Zeilen seines Protokolls, beheben Sie, was sie nennen, und setzen Sie ihn fort oder verdoppeln Sie ihn mit Änderungen.</translation>
    </message>
    <message>
        <source>no signal for %1</source>
        <translation>kein Signal seit %1</translation>
    </message>
    <message>
        <source>No signal for %1.</source>
        <translation>Kein Signal seit %1.</translation>
    </message>
    <message>
        <source>Its process lives but reports no step. A long evaluation may take this long; else stop it and resume it from its last checkpoint.</source>
        <translation>Sein Prozess lebt, meldet aber keinen Schritt. Eine lange Auswertung kann so lange dauern; sonst halten Sie ihn an und setzen ihn vom letzten Sicherungspunkt fort.</translation>
    </message>
    <message>
        <source>The run&apos;s process ended before the run did.</source>
        <translation>Der Prozess des Laufs endete vor dem Lauf.</translation>
    </message>
    <message>
        <source>It was killed, or the computer was restarted. “Resume” goes on from its last checkpoint with the same numbers as if nothing had happened.</source>
        <translation>Er wurde beendet, oder der Rechner wurde neu gestartet. „Fortsetzen“ macht vom letzten Sicherungspunkt mit denselben Zahlen weiter, als wäre nichts geschehen.</translation>
    </message>
    <message>
        <source>The run&apos;s folder is gone.</source>
        <translation>Der Ordner des Laufs ist weg.</translation>
    </message>
    <message>
        <source>Put the folder back into runs/, or delete the run from the list; its results stay until then.</source>
        <translation>Legen Sie den Ordner nach runs/ zurück, oder löschen Sie den Lauf aus der Liste; bis dahin bleiben seine Ergebnisse.</translation>
    </message>
    <message>
        <source>The run&apos;s settings cannot be read.</source>
        <translation>Die Einstellungen des Laufs sind nicht lesbar.</translation>
    </message>
    <message>
        <source>Restore run.json in its folder, or delete the run.</source>
        <translation>Stellen Sie run.json in seinem Ordner wieder her, oder löschen Sie den Lauf.</translation>
    </message>
    <message>
        <source>Something in the run&apos;s files is not right.</source>
        <translation>In den Dateien des Laufs stimmt etwas nicht.</translation>
    </message>
    <message>
        <source>What was read before stays; the rest is left out.</source>
        <translation>Was vorher gelesen wurde, bleibt; der Rest wird ausgelassen.</translation>
    </message>
</context>
<context>
    <name>SettingRange</name>
    <message>
        <source>integer from %1 to %2</source>
        <translation>ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>number from %1 to %2</source>
        <translation>Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>eines von %1</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>SignalTexts</name>
    <message>
        <source>Spectrum: %1.</source>
        <translation>Spektrum: %1.</translation>
    </message>
</context>
<context>
    <name>StepAxis</name>
    <message>
        <source>tokens (estimated from speed and time)</source>
        <translation>Token (aus Tempo und Zeit geschätzt)</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>training time (h:min:s)</source>
        <translation>Trainingszeit (h:min:s)</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
</context>
<context>
    <name>StrategyHelp</name>
    <message>
        <source>&lt;p&gt;A row is a layer, a column a linear module. “4 × r8” means four LoRA experts of rank 8 with a router; “8 8 4 2” four experts of different ranks; “1 × r8” plain LoRA without a router; “–” no adapter.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Eine Zeile ist eine Schicht, eine Spalte ein lineares Modul. „4 × r8“ heißt vier LoRA-Experten vom Rang 8 mit einem Router; „8 8 4 2“ vier Experten verschiedener Ränge; „1 × r8“ einfaches LoRA ohne Router; „–“ kein Adapter.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Generate&lt;/b&gt; with a strategy: its map is shown small before you apply it, and locked cells stay.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Erzeugen&lt;/b&gt; mit einer Strategie: Ihre Karte wird klein gezeigt, bevor Sie sie anwenden, und gesperrte Zellen bleiben.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; “Queue run…” trains this map; Compare shows what it gained.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Weiter:&lt;/b&gt; „Lauf einreihen …“ trainiert diese Karte; Vergleich zeigt, was sie gebracht hat.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>Strategien</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Edit&lt;/b&gt; by typing into a cell, by Alt+Up and Alt+Down (ranks; with Shift: experts) or Ctrl and the wheel, by painting, by filling rows and columns, by pasting cells of a spreadsheet or MoLA’s list of one number a layer. Ctrl+L locks cells, Delete empties them. Everything can be undone; the history is a list.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Bearbeiten&lt;/b&gt; durch Tippen in eine Zelle, durch Alt+Auf und Alt+Ab (Ränge; mit Umschalt: Experten) oder Strg und das Mausrad, durch Malen, durch Füllen von Zeilen und Spalten, durch Einfügen von Zellen einer Tabellenkalkulation oder von MoLAs Liste mit einer Zahl je Schicht. Strg+L sperrt Zellen, Entf leert sie. Alles lässt sich zurücknehmen; der Verlauf ist eine Liste.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;The numbers&lt;/b&gt; below the grid are exact: an expert of rank r costs r × (input + output) parameters, its router one row of the input’s width for each expert (Gao et al. 2024, arXiv 2402.08562, table 1). Memory and time are estimates from the project’s newest run settings.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Die Zahlen&lt;/b&gt; unter dem Gitter sind genau: Ein Experte vom Rang r kostet r × (Eingang + Ausgang) Parameter, sein Router eine Zeile von der Breite des Eingangs je Experte (Gao et al. 2024, arXiv 2402.08562, Tabelle 1). Speicher und Zeit sind Schätzungen aus den neuesten Laufeinstellungen des Projekts.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Search…&lt;/b&gt; is what the strategy GuiLoMo needs first: it learns experts and ranks from the project’s rows. It can be cancelled and goes on later; its result fills the preview.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Suche…&lt;/b&gt; braucht die Strategie GuiLoMo zuerst: Sie lernt Experten und Ränge aus den Zeilen des Projekts. Sie kann abgebrochen werden und macht später weiter; ihr Ergebnis füllt die Vorschau.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>StudyHelp</name>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; A study trains every allocation on every task with several seeds. A row is an allocation, a column a task; the number is the mean over the seeds. The first allocation is the baseline: blue cells are better than it, orange ones worse. A triangle and bold numbers mark differences whose interval does not hold 0.</source>
        <translation>&lt;b&gt;Was Sie sehen.&lt;/b&gt; Eine Studie trainiert jede Zuteilung auf jeder Aufgabe mit mehreren Startwerten. Eine Zeile ist eine Zuteilung, eine Spalte eine Aufgabe; die Zahl ist das Mittel über die Startwerte. Die erste Zuteilung ist der Vergleich: blaue Zellen sind besser als sie, orange schlechter. Ein Dreieck und fette Zahlen kennzeichnen Unterschiede, deren Intervall die 0 nicht enthält.</translation>
    </message>
    <message>
        <source>&lt;b&gt;What may be concluded.&lt;/b&gt; Differences are paired by task and seed, and by test row where runs kept their predictions. The last column and the sentence hold after Holm&apos;s correction over all comparisons of the study. “No clear difference” is no proof of equality: more seeds or more test rows may tell.</source>
        <translation>&lt;b&gt;Was daraus folgt.&lt;/b&gt; Unterschiede sind nach Aufgabe und Startwert gepaart, und nach Testzeile, wo Läufe ihre Vorhersagen aufgehoben haben. Die letzte Spalte und der Satz gelten nach Holms Korrektur über alle Vergleiche der Studie. „Kein klarer Unterschied“ beweist keine Gleichheit: mehr Startwerte oder mehr Testzeilen können ihn zeigen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Values against parameters&lt;/b&gt; draws means with intervals and the front of what is both small and good; hollow points were published by others, mostly on other base models. &lt;b&gt;Mean ranks&lt;/b&gt; joins allocations that do not differ by the critical difference. &lt;b&gt;Experts by task&lt;/b&gt; shows, for joint runs, whether routers send tasks to experts of their own.</source>
        <translation>&lt;b&gt;Werte gegen Parameter&lt;/b&gt; zeichnet Mittel mit Intervallen und die Front dessen, was zugleich klein und gut ist; hohle Punkte haben andere veröffentlicht, meist mit anderen Basismodellen. &lt;b&gt;Mittlere Ränge&lt;/b&gt; verbindet Zuteilungen, die sich nicht um die kritische Differenz unterscheiden. &lt;b&gt;Experten nach Aufgabe&lt;/b&gt; zeigt bei gemeinsamen Läufen, ob die Router Aufgaben zu eigenen Experten schicken.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Keys.&lt;/b&gt; Arrows move over the table, Return shows the runs of a cell, Ctrl+C copies the selected cells, F5 reads again, Ctrl+Shift+T plans a new study.</source>
        <translation>&lt;b&gt;Tasten.&lt;/b&gt; Pfeile bewegen sich durch die Tabelle, die Eingabetaste zeigt die Läufe einer Zelle, Strg+C kopiert die gewählten Zellen, F5 liest neu, Strg+Umschalt+T plant eine neue Studie.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; “New study…” says how many runs, hours and gigabytes it takes before anything starts. A study that was stopped goes on with “Continue”; hilo study extend adds seeds, tasks or allocations without training anything twice. “Report…” writes the table for papers.</source>
        <translation>&lt;b&gt;Weiter:&lt;/b&gt; „Neue Studie …“ sagt vor dem Beginn, wie viele Läufe, Stunden und Gigabyte sie braucht. Eine angehaltene Studie geht mit „Fortsetzen“ weiter; hilo study extend fügt Startwerte, Aufgaben oder Zuteilungen hinzu, ohne etwas zweimal zu trainieren. „Bericht …“ schreibt die Tabelle für Veröffentlichungen.</translation>
    </message>
    <message>
        <source>&lt;i&gt;Critical differences after Demšar 2006, corrected comparisons after Holm 1979, paired test rows after McNemar 1947. Details: docs/statistics.md.&lt;/i&gt;</source>
        <translation>&lt;i&gt;Kritische Differenzen nach Demšar 2006, korrigierte Vergleiche nach Holm 1979, gepaarte Testzeilen nach McNemar 1947. Näheres: docs/statistics.md.&lt;/i&gt;</translation>
    </message>
</context>
<context>
    <name>StudyRunsProgress</name>
    <message numerus="yes">
        <source>%1 of %n run(s) finished</source>
        <translation>
            <numerusform>%1 von %n Lauf beendet</numerusform>
            <numerusform>%1 von %n Läufen beendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not queued</source>
        <translation>
            <numerusform>%n nicht eingereiht</numerusform>
            <numerusform>%n nicht eingereiht</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>noch etwa %1</translation>
    </message>
</context>
<context>
    <name>StudyWords</name>
    <message>
        <source>This speaks of this task only.</source>
        <translation>Das gilt nur für diese Aufgabe.</translation>
    </message>
    <message>
        <source>This speaks of these two tasks only.</source>
        <translation>Das gilt nur für diese beiden Aufgaben.</translation>
    </message>
    <message>
        <source>It is clear on these tasks; over tasks of this kind in general it is not.</source>
        <translation>Auf diesen Aufgaben ist es klar; für Aufgaben dieser Art im Allgemeinen nicht.</translation>
    </message>
    <message>
        <source>Better than %1: %2.</source>
        <translation>Besser als %1: %2.</translation>
    </message>
    <message>
        <source>Worse than %1: %2.</source>
        <translation>Schlechter als %1: %2.</translation>
    </message>
    <message>
        <source>No clear difference from %1: %2.</source>
        <translation>Kein klarer Unterschied zu %1: %2.</translation>
    </message>
    <message>
        <source>Differ from %1 in single runs only, which says nothing of other seeds: %2.</source>
        <translation>Nur in einzelnen Läufen anders als %1, was nichts über andere Startwerte sagt: %2.</translation>
    </message>
    <message>
        <source>Nothing says how sure the difference from %1 is: %2.</source>
        <translation>Nichts sagt, wie sicher der Unterschied zu %1 ist: %2.</translation>
    </message>
    <message>
        <source>Not compared with %1 yet: %2.</source>
        <translation>Noch nicht mit %1 verglichen: %2.</translation>
    </message>
    <message>
        <source>p &lt; 0.001</source>
        <translation>p &lt; 0,001</translation>
    </message>
    <message>
        <source>p = %1</source>
        <translation>p = %1</translation>
    </message>
    <message>
        <source>Nothing is measured yet that compares %1 and %2.</source>
        <translation>Noch ist nichts gemessen, was %1 und %2 vergleicht.</translation>
    </message>
    <message>
        <source>The tasks&apos; metrics have no mean that %1 and %2 could be compared by.</source>
        <translation>Die Maße der Aufgaben haben kein Mittel, an dem %1 und %2 verglichen werden könnten.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of runs that all differ by the same.</source>
        <translation>
            <numerusform>Nichts sagt, wie sicher der Unterschied zwischen %1 und %2 ist: %3 aus %n Paar von Läufen, die sich alle gleich unterscheiden.</numerusform>
            <numerusform>Nichts sagt, wie sicher der Unterschied zwischen %1 und %2 ist: %3 aus %n Paaren von Läufen, die sich alle gleich unterscheiden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of runs.</source>
        <translation>
            <numerusform>Nichts sagt, wie sicher der Unterschied zwischen %1 und %2 ist: %3 aus %n Paar von Läufen.</numerusform>
            <numerusform>Nichts sagt, wie sicher der Unterschied zwischen %1 und %2 ist: %3 aus %n Paaren von Läufen.</numerusform>
        </translation>
    </message>
    <message>
        <source>More seeds or kept predictions would.</source>
        <translation>Weitere Startwerte oder behaltene Vorhersagen täten es.</translation>
    </message>
    <message>
        <source>The runs of %1 and %2 differ by more than their test rows explain: %3. One seed says nothing of other seeds, so this is no difference between the allocations yet.</source>
        <translation>Die Läufe von %1 und %2 unterscheiden sich um mehr, als ihre Testzeilen erklären: %3. Ein Startwert sagt nichts über andere, also ist das noch kein Unterschied der Zuteilungen.</translation>
    </message>
    <message>
        <source>No clear difference between %1 and %2: %3.</source>
        <translation>Kein klarer Unterschied zwischen %1 und %2: %3.</translation>
    </message>
    <message>
        <source>Fewer than three pairs of runs are never called a difference.</source>
        <translation>Weniger als drei Paare von Läufen gelten nie als Unterschied.</translation>
    </message>
    <message>
        <source>%1 is better than %2: %3.</source>
        <translation>%1 ist besser als %2: %3.</translation>
    </message>
    <message>
        <source>%1 is worse than %2: %3.</source>
        <translation>%1 ist schlechter als %2: %3.</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>Noch ist nichts gemessen.</translation>
    </message>
    <message>
        <source>One allocation is compared with nothing.</source>
        <translation>Eine einzelne Zuteilung wird mit nichts verglichen.</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <comment>two allocations</comment>
        <translation>%1 gegen %2</translation>
    </message>
    <message numerus="yes">
        <source>95 % intervals; p after Holm&apos;s correction over %n comparison(s).</source>
        <translation>
            <numerusform>95-%-Intervalle; p nach Holms Korrektur über %n Vergleich.</numerusform>
            <numerusform>95-%-Intervalle; p nach Holms Korrektur über %n Vergleiche.</numerusform>
        </translation>
    </message>
    <message>
        <source>The tasks are measured by %1, which have no common scale: there is no mean over them and no comparison of means; ranks are compared.</source>
        <translation>Die Aufgaben werden an %1 gemessen, die keine gemeinsame Skala haben: Es gibt kein Mittel über sie und keinen Vergleich von Mitteln; verglichen werden Ränge.</translation>
    </message>
    <message>
        <source>The mean is over different metrics: %1.</source>
        <translation>Das Mittel geht über verschiedene Maße: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) have finished; the numbers are of these.</source>
        <translation>
            <numerusform>%1 von %n Lauf ist fertig; die Zahlen gelten für diesen Stand.</numerusform>
            <numerusform>%1 von %n Läufen sind fertig; die Zahlen sind von diesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No value yet of %1 on %2, so it has no mean over the tasks.</source>
        <translation>Noch kein Wert von %1 auf %2, also kein Mittel über die Aufgaben.</translation>
    </message>
    <message>
        <source>One seed only on %1: its intervals know of test rows, not of what another seed changes.</source>
        <translation>Nur ein Startwert auf %1: Die Intervalle berücksichtigen Testzeilen, nicht was ein anderer Startwert ändert.</translation>
    </message>
    <message>
        <source>The search chose the lowest learning rate that it was given, %1, for %2. A lower one may be better.</source>
        <translation>Die Suche hat für %2 die niedrigste Lernrate gewählt, die sie bekam: %1. Eine niedrigere ist vielleicht besser.</translation>
    </message>
    <message>
        <source>The search chose the highest learning rate that it was given, %1, for %2. A higher one may be better.</source>
        <translation>Die Suche hat für %2 die höchste Lernrate gewählt, die sie bekam: %1. Eine höhere ist vielleicht besser.</translation>
    </message>
    <message>
        <source>One seed only and no predictions of single rows on %1: its values have no interval.</source>
        <translation>Nur ein Startwert und keine Vorhersagen einzelner Zeilen auf %1: Die Werte haben kein Intervall.</translation>
    </message>
    <message numerus="yes">
        <source>Mean ranks are over %1 of %n task(s): those of which all allocations have a value.</source>
        <translation>
            <numerusform>Mittlere Ränge gehen über %1 von %n Aufgabe: die, von der alle Zuteilungen einen Wert haben.</numerusform>
            <numerusform>Mittlere Ränge gehen über %1 von %n Aufgaben: die, von denen alle Zuteilungen einen Wert haben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not a number, left out: %1, %2, seed %3 (run %4).</source>
        <translation>Keine Zahl, weggelassen: %1, %2, Startwert %3 (Lauf %4).</translation>
    </message>
    <message>
        <source>The runs of task %1 answered different numbers of test rows; they are not compared row by row.</source>
        <translation>Die Läufe der Aufgabe %1 haben verschieden viele Testzeilen beantwortet; sie werden nicht Zeile für Zeile verglichen.</translation>
    </message>
    <message>
        <source>The predictions kept of task %1 do not give its %2; its runs are not compared row by row.</source>
        <translation>Die behaltenen Vorhersagen der Aufgabe %1 ergeben nicht ihr Maß %2; ihre Läufe werden nicht Zeile für Zeile verglichen.</translation>
    </message>
    <message numerus="yes">
        <source>Of task %1, %2 of %n run(s) kept no predictions of single rows.</source>
        <translation>
            <numerusform>Von der Aufgabe %1 hat %2 von %n Lauf keine Vorhersagen einzelner Zeilen behalten.</numerusform>
            <numerusform>Von der Aufgabe %1 haben %2 von %n Läufen keine Vorhersagen einzelner Zeilen behalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>The allocations take steps of different sizes: what their experts give is multiplied by %1 (%2) to %3 (%4), on the mean. One may win by that alone. Give all the scale of the first one, or look for each one&apos;s learning rate.</source>
        <translation>Die Zuteilungen machen verschieden große Schritte: Was ihre Experten liefern, wird im Mittel mit %1 (%2) bis %3 (%4) multipliziert. Eine kann schon dadurch gewinnen. Geben Sie allen die Skalierung der ersten, oder suchen Sie für jede die Lernrate.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an allocation and what its map says</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>hilo::AgreementModel</name>
    <message>
        <source>%1 and %2: no correlation, one of them is the same in every layer</source>
        <translation>%1 und %2: keine Korrelation, eines ist in jeder Schicht gleich</translation>
    </message>
    <message>
        <source>they rank the layers much alike</source>
        <translation>sie ordnen die Schichten sehr ähnlich</translation>
    </message>
    <message>
        <source>they rank the layers somewhat alike</source>
        <translation>sie ordnen die Schichten einigermaßen ähnlich</translation>
    </message>
    <message>
        <source>one says little about the other</source>
        <translation>eines sagt wenig über das andere</translation>
    </message>
    <message>
        <source>they tend to opposite orders</source>
        <translation>sie neigen zu entgegengesetzten Ordnungen</translation>
    </message>
    <message>
        <source>they rank the layers in opposite order</source>
        <translation>sie ordnen die Schichten entgegengesetzt</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %2: %3 over %n layer(s), %4</source>
        <translation>
            <numerusform>%1 und %2: %3 über %n Schicht, %4</numerusform>
            <numerusform>%1 und %2: %3 über %n Schichten, %4</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spearman over %n layer(s). “%1” and “%2” differ most (%3)</source>
        <translation>
            <numerusform>Spearman über %n Schicht. „%1“ und „%2“ unterscheiden sich am meisten (%3)</numerusform>
            <numerusform>Spearman über %n Schichten. „%1“ und „%2“ unterscheiden sich am meisten (%3)</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: a map that is built on one is not supported by the other.</source>
        <translation>%1: Eine Karte, die auf dem einen beruht, wird vom anderen nicht gestützt.</translation>
    </message>
    <message>
        <source>%1; all of them rank the layers alike.</source>
        <translation>%1; alle ordnen die Schichten ähnlich.</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationDelegate</name>
    <message>
        <source>Experts and ranks of %1</source>
        <translation>Experten und Ränge von %1</translation>
    </message>
    <message>
        <source>4 x r8, a rank for each expert (8 8 4 2), or - for no adapter</source>
        <translation>4 x r8, ein Rang je Experte (8 8 4 2) oder - für keinen Adapter</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationDocument</name>
    <message>
        <source>Lock cells</source>
        <translation>Zellen sperren</translation>
    </message>
    <message>
        <source>Unlock cells</source>
        <translation>Zellen entsperren</translation>
    </message>
    <message>
        <source>Rename to %1</source>
        <translation>Umbenennen in %1</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationModel</name>
    <message>
        <source>Layer %1: %2 trainable parameters</source>
        <translation>Schicht %1: %2 trainierbare Parameter</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3
%4 trainable parameters</source>
        <translation>Schicht %1, %2: %3
%4 trainierbare Parameter</translation>
    </message>
    <message>
        <source>In %1: %2</source>
        <translation>In %1: %2</translation>
    </message>
    <message>
        <source>Signal: %1</source>
        <translation>Signal: %1</translation>
    </message>
    <message>
        <source>Signal: not measured</source>
        <translation>Signal: nicht gemessen</translation>
    </message>
    <message>
        <source>Locked: generating and painting leave it as it is.</source>
        <translation>Gesperrt: Erzeugen und Malen lassen sie, wie sie ist.</translation>
    </message>
    <message>
        <source>Changed since the map was saved.</source>
        <translation>Geändert, seit die Karte gespeichert wurde.</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3</source>
        <translation>Schicht %1, %2: %3</translation>
    </message>
    <message>
        <source>trainable per layer</source>
        <translation>trainierbar je Schicht</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>trainierbar</translation>
    </message>
    <message>
        <source>Ranks of layer %1 %2</source>
        <translation>Ränge von Schicht %1 %2</translation>
    </message>
    <message>
        <source>%1 is %2 × %3: a rank can be at most %4.</source>
        <translation>%1 ist %2 × %3: Ein Rang kann höchstens %4 sein.</translation>
    </message>
    <message>
        <source>Layer %1 has no %2.</source>
        <translation>Schicht %1 hat kein %2.</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationPage</name>
    <message>
        <source>&amp;New map</source>
        <translation>&amp;Neue Karte</translation>
    </message>
    <message>
        <source>&amp;Duplicate map</source>
        <translation>Karte &amp;verdoppeln</translation>
    </message>
    <message>
        <source>Re&amp;name map…</source>
        <translation>Karte &amp;umbenennen …</translation>
    </message>
    <message>
        <source>&amp;Open map…</source>
        <translation>Karte &amp;öffnen …</translation>
    </message>
    <message>
        <source>&amp;Save map</source>
        <translation>Karte &amp;speichern</translation>
    </message>
    <message>
        <source>Save map &amp;as…</source>
        <translation>Karte speichern &amp;unter …</translation>
    </message>
    <message>
        <source>&amp;Close map</source>
        <translation>Karte s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Import CSV…</source>
        <translation>CSV &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Export CSV…</source>
        <translation>CSV &amp;exportieren …</translation>
    </message>
    <message>
        <source>C&amp;opy cells</source>
        <translation>Zellen &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste cells</source>
        <translation>Zellen &amp;einfügen</translation>
    </message>
    <message>
        <source>Copy experts per layer as &amp;MoLA takes them</source>
        <translation>Experten je Schicht kopieren, wie &amp;MoLA sie nimmt</translation>
    </message>
    <message>
        <source>Paint selection</source>
        <translation>Auswahl bemalen</translation>
    </message>
    <message>
        <source>Fill row</source>
        <translation>Zeile füllen</translation>
    </message>
    <message>
        <source>Fill column</source>
        <translation>Spalte füllen</translation>
    </message>
    <message>
        <source>Fill selection down</source>
        <translation>Auswahl nach unten füllen</translation>
    </message>
    <message>
        <source>Fill selection to the right</source>
        <translation>Auswahl nach rechts füllen</translation>
    </message>
    <message>
        <source>Larger ranks</source>
        <translation>Größere Ränge</translation>
    </message>
    <message>
        <source>Smaller ranks</source>
        <translation>Kleinere Ränge</translation>
    </message>
    <message>
        <source>One expert more</source>
        <translation>Ein Experte mehr</translation>
    </message>
    <message>
        <source>One expert less</source>
        <translation>Ein Experte weniger</translation>
    </message>
    <message>
        <source>&amp;Lock or unlock cells</source>
        <translation>Zellen &amp;sperren oder entsperren</translation>
    </message>
    <message>
        <source>&amp;Remove adapters</source>
        <translation>Adapter ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Queue run…</source>
        <translation>Lauf ein&amp;reihen …</translation>
    </message>
    <message>
        <source>Opened %1 in a tab of its own.</source>
        <translation>%1 in einem eigenen Reiter geöffnet.</translation>
    </message>
    <message>
        <source>new map</source>
        <translation>neue Karte</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 Kopie</translation>
    </message>
    <message>
        <source>Rename map</source>
        <translation>Karte umbenennen</translation>
    </message>
    <message>
        <source>Name of the map</source>
        <translation>Name der Karte</translation>
    </message>
    <message>
        <source>Open a map</source>
        <translation>Karte öffnen</translation>
    </message>
    <message>
        <source>Maps (*.map.json *.json)</source>
        <translation>Karten (*.map.json *.json)</translation>
    </message>
    <message>
        <source>Opened %1</source>
        <translation>%1 geöffnet</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>Tabelle importieren</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tabellen (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>Imported %1</source>
        <translation>%1 importiert</translation>
    </message>
    <message>
        <source>Export as a table</source>
        <translation>Als Tabelle exportieren</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Exported %1</source>
        <translation>%1 exportiert</translation>
    </message>
    <message>
        <source>Save map</source>
        <translation>Karte speichern</translation>
    </message>
    <message>
        <source>Maps (*.map.json)</source>
        <translation>Karten (*.map.json)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Close map</source>
        <translation>Karte schließen</translation>
    </message>
    <message>
        <source>“%1” was changed and not saved.</source>
        <translation>„%1“ wurde geändert und nicht gespeichert.</translation>
    </message>
    <message>
        <source>Allocation</source>
        <translation>Zuteilung</translation>
    </message>
    <message>
        <source>Open maps</source>
        <translation>Offene Karten</translation>
    </message>
    <message>
        <source>+ New map</source>
        <translation>+ Neue Karte</translation>
    </message>
    <message>
        <source>Open an empty map in a tab of its own (Ctrl+T)</source>
        <translation>Eine leere Karte in einem eigenen Reiter öffnen (Strg+T)</translation>
    </message>
    <message>
        <source>New map</source>
        <translation>Neue Karte</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take the last change back (Ctrl+Z)</source>
        <translation>Die letzte Änderung zurücknehmen (Strg+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Make the change again that was taken back (Ctrl+Shift+Z)</source>
        <translation>Die zurückgenommene Änderung erneut machen (Strg+Umschalt+Z)</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>While this is on, dragging over cells gives them the experts and the rank beside it; Ctrl+B gives them to the selection at any time</source>
        <translation>Solange dies an ist, gibt Ziehen über Zellen ihnen die Experten und den Rang daneben; Strg+B gibt sie jederzeit der Auswahl</translation>
    </message>
    <message>
        <source>experts </source>
        <translation>Experten </translation>
    </message>
    <message>
        <source>Experts to paint</source>
        <translation>Experten zum Malen</translation>
    </message>
    <message>
        <source>Experts that painting gives to a cell; 0 takes the adapter away</source>
        <translation>Experten, die Malen einer Zelle gibt; 0 nimmt den Adapter weg</translation>
    </message>
    <message>
        <source>rank </source>
        <translation>Rang </translation>
    </message>
    <message>
        <source>Rank to paint</source>
        <translation>Rang zum Malen</translation>
    </message>
    <message>
        <source>Rank of each painted expert</source>
        <translation>Rang jedes gemalten Experten</translation>
    </message>
    <message>
        <source>Give the current cell&apos;s experts and ranks to its whole layer</source>
        <translation>Experten und Ränge der aktuellen Zelle ihrer ganzen Schicht geben</translation>
    </message>
    <message>
        <source>Give the current cell&apos;s experts and ranks to its module in every layer</source>
        <translation>Experten und Ränge der aktuellen Zelle ihrem Modul in jeder Schicht geben</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Keep the selected cells as they are when a strategy is applied; again unlocks (Ctrl+L)</source>
        <translation>Die gewählten Zellen beim Anwenden einer Strategie lassen, wie sie sind; erneut entsperrt (Strg+L)</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Farbe nach</translation>
    </message>
    <message>
        <source>What the colour of a cell shows; the scale is below the map</source>
        <translation>Was die Farbe einer Zelle zeigt; die Skala steht unter der Karte</translation>
    </message>
    <message>
        <source>Difference to</source>
        <translation>Unterschied zu</translation>
    </message>
    <message>
        <source>Shows the sum of ranks minus that of another open map</source>
        <translation>Zeigt die Summe der Ränge minus die einer anderen offenen Karte</translation>
    </message>
    <message>
        <source>as opened</source>
        <translation>wie geöffnet</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>Verlauf der Änderungen</translation>
    </message>
    <message>
        <source>Every change of this map; choose one to go back to it</source>
        <translation>Jede Änderung dieser Karte; eine wählen, um zu ihr zurückzugehen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Open a project or a model on the start page (Ctrl+1); config.json alone is enough to plan.</source>
        <translation>Öffnen Sie auf der Startseite (Strg+1) ein Projekt oder Modell; zum Planen genügt config.json.</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>kein Unterschied</translation>
    </message>
    <message>
        <source>%1, not saved yet</source>
        <translation>%1, noch nicht gespeichert</translation>
    </message>
    <message>
        <source>minus %1</source>
        <translation>minus %1</translation>
    </message>
    <message>
        <source>colour: sum of ranks</source>
        <translation>Farbe: Summe der Ränge</translation>
    </message>
    <message>
        <source>colour: experts</source>
        <translation>Farbe: Experten</translation>
    </message>
    <message>
        <source>colour: parameters</source>
        <translation>Farbe: Parameter</translation>
    </message>
    <message>
        <source>colour: %1</source>
        <translation>Farbe: %1</translation>
    </message>
    <message>
        <source>sum of ranks %1</source>
        <translation>Summe der Ränge %1</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>no adapter</source>
        <translation>kein Adapter</translation>
    </message>
    <message>
        <source>Generate %1</source>
        <translation>%1 erzeugen</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) changed.</source>
        <translation>
            <numerusform>%n Zelle geändert.</numerusform>
            <numerusform>%n Zellen geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked cell(s) stayed.</source>
        <translation>
            <numerusform>%n gesperrte Zelle blieb.</numerusform>
            <numerusform>%n gesperrte Zellen blieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>The search is finished; the preview shows the map that it found.</source>
        <translation>Die Suche ist fertig; die Vorschau zeigt die Karte, die sie gefunden hat.</translation>
    </message>
    <message>
        <source>“%1” was changed on disk and is shown as it is there; Ctrl+Z takes it back.</source>
        <translation>„%1“ wurde auf der Platte geändert und wird gezeigt, wie es dort steht; Strg+Z nimmt das zurück.</translation>
    </message>
    <message>
        <source>“%1” was changed on disk as well; saving shows the differences.</source>
        <translation>„%1“ wurde auch auf der Platte geändert; beim Speichern werden die Unterschiede gezeigt.</translation>
    </message>
    <message>
        <source>The map was changed elsewhere</source>
        <translation>Die Karte wurde anderswo geändert</translation>
    </message>
    <message>
        <source>“%1” was changed on disk since it was opened here, by another window or program.</source>
        <translation>„%1“ wurde auf der Platte geändert, seit es hier geöffnet ist, von einem anderen Fenster oder Programm.</translation>
    </message>
    <message>
        <source>Changed only here: %1 modules. Only there: %2. Differently in both: %3.</source>
        <translation>Nur hier geändert: %1 Module. Nur dort: %2. Beiderseits verschieden: %3.</translation>
    </message>
    <message>
        <source>Merged, these keep what they are here.</source>
        <translation>Zusammengeführt behalten diese, was sie hier sind.</translation>
    </message>
    <message>
        <source>layer %1 %2: here %3, on disk %4</source>
        <translation>Schicht %1 %2: hier %3, auf der Platte %4</translation>
    </message>
    <message>
        <source>Merge and save</source>
        <translation>Zusammenführen und speichern</translation>
    </message>
    <message>
        <source>Take the one on disk</source>
        <translation>Die auf der Platte nehmen</translation>
    </message>
    <message>
        <source>Overwrite it</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Take the map on disk</source>
        <translation>Karte von der Platte nehmen</translation>
    </message>
    <message>
        <source>Merge with the map on disk</source>
        <translation>Mit der Karte auf der Platte zusammenführen</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationView</name>
    <message>
        <source>Allocation map: a row for each layer, a column for each module</source>
        <translation>Zuteilungskarte: eine Zeile je Schicht, eine Spalte je Modul</translation>
    </message>
    <message>
        <source>There is nothing to paste.</source>
        <translation>Es gibt nichts einzufügen.</translation>
    </message>
    <message>
        <source>The list has %1 numbers, but the model has %2 layers.</source>
        <translation>Die Liste hat %1 Zahlen, aber das Modell hat %2 Schichten.</translation>
    </message>
    <message>
        <source>Layer %1: at most 256 experts are possible in one module.</source>
        <translation>Schicht %1: Höchstens 256 Experten sind in einem Modul möglich.</translation>
    </message>
    <message>
        <source>Paste experts per layer</source>
        <translation>Experten je Schicht einfügen</translation>
    </message>
    <message>
        <source>%1 × %2 cells do not fit from here on.</source>
        <translation>%1 × %2 Zellen passen ab hier nicht hinein.</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n cell(s)</source>
        <translation>
            <numerusform>%n Zelle einfügen</numerusform>
            <numerusform>%n Zellen einfügen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: the rank is above the module&apos;s width.</source>
        <translation>
            <numerusform>%n Zelle blieb: Der Rang ist größer als die Breite des Moduls.</numerusform>
            <numerusform>%n Zellen blieben: Der Rang ist größer als die Breite des Moduls.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked cell(s) were left as they are.</source>
        <translation>
            <numerusform>%n gesperrte Zelle blieb, wie sie ist.</numerusform>
            <numerusform>%n gesperrte Zellen blieben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>Nach unten füllen</translation>
    </message>
    <message>
        <source>Fill right</source>
        <translation>Nach rechts füllen</translation>
    </message>
    <message>
        <source>Fill layer %1</source>
        <translation>Schicht %1 füllen</translation>
    </message>
    <message>
        <source>Fill %1</source>
        <translation>%1 füllen</translation>
    </message>
    <message numerus="yes">
        <source>Paint %n cell(s)</source>
        <translation>
            <numerusform>%n Zelle bemalen</numerusform>
            <numerusform>%n Zellen bemalen</numerusform>
        </translation>
    </message>
    <message>
        <source>Spin cells</source>
        <translation>Zellen drehen</translation>
    </message>
    <message>
        <source>Remove adapters</source>
        <translation>Adapter entfernen</translation>
    </message>
    <message>
        <source>Paint cells</source>
        <translation>Zellen bemalen</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: their layers have no such module.</source>
        <translation>
            <numerusform>%n Zelle blieb: ihre Schicht hat kein solches Modul.</numerusform>
            <numerusform>%n Zellen blieben: ihre Schichten haben kein solches Modul.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::BenchmarkDialog</name>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Splits</source>
        <translation>Aufteilungen</translation>
    </message>
    <message>
        <source>Published results</source>
        <translation>Veröffentlichte Ergebnisse</translation>
    </message>
    <message>
        <source>The same check as a command</source>
        <translation>Dieselbe Prüfung als Befehl</translation>
    </message>
    <message>
        <source>The same check as a line for the terminal</source>
        <translation>Dieselbe Prüfung als Zeile für das Terminal</translation>
    </message>
    <message>
        <source>Use benchmark</source>
        <translation>Benchmark verwenden</translation>
    </message>
    <message>
        <source>Take its rows, template, splits and measure for this task</source>
        <translation>Seine Zeilen, Vorlage, Aufteilungen und sein Maß für diese Aufgabe nehmen</translation>
    </message>
    <message>
        <source>Reading the list of benchmarks …</source>
        <translation>Die Liste der Benchmarks wird gelesen …</translation>
    </message>
    <message>
        <source>A published set of rows that others report numbers of</source>
        <translation>Veröffentlichte Zeilen, zu denen andere Zahlen berichten</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Whose prompts and measure: only numbers of one protocol compare</source>
        <translation>Wessen Fragen und Maß: nur Zahlen eines Protokolls sind vergleichbar</translation>
    </message>
    <message>
        <source>Folder of the data</source>
        <translation>Ordner der Daten</translation>
    </message>
    <message>
        <source>The folder as it was published, in any of its forms, or org/name of the Hugging Face cache</source>
        <translation>Der Ordner, wie er veröffentlicht wurde, in jeder seiner Formen, oder org/name aus dem Hugging-Face-Cache</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Choose the benchmark&apos;s folder</source>
        <translation>Ordner des Benchmarks wählen</translation>
    </message>
    <message>
        <source>&amp;Benchmark</source>
        <translation>&amp;Benchmark</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Data: %1 on the Hugging Face hub.</source>
        <translation>Daten: %1 auf dem Hugging-Face-Hub.</translation>
    </message>
    <message>
        <source>Licence: %1.</source>
        <translation>Lizenz: %1.</translation>
    </message>
    <message>
        <source>Always giving the most frequent answer scores %1 %.</source>
        <translation>Stets die häufigste Antwort zu geben erreicht %1 %.</translation>
    </message>
    <message>
        <source>Guessing scores %1 %.</source>
        <translation>Raten erreicht %1 %.</translation>
    </message>
    <message>
        <source>Asked with the template %1, scored by %2 (%3). Source: %4.</source>
        <translation>Gefragt mit der Vorlage %1, bewertet nach %2 (%3). Quelle: %4.</translation>
    </message>
    <message>
        <source>Choose the folder that holds the benchmark&apos;s files as they were published.</source>
        <translation>Wählen Sie den Ordner mit den Dateien des Benchmarks, wie sie veröffentlicht wurden.</translation>
    </message>
    <message>
        <source>Reading the folder …</source>
        <translation>Der Ordner wird gelesen …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) cannot be used.</source>
        <translation>
            <numerusform>%Ln Zeile ist nicht verwendbar.</numerusform>
            <numerusform>%Ln Zeilen sind nicht verwendbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Read as “%1”.</source>
        <translation>Gelesen als „%1“.</translation>
    </message>
    <message>
        <source>The split that is scored, %1, has no rows here: the benchmark&apos;s number cannot be measured.</source>
        <translation>Die bewertete Aufteilung %1 hat hier keine Zeilen: die Zahl des Benchmarks kann nicht gemessen werden.</translation>
    </message>
</context>
<context>
    <name>hilo::BenchmarkSplitModel</name>
    <message>
        <source>published without labels: not read</source>
        <translation>ohne Antworten veröffentlicht: nicht gelesen</translation>
    </message>
    <message>
        <source>scored; not the published rows</source>
        <translation>bewertet; nicht die veröffentlichten Zeilen</translation>
    </message>
    <message>
        <source>not the published rows</source>
        <translation>nicht die veröffentlichten Zeilen</translation>
    </message>
    <message>
        <source>scored</source>
        <translation>bewertet</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <comment>a split, the column, its text</comment>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Published rows</source>
        <translation>Veröffentlichte Zeilen</translation>
    </message>
    <message>
        <source>Rows here</source>
        <translation>Zeilen hier</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>hilo::BlockPicture</name>
    <message>
        <source>One block of the model</source>
        <translation>Ein Block des Modells</translation>
    </message>
    <message>
        <source>What the branch makes is added to what it read.</source>
        <translation>Was der Zweig ergibt, wird zu dem addiert, was er las.</translation>
    </message>
</context>
<context>
    <name>hilo::CellInspector</name>
    <message>
        <source>Ranks</source>
        <translation>Ränge</translation>
    </message>
    <message>
        <source>4 x r8, a rank for each expert (8 8 4 2), or - for no adapter; Enter sets it</source>
        <translation>4 x r8, ein Rang je Experte (8 8 4 2) oder - für keinen Adapter; die Eingabetaste setzt es</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Experts of each selected cell; a new one gets the last rank</source>
        <translation>Experten jeder gewählten Zelle; ein neuer bekommt den letzten Rang</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>The same rank for every expert of the selected cells</source>
        <translation>Derselbe Rang für jeden Experten der gewählten Zellen</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>gemischt</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Experts that one token uses</source>
        <translation>Experten, die ein Token benutzt</translation>
    </message>
    <message>
        <source>α</source>
        <translation>α</translation>
    </message>
    <message>
        <source>LoRA alpha: the update is scaled by α / rank</source>
        <translation>LoRA-Alpha: Die Änderung wird mit α / Rang skaliert</translation>
    </message>
    <message>
        <source>Facts about the cell</source>
        <translation>Angaben zur Zelle</translation>
    </message>
    <message>
        <source>Over depth</source>
        <translation>Über die Tiefe</translation>
    </message>
    <message>
        <source>Signal over depth</source>
        <translation>Signal über die Tiefe</translation>
    </message>
    <message>
        <source>A signal of the complexity profile, layer by layer</source>
        <translation>Ein Signal des Komplexitätsprofils, Schicht für Schicht</translation>
    </message>
    <message>
        <source>Experts of the selection</source>
        <translation>Experten der Auswahl</translation>
    </message>
    <message>
        <source>Rank of the selection</source>
        <translation>Rang der Auswahl</translation>
    </message>
    <message>
        <source>Top-k of the selection</source>
        <translation>Top-k der Auswahl</translation>
    </message>
    <message>
        <source>α of the selection</source>
        <translation>α der Auswahl</translation>
    </message>
    <message>
        <source>No cell selected</source>
        <translation>Keine Zelle gewählt</translation>
    </message>
    <message>
        <source>Layer %1 · %2</source>
        <translation>Schicht %1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n cells</source>
        <translation>
            <numerusform>%n Zelle</numerusform>
            <numerusform>%n Zellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>%1 + %2 router</source>
        <translation>%1 + %2 Router</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>Aktiv je Token</translation>
    </message>
    <message>
        <source>Ranks in all</source>
        <translation>Ränge insgesamt</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>geändert, nicht gespeichert</translation>
    </message>
    <message>
        <source>as saved</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>%1 of each layer; the dashed line is the selected layer</source>
        <translation>%1 jeder Schicht; die gestrichelte Linie ist die gewählte Schicht</translation>
    </message>
    <message>
        <source>Ranks of the selection</source>
        <translation>Ränge der Auswahl</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: the rank is above the module&apos;s width.</source>
        <translation>
            <numerusform>%n Zelle blieb: Der Rang ist größer als die Breite des Moduls.</numerusform>
            <numerusform>%n Zellen blieben: Der Rang ist größer als die Breite des Moduls.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The base model has %Ln expert(s) here, each gets a LoRA of one rank</source>
        <translation>
            <numerusform>Das Basismodell hat hier %Ln Experten, er bekommt ein LoRA von einem Rang</numerusform>
            <numerusform>Das Basismodell hat hier %Ln Experten, jeder bekommt ein LoRA von einem Rang</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::CheckpointModel</name>
    <message>
        <source>✓ kept</source>
        <translation>✓ behalten</translation>
    </message>
    <message>
        <source>✓ valid</source>
        <translation>✓ gültig</translation>
    </message>
    <message>
        <source>A run can go on from here. %1</source>
        <translation>Ein Lauf kann hier weitermachen. %1</translation>
    </message>
    <message>
        <source>It is never removed to make room.</source>
        <translation>Er wird nie entfernt, um Platz zu schaffen.</translation>
    </message>
    <message>
        <source>A run cannot go on from here: %1</source>
        <translation>Ein Lauf kann hier nicht weitermachen: %1</translation>
    </message>
    <message>
        <source>step %1, loss %2, %3, %4</source>
        <translation>Schritt %1, Verlust %2, %3, %4</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>hilo::ColourScale</name>
    <message>
        <source>Colour scale</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 bis %2</translation>
    </message>
</context>
<context>
    <name>hilo::CommandDialog</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy this command</source>
        <translation>Diesen Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
</context>
<context>
    <name>hilo::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What do you want to do, see or open?</source>
        <translation>Was möchten Sie tun, sehen oder öffnen?</translation>
    </message>
    <message>
        <source>Find a command, page, run, map, setting or help</source>
        <translation>Befehl, Seite, Lauf, Karte, Einstellung oder Hilfe suchen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Nothing is called so.</source>
        <translation>Nichts heißt so.</translation>
    </message>
</context>
<context>
    <name>hilo::CompareCharts</name>
    <message>
        <source>Curves of the selected runs</source>
        <translation>Kurven der gewählten Läufe</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>Streudiagramm</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>The chosen metric of all runs against their size</source>
        <translation>Die gewählte Metrik aller Läufe gegen ihre Größe</translation>
    </message>
    <message>
        <source>Scatter or curves</source>
        <translation>Streudiagramm oder Kurven</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Farbe nach</translation>
    </message>
    <message>
        <source>The setting that gives points their colour; any key can be typed</source>
        <translation>Die Einstellung, die Punkten ihre Farbe gibt; jeder Schlüssel kann getippt werden</translation>
    </message>
    <message>
        <source>Symbol by</source>
        <translation>Symbol nach</translation>
    </message>
    <message>
        <source>The setting that gives points their symbol; any key can be typed</source>
        <translation>Die Einstellung, die Punkten ihr Symbol gibt; jeder Schlüssel kann getippt werden</translation>
    </message>
    <message>
        <source>Metric of the curves</source>
        <translation>Größe der Kurven</translation>
    </message>
    <message>
        <source>What the curves of the selected runs show</source>
        <translation>Was die Kurven der gewählten Läufe zeigen</translation>
    </message>
    <message>
        <source>trainable parameters</source>
        <translation>trainierbare Parameter</translation>
    </message>
    <message>
        <source>active parameters per token</source>
        <translation>aktive Parameter je Token</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>Waagrechte Achse</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) have finished without this metric; they are in the table only.</source>
        <translation>
            <numerusform>%n Zeile ist ohne diese Metrik fertig geworden; sie steht nur in der Tabelle.</numerusform>
            <numerusform>%n Zeilen sind ohne diese Metrik fertig geworden; sie stehen nur in der Tabelle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) without a result or parameters are in the table only.</source>
        <translation>
            <numerusform>%n Zeile ohne Ergebnis oder Parameter steht nur in der Tabelle.</numerusform>
            <numerusform>%n Zeilen ohne Ergebnis oder Parameter stehen nur in der Tabelle.</numerusform>
        </translation>
    </message>
    <message>
        <source>These means go over different tasks; choose one task to compare the same.</source>
        <translation>Diese Mittel gehen über verschiedene Aufgaben; wählen Sie eine Aufgabe, um Gleiches zu vergleichen.</translation>
    </message>
    <message>
        <source>So many points: intervals are drawn for the front and for what is selected.</source>
        <translation>So viele Punkte: Intervalle werden für die Front und die Auswahl gezeichnet.</translation>
    </message>
    <message>
        <source>Select rows in the table to see their curves.</source>
        <translation>Wählen Sie Zeilen in der Tabelle, um ihre Kurven zu sehen.</translation>
    </message>
    <message>
        <source>seconds of training</source>
        <translation>Sekunden Training</translation>
    </message>
    <message>
        <source>bytes of peak memory</source>
        <translation>Bytes Spitzenspeicher</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>sum of ranks</source>
        <translation>Summe der Ränge</translation>
    </message>
    <message>
        <source>strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>What the metric is weighed against; any setting, metric or cost can be typed. The front follows where less is better</source>
        <translation>Wogegen die Metrik gewogen wird; jede Einstellung, Metrik oder jeder Aufwand kann getippt werden. Die Front folgt, wo weniger besser ist</translation>
    </message>
    <message>
        <source>the metric</source>
        <translation>die Metrik</translation>
    </message>
    <message>
        <source>last training loss</source>
        <translation>letzter Trainingsverlust</translation>
    </message>
    <message>
        <source>lowest training loss</source>
        <translation>niedrigster Trainingsverlust</translation>
    </message>
    <message>
        <source>Vertical axis</source>
        <translation>Senkrechte Achse</translation>
    </message>
    <message>
        <source>What stands upright: the metric, or any setting, metric or cost; any key can be typed</source>
        <translation>Was senkrecht steht: die Metrik oder jede Einstellung, Metrik oder jeder Aufwand; jeder Schlüssel kann getippt werden</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>senkrecht</translation>
    </message>
    <message>
        <source>Mean and band</source>
        <translation>Mittel und Band</translation>
    </message>
    <message>
        <source>Of rows of several runs the mean with its 95 % interval over them, by Student&apos;s t; else every run</source>
        <translation>Von Zeilen mit mehreren Läufen das Mittel mit seinem 95-%-Intervall nach Student; sonst jeden Lauf</translation>
    </message>
    <message>
        <source>Not drawn, because their logs do not tell this axis: %1</source>
        <translation>Nicht gezeichnet, weil ihre Protokolle diese Achse nicht hergeben: %1</translation>
    </message>
</context>
<context>
    <name>hilo::CompareFilterBar</name>
    <message>
        <source>Group seeds</source>
        <translation>Startwerte gruppieren</translation>
    </message>
    <message>
        <source>Filter, for example: accuracy &gt; 0.8 and map.strategy.name = hilo</source>
        <translation>Filter, zum Beispiel: accuracy &gt; 0.8 and map.strategy.name = hilo</translation>
    </message>
    <message>
        <source>Filter expression</source>
        <translation>Filterausdruck</translation>
    </message>
    <message>
        <source>Conditions over settings and results, joined by and, or, not and brackets (Ctrl+F; F1 explains)</source>
        <translation>Bedingungen über Einstellungen und Ergebnisse, verbunden durch and, or, not und Klammern (Strg+F; F1 erklärt)</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>What a filter can ask for</source>
        <translation>Wonach ein Filter fragen kann</translation>
    </message>
    <message>
        <source>One row for runs that differ in name and seed only: mean and interval</source>
        <translation>Eine Zeile für Läufe, die sich nur in Name und Startwert unterscheiden: Mittel und Intervall</translation>
    </message>
    <message>
        <source>no setting</source>
        <translation>keiner Einstellung</translation>
    </message>
    <message>
        <source>Group by a setting</source>
        <translation>Nach einer Einstellung gruppieren</translation>
    </message>
    <message>
        <source>One row for all runs with the same value of a setting; any key can be typed. Its value is the mean over their settings, each with the mean over its seeds</source>
        <translation>Eine Zeile für alle Läufe mit demselben Wert einer Einstellung; jeder Schlüssel kann getippt werden. Ihr Wert ist das Mittel über deren Einstellungen, jede mit dem Mittel über ihre Startwerte</translation>
    </message>
    <message>
        <source>group by</source>
        <translation>gruppieren nach</translation>
    </message>
</context>
<context>
    <name>hilo::CompareInspector</name>
    <message>
        <source>Facts of what is selected</source>
        <translation>Angaben zur Auswahl</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Verschiedene Einstellungen</translation>
    </message>
    <message>
        <source>None but the seed and the name.</source>
        <translation>Keine außer Startwert und Name.</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Open map</source>
        <translation>Karte öffnen</translation>
    </message>
    <message>
        <source>Open this run&apos;s map on the page Allocation</source>
        <translation>Die Karte dieses Laufs auf der Seite Zuteilung öffnen</translation>
    </message>
    <message>
        <source>Run again…</source>
        <translation>Erneut laufen …</translation>
    </message>
    <message>
        <source>A new run with the settings of this one</source>
        <translation>Ein neuer Lauf mit den Einstellungen dieses Laufs</translation>
    </message>
    <message>
        <source>Show run</source>
        <translation>Lauf zeigen</translation>
    </message>
    <message>
        <source>Its charts and its log on the page Runs</source>
        <translation>Seine Diagramme und sein Protokoll auf der Seite Läufe</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Compare the others with this one</source>
        <translation>Die anderen mit diesem vergleichen</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>Ask its adapter on the page Try</source>
        <translation>Seinen Adapter auf der Seite Probieren befragen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Take its adapter to other programs, on the page Export</source>
        <translation>Seinen Adapter auf der Seite Export für andere Programme mitnehmen</translation>
    </message>
    <message>
        <source>The command that prints this table</source>
        <translation>Der Befehl, der diese Tabelle ausgibt</translation>
    </message>
    <message>
        <source>The command that prints this table in a terminal</source>
        <translation>Der Befehl, der diese Tabelle im Terminal ausgibt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Den Befehl kopieren</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation>Nichts ist gewählt</translation>
    </message>
    <message>
        <source>Click a point or a row. Two of them, or one and a pinned baseline, are compared here.</source>
        <translation>Klicken Sie auf einen Punkt oder eine Zeile. Zwei davon, oder einer und ein angehefteter Vergleich, werden hier verglichen.</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 gegen %2</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> und %n weiterer</numerusform>
            <numerusform> und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Paired difference</source>
        <translation>Gepaarter Unterschied</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>Trainierbar</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>Aktiv je Token</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>Trained for</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Sum of ranks, layer 0 on top; lighter is more.</source>
        <translation>Summe der Ränge, Schicht 0 oben; heller ist mehr.</translation>
    </message>
    <message>
        <source>The maps are the same.</source>
        <translation>Die Karten sind gleich.</translation>
    </message>
    <message numerus="yes">
        <source>Below: where they differ in %n module(s). Blue, stroke on the left: the first has more ranks; orange, stroke on the right: the second has.</source>
        <translation>
            <numerusform>Unten: wo sie sich in %n Modul unterscheiden. Blau, Strich links: Die erste hat mehr Ränge; orange, Strich rechts: die zweite.</numerusform>
            <numerusform>Unten: wo sie sich in %n Modulen unterscheiden. Blau, Strich links: Die erste hat mehr Ränge; orange, Strich rechts: die zweite.</numerusform>
        </translation>
    </message>
    <message>
        <source> against %1</source>
        <translation> gegen %1</translation>
    </message>
    <message>
        <source>No clear difference: %1</source>
        <translation>Kein klarer Unterschied: %1</translation>
    </message>
    <message>
        <source>A clear difference: %1 is better</source>
        <translation>Ein klarer Unterschied: %1 ist besser</translation>
    </message>
    <message>
        <source>A clear difference: %1 is worse</source>
        <translation>Ein klarer Unterschied: %1 ist schlechter</translation>
    </message>
    <message>
        <source>%1, standard deviation %2</source>
        <translation>%1, Standardabweichung %2</translation>
    </message>
    <message>
        <source>Row by row…</source>
        <translation>Zeile für Zeile …</translation>
    </message>
    <message>
        <source>Which rows one of the two answers rightly and the other does not</source>
        <translation>Welche Zeilen einer der beiden richtig beantwortet und der andere nicht</translation>
    </message>
</context>
<context>
    <name>hilo::CompareModel</name>
    <message>
        <source>baseline</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>%1, no clear difference</source>
        <translation>%1, kein klarer Unterschied</translation>
    </message>
    <message>
        <source>The baseline that the others are compared with</source>
        <translation>Der Vergleich, mit dem die anderen verglichen werden</translation>
    </message>
    <message>
        <source>Double click to compare the others with this one</source>
        <translation>Doppelklick, um die anderen hiermit zu vergleichen</translation>
    </message>
    <message numerus="yes">
        <source>Mean of %n seed(s) with its 95 % interval by Student&apos;s t</source>
        <translation>
            <numerusform>Mittel über %n Startwert mit 95-%-Intervall nach Student</numerusform>
            <numerusform>Mittel über %n Startwerte mit 95-%-Intervall nach Student</numerusform>
        </translation>
    </message>
    <message>
        <source>With the 95 % interval of its evaluation</source>
        <translation>Mit dem 95-%-Intervall seiner Auswertung</translation>
    </message>
    <message numerus="yes">
        <source>Mean difference over %n common seed(s), with its 95 % interval</source>
        <translation>
            <numerusform>Mittlerer Unterschied über %n gemeinsamen Startwert, mit 95-%-Intervall</numerusform>
            <numerusform>Mittlerer Unterschied über %n gemeinsame Startwerte, mit 95-%-Intervall</numerusform>
        </translation>
    </message>
    <message>
        <source>not the baseline</source>
        <translation>nicht der Vergleich</translation>
    </message>
    <message>
        <source>on the Pareto front</source>
        <translation>auf der Pareto-Front</translation>
    </message>
    <message>
        <source>not on the Pareto front</source>
        <translation>nicht auf der Pareto-Front</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>trainierbar</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>The run has finished, and its result does not hold this.</source>
        <translation>Der Lauf ist fertig, und sein Ergebnis enthält dies nicht.</translation>
    </message>
    <message>
        <source>The run has no result yet.</source>
        <translation>Der Lauf hat noch kein Ergebnis.</translation>
    </message>
    <message>
        <source>a task without a name</source>
        <translation>eine Aufgabe ohne Namen</translation>
    </message>
    <message numerus="yes">
        <source>Mean over %n task(s): %1</source>
        <translation>
            <numerusform>Mittel über %n Aufgabe: %1</numerusform>
            <numerusform>Mittel über %n Aufgaben: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>Aufgabe %1</translation>
    </message>
    <message>
        <source>Difference of two values; not clear while their intervals overlap</source>
        <translation>Differenz zweier Werte; nicht klar, solange ihre Intervalle sich überlappen</translation>
    </message>
    <message>
        <source>On the Pareto front: nothing is both smaller and better</source>
        <translation>Auf der Pareto-Front: Nichts ist zugleich kleiner und besser</translation>
    </message>
    <message>
        <source>Δ to baseline</source>
        <translation>Δ zum Vergleich</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Runs with the same seed count once: the one that ended last.</source>
        <translation>Läufe mit demselben Startwert zählen einmal: der, der zuletzt endete.</translation>
    </message>
</context>
<context>
    <name>hilo::ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>The chart as PNG, SVG or PDF</source>
        <translation>Das Diagramm als PNG, SVG oder PDF</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Tabelle speichern …</translation>
    </message>
    <message>
        <source>The table as CSV</source>
        <translation>Die Tabelle als CSV</translation>
    </message>
    <message>
        <source>Table of runs</source>
        <translation>Tabelle der Läufe</translation>
    </message>
    <message>
        <source>Runs belong to a project. Open one or make one on the start page (Ctrl+1).</source>
        <translation>Läufe gehören zu einem Projekt. Öffnen oder legen Sie auf der Startseite (Strg+1) eines an.</translation>
    </message>
    <message>
        <source>Reading the runs …</source>
        <translation>Die Läufe werden gelesen …</translation>
    </message>
    <message>
        <source>No run passes this filter.</source>
        <translation>Kein Lauf besteht diesen Filter.</translation>
    </message>
    <message>
        <source>There are no runs to compare yet. Queue some on the page Allocation or Runs.</source>
        <translation>Es gibt noch keine Läufe zu vergleichen. Reihen Sie auf der Seite Zuteilung oder Läufe einige ein.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln run(s), as %2 rows</source>
        <translation>
            <numerusform>%1 von %Ln Lauf, als %2 Zeilen</numerusform>
            <numerusform>%1 von %Ln Läufen, als %2 Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 von %n Lauf</numerusform>
            <numerusform>%1 von %n Läufen</numerusform>
        </translation>
    </message>
    <message>
        <source>No baseline is pinned any more.</source>
        <translation>Kein Vergleich ist mehr angeheftet.</translation>
    </message>
    <message>
        <source>“%1” is the baseline.</source>
        <translation>„%1“ ist der Vergleich.</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>SVG picture (*.svg);;PNG picture (*.png);;PDF document (*.pdf)</source>
        <translation>SVG-Bild (*.svg);;PNG-Bild (*.png);;PDF-Dokument (*.pdf)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>&lt;h3&gt;A metric against size&lt;/h3&gt;&lt;p&gt;Each point is a run, or the mean of runs that differ in their seed only. Vertical lines are 95 % intervals: of one run as evaluated (of an accuracy: Wilson 1927), of several seeds by Student&apos;s t (1908). The line is the Pareto front: a point lies on it when nothing is both smaller and better.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Metric.&lt;/b&gt; Any number of the runs&apos; results, of one task or as the mean over a run&apos;s tasks. The program knows which way is better: of a loss the front goes down. Runs without the number stay in the table. Means over different tasks are no fair comparison; the page says so where there are some.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Trainable&lt;/b&gt; counts every parameter of the adapters and routers, &lt;b&gt;active&lt;/b&gt; those that one token uses: with top-k routing only k experts of a module. This axis is logarithmic.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Baseline.&lt;/b&gt; Pin a row (double click on its first column, or Ctrl+B) and the table shows the others against it, paired by seeds. While intervals overlap it says “no clear difference”: more seeds or more test rows make it clear, a higher number alone does not.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Filter&lt;/b&gt; with conditions over settings and results, joined by &lt;i&gt;and&lt;/i&gt;, &lt;i&gt;or&lt;/i&gt;, &lt;i&gt;not&lt;/i&gt; and brackets: &lt;code&gt;accuracy &amp;gt; 0.8 and (training.learning_rate &amp;lt;= 3e-4 or map.strategy.name = mola)&lt;/code&gt;. Operators are = != &amp;lt; &amp;lt;= &amp;gt; &amp;gt;= and ~ (contains). &lt;code&gt;loss@cola &amp;lt; 1.5&lt;/code&gt; asks for the result of one task, &lt;code&gt;result.loss&lt;/code&gt; for the mean over tasks; the chosen metric may be named alone.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Select&lt;/b&gt; two rows to see only the settings that differ, and where their maps differ.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; open a map to shape it further, run it with more seeds, try or export its adapter.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Eine Metrik gegen Größe&lt;/h3&gt;&lt;p&gt;Jeder Punkt ist ein Lauf oder das Mittel von Läufen, die sich nur im Startwert unterscheiden. Senkrechte Linien sind 95-%-Intervalle: eines Laufs, wie ausgewertet (einer Genauigkeit: Wilson 1927), mehrerer Startwerte nach Student (1908). Die Linie ist die Pareto-Front: Ein Punkt liegt auf ihr, wenn nichts zugleich kleiner und besser ist.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Metrik.&lt;/b&gt; Jede Zahl der Ergebnisse, einer Aufgabe oder als Mittel über die Aufgaben eines Laufs. Das Programm weiß, welche Richtung besser ist: Bei einem Verlust führt die Front nach unten. Läufe ohne die Zahl bleiben in der Tabelle. Mittel über verschiedene Aufgaben sind kein fairer Vergleich; die Seite sagt, wo es welche gibt.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Trainierbar&lt;/b&gt; zählt jeden Parameter der Adapter und Router, &lt;b&gt;aktiv&lt;/b&gt; jene, die ein Token benutzt: bei Top-k-Routing nur k Experten eines Moduls. Diese Achse ist logarithmisch.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Vergleich.&lt;/b&gt; Heften Sie eine Zeile an (Doppelklick auf ihre erste Spalte oder Strg+B), und die Tabelle zeigt die anderen gegen sie, gepaart nach Startwerten. Solange Intervalle sich überlappen, steht da „kein klarer Unterschied“: Mehr Startwerte oder mehr Testzeilen machen ihn klar, eine höhere Zahl allein nicht.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Filtern&lt;/b&gt; mit Bedingungen über Einstellungen und Ergebnisse, verbunden durch &lt;i&gt;and&lt;/i&gt;, &lt;i&gt;or&lt;/i&gt;, &lt;i&gt;not&lt;/i&gt; und Klammern: &lt;code&gt;accuracy &amp;gt; 0.8 and (training.learning_rate &amp;lt;= 3e-4 or map.strategy.name = mola)&lt;/code&gt;. Operatoren sind = != &amp;lt; &amp;lt;= &amp;gt; &amp;gt;= und ~ (enthält). &lt;code&gt;loss@cola &amp;lt; 1.5&lt;/code&gt; fragt nach dem Ergebnis einer Aufgabe, &lt;code&gt;result.loss&lt;/code&gt; nach dem Mittel über die Aufgaben; die gewählte Metrik darf allein genannt werden.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Wählen&lt;/b&gt; Sie zwei Zeilen, um nur die verschiedenen Einstellungen zu sehen und wo ihre Karten sich unterscheiden.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Weiter:&lt;/b&gt; eine Karte öffnen und weiter formen, sie mit mehr Startwerten laufen lassen, ihren Adapter probieren oder exportieren.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Pin or release the baseline</source>
        <translation>Vergleichslauf anheften oder lösen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Axes.&lt;/b&gt; Each takes any setting, metric or cost; a front is drawn where less of the horizontal one is better. A strategy has the same colour and symbol in every project, and no filter changes what a point looks like.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Group by&lt;/b&gt; a setting makes one row of all runs with one value of it: each kind of settings counts once, with the mean over its seeds. &lt;b&gt;Views&lt;/b&gt; keep filter, axes, groups and columns under a name in the project&apos;s folder.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Row by row&lt;/b&gt; tells which test rows one of two runs answers rightly and the other does not, with McNemar&apos;s test (1947; exact up to 2,000 rows that differ). Of a row of several seeds it takes the first run.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Curves&lt;/b&gt; of a row of several seeds are their mean with its 95 % interval by Student&apos;s t at every step that two or more have reached.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Achsen.&lt;/b&gt; Jede nimmt jede Einstellung, Metrik oder jeden Aufwand; eine Front wird gezeichnet, wo waagerecht weniger besser ist. Eine Strategie hat in jedem Projekt dieselbe Farbe und dasselbe Zeichen, und kein Filter ändert, wie ein Punkt aussieht.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Gruppieren nach&lt;/b&gt; einer Einstellung macht eine Zeile aus allen Läufen mit demselben Wert: Jede Art von Einstellungen zählt einmal, mit dem Mittel über ihre Startwerte. &lt;b&gt;Ansichten&lt;/b&gt; behalten Filter, Achsen, Gruppen und Spalten unter einem Namen im Ordner des Projekts.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Zeile für Zeile&lt;/b&gt; sagt, welche Testzeilen einer von zwei Läufen richtig beantwortet und der andere nicht, mit McNemars Test (1947; exakt bis zu 2.000 verschiedenen Zeilen). Von einer Zeile mit mehreren Startwerten nimmt es den ersten Lauf.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Kurven&lt;/b&gt; einer Zeile mit mehreren Startwerten sind deren Mittel mit seinem 95-%-Intervall nach Student bei jedem Schritt, den zwei oder mehr erreicht haben.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Keep what is shown under a name, and show it again</source>
        <translation>Was gezeigt wird, unter einem Namen behalten und wieder zeigen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Show, hide and add columns; drag a heading to move one</source>
        <translation>Spalten zeigen, verbergen und hinzufügen; eine Überschrift ziehen, um sie zu verschieben</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Setting, metric or cost</source>
        <translation>Einstellung, Metrik oder Aufwand</translation>
    </message>
</context>
<context>
    <name>hilo::CompareTableView</name>
    <message>
        <source>Add a column…</source>
        <translation>Spalte hinzufügen …</translation>
    </message>
    <message>
        <source>Columns as at first</source>
        <translation>Spalten wie am Anfang</translation>
    </message>
</context>
<context>
    <name>hilo::CompareViews</name>
    <message>
        <source>The views are kept with the project.</source>
        <translation>Die Ansichten sind beim Projekt gespeichert.</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>Diese Ansicht behalten</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>Name der Ansicht</translation>
    </message>
    <message>
        <source>Keep this view…</source>
        <translation>Diese Ansicht behalten …</translation>
    </message>
    <message>
        <source>Forget a view</source>
        <translation>Ansicht vergessen</translation>
    </message>
</context>
<context>
    <name>hilo::ComparisonChart</name>
    <message>
        <source>Pareto front</source>
        <translation>Pareto-Front</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s). Left and right go from point to point, Return selects.</source>
        <translation>
            <numerusform>%n Punkt. Links und Rechts gehen von Punkt zu Punkt, die Eingabetaste wählt.</numerusform>
            <numerusform>%n Punkte. Links und Rechts gehen von Punkt zu Punkt, die Eingabetaste wählt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The pinned baseline.</source>
        <translation>Der angeheftete Vergleich.</translation>
    </message>
    <message>
        <source>%1 against parameters, with the Pareto front</source>
        <translation>%1 gegen Parameter, mit der Pareto-Front</translation>
    </message>
    <message>
        <source>%1, lower is better</source>
        <translation>%1, niedriger ist besser</translation>
    </message>
    <message>
        <source>On the Pareto front: nothing is both smaller and better.</source>
        <translation>Auf der Pareto-Front: Nichts ist zugleich kleiner und besser.</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>Veröffentlicht: %1</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>%1 of all runs</source>
        <translation>%1 aller Läufe</translation>
    </message>
</context>
<context>
    <name>hilo::ComparisonDialog</name>
    <message>
        <source>Compare two models</source>
        <translation>Zwei Modelle vergleichen</translation>
    </message>
    <message>
        <source>Other model</source>
        <translation>Anderes Modell</translation>
    </message>
    <message>
        <source>Hugging Face folder, .gguf file, or org/name of the Hugging Face cache</source>
        <translation>Hugging-Face-Ordner, .gguf-Datei oder org/name aus dem Hugging-Face-Cache</translation>
    </message>
    <message>
        <source>%1 and</source>
        <translation>%1 und</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <source>&amp;Differences only</source>
        <translation>Nur &amp;Unterschiede</translation>
    </message>
    <message>
        <source>Leave out what both models have alike</source>
        <translation>Lässt weg, was beide Modelle gleich haben</translation>
    </message>
    <message>
        <source>Two models side by side</source>
        <translation>Zwei Modelle nebeneinander</translation>
    </message>
    <message>
        <source>What one of the models has alone</source>
        <translation>Was nur eines der Modelle hat</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>Name a model to see what differs. It is only looked at.</source>
        <translation>Nennen Sie ein Modell, um zu sehen, was sich unterscheidet. Es wird nur angesehen.</translation>
    </message>
    <message>
        <source>Looking at the model …</source>
        <translation>Das Modell wird angesehen …</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Nur %1</translation>
    </message>
    <message>
        <source>Allocation maps of one fit the other.</source>
        <translation>Zuteilungskarten des einen passen zum anderen.</translation>
    </message>
    <message>
        <source>Allocation maps of one do not fit the other: family, layers or modules differ.</source>
        <translation>Zuteilungskarten des einen passen nicht zum anderen: Familie, Schichten oder Module unterscheiden sich.</translation>
    </message>
</context>
<context>
    <name>hilo::ComplexityPage</name>
    <message>
        <source>Complexity</source>
        <translation>Komplexität</translation>
    </message>
    <message>
        <source>Signal of the heat map</source>
        <translation>Signal der Heatmap</translation>
    </message>
    <message>
        <source>The profile is complete: %1</source>
        <translation>Das Profil ist fertig: %1</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Which of the project&apos;s profiles is shown</source>
        <translation>Welches Profil des Projekts gezeigt wird</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Show what the profile has more or less than another one</source>
        <translation>Zeigen, was das Profil mehr oder weniger hat als ein anderes</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Show a profile file from elsewhere</source>
        <translation>Eine Profildatei von anderswo zeigen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Values as a table, charts as pictures</source>
        <translation>Werte als Tabelle, Diagramme als Bilder</translation>
    </message>
    <message>
        <source>All values (CSV)…</source>
        <translation>Alle Werte (CSV) …</translation>
    </message>
    <message>
        <source>Chart over depth (PDF, PNG)…</source>
        <translation>Diagramm über die Tiefe (PDF, PNG) …</translation>
    </message>
    <message>
        <source>Spectrum (PDF, PNG)…</source>
        <translation>Spektrum (PDF, PNG) …</translation>
    </message>
    <message>
        <source>Profile…</source>
        <translation>Profil …</translation>
    </message>
    <message>
        <source>Measure signals of this model with hilo profile</source>
        <translation>Signale dieses Modells mit hilo profile messen</translation>
    </message>
    <message>
        <source>Heat map of layers and modules</source>
        <translation>Heatmap von Schichten und Modulen</translation>
    </message>
    <message>
        <source>Allocate from this</source>
        <translation>Hieraus zuteilen</translation>
    </message>
    <message>
        <source>Open the page Allocation with this signal as its guide</source>
        <translation>Die Seite Zuteilung mit diesem Signal als Richtschnur öffnen</translation>
    </message>
    <message>
        <source>This signal</source>
        <translation>Dieses Signal</translation>
    </message>
    <message>
        <source>Compare with: none</source>
        <translation>Vergleichen mit: nichts</translation>
    </message>
    <message>
        <source>Compare with: %1</source>
        <translation>Vergleichen mit: %1</translation>
    </message>
    <message>
        <source>Open profile</source>
        <translation>Profil öffnen</translation>
    </message>
    <message>
        <source>Complexity profiles (*.json)</source>
        <translation>Komplexitätsprofile (*.json)</translation>
    </message>
    <message>
        <source>Reading the profile …</source>
        <translation>Das Profil wird gelesen …</translation>
    </message>
    <message>
        <source>Open a project, a model folder or a .gguf file on the page Start (Ctrl+1) to see how complex its layers are.</source>
        <translation>Öffnen Sie auf der Seite Start (Strg+1) ein Projekt, einen Modellordner oder eine .gguf-Datei, um zu sehen, wie komplex die Schichten sind.</translation>
    </message>
    <message>
        <source>This model has no profile yet. “Profile…” measures how complex each layer is: from the weights alone in seconds to minutes, from your data with a few forward passes, or from gradients on your task.</source>
        <translation>Dieses Modell hat noch kein Profil. „Profil …“ misst, wie komplex jede Schicht ist: allein aus den Gewichten in Sekunden bis Minuten, aus Ihren Daten mit einigen Vorwärtsdurchläufen oder aus Gradienten Ihrer Aufgabe.</translation>
    </message>
    <message>
        <source>No profile</source>
        <translation>Kein Profil</translation>
    </message>
    <message>
        <source>profile of %1</source>
        <translation>Profil von %1</translation>
    </message>
    <message numerus="yes">
        <source>%n signal(s)</source>
        <translation>
            <numerusform>%n Signal</numerusform>
            <numerusform>%n Signale</numerusform>
        </translation>
    </message>
    <message>
        <source>Difference to %1.</source>
        <translation>Unterschied zu %1.</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1, in %2.</source>
        <translation>%1, in %2.</translation>
    </message>
    <message>
        <source>A larger value wants more capacity.</source>
        <translation>Ein größerer Wert will mehr Kapazität.</translation>
    </message>
    <message>
        <source>A smaller value wants more capacity.</source>
        <translation>Ein kleinerer Wert will mehr Kapazität.</translation>
    </message>
    <message>
        <source>Its source does not say which layers want more capacity.</source>
        <translation>Die Quelle sagt nicht, welche Schichten mehr Kapazität wollen.</translation>
    </message>
    <message>
        <source>Two halves of the data agree with %1.</source>
        <translation>Zwei Hälften der Daten stimmen mit %1 überein.</translation>
    </message>
    <message>
        <source>No layer selected</source>
        <translation>Keine Schicht gewählt</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>Export all values</source>
        <translation>Alle Werte exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>All signals</source>
        <translation>Alle Signale</translation>
    </message>
    <message>
        <source>Every signal of the profile by its full name</source>
        <translation>Jedes Signal des Profils mit vollem Namen</translation>
    </message>
</context>
<context>
    <name>hilo::CurveOptions</name>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Horizontal axis of the curves</source>
        <translation>Waagerechte Achse der Kurven</translation>
    </message>
    <message>
        <source>What the curves go over. Tokens are estimated from speed and time; time is that of training, without stops and pauses</source>
        <translation>Worüber die Kurven gehen. Token sind aus Tempo und Zeit geschätzt; die Zeit ist die des Trainings, ohne Stopps und Pausen</translation>
    </message>
    <message>
        <source>no smoothing</source>
        <translation>keine Glättung</translation>
    </message>
    <message>
        <source>exponential mean</source>
        <translation>exponentielles Mittel</translation>
    </message>
    <message>
        <source>running mean</source>
        <translation>laufendes Mittel</translation>
    </message>
    <message>
        <source>running median</source>
        <translation>laufender Median</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>Glättung der Kurven</translation>
    </message>
    <message>
        <source>How curves are smoothed; the values themselves stay faintly behind. Means are pulled by single spikes, the median is not. Learning rates and memory are drawn as they are</source>
        <translation>Wie Kurven geglättet werden; die Werte selbst bleiben blass dahinter. Mittel werden von einzelnen Spitzen gezogen, der Median nicht. Lernraten und Speicher werden gezeichnet, wie sie sind</translation>
    </message>
    <message>
        <source>Strength of the smoothing</source>
        <translation>Stärke der Glättung</translation>
    </message>
    <message>
        <source>over</source>
        <translation>über</translation>
    </message>
    <message>
        <source>smoothed by</source>
        <translation>geglättet durch</translation>
    </message>
    <message>
        <source>Weight of the past in the mean: %1 %</source>
        <translation>Gewicht des Vergangenen im Mittel: %1 %</translation>
    </message>
    <message numerus="yes">
        <source>Over the last %n logged step(s)</source>
        <translation>
            <numerusform>Über den letzten %n protokollierten Schritt</numerusform>
            <numerusform>Über die letzten %n protokollierten Schritte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::DataChoicePanel</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>A folder with files named train, validation and test</source>
        <translation>Ein Ordner mit Dateien namens train, validation und test</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>How a row becomes a prompt and an answer</source>
        <translation>Wie aus einer Zeile Prompt und Antwort werden</translation>
    </message>
    <message>
        <source>Own file…</source>
        <translation>Eigene Datei …</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>wählen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Appear once data and template are chosen.</source>
        <translation>Erscheinen, sobald Daten und Vorlage gewählt sind.</translation>
    </message>
    <message>
        <source>Length and split</source>
        <translation>Länge und Aufteilung</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source>Longer rows lose the beginning of their prompt</source>
        <translation>Längere Zeilen verlieren den Anfang ihres Prompts</translation>
    </message>
    <message>
        <source>Maximum length in tokens</source>
        <translation>Größte Länge in Token</translation>
    </message>
    <message>
        <source>&amp;Maximum</source>
        <translation>&amp;Höchstens</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Which rows are for training, validation and test</source>
        <translation>Welche Zeilen für Training, Validierung und Test sind</translation>
    </message>
    <message>
        <source>by the columns</source>
        <translation>nach den Spalten</translation>
    </message>
    <message>
        <source>as the files say</source>
        <translation>laut Dateien</translation>
    </message>
    <message>
        <source>by a column</source>
        <translation>nach einer Spalte</translation>
    </message>
    <message>
        <source>drawn by a seed</source>
        <translation>ausgelost mit einem Startwert</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>Au&amp;fteilung</translation>
    </message>
    <message>
        <source>Column of the split</source>
        <translation>Spalte der Aufteilung</translation>
    </message>
    <message>
        <source>Its values are train, validation and test</source>
        <translation>Ihre Werte sind train, validation und test</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Seed of the split</source>
        <translation>Startwert der Aufteilung</translation>
    </message>
    <message>
        <source>The same seed draws the same rows</source>
        <translation>Derselbe Startwert lost dieselben Zeilen aus</translation>
    </message>
    <message>
        <source>Share of rows for validation</source>
        <translation>Anteil der Zeilen für die Validierung</translation>
    </message>
    <message>
        <source>Share of rows for the test</source>
        <translation>Anteil der Zeilen für den Test</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>No data chosen.</source>
        <translation>Keine Daten gewählt.</translation>
    </message>
    <message>
        <source>Column for %1</source>
        <translation>Spalte für %1</translation>
    </message>
    <message>
        <source>Which column of the data stands for the template&apos;s field “%1”</source>
        <translation>Welche Spalte der Daten für das Feld „%1“ der Vorlage steht</translation>
    </message>
    <message>
        <source>– missing –</source>
        <translation>– fehlt –</translation>
    </message>
    <message>
        <source>%1 (by its name)</source>
        <translation>%1 (nach Namen)</translation>
    </message>
    <message>
        <source>This template asks for no columns.</source>
        <translation>Diese Vorlage verlangt keine Spalten.</translation>
    </message>
    <message>
        <source>Choose data</source>
        <translation>Daten wählen</translation>
    </message>
    <message>
        <source>Choose template</source>
        <translation>Vorlage wählen</translation>
    </message>
    <message>
        <source>Prompt templates (*.json)</source>
        <translation>Prompt-Vorlagen (*.json)</translation>
    </message>
    <message>
        <source>One Parquet, Arrow, JSONL, JSON, CSV, TSV or text file</source>
        <translation>Eine Datei in Parquet, Arrow, JSONL, JSON, CSV, TSV oder Text</translation>
    </message>
    <message>
        <source>Add task</source>
        <translation>Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>Train on further data in the same run; the shares of all tasks are shown then</source>
        <translation>Im selben Lauf mit weiteren Daten trainieren; dann stehen hier die Anteile aller Aufgaben</translation>
    </message>
    <message>
        <source>Benchmark…</source>
        <translation>Benchmark …</translation>
    </message>
    <message>
        <source>A published benchmark by name, with its template, splits and published results</source>
        <translation>Ein veröffentlichter Benchmark mit Namen, Vorlage, Aufteilungen und veröffentlichten Ergebnissen</translation>
    </message>
    <message>
        <source>Benchmark %1 from %2. Its template, columns and splits are as published.</source>
        <translation>Benchmark %1 aus %2. Vorlage, Spalten und Aufteilungen sind wie veröffentlicht.</translation>
    </message>
</context>
<context>
    <name>hilo::DataPage</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Use for new runs</source>
        <translation>Für neue Läufe benutzen</translation>
    </message>
    <message>
        <source>Keep source, template, columns, length and split in the project</source>
        <translation>Quelle, Vorlage, Spalten, Länge und Aufteilung im Projekt behalten</translation>
    </message>
    <message>
        <source>Open a project on the page Start (Ctrl+1), or choose a file here, to see its rows as prompts.</source>
        <translation>Öffnen Sie auf der Seite Start (Strg+1) ein Projekt, oder wählen Sie hier eine Datei, um ihre Zeilen als Prompts zu sehen.</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Whose rows are shown</source>
        <translation>Wessen Zeilen gezeigt werden</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>Abgelehnte Zeilen</translation>
    </message>
    <message>
        <source>Tokens per row</source>
        <translation>Token je Zeile</translation>
    </message>
    <message>
        <source>Label balance</source>
        <translation>Verteilung der Antworten</translation>
    </message>
    <message>
        <source>Reading the project&apos;s data …</source>
        <translation>Die Daten des Projekts werden gelesen …</translation>
    </message>
    <message>
        <source>This project has no data yet. Choose a folder or a file on the left; the rows appear here as the model will read them.</source>
        <translation>Dieses Projekt hat noch keine Daten. Wählen Sie links einen Ordner oder eine Datei; die Zeilen erscheinen hier, wie das Modell sie lesen wird.</translation>
    </message>
    <message>
        <source>Only a project can keep a choice; make one on the page Start</source>
        <translation>Nur ein Projekt kann eine Wahl behalten; legen Sie auf der Seite Start eines an</translation>
    </message>
    <message>
        <source>Reading the data …</source>
        <translation>Die Daten werden gelesen …</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln row(s)</source>
        <translation>
            <numerusform>%1, %Ln Zeile</numerusform>
            <numerusform>%1, %Ln Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Rejected rows (%1)</source>
        <translation>Abgelehnte Zeilen (%1)</translation>
    </message>
    <message>
        <source>Open a model to count tokens with its tokenizer.</source>
        <translation>Öffnen Sie ein Modell, um Token mit seinem Tokenizer zu zählen.</translation>
    </message>
    <message>
        <source>Majority floor %1: always answering “%2”, the most frequent answer of the training rows.</source>
        <translation>Mehrheitsschwelle %1: immer „%2“ antworten, die häufigste Antwort der Trainingszeilen.</translation>
    </message>
    <message>
        <source>This template has free answers, so there are no labels to count.</source>
        <translation>Diese Vorlage hat freie Antworten, daher gibt es keine Klassen zu zählen.</translation>
    </message>
    <message>
        <source>Select a row to see its prompt.</source>
        <translation>Wählen Sie eine Zeile, um ihren Prompt zu sehen.</translation>
    </message>
    <message>
        <source>%1 of %2 answers were judged to be good, %3 to be bad.</source>
        <translation>%1 von %2 Antworten wurden als gut beurteilt, %3 als schlecht.</translation>
    </message>
    <message>
        <source>What the colours mean</source>
        <translation>Was die Farben bedeuten</translation>
    </message>
    <message>
        <source>What the model reads only, what it learns, and what is beyond the maximum length</source>
        <translation>Was das Modell nur liest, was es lernt und was über die größte Länge hinausgeht</translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 Zeile</numerusform>
            <numerusform>%1 Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Each row has a chosen and a rejected answer: what is learnt is to prefer the chosen one.</source>
        <translation>Jede Zeile hat eine gewählte und eine verworfene Antwort: gelernt wird, die gewählte vorzuziehen.</translation>
    </message>
    <message>
        <source>The data is being read</source>
        <translation>Die Daten werden gelesen</translation>
    </message>
    <message>
        <source>No run could train on this data: see what is wrong with it below</source>
        <translation>Kein Lauf könnte auf diesen Daten trainieren: Unten steht, was an ihnen falsch ist</translation>
    </message>
</context>
<context>
    <name>hilo::DataSaving</name>
    <message>
        <source>The project&apos;s data was changed on disk as well; saving shows the differences.</source>
        <translation>Die Daten des Projekts wurden auch auf der Platte geändert; beim Speichern werden die Unterschiede gezeigt.</translation>
    </message>
    <message>
        <source>The project&apos;s data was changed on disk and is shown as it is there.</source>
        <translation>Die Daten des Projekts wurden auf der Platte geändert und werden gezeigt, wie sie dort stehen.</translation>
    </message>
    <message>
        <source>New runs take this data.</source>
        <translation>Neue Läufe nehmen diese Daten.</translation>
    </message>
    <message>
        <source>The project&apos;s data was changed elsewhere</source>
        <translation>Die Daten des Projekts wurden anderswo geändert</translation>
    </message>
    <message>
        <source>The data for new runs was changed on disk since it was read here, by another window or program.</source>
        <translation>Die Daten für neue Läufe wurden auf der Platte geändert, seit sie hier gelesen wurden, von einem anderen Fenster oder Programm.</translation>
    </message>
    <message>
        <source>Settings changed only here: %1. Only there: %2. Differently in both: %3.</source>
        <translation>Nur hier geänderte Angaben: %1. Nur dort: %2. An beiden Orten verschieden: %3.</translation>
    </message>
    <message>
        <source>The two cannot be merged: %1</source>
        <translation>Die beiden lassen sich nicht zusammenführen: %1</translation>
    </message>
    <message>
        <source>Merged, these keep what they are here.</source>
        <translation>Zusammengeführt behalten diese, was sie hier sind.</translation>
    </message>
    <message>
        <source>Merge and save</source>
        <translation>Zusammenführen und speichern</translation>
    </message>
    <message>
        <source>Take the one on disk</source>
        <translation>Die auf der Platte nehmen</translation>
    </message>
    <message>
        <source>Overwrite it</source>
        <translation>Überschreiben</translation>
    </message>
</context>
<context>
    <name>hilo::DepthChart</name>
    <message>
        <source>Signals over depth</source>
        <translation>Signale über die Tiefe</translation>
    </message>
    <message>
        <source>Left and Right choose a layer; the values are told in the inspector.</source>
        <translation>Links und Rechts wählen eine Schicht; die Werte stehen im Inspektor.</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>lowest to highest layer, %</source>
        <translation>niedrigste bis höchste Schicht, %</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source> (baseline %1)</source>
        <translation> (Vergleich %1)</translation>
    </message>
</context>
<context>
    <name>hilo::DeviceMonitor</name>
    <message>
        <source>Load of this computer</source>
        <translation>Last dieses Rechners</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source> · %1 °C</source>
        <translation> · %1 °C</translation>
    </message>
    <message>
        <source> memory</source>
        <translation> Speicher</translation>
    </message>
</context>
<context>
    <name>hilo::DifferenceModel</name>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
</context>
<context>
    <name>hilo::ExampleModel</name>
    <message>
        <source>%1, cut</source>
        <translation>%1, gekürzt</translation>
    </message>
    <message>
        <source>%1, in windows</source>
        <translation>%1, in Fenstern</translation>
    </message>
    <message>
        <source>Longer than %1 tokens: the beginning of the prompt is cut off</source>
        <translation>Länger als %1 Token: Der Anfang des Prompts wird abgeschnitten</translation>
    </message>
    <message>
        <source>Longer than %1 tokens: the text goes through whole, a window of so many after another</source>
        <translation>Länger als %1 Token: Der Text geht ganz durch, ein Fenster von so vielen nach dem anderen</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>%1, record %2</source>
        <translation>%1, Datensatz %2</translation>
    </message>
    <message>
        <source>record %1</source>
        <translation>Datensatz %1</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>schlecht</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>judgement</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
</context>
<context>
    <name>hilo::ExpertLoadView</name>
    <message>
        <source>Share of tokens that each expert of each layer gets</source>
        <translation>Anteil der Token, den jeder Experte jeder Schicht bekommt</translation>
    </message>
    <message>
        <source>Expert loads appear here once a run with routed experts has trained some steps.</source>
        <translation>Expertenlasten erscheinen hier, sobald ein Lauf mit gerouteten Experten einige Schritte trainiert hat.</translation>
    </message>
    <message>
        <source>experts down, layers across</source>
        <translation>Experten nach unten, Schichten nach rechts</translation>
    </message>
    <message>
        <source>twice the equal share</source>
        <translation>das Doppelte des gleichen Anteils</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>kein Token</translation>
    </message>
    <message>
        <source>Layer %1 has only %2 experts here.</source>
        <translation>Schicht %1 hat hier nur %2 Experten.</translation>
    </message>
    <message>
        <source>Layer %1, expert %2: %3 of the chosen slots; an equal share is %4.</source>
        <translation>Schicht %1, Experte %2: %3 der gewählten Plätze; ein gleicher Anteil ist %4.</translation>
    </message>
</context>
<context>
    <name>hilo::ExportPage</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>The run whose adapter is exported</source>
        <translation>Der Lauf, dessen Adapter exportiert wird</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>Anderer Ordner …</translation>
    </message>
    <message>
        <source>A run or adapter folder from elsewhere</source>
        <translation>Ein Lauf- oder Adapterordner von anderswo</translation>
    </message>
    <message>
        <source>Choose run or adapter</source>
        <translation>Lauf oder Adapter wählen</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>How the numbers of the weights are written</source>
        <translation>Wie die Zahlen der Gewichte geschrieben werden</translation>
    </message>
    <message>
        <source>Weight type</source>
        <translation>Typ der Gewichte</translation>
    </message>
    <message>
        <source>nothing is cut</source>
        <translation>nichts wird gekürzt</translation>
    </message>
    <message>
        <source>Largest rank of the approximation; a smaller one makes smaller files and is less exact</source>
        <translation>Größter Rang der Näherung; ein kleinerer macht kleinere Dateien und ist weniger genau</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>the model&apos;s path</source>
        <translation>der Pfad des Modells</translation>
    </message>
    <message>
        <source>How the files name the base model, for example its name on a hub</source>
        <translation>Wie die Dateien das Basismodell nennen, zum Beispiel sein Name auf einem Hub</translation>
    </message>
    <message>
        <source>Name of the base model</source>
        <translation>Name des Basismodells</translation>
    </message>
    <message>
        <source>The new folder that is written; it must not exist yet</source>
        <translation>Der neue Ordner, der geschrieben wird; er darf noch nicht bestehen</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Choose where the new folder is made</source>
        <translation>Wählen, wo der neue Ordner angelegt wird</translation>
    </message>
    <message>
        <source>Choose the place</source>
        <translation>Den Ort wählen</translation>
    </message>
    <message>
        <source>Choose place</source>
        <translation>Ort wählen</translation>
    </message>
    <message>
        <source>&amp;Weights</source>
        <translation>&amp;Gewichte</translation>
    </message>
    <message>
        <source>&amp;Rank</source>
        <translation>&amp;Rang</translation>
    </message>
    <message>
        <source>&amp;Base name</source>
        <translation>&amp;Basisname</translation>
    </message>
    <message>
        <source>New &amp;folder</source>
        <translation>Neuer &amp;Ordner</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Map that would fit</source>
        <translation>Karte, die passen würde</translation>
    </message>
    <message>
        <source>Open a map of about as many parameters that this format can hold</source>
        <translation>Eine Karte mit etwa gleich vielen Parametern öffnen, die dieses Format halten kann</translation>
    </message>
    <message>
        <source>Show command…</source>
        <translation>Befehl zeigen …</translation>
    </message>
    <message>
        <source>The same export as a line for the terminal</source>
        <translation>Derselbe Export als Zeile für das Terminal</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End the export; nothing is left behind</source>
        <translation>Den Export beenden; nichts bleibt zurück</translation>
    </message>
    <message>
        <source>Write the files, read them back and compare</source>
        <translation>Die Dateien schreiben, zurücklesen und vergleichen</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>Open a project on the page Start (Ctrl+1), or choose a run or adapter folder, to export it.</source>
        <translation>Öffnen Sie auf der Seite Start (Strg+1) ein Projekt, oder wählen Sie einen Lauf- oder Adapterordner, um ihn zu exportieren.</translation>
    </message>
    <message>
        <source>No run of this project has an adapter yet. Queue one on the page Allocation; it can be exported once it has finished.</source>
        <translation>Noch kein Lauf dieses Projekts hat einen Adapter. Reihen Sie auf der Seite Zuteilung einen ein; sobald er fertig ist, kann er exportiert werden.</translation>
    </message>
    <message>
        <source>Asking what each format can express …</source>
        <translation>Es wird gefragt, was jedes Format ausdrücken kann …</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n format(s) can hold this adapter</source>
        <translation>
            <numerusform>%1 von %n Format kann diesen Adapter halten</numerusform>
            <numerusform>%1 von %n Formaten können diesen Adapter halten</numerusform>
        </translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Wird gestartet …</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>, noch %1</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>Nichts wurde exportiert.</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
    <message>
        <source>no finished run</source>
        <translation>kein fertiger Lauf</translation>
    </message>
    <message>
        <source>It is checked after writing.</source>
        <translation>Es wird nach dem Schreiben geprüft.</translation>
    </message>
    <message>
        <source>Distil</source>
        <translation>Destillieren</translation>
    </message>
    <message>
        <source>Train the plain adapter on the run&apos;s rows until it says what the mixture says. Takes about as long as a training of so many steps; mean weights are there at once and cost more accuracy</source>
        <translation>Den einfachen Adapter auf den Zeilen des Laufs trainieren, bis er sagt, was die Mischung sagt. Dauert etwa so lange wie ein Training von so vielen Schritten; mittlere Gewichte sind sofort da und kosten mehr Genauigkeit</translation>
    </message>
    <message>
        <source>Steps of the distillation, of 32 rows each</source>
        <translation>Schritte der Destillation, von je 32 Zeilen</translation>
    </message>
    <message>
        <source>Steps of the distillation</source>
        <translation>Schritte der Destillation</translation>
    </message>
    <message>
        <source>Approximation</source>
        <translation>Näherung</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>&amp;Schritte</translation>
    </message>
    <message>
        <source>as many as a token uses</source>
        <translation>so viele, wie ein Token benutzt</translation>
    </message>
</context>
<context>
    <name>hilo::ExportResults</name>
    <message>
        <source>Result of the export</source>
        <translation>Ergebnis des Exports</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Show the written files in the file manager</source>
        <translation>Die geschriebenen Dateien in der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Exports so far, newest first</source>
        <translation>Bisherige Exporte, neueste zuerst</translation>
    </message>
    <message>
        <source>Choose one to see its result</source>
        <translation>Einen wählen, um sein Ergebnis zu sehen</translation>
    </message>
    <message>
        <source>Nothing was exported yet. After writing, the files are read back and their logits compared with the run&apos;s own; the result appears here.</source>
        <translation>Es wurde noch nichts exportiert. Nach dem Schreiben werden die Dateien zurückgelesen und ihre Logits mit denen des Laufs verglichen; das Ergebnis erscheint hier.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>%1 (not there any more)</source>
        <translation>%1 (nicht mehr da)</translation>
    </message>
</context>
<context>
    <name>hilo::FetchDialog</name>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Fetch a model</source>
        <translation>Modell holen</translation>
    </message>
    <message>
        <source>Fetch a data set</source>
        <translation>Datensatz holen</translation>
    </message>
    <message>
        <source>From the Hugging Face hub into the cache that all tools share. Nothing is asked of the network before you press a button.</source>
        <translation>Vom Hugging Face Hub in den Cache, den alle Werkzeuge teilen. Das Netz wird nichts gefragt, bevor Sie eine Taste drücken.</translation>
    </message>
    <message>
        <source>Name at the hub</source>
        <translation>Name im Hub</translation>
    </message>
    <message>
        <source>org/name, or org/name@revision for a branch, a tag or a commit</source>
        <translation>org/name, oder org/name@revision für einen Zweig, ein Tag oder einen Commit</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Only files that fit</source>
        <translation>Nur passende Dateien</translation>
    </message>
    <message>
        <source>all that is needed; or patterns, such as *Q4_K_M*</source>
        <translation>alles Nötige; oder Muster wie *Q4_K_M*</translation>
    </message>
    <message>
        <source>Patterns with blanks between them: the files that fit one of them, and no others. Of a repository of GGUF files one must be chosen this way</source>
        <translation>Muster mit Leerzeichen dazwischen: die Dateien, die zu einem passen, und keine anderen. Aus einem Repository von GGUF-Dateien muss so eine gewählt werden</translation>
    </message>
    <message>
        <source>&amp;Only files</source>
        <translation>Nu&amp;r Dateien</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Wird geholt</translation>
    </message>
    <message>
        <source>Progress of the fetch</source>
        <translation>Fortschritt des Holens</translation>
    </message>
    <message>
        <source>Stop; what came is kept, and the next fetch goes on from there</source>
        <translation>Anhalten; was kam, bleibt, und das nächste Holen macht dort weiter</translation>
    </message>
    <message>
        <source>What would come</source>
        <translation>Was käme</translation>
    </message>
    <message>
        <source>Ask the hub for the list of files and their sizes; fetches nothing</source>
        <translation>Fragt den Hub nach der Liste der Dateien und ihren Größen; holt nichts</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Bring it into the cache; goes on with what an earlier fetch left</source>
        <translation>Bringt es in den Cache; macht mit dem weiter, was ein früheres Holen übrig ließ</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), %1; %2 would be fetched.</source>
        <translation>
            <numerusform>%n Datei, %1; %2 würden geholt.</numerusform>
            <numerusform>%n Dateien, %1; %2 würden geholt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stays at the hub: %1.</source>
        <translation>Bleibt im Hub: %1.</translation>
    </message>
    <message>
        <source>commit %1</source>
        <translation>Commit %1</translation>
    </message>
</context>
<context>
    <name>hilo::FilterCompleter</name>
    <message>
        <source>a number of the result</source>
        <translation>eine Zahl des Ergebnisses</translation>
    </message>
    <message>
        <source>a setting, by the end of its name</source>
        <translation>eine Einstellung, beim Ende ihres Namens</translation>
    </message>
    <message>
        <source>a word</source>
        <translation>ein Wort</translation>
    </message>
    <message>
        <source>one of several</source>
        <translation>eines von mehreren</translation>
    </message>
    <message>
        <source>a part of a text</source>
        <translation>ein Teil eines Textes</translation>
    </message>
    <message>
        <source>the result of one task</source>
        <translation>das Ergebnis einer Aufgabe</translation>
    </message>
    <message>
        <source>your tags</source>
        <translation>Ihre Schlagwörter</translation>
    </message>
    <message>
        <source>your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>the opposite</source>
        <translation>das Gegenteil</translation>
    </message>
</context>
<context>
    <name>hilo::FormatModel</name>
    <message>
        <source>✓ exact</source>
        <translation>✓ genau</translation>
    </message>
    <message>
        <source>✓ exact after padding</source>
        <translation>✓ genau nach Auffüllen</translation>
    </message>
    <message>
        <source>≈ static approximation</source>
        <translation>≈ statische Näherung</translation>
    </message>
    <message>
        <source>✗ impossible</source>
        <translation>✗ unmöglich</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>this adapter</source>
        <translation>dieser Adapter</translation>
    </message>
    <message>
        <source>size, about</source>
        <translation>Größe, etwa</translation>
    </message>
    <message>
        <source>why</source>
        <translation>warum</translation>
    </message>
</context>
<context>
    <name>hilo::HelpDialog</name>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>About the page “%1”</source>
        <translation>Über die Seite „%1“</translation>
    </message>
</context>
<context>
    <name>hilo::LabelBars</name>
    <message>
        <source>Label balance</source>
        <translation>Verteilung der Antworten</translation>
    </message>
</context>
<context>
    <name>hilo::LogView</name>
    <message>
        <source>all lines</source>
        <translation>alle Zeilen</translation>
    </message>
    <message>
        <source>warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>How serious lines have to be</source>
        <translation>Wie ernst Zeilen sein müssen</translation>
    </message>
    <message>
        <source>How serious a line has to be to be shown</source>
        <translation>Wie ernst eine Zeile sein muss, um gezeigt zu werden</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>Das Protokoll filtern</translation>
    </message>
    <message>
        <source>Only lines with this text; case does not matter</source>
        <translation>Nur Zeilen mit diesem Text; Groß- und Kleinschreibung ist gleich</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>Noch nichts hier.</translation>
    </message>
</context>
<context>
    <name>hilo::MainWindow</name>
    <message>
        <source>HILO Workbench</source>
        <translation>HILO Workbench</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>Show the page “%1”</source>
        <translation>Die Seite „%1“ zeigen</translation>
    </message>
    <message>
        <source>Unsaved maps</source>
        <translation>Nicht gespeicherte Karten</translation>
    </message>
    <message>
        <source>Maps were changed and not saved. Open another project anyway?</source>
        <translation>Karten wurden geändert und nicht gespeichert. Trotzdem ein anderes Projekt öffnen?</translation>
    </message>
    <message>
        <source>Copying the sample project to %1 …</source>
        <translation>Das Beispielprojekt wird nach %1 kopiert …</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n layer(s)</source>
        <translation>
            <numerusform>%1, %n Schicht</numerusform>
            <numerusform>%1, %n Schichten</numerusform>
        </translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>%1 — HILO Workbench</source>
        <translation>%1 – HILO Workbench</translation>
    </message>
    <message>
        <source>Opened %1</source>
        <translation>%1 geöffnet</translation>
    </message>
    <message>
        <source>Base: %1</source>
        <translation>Basis: %1</translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation>%1, %2 %</translation>
    </message>
    <message>
        <source>Running: %1</source>
        <translation>Läuft: %1</translation>
    </message>
    <message>
        <source>Maps were changed and not saved. Quit anyway?</source>
        <translation>Karten wurden geändert und nicht gespeichert. Trotzdem beenden?</translation>
    </message>
    <message>
        <source>About HILO Workbench</source>
        <translation>Über HILO Workbench</translation>
    </message>
    <message>
        <source>&lt;h3&gt;HILO Workbench %1&lt;/h3&gt;&lt;p&gt;Fine-tune language models with a mixture of LoRA experts whose number and ranks follow the layers.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;HILO Workbench %1&lt;/h3&gt;&lt;p&gt;Sprachmodelle mit einer Mischung von LoRA-Experten feinabstimmen, deren Zahl und Ränge den Schichten folgen.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder neuer.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Explain this page</source>
        <translation>Diese Seite &amp;erklären</translation>
    </message>
    <message>
        <source>&amp;About HILO Workbench</source>
        <translation>&amp;Über HILO Workbench</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>&amp;Neues Projekt …</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;GGUF file…</source>
        <translation>&amp;GGUF-Datei öffnen …</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>&amp;Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Open &amp;sample project</source>
        <translation>&amp;Beispielprojekt öffnen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>Runs in the queue go on without the window.</source>
        <translation>Läufe in der Warteschlange gehen ohne das Fenster weiter.</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>&amp;Größere Schrift</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>&amp;Kleinere Schrift</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>&amp;Inspektor</translation>
    </message>
    <message>
        <source>&amp;Keep this layout</source>
        <translation>Diese Anordnung &amp;merken</translation>
    </message>
    <message>
        <source>The layout is kept; “Back to the kept layout” restores it.</source>
        <translation>Die Anordnung ist gemerkt; „Zurück zur gemerkten Anordnung“ stellt sie wieder her.</translation>
    </message>
    <message>
        <source>&amp;Back to the kept layout</source>
        <translation>&amp;Zurück zur gemerkten Anordnung</translation>
    </message>
    <message>
        <source>No layout was kept yet.</source>
        <translation>Es wurde noch keine Anordnung gemerkt.</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung zu&amp;rücksetzen</translation>
    </message>
    <message>
        <source>&amp;As the system</source>
        <translation>&amp;Wie das System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Strategies and signals…</source>
        <translation>&amp;Strategien und Signale …</translation>
    </message>
    <message>
        <source>&amp;Fetch model…</source>
        <translation>Modell &amp;holen …</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>&amp;Befehl suchen …</translation>
    </message>
    <message>
        <source>S&amp;hortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
</context>
<context>
    <name>hilo::MapDifferencePicture</name>
    <message>
        <source>Difference of two allocation maps</source>
        <translation>Unterschied zweier Zuteilungskarten</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3 against %4</source>
        <translation>Schicht %1, %2: %3 gegen %4</translation>
    </message>
    <message numerus="yes">
        <source>%n module(s) differ.</source>
        <translation>
            <numerusform>%n Modul ist verschieden.</numerusform>
            <numerusform>%n Module sind verschieden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Layer %1, %2: the same</source>
        <translation>Schicht %1, %2: gleich</translation>
    </message>
</context>
<context>
    <name>hilo::MapLegend</name>
    <message>
        <source>Colour scale</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <source>%1: dark is %2, light is %3</source>
        <translation>%1: dunkel ist %2, hell ist %3</translation>
    </message>
</context>
<context>
    <name>hilo::MapPicture</name>
    <message>
        <source>Picture of an allocation map</source>
        <translation>Bild einer Zuteilungskarte</translation>
    </message>
    <message>
        <source>Sum of ranks by layer (layer 0 on top) and module; lighter is more</source>
        <translation>Summe der Ränge nach Schicht (Schicht 0 oben) und Modul; heller ist mehr</translation>
    </message>
    <message>
        <source>no map</source>
        <translation>keine Karte</translation>
    </message>
</context>
<context>
    <name>hilo::MapSummary</name>
    <message>
        <source>Active per token</source>
        <translation>Aktiv je Token</translation>
    </message>
    <message>
        <source>Adapter parameters that one token uses: the top-k largest experts of each module, and the routers</source>
        <translation>Adapterparameter, die ein Token benutzt: die top-k größten Experten jedes Moduls und die Router</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Save map</source>
        <translation>Karte speichern</translation>
    </message>
    <message>
        <source>Write this map into the project (Ctrl+S)</source>
        <translation>Diese Karte ins Projekt schreiben (Strg+S)</translation>
    </message>
    <message>
        <source>Queue run…</source>
        <translation>Lauf einreihen …</translation>
    </message>
    <message>
        <source>Train this map: choose steps, seeds and data</source>
        <translation>Diese Karte trainieren: Schritte, Startwerte und Daten wählen</translation>
    </message>
    <message>
        <source>Parameters that training changes: A and B of all experts, and the routers</source>
        <translation>Parameter, die das Training ändert: A und B aller Experten und die Router</translation>
    </message>
    <message>
        <source>Trainable parameters</source>
        <translation>Trainierbare Parameter</translation>
    </message>
    <message>
        <source>budget, e.g. 1.5M</source>
        <translation>Budget, z. B. 1.5M</translation>
    </message>
    <message>
        <source>Budget of trainable parameters</source>
        <translation>Budget an trainierbaren Parametern</translation>
    </message>
    <message>
        <source>At most this many trainable parameters: 1500000, 1.5M or 80k; strategies keep to it</source>
        <translation>Höchstens so viele trainierbare Parameter: 1500000, 1.5M oder 80k; Strategien halten sich daran</translation>
    </message>
    <message>
        <source>Share of the budget</source>
        <translation>Anteil am Budget</translation>
    </message>
    <message>
        <source>Trainable %1</source>
        <translation>Trainierbar %1</translation>
    </message>
    <message>
        <source>Estimated peak of training: weights %1, adapters, gradients and optimiser %2, activations %3, working space %4, program %5.
%6</source>
        <translation>Geschätzte Spitze des Trainings: Gewichte %1, Adapter, Gradienten und Optimierer %2, Aktivierungen %3, Arbeitsbereich %4, Programm %5.
%6</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>Estimated time of training at %1 tokens/s.
%2</source>
        <translation>Geschätzte Trainingszeit bei %1 Token/s.
%2</translation>
    </message>
    <message>
        <source>Known once this project has settings for a run and their rows were measured.
%1</source>
        <translation>Bekannt, sobald dieses Projekt Einstellungen für einen Lauf hat und deren Zeilen gemessen sind.
%1</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>no budget</source>
        <translation>kein Budget</translation>
    </message>
    <message>
        <source>over by %1</source>
        <translation>%1 zu viel</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 übrig</translation>
    </message>
    <message>
        <source>%1 of the budget</source>
        <translation>%1 des Budgets</translation>
    </message>
    <message>
        <source>No budget is set.</source>
        <translation>Kein Budget gesetzt.</translation>
    </message>
    <message>
        <source>Best of this size</source>
        <translation>Bestes dieser Größe</translation>
    </message>
    <message>
        <source>No finished run of this project has two thirds to half as many again of this map&apos;s trainable parameters.</source>
        <translation>Kein fertiger Lauf dieses Projekts hat zwei Drittel bis anderthalbmal so viele trainierbare Parameter wie diese Karte.</translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n Startwert</numerusform>
            <numerusform>%n Startwerte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 steps, %2</source>
        <translation>%1 Schritte, %2</translation>
    </message>
    <message>
        <source>Best of this size: %1</source>
        <translation>Bestes dieser Größe: %1</translation>
    </message>
    <message>
        <source>%1 of the best finished runs of about as many trainable parameters:</source>
        <translation>%1 der besten fertigen Läufe mit etwa so vielen trainierbaren Parametern:</translation>
    </message>
    <message>
        <source>%1: %2, %3 trainable; %4</source>
        <translation>%1: %2, %3 trainierbar; %4</translation>
    </message>
</context>
<context>
    <name>hilo::MetricBox</name>
    <message>
        <source>Vertical axis</source>
        <translation>Senkrechte Achse</translation>
    </message>
    <message>
        <source>Task of the vertical axis</source>
        <translation>Aufgabe der senkrechten Achse</translation>
    </message>
    <message>
        <source>Whose number: the mean over a run&apos;s tasks, or one task&apos;s</source>
        <translation>Wessen Zahl: das Mittel über die Aufgaben eines Laufs oder die einer Aufgabe</translation>
    </message>
    <message>
        <source>mean over tasks</source>
        <translation>Mittel über Aufgaben</translation>
    </message>
</context>
<context>
    <name>hilo::MetricChart</name>
    <message>
        <source>Chart of %1 over steps</source>
        <translation>Diagramm von %1 über die Schritte</translation>
    </message>
    <message>
        <source>Ctrl+wheel zooms, dragging moves, a double click shows everything.</source>
        <translation>Strg+Rad zoomt, Ziehen bewegt, ein Doppelklick zeigt alles.</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>best: step %1</source>
        <translation>bester: Schritt %1</translation>
    </message>
    <message>
        <source>Arrow keys move, with Shift the cursor, plus and minus zoom, Home shows everything, L makes the vertical axis logarithmic, F shows the chart alone, Ctrl+C copies it.</source>
        <translation>Pfeiltasten verschieben, mit Umschalt den Zeiger, Plus und Minus zoomen, Pos1 zeigt alles, L macht die senkrechte Achse logarithmisch, F zeigt das Diagramm allein, Strg+C kopiert es.</translation>
    </message>
    <message>
        <source>Logarithmic vertical axis</source>
        <translation>Logarithmische senkrechte Achse</translation>
    </message>
    <message>
        <source>Logarithmic horizontal axis</source>
        <translation>Logarithmische waagerechte Achse</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
</context>
<context>
    <name>hilo::MixturePanel</name>
    <message>
        <source>Tasks and their shares</source>
        <translation>Aufgaben und ihre Anteile</translation>
    </message>
    <message>
        <source>Mi&amp;xing</source>
        <translation>Mi&amp;schung</translation>
    </message>
    <message>
        <source>by rows</source>
        <translation>nach Zeilen</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>by temperature</source>
        <translation>nach Temperatur</translation>
    </message>
    <message>
        <source>Mixing</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>How the tasks share the rows of an epoch: by their rows, equally, or in between. The temperature is a setting of New run</source>
        <translation>Wie sich die Aufgaben die Zeilen einer Epoche teilen: nach ihren Zeilen, gleich oder dazwischen. Die Temperatur steht unter „Neuer Lauf“</translation>
    </message>
    <message>
        <source>Remove task</source>
        <translation>Aufgabe entfernen</translation>
    </message>
    <message>
        <source>Leave the chosen task out; its data stays where it is</source>
        <translation>Die gewählte Aufgabe weglassen; ihre Daten bleiben, wo sie sind</translation>
    </message>
</context>
<context>
    <name>hilo::ModelComparisonModel</name>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width of the MLP</source>
        <translation>Breite des MLP</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Width of a head</source>
        <translation>Breite eines Kopfes</translation>
    </message>
    <message>
        <source>Heads of keys and values</source>
        <translation>Köpfe für Schlüssel und Werte</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Experts that a token passes</source>
        <translation>Experten, durch die ein Token geht</translation>
    </message>
    <message>
        <source>Width of an expert</source>
        <translation>Breite eines Experten</translation>
    </message>
    <message>
        <source>Width of the shared expert</source>
        <translation>Breite des gemeinsamen Experten</translation>
    </message>
    <message>
        <source>Vocabulary, tokens</source>
        <translation>Vokabular, Token</translation>
    </message>
    <message>
        <source>Context, positions</source>
        <translation>Kontext, Positionen</translation>
    </message>
    <message>
        <source>Output head tied to the embedding</source>
        <translation>Ausgabekopf an die Einbettung gebunden</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Weights in bfloat16</source>
        <translation>Gewichte in bfloat16</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>unterscheidet sich</translation>
    </message>
</context>
<context>
    <name>hilo::ModelPage</name>
    <message>
        <source>scalar</source>
        <translation>Skalar</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>&lt;p&gt;The base model, whose weights stay frozen in training.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Parameters&lt;/b&gt; lists the linear modules that adapters can be put on. One unit of rank in a module costs its input plus its output width; that is the currency of every allocation map (Hu et al. 2021, arXiv 2106.09685, section 4).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Memory&lt;/b&gt; is what the weights alone need in each precision. What training adds depends on the map and is shown on the page Allocation.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tensors&lt;/b&gt; are listed as the files hold them, without reading their values. Hugging Face folders (config.json and safetensors) and GGUF files are read; pickled files are refused, because loading one runs the code inside it.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; look at the data (Ctrl+3), measure complexity (Ctrl+4), or plan a map (Ctrl+5).&lt;/p&gt;</source>
        <translation>&lt;p&gt;Das Basismodell, dessen Gewichte im Training eingefroren bleiben.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Parameter&lt;/b&gt; nennt die linearen Module, an die Adapter kommen können. Ein Rang in einem Modul kostet dessen Eingangs- plus Ausgangsbreite; das ist die Währung jeder Zuteilungskarte (Hu et al. 2021, arXiv 2106.09685, Abschnitt 4).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Speicher&lt;/b&gt; ist, was allein die Gewichte in jeder Genauigkeit brauchen. Was das Training hinzufügt, hängt von der Karte ab und steht auf der Seite Zuteilung.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tensoren&lt;/b&gt; sind aufgelistet, wie die Dateien sie halten, ohne ihre Werte zu lesen. Gelesen werden Hugging-Face-Ordner (config.json und safetensors) und GGUF-Dateien; Pickle-Dateien werden abgelehnt, weil ihr Laden den Code darin ausführt.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Weiter:&lt;/b&gt; die Daten ansehen (Strg+3), Komplexität messen (Strg+4) oder eine Karte planen (Strg+5).&lt;/p&gt;</translation>
    </message>
    <message>
        <source>This could not be opened</source>
        <translation>Das konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Memory of the weights</source>
        <translation>Speicher der Gewichte</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Parameters of each module</source>
        <translation>Parameter jedes Moduls</translation>
    </message>
    <message>
        <source>Search tensors</source>
        <translation>Tensoren suchen</translation>
    </message>
    <message>
        <source>Search tensors by name</source>
        <translation>Tensoren nach Namen suchen</translation>
    </message>
    <message>
        <source>Any part of a tensor&apos;s name, for example layers.3 or q_proj</source>
        <translation>Ein beliebiger Teil des Namens, zum Beispiel layers.3 oder q_proj</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>Kein Modell ist geöffnet</translation>
    </message>
    <message>
        <source>Open a project, a model folder or a .gguf file on the start page (Ctrl+1).</source>
        <translation>Öffnen Sie auf der Startseite (Strg+1) ein Projekt, einen Modellordner oder eine .gguf-Datei.</translation>
    </message>
    <message>
        <source>The project&apos;s model could not be opened</source>
        <translation>Das Modell des Projekts konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Looking at the model …</source>
        <translation>Das Modell wird angesehen …</translation>
    </message>
    <message>
        <source>The model could not be read</source>
        <translation>Das Modell konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>%1, MLP %2</source>
        <translation>%1, MLP %2</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>%1 heads of %2, %3 for keys and values</source>
        <translation>%1 Köpfe zu %2, %3 für Schlüssel und Werte</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>%1 positions</source>
        <translation>%1 Positionen</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>4 bit</source>
        <translation>4 Bit</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>stored as %1</source>
        <translation>gespeichert als %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tensor(s), %1</source>
        <translation>
            <numerusform>%Ln Tensor, %1</numerusform>
            <numerusform>%Ln Tensoren, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>module</source>
        <translation>Modul</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>one unit of rank</source>
        <translation>ein Rang</translation>
    </message>
    <message>
        <source>one layer</source>
        <translation>eine Schicht</translation>
    </message>
    <message>
        <source>all layers</source>
        <translation>alle Schichten</translation>
    </message>
    <message>
        <source>share of model</source>
        <translation>Anteil am Modell</translation>
    </message>
    <message>
        <source>norms and gates</source>
        <translation>Normen und Gatter</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>Normen</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Einbettung</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>final norm</source>
        <translation>letzte Norm</translation>
    </message>
    <message>
        <source>output head</source>
        <translation>Ausgabekopf</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tensor(s)</source>
        <translation>
            <numerusform>%Ln Tensor</numerusform>
            <numerusform>%Ln Tensoren</numerusform>
        </translation>
    </message>
    <message>
        <source>This folder has no weights: planning works, training does not.</source>
        <translation>Dieser Ordner hat keine Gewichte: Planen geht, Trainieren nicht.</translation>
    </message>
    <message>
        <source>The weights are quantised (%1): planning works, training needs the unquantised model.</source>
        <translation>Die Gewichte sind quantisiert (%1): Planen geht, Trainieren braucht das nicht quantisierte Modell.</translation>
    </message>
    <message>
        <source>No tensor has “%1” in its name.</source>
        <translation>Kein Tensor hat „%1“ im Namen.</translation>
    </message>
    <message>
        <source>%1 of %2 tensors</source>
        <translation>%1 von %2 Tensoren</translation>
    </message>
    <message>
        <source>Unlike llama</source>
        <translation>Anders als llama</translation>
    </message>
    <message>
        <source>Nothing: a plain llama.</source>
        <translation>Nichts: ein einfaches llama.</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>Put another model beside this one: sizes, modules, peculiarities</source>
        <translation>Ein anderes Modell danebenstellen: Größen, Module, Besonderheiten</translation>
    </message>
    <message>
        <source>router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>norms and sinks</source>
        <translation>Normen und Senken</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%Ln layer(s))</source>
        <translation>
            <numerusform>%1 (%Ln Schicht)</numerusform>
            <numerusform>%1 (%Ln Schichten)</numerusform>
        </translation>
    </message>
    <message>
        <source>Layers that are drawn</source>
        <translation>Gezeichnete Schichten</translation>
    </message>
    <message>
        <source>The layers of this model differ: choose whose block is drawn</source>
        <translation>Die Schichten dieses Modells sind verschieden: wählen Sie, wessen Block gezeichnet wird</translation>
    </message>
    <message>
        <source>Layers %1</source>
        <translation>Schichten %1</translation>
    </message>
    <message>
        <source>Locate model…</source>
        <translation>Modell suchen …</translation>
    </message>
    <message>
        <source>Choose where the project&apos;s model lies now</source>
        <translation>Wählen, wo das Modell des Projekts jetzt liegt</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Locate model</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>GGUF file…</source>
        <translation>GGUF-Datei …</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>This is not the project&apos;s model</source>
        <translation>Das ist nicht das Modell des Projekts</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
</context>
<context>
    <name>hilo::NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>Kein Projekt</translation>
    </message>
    <message>
        <source>Queue: empty</source>
        <translation>Warteschlange: leer</translation>
    </message>
    <message>
        <source>%1 is training</source>
        <translation>%1 trainiert</translation>
    </message>
    <message numerus="yes">
        <source>%n other project(s) are training</source>
        <translation>
            <numerusform>%n anderes Projekt trainiert</numerusform>
            <numerusform>%n andere Projekte trainieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue: %1</source>
        <translation>Warteschlange: %1</translation>
    </message>
</context>
<context>
    <name>hilo::NewProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>1. &amp;Model</source>
        <translation>1. &amp;Modell</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation>Name des Projekts</translation>
    </message>
    <message>
        <source>How the project is called</source>
        <translation>Wie das Projekt heißt</translation>
    </message>
    <message>
        <source>3. &amp;Name</source>
        <translation>3. &amp;Name</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>&amp;Ort</translation>
    </message>
    <message>
        <source>The folder in which the project&apos;s folder is made</source>
        <translation>Der Ordner, in dem der Projektordner angelegt wird</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>Projekt anlegen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <source>Looking at the model …</source>
        <translation>Das Modell wird angesehen …</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n layer(s), %2 parameters</source>
        <translation>
            <numerusform>%1, %n Schicht, %2 Parameter</numerusform>
            <numerusform>%1, %n Schichten, %2 Parameter</numerusform>
        </translation>
    </message>
    <message>
        <source>no weights: enough to plan, not to train</source>
        <translation>keine Gewichte: genug zum Planen, nicht zum Trainieren</translation>
    </message>
    <message>
        <source>There is nothing at this path.</source>
        <translation>Unter diesem Pfad ist nichts.</translation>
    </message>
    <message>
        <source>conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>instructions (Alpaca)</source>
        <translation>Anweisungen (Alpaca)</translation>
    </message>
    <message>
        <source>instructions (Dolly)</source>
        <translation>Anweisungen (Dolly)</translation>
    </message>
    <message>
        <source>prompts with completions</source>
        <translation>Prompts mit Fortsetzungen</translation>
    </message>
    <message>
        <source>preferences: chosen and rejected answers</source>
        <translation>Vorlieben: gewählte und verworfene Antworten</translation>
    </message>
    <message>
        <source>answers that were judged</source>
        <translation>beurteilte Antworten</translation>
    </message>
    <message>
        <source>questions with choices</source>
        <translation>Fragen mit Auswahl</translation>
    </message>
    <message>
        <source>texts with labels</source>
        <translation>Texte mit Klassen</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>reiner Text</translation>
    </message>
    <message>
        <source>2. Data may be chosen later. What it is, its columns say.</source>
        <translation>2. Daten können auch später gewählt werden. Was sie sind, sagen ihre Spalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>template %1</source>
        <translation>Vorlage %1</translation>
    </message>
    <message>
        <source>Hugging Face folder or .gguf file, or org/name of the Hugging Face cache; it stays where it is</source>
        <translation>Hugging-Face-Ordner oder .gguf-Datei, oder org/name aus dem Hugging-Face-Cache; sie bleibt, wo sie ist</translation>
    </message>
    <message>
        <source>Fetch…</source>
        <translation>Holen …</translation>
    </message>
    <message>
        <source>Bring a model from the Hugging Face hub</source>
        <translation>Ein Modell vom Hugging Face Hub holen</translation>
    </message>
    <message>
        <source>folder, .gguf file or org/name</source>
        <translation>Ordner, .gguf-Datei oder org/name</translation>
    </message>
</context>
<context>
    <name>hilo::NewRunDialog</name>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Runs that differ in name and seed only are repeats of each other</source>
        <translation>Läufe, die sich nur in Name und Startwert unterscheiden, wiederholen einander</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Which experts with which ranks every module gets</source>
        <translation>Welche Experten mit welchen Rängen jedes Modul bekommt</translation>
    </message>
    <message>
        <source>for example 1 2 3; empty: one run with the seed below</source>
        <translation>zum Beispiel 1 2 3; leer: ein Lauf mit dem Startwert unten</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>One run for each seed. Several seeds give a mean with an interval on the page Compare</source>
        <translation>Ein Lauf je Startwert. Mehrere Startwerte geben auf der Seite Vergleich ein Mittel mit Intervall</translation>
    </message>
    <message>
        <source>Add and queue</source>
        <translation>Hinzufügen und einreihen</translation>
    </message>
    <message>
        <source>Put the run at the end of the queue, and start the queue</source>
        <translation>Den Lauf ans Ende der Warteschlange setzen und diese starten</translation>
    </message>
    <message>
        <source>Add only</source>
        <translation>Nur hinzufügen</translation>
    </message>
    <message>
        <source>Add the run to the list; it can be queued later</source>
        <translation>Den Lauf in die Liste aufnehmen; er kann später eingereiht werden</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 trainable parameters</source>
        <translation>, %1 trainierbare Parameter</translation>
    </message>
    <message>
        <source>Runs belong to a project: make one on the start page.</source>
        <translation>Läufe gehören zu einem Projekt: Legen Sie auf der Startseite eines an.</translation>
    </message>
    <message>
        <source>Command…</source>
        <translation>Befehl …</translation>
    </message>
    <message>
        <source>The run spec that this is, and the command that trains it without the desktop</source>
        <translation>Die Laufbeschreibung, die das ist, und der Befehl, der sie ohne Oberfläche trainiert</translation>
    </message>
    <message numerus="yes">
        <source>, %n task(s)</source>
        <translation>
            <numerusform>, %n Aufgabe</numerusform>
            <numerusform>, %n Aufgaben</numerusform>
        </translation>
    </message>
    <message>
        <source>A Hugging Face folder, a .gguf file, or org/name of the Hugging Face cache; its weights stay frozen</source>
        <translation>Ein Hugging-Face-Ordner, eine .gguf-Datei oder org/name aus dem Hugging-Face-Cache; die Gewichte bleiben eingefroren</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1: %2, now %3</source>
        <translation>%1: %2, jetzt %3</translation>
    </message>
    <message>
        <source>Take them</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Show the project&apos;s settings in place of what is written here</source>
        <translation>Die Einstellungen des Projekts an Stelle der hiesigen zeigen</translation>
    </message>
    <message>
        <source>The project&apos;s settings were changed on disk and are shown as they are there.</source>
        <translation>Die Einstellungen des Projekts wurden auf der Platte geändert und werden gezeigt, wie sie dort stehen.</translation>
    </message>
    <message>
        <source>The project&apos;s settings were changed on disk since they were read here:</source>
        <translation>Die Einstellungen des Projekts wurden auf der Platte geändert, seit sie hier gelesen wurden:</translation>
    </message>
</context>
<context>
    <name>hilo::NewStudyDialog</name>
    <message>
        <source>New study</source>
        <translation>Neue Studie</translation>
    </message>
    <message>
        <source>What the study takes</source>
        <translation>Was die Studie braucht</translation>
    </message>
    <message>
        <source>The same study as a command</source>
        <translation>Dieselbe Studie als Befehl</translation>
    </message>
    <message>
        <source>The same study as a line for the terminal</source>
        <translation>Dieselbe Studie als Zeile für das Terminal</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Den Befehl kopieren</translation>
    </message>
    <message>
        <source>Start study</source>
        <translation>Studie beginnen</translation>
    </message>
    <message>
        <source>Plan all runs, queue them and start training</source>
        <translation>Alle Läufe planen, einreihen und mit dem Training beginnen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Letters, digits, point, hyphen and underscore; names the study&apos;s file</source>
        <translation>Buchstaben, Ziffern, Punkt, Binde- und Unterstrich; so heißt die Datei der Studie</translation>
    </message>
    <message>
        <source>Run settings</source>
        <translation>Laufeinstellungen</translation>
    </message>
    <message>
        <source>A run spec of the project: model, training and evaluation of every run. Its map and seed are replaced</source>
        <translation>Eine Laufbeschreibung des Projekts: Modell, Training und Auswertung jedes Laufs. Ihre Karte und ihr Startwert werden ersetzt</translation>
    </message>
    <message>
        <source>choose a run spec</source>
        <translation>Laufbeschreibung wählen</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>A run spec from elsewhere</source>
        <translation>Eine Laufbeschreibung von anderswo</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>One run of every cell for each seed; intervals need two at least</source>
        <translation>Ein Lauf jeder Zelle für jeden Startwert; Intervalle brauchen mindestens zwei</translation>
    </message>
    <message>
        <source>for example 1 2 3, or 1-5</source>
        <translation>zum Beispiel 1 2 3 oder 1-5</translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation>Budgets</translation>
    </message>
    <message>
        <source>Trainable parameters of the first allocation; several give a curve. Empty: what the first allocation has of itself</source>
        <translation>Trainierbare Parameter der ersten Zuteilung; mehrere ergeben eine Kurve. Leer: was die erste Zuteilung von sich aus hat</translation>
    </message>
    <message>
        <source>for example 20k 60k 200k; empty: as the first allocation is</source>
        <translation>zum Beispiel 20k 60k 200k; leer: wie die erste Zuteilung ist</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>What the allocations have in common at a budget</source>
        <translation>Was die Zuteilungen bei einem Budget gemeinsam haben</translation>
    </message>
    <message>
        <source>trainable parameters</source>
        <translation>trainierbare Parameter</translation>
    </message>
    <message>
        <source>total rank</source>
        <translation>Summe der Ränge</translation>
    </message>
    <message>
        <source>active parameters</source>
        <translation>aktive Parameter</translation>
    </message>
    <message>
        <source>nothing, as they are</source>
        <translation>nichts, so wie sie sind</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>Lernraten</translation>
    </message>
    <message>
        <source>Each allocation&apos;s rate is chosen among these by runs of its own on validation data, so that none wins by its step size</source>
        <translation>Die Rate jeder Zuteilung wird durch eigene Läufe auf Validierungsdaten unter diesen gewählt, damit keine durch ihre Schrittweite gewinnt</translation>
    </message>
    <message>
        <source>empty: that of the run settings</source>
        <translation>leer: die der Laufeinstellungen</translation>
    </message>
    <message>
        <source>One run on all tasks together</source>
        <translation>Ein Lauf auf allen Aufgaben zusammen</translation>
    </message>
    <message>
        <source>Joint runs show which experts serve which task; else every task has runs of its own</source>
        <translation>Gemeinsame Läufe zeigen, welche Experten welcher Aufgabe dienen; sonst hat jede Aufgabe eigene Läufe</translation>
    </message>
    <message>
        <source>Drop hopeless allocations early</source>
        <translation>Aussichtslose Zuteilungen früh aufgeben</translation>
    </message>
    <message>
        <source>After 1, 2, 4, … seeds the worse half by validation data gets no further ones; the first allocation stays</source>
        <translation>Nach 1, 2, 4, … Startwerten bekommt die auf Validierungsdaten schlechtere Hälfte keine weiteren; die erste Zuteilung bleibt</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Run &amp;settings</source>
        <translation>Lauf&amp;einstellungen</translation>
    </message>
    <message>
        <source>S&amp;eeds</source>
        <translation>&amp;Startwerte</translation>
    </message>
    <message>
        <source>&amp;Budgets</source>
        <translation>&amp;Budgets</translation>
    </message>
    <message>
        <source>E&amp;qual</source>
        <translation>&amp;Gleich</translation>
    </message>
    <message>
        <source>&amp;Learning rates</source>
        <translation>&amp;Lernraten</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Allocations</source>
        <translation>Zuteilungen</translation>
    </message>
    <message>
        <source>Add task</source>
        <translation>Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>A benchmark by name, a file or a folder of rows</source>
        <translation>Ein Benchmark mit Namen, eine Datei oder ein Ordner mit Zeilen</translation>
    </message>
    <message>
        <source>Benchmark…</source>
        <translation>Benchmark …</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Add allocation</source>
        <translation>Zuteilung hinzufügen</translation>
    </message>
    <message>
        <source>A strategy, or a map of this project</source>
        <translation>Eine Strategie oder eine Karte dieses Projekts</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Leave the chosen task out</source>
        <translation>Die gewählte Aufgabe weglassen</translation>
    </message>
    <message>
        <source>Leave the chosen allocation out</source>
        <translation>Die gewählte Zuteilung weglassen</translation>
    </message>
    <message>
        <source>Make baseline</source>
        <translation>Als Vergleich</translation>
    </message>
    <message>
        <source>Move the chosen allocation to the top: the others are compared with it</source>
        <translation>Die gewählte Zuteilung nach oben stellen: die anderen werden mit ihr verglichen</translation>
    </message>
    <message>
        <source>Remove task</source>
        <translation>Aufgabe entfernen</translation>
    </message>
    <message>
        <source>Remove allocation</source>
        <translation>Zuteilung entfernen</translation>
    </message>
    <message>
        <source>Empty: those of the run settings.</source>
        <translation>Leer: die der Laufeinstellungen.</translation>
    </message>
    <message>
        <source>The first is the baseline.</source>
        <translation>Die erste ist der Vergleich.</translation>
    </message>
    <message>
        <source>Choose run spec</source>
        <translation>Laufbeschreibung wählen</translation>
    </message>
    <message>
        <source>Run specs (*.json)</source>
        <translation>Laufbeschreibungen (*.json)</translation>
    </message>
    <message>
        <source>The map %1</source>
        <translation>Die Karte %1</translation>
    </message>
    <message>
        <source>Choose data</source>
        <translation>Daten wählen</translation>
    </message>
    <message>
        <source>Map %1</source>
        <translation>Karte %1</translation>
    </message>
    <message>
        <source>Give the study a name.</source>
        <translation>Geben Sie der Studie einen Namen.</translation>
    </message>
    <message>
        <source>Choose the settings of its runs: a run spec of the project, or that of a run.</source>
        <translation>Wählen Sie die Einstellungen ihrer Läufe: eine Laufbeschreibung des Projekts oder die eines Laufs.</translation>
    </message>
    <message>
        <source>Add an allocation; the first is the baseline.</source>
        <translation>Fügen Sie eine Zuteilung hinzu; die erste ist der Vergleich.</translation>
    </message>
    <message>
        <source>Write the seeds as whole numbers, 1 2 3, or as a range, 1-5.</source>
        <translation>Schreiben Sie die Startwerte als ganze Zahlen, 1 2 3, oder als Bereich, 1-5.</translation>
    </message>
    <message>
        <source>Working out what this takes …</source>
        <translation>Der Aufwand wird ermittelt …</translation>
    </message>
    <message>
        <source>The answer of hilo study new cannot be read.</source>
        <translation>Die Antwort von hilo study new ist nicht lesbar.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) to train</source>
        <translation>
            <numerusform>%n Lauf zu trainieren</numerusform>
            <numerusform>%n Läufe zu trainieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) to train, the others are there</source>
        <translation>
            <numerusform>%1 von %n Lauf zu trainieren, die anderen gibt es schon</numerusform>
            <numerusform>%1 von %n Läufen zu trainieren, die anderen gibt es schon</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 on one device</source>
        <translation>etwa %1 auf einem Gerät</translation>
    </message>
    <message>
        <source>time unknown before a first run of these settings</source>
        <translation>Dauer unbekannt, bis ein erster Lauf mit diesen Einstellungen beendet ist</translation>
    </message>
    <message>
        <source>%1 of disk</source>
        <translation>%1 auf der Festplatte</translation>
    </message>
    <message>
        <source>at most %1 of memory a run</source>
        <translation>höchstens %1 Speicher je Lauf</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an allocation and its parameters</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Trainable parameters: %1.</source>
        <translation>Trainierbare Parameter: %1.</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>What the products of the experts are multiplied by. An allocation with a larger scale takes larger steps, and may win by that alone</source>
        <translation>Womit die Produkte der Experten multipliziert werden. Eine Zuteilung mit größerer Skalierung macht größere Schritte und kann schon dadurch gewinnen</translation>
    </message>
    <message>
        <source>as the run settings say</source>
        <translation>wie die Laufeinstellungen sagen</translation>
    </message>
    <message>
        <source>that of the first allocation, for all</source>
        <translation>die der ersten Zuteilung, für alle</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>The complexity profile of the project that allocations by signals go by</source>
        <translation>Das Komplexitätsprofil des Projekts, nach dem Zuteilungen nach Signalen gehen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>S&amp;cale</source>
        <translation>S&amp;kalierung</translation>
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation>&amp;Profil</translation>
    </message>
    <message>
        <source>A double click or F2 changes name and path: NAME:PATH</source>
        <translation>Ein Doppelklick oder F2 ändert Name und Pfad: NAME:PFAD</translation>
    </message>
    <message>
        <source>A double click or F2 changes strategy, settings and label: LABEL=STRATEGY:key=value;key=value</source>
        <translation>Ein Doppelklick oder F2 ändert Strategie, Einstellungen und Bezeichnung: BEZEICHNUNG=STRATEGIE:key=value;key=value</translation>
    </message>
</context>
<context>
    <name>hilo::NoticePreferences</name>
    <message>
        <source>When a run ends or stands still</source>
        <translation>Wenn ein Lauf endet oder stillsteht</translation>
    </message>
    <message>
        <source>Try out</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Tells everybody named here that this is a trial</source>
        <translation>Meldet allen hier Genannten, dass dies ein Versuch ist</translation>
    </message>
    <message>
        <source>Queues and studies that are started from now on tell it.</source>
        <translation>Warteschlangen und Studien, die von jetzt an starten, melden es.</translation>
    </message>
    <message>
        <source>Show a &amp;notice of the desktop</source>
        <translation>Eine Schreibtisch-&amp;Meldung zeigen</translation>
    </message>
    <message>
        <source>Notice of the desktop</source>
        <translation>Meldung auf dem Schreibtisch</translation>
    </message>
    <message>
        <source>By notify-send (Debian: libnotify-bin)</source>
        <translation>Durch notify-send (Debian: libnotify-bin)</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>For the shell; it sees HILO_PROJECT, HILO_EVENT, HILO_RUN, HILO_STUDY and HILO_TEXT</source>
        <translation>Für die Shell; er sieht HILO_PROJECT, HILO_EVENT, HILO_RUN, HILO_STUDY und HILO_TEXT</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>&amp;Befehl</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>An http(s) address that is told by POST: a topic of ntfy, a webhook of Slack, …</source>
        <translation>Eine http(s)-Adresse, der es durch POST gemeldet wird: ein Thema von ntfy, ein Webhook von Slack, …</translation>
    </message>
    <message>
        <source>Form of the POST</source>
        <translation>Form des POST</translation>
    </message>
    <message>
        <source>JSON with “text”, as Slack takes it, or the sentence alone, as ntfy takes it</source>
        <translation>JSON mit „text“, wie Slack es nimmt, oder der Satz allein, wie ntfy ihn nimmt</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>An address begins with https:// or http://; this one is not kept.</source>
        <translation>Eine Adresse beginnt mit https:// oder http://; diese wird nicht behalten.</translation>
    </message>
    <message>
        <source>Nobody is named yet.</source>
        <translation>Noch ist niemand genannt.</translation>
    </message>
    <message>
        <source>Telling …</source>
        <translation>Wird gemeldet …</translation>
    </message>
    <message>
        <source>This is a trial.</source>
        <translation>Dies ist ein Versuch.</translation>
    </message>
    <message>
        <source>Told.</source>
        <translation>Gemeldet.</translation>
    </message>
</context>
<context>
    <name>hilo::Plot</name>
    <message>
        <source>Back to the page</source>
        <translation>Zurück zur Seite</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Ganzer Bildschirm</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation>Zahlen kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>The picture is in the clipboard.</source>
        <translation>Das Bild ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The numbers are in the clipboard, as CSV.</source>
        <translation>Die Zahlen sind als CSV in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG picture (*.svg);;PDF document (*.pdf);;Numbers (*.csv)</source>
        <translation>PNG-Bild (*.png);;SVG-Bild (*.svg);;PDF-Dokument (*.pdf);;Zahlen (*.csv)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
</context>
<context>
    <name>hilo::PlotWindow</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Back to the page (Esc)</source>
        <translation>Zurück zur Seite (Esc)</translation>
    </message>
</context>
<context>
    <name>hilo::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projekte</translation>
    </message>
    <message>
        <source>Where new projects are made</source>
        <translation>Wo neue Projekte angelegt werden</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Where choosing a model starts</source>
        <translation>Wo die Wahl eines Modells beginnt</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Light, dark, or as the desktop is</source>
        <translation>Hell, dunkel oder wie der Schreibtisch</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Of all text, in points (Ctrl++ and Ctrl+-)</source>
        <translation>Aller Texte, in Punkt (Strg++ und Strg+-)</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> pt</translation>
    </message>
    <message>
        <source>&amp;Font size</source>
        <translation>&amp;Schriftgröße</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of the interface, from the next start on</source>
        <translation>Der Oberfläche, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>The language changes with the next start of the program.</source>
        <translation>Die Sprache wechselt mit dem nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose the folder: %1</source>
        <translation>Den Ordner wählen: %1</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Processor threads of new runs and profiles; “measured” tries out what is fastest on this computer</source>
        <translation>Prozessor-Threads neuer Läufe und Profile; „gemessen“ probiert aus, was auf diesem Rechner am schnellsten ist</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>T&amp;hreads</source>
        <translation>&amp;Threads</translation>
    </message>
</context>
<context>
    <name>hilo::ProfileDialog</name>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>From the &amp;weights</source>
        <translation>Aus den &amp;Gewichten</translation>
    </message>
    <message>
        <source>PL α, ranks and norms of the matrices. No data is read; seconds for small models.</source>
        <translation>PL α, Ränge und Normen der Matrizen. Es werden keine Daten gelesen; Sekunden bei kleinen Modellen.</translation>
    </message>
    <message>
        <source>From &amp;activations</source>
        <translation>Aus &amp;Aktivierungen</translation>
    </message>
    <message>
        <source>Ranks, intrinsic dimension, block influence, explained variance. A few forward passes over your rows.</source>
        <translation>Ränge, innere Dimension, Einfluss der Blöcke, erklärte Varianz. Einige Vorwärtsdurchläufe über Ihre Zeilen.</translation>
    </message>
    <message>
        <source>From &amp;gradients</source>
        <translation>Aus G&amp;radienten</translation>
    </message>
    <message>
        <source>Sensitivity, Fisher, whitened gradient, necessity, influence. Knows your task; the slowest.</source>
        <translation>Empfindlichkeit, Fisher, geweißter Gradient, Notwendigkeit, Einfluss. Kennt Ihre Aufgabe; am langsamsten.</translation>
    </message>
    <message>
        <source> rows</source>
        <translation> Zeilen</translation>
    </message>
    <message>
        <source>How many rows the signals of activations are measured on; two halves of them are compared</source>
        <translation>An wie vielen Zeilen die Signale der Aktivierungen gemessen werden; zwei Hälften werden verglichen</translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation>&amp;Zeilen</translation>
    </message>
    <message>
        <source>Name of the profile&apos;s file in the project&apos;s folder profiles</source>
        <translation>Name der Profildatei im Projektordner profiles</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Looking at the project&apos;s data …</source>
        <translation>Die Daten des Projekts werden angesehen …</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>No data is needed.</source>
        <translation>Es werden keine Daten gebraucht.</translation>
    </message>
    <message>
        <source>This project has no data yet: choose it on the page Data (Ctrl+3), or measure the weights alone.</source>
        <translation>Dieses Projekt hat noch keine Daten: Wählen Sie sie auf der Seite Daten (Strg+3), oder messen Sie allein die Gewichte.</translation>
    </message>
    <message>
        <source>Data: %1, template “%2”</source>
        <translation>Daten: %1, Vorlage „%2“</translation>
    </message>
    <message>
        <source>&amp;Trained run</source>
        <translation>&amp;Trainierter Lauf</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Measures a finished run&apos;s adapter too: how large its update is in each module and how many ranks it uses. A short run of generous rank is a pilot for “balanced”.</source>
        <translation>Misst auch den Adapter eines abgeschlossenen Laufs: wie groß seine Änderung in jedem Modul ist und wie viele Ränge er nutzt. Ein kurzer Lauf mit großzügigem Rang ist ein Pilot für „balanced“.</translation>
    </message>
</context>
<context>
    <name>hilo::ProfileRunPanel</name>
    <message>
        <source>Running profile</source>
        <translation>Laufendes Profil</translation>
    </message>
    <message>
        <source>Progress of the profile</source>
        <translation>Fortschritt des Profils</translation>
    </message>
    <message>
        <source>End the measurement; nothing is written</source>
        <translation>Die Messung beenden; nichts wird geschrieben</translation>
    </message>
    <message>
        <source>A profile is being measured already.</source>
        <translation>Ein Profil wird schon gemessen.</translation>
    </message>
    <message>
        <source>Open a model first (page Start, Ctrl+1).</source>
        <translation>Öffnen Sie zuerst ein Modell (Seite Start, Strg+1).</translation>
    </message>
    <message>
        <source>The measurement was cancelled; nothing was written.</source>
        <translation>Die Messung wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>hilo::ProgramPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Wird gestartet …</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>, %1 of %2</source>
        <translation>, %1 von %2</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>, noch %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>hilo::ProgramRunner</name>
    <message>
        <source>hilo printed something that was not understood: %1</source>
        <translation>hilo gab etwas aus, das nicht verstanden wurde: %1</translation>
    </message>
    <message>
        <source>hilo printed more than was expected.</source>
        <translation>hilo gab mehr aus als erwartet.</translation>
    </message>
</context>
<context>
    <name>hilo::ProjectSession</name>
    <message>
        <source>Changed on disk</source>
        <translation>Auf der Platte geändert</translation>
    </message>
</context>
<context>
    <name>hilo::PromptView</name>
    <message>
        <source>Rendered prompt</source>
        <translation>Erzeugter Prompt</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Judged to be good</source>
        <translation>Als gut beurteilt</translation>
    </message>
    <message>
        <source>Judged to be bad</source>
        <translation>Als schlecht beurteilt</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>learnt</source>
        <translation>gelernt</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>abgeschnitten</translation>
    </message>
</context>
<context>
    <name>hilo::PublishedModel</name>
    <message>
        <source>%1 on %2: %3</source>
        <comment>a method, a base model, a value</comment>
        <translation>%1 auf %2: %3</translation>
    </message>
    <message>
        <source>%1, read in its code</source>
        <translation>%1, gelesen im Programmtext</translation>
    </message>
    <message>
        <source>%1, read in the paper</source>
        <translation>%1, gelesen in der Veröffentlichung</translation>
    </message>
    <message>
        <source>%1 trainable parameters</source>
        <translation>%1 trainierbare Parameter</translation>
    </message>
    <message>
        <source>Measured by the protocol “%1”, which is not the chosen one: not comparable.</source>
        <translation>Nach dem Protokoll „%1“ gemessen, das nicht das gewählte ist: nicht vergleichbar.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>Trainierbar</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
</context>
<context>
    <name>hilo::RankDiagram</name>
    <message>
        <source>Mean ranks with the critical difference</source>
        <translation>Mittlere Ränge mit der kritischen Differenz</translation>
    </message>
    <message>
        <source>Mean ranks appear once two allocations have a value of every task.</source>
        <translation>Mittlere Ränge erscheinen, sobald zwei Zuteilungen von jeder Aufgabe einen Wert haben.</translation>
    </message>
    <message numerus="yes">
        <source>Mean ranks over %n task(s), the best first: %1.</source>
        <translation>
            <numerusform>Mittlere Ränge über %n Aufgabe, die beste zuerst: %1.</numerusform>
            <numerusform>Mittlere Ränge über %n Aufgaben, die beste zuerst: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Ranks that differ by less than %1 do not differ clearly (Nemenyi, 5 %).</source>
        <translation>Ränge, die sich um weniger als %1 unterscheiden, unterscheiden sich nicht klar (Nemenyi, 5 %).</translation>
    </message>
    <message>
        <source>Friedman&apos;s test finds a difference among them (p = %1).</source>
        <translation>Friedmans Test findet einen Unterschied zwischen ihnen (p = %1).</translation>
    </message>
    <message>
        <source>Friedman&apos;s test finds no difference among them (p = %1).</source>
        <translation>Friedmans Test findet keinen Unterschied zwischen ihnen (p = %1).</translation>
    </message>
    <message>
        <source>critical difference %1</source>
        <translation>kritische Differenz %1</translation>
    </message>
</context>
<context>
    <name>hilo::ReferenceDialog</name>
    <message>
        <source>Strategies and signals</source>
        <translation>Strategien und Signale</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>Strategien</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>Enter finds the next place</source>
        <translation>Die Eingabetaste findet die nächste Stelle</translation>
    </message>
</context>
<context>
    <name>hilo::RejectedModel</name>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>hilo::RowDialog</name>
    <message>
        <source>p &lt; %1</source>
        <translation>p &lt; %1</translation>
    </message>
    <message>
        <source>p = %1</source>
        <translation>p = %1</translation>
    </message>
    <message>
        <source>%1 is right on %2 rows that %3 is wrong on, and wrong on %4 that it is right on.</source>
        <translation>%1 ist bei %2 Zeilen richtig, bei denen %3 falsch ist, und bei %4 falsch, bei denen der andere richtig ist.</translation>
    </message>
    <message>
        <source>A clear difference for %1 (McNemar, %2).</source>
        <translation>Ein klarer Unterschied für %1 (McNemar, %2).</translation>
    </message>
    <message>
        <source>No clear difference (McNemar, %1).</source>
        <translation>Kein klarer Unterschied (McNemar, %1).</translation>
    </message>
    <message>
        <source>Row by row: %1 and %2</source>
        <translation>Zeile für Zeile: %1 und %2</translation>
    </message>
    <message>
        <source>Reading the answers …</source>
        <translation>Die Antworten werden gelesen …</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>alle Zeilen</translation>
    </message>
    <message>
        <source>only %1 right</source>
        <translation>nur %1 richtig</translation>
    </message>
    <message>
        <source>both wrong</source>
        <translation>beide falsch</translation>
    </message>
    <message>
        <source>both right</source>
        <translation>beide richtig</translation>
    </message>
    <message>
        <source>different answers</source>
        <translation>verschiedene Antworten</translation>
    </message>
    <message>
        <source>Which rows are shown</source>
        <translation>Welche Zeilen gezeigt werden</translation>
    </message>
    <message>
        <source>Search rows</source>
        <translation>Zeilen suchen</translation>
    </message>
    <message>
        <source>Words of a row&apos;s text, place or answers; all have to match (Ctrl+F)</source>
        <translation>Wörter aus Text, Ort oder Antworten einer Zeile; alle müssen passen (Strg+F)</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>The whole row</source>
        <translation>Die ganze Zeile</translation>
    </message>
    <message>
        <source>The chosen row stands here whole.</source>
        <translation>Die gewählte Zeile steht hier ganz.</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Tabelle speichern …</translation>
    </message>
    <message>
        <source>The rows that are shown, as CSV</source>
        <translation>Die gezeigten Zeilen als CSV</translation>
    </message>
    <message>
        <source>These runs cannot be compared row by row.</source>
        <translation>Diese Läufe lassen sich nicht Zeile für Zeile vergleichen.</translation>
    </message>
    <message>
        <source>Both right: %1. Both wrong: %2. Rows: %3.</source>
        <translation>Beide richtig: %1. Beide falsch: %2. Zeilen: %3.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) that only one of the runs has answered are left out.</source>
        <translation>
            <numerusform>%n Zeile, die nur einer der Läufe beantwortet hat, bleibt außen vor.</numerusform>
            <numerusform>%n Zeilen, die nur einer der Läufe beantwortet hat, bleiben außen vor.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>right answer</source>
        <translation>richtige Antwort</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>hilo::RowPairModel</name>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>right answer</source>
        <translation>richtige Antwort</translation>
    </message>
</context>
<context>
    <name>hilo::RunCharts</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>nats/token</source>
        <translation>Nats/Token</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>Chart of %1 over steps</source>
        <translation>Diagramm von %1 über die Schritte</translation>
    </message>
    <message>
        <source>The curves of the chosen run stand here.</source>
        <translation>Hier stehen die Kurven des gewählten Laufs.</translation>
    </message>
    <message>
        <source>Module whose expert loads are shown</source>
        <translation>Modul, dessen Expertenlasten gezeigt werden</translation>
    </message>
    <message>
        <source>Which module&apos;s experts; all: the mean over a layer&apos;s modules</source>
        <translation>Wessen Moduls Experten; alle: das Mittel über die Module einer Schicht</translation>
    </message>
    <message>
        <source>all modules</source>
        <translation>alle Module</translation>
    </message>
    <message>
        <source>share of the chosen slots, newest report</source>
        <translation>Anteil der gewählten Plätze, neuester Bericht</translation>
    </message>
    <message>
        <source>Expert load by layer</source>
        <translation>Expertenlast je Schicht</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>No values yet.</source>
        <translation>Noch keine Werte.</translation>
    </message>
    <message>
        <source>Newest value: %1</source>
        <translation>Neuester Wert: %1</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Measured metric that is shown</source>
        <translation>Gezeigte gemessene Metrik</translation>
    </message>
    <message>
        <source>Result by task</source>
        <translation>Ergebnis je Aufgabe</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Task whose expert loads are shown</source>
        <translation>Aufgabe, deren Expertenlast gezeigt wird</translation>
    </message>
    <message>
        <source>Whose tokens: those of all tasks, or of one: which expert serves which task</source>
        <translation>Wessen Token: die aller Aufgaben oder die einer: welcher Experte welcher Aufgabe dient</translation>
    </message>
    <message>
        <source>all tasks</source>
        <translation>alle Aufgaben</translation>
    </message>
    <message>
        <source>Logarithmic axes, full screen, copy, save</source>
        <translation>Logarithmische Achsen, ganzer Bildschirm, kopieren, speichern</translation>
    </message>
    <message>
        <source>What can be done with the chart of %1</source>
        <translation>Was mit dem Diagramm von %1 getan werden kann</translation>
    </message>
    <message>
        <source>The log of this run does not tell this axis.</source>
        <translation>Das Protokoll dieses Laufs gibt diese Achse nicht her.</translation>
    </message>
    <message>
        <source>Not drawn, because their logs do not tell this axis: %1</source>
        <translation>Nicht gezeichnet, weil ihre Protokolle diese Achse nicht hergeben: %1</translation>
    </message>
</context>
<context>
    <name>hilo::RunInspector</name>
    <message>
        <source>Facts of the run</source>
        <translation>Angaben zum Lauf</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Sicherungspunkte</translation>
    </message>
    <message>
        <source>No checkpoint yet. One is written every few minutes, when a run is stopped, and with “Checkpoint now”.</source>
        <translation>Noch kein Sicherungspunkt. Einer wird alle paar Minuten geschrieben, beim Anhalten eines Laufs und mit „Jetzt sichern“.</translation>
    </message>
    <message>
        <source>Resume from here…</source>
        <translation>Von hier fortsetzen …</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Choose a checkpoint in the table first</source>
        <translation>Wählen Sie zuerst einen Sicherungspunkt in der Tabelle</translation>
    </message>
    <message>
        <source>This checkpoint cannot be used: %1</source>
        <translation>Dieser Sicherungspunkt ist nicht brauchbar: %1</translation>
    </message>
    <message>
        <source>Go on from this checkpoint; later ones are removed</source>
        <translation>Von diesem Sicherungspunkt weitermachen; spätere werden entfernt</translation>
    </message>
    <message>
        <source>Do not keep</source>
        <translation>Nicht behalten</translation>
    </message>
    <message>
        <source>A kept checkpoint is never removed to make room</source>
        <translation>Ein behaltener Sicherungspunkt wird nie entfernt, um Platz zu schaffen</translation>
    </message>
    <message>
        <source>No run is chosen</source>
        <translation>Kein Lauf gewählt</translation>
    </message>
    <message>
        <source>Choose one in the list to see how it does.</source>
        <translation>Wählen Sie einen in der Liste, um zu sehen, wie es ihm geht.</translation>
    </message>
    <message>
        <source> · seed %1</source>
        <translation> · Startwert %1</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> und %n weiterer</numerusform>
            <numerusform> und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>, process %1</source>
        <translation>, Prozess %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Trained for</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>Seit Beginn</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Übrig</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>Trainierbar</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>Aktiv je Token</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>MFU (4N)</source>
        <translation>MFU (4N)</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>Speicherspitze</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>The run has a process; stop it first</source>
        <translation>Der Lauf hat einen Prozess; halten Sie ihn zuerst an</translation>
    </message>
    <message>
        <source>The run is %1; duplicate it to train again</source>
        <translation>Der Lauf ist %1; verdoppeln Sie ihn, um erneut zu trainieren</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Log or settings</source>
        <translation>Protokoll oder Einstellungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>The end of what the run&apos;s process has said</source>
        <translation>Das Ende dessen, was der Prozess des Laufs gesagt hat</translation>
    </message>
    <message>
        <source>Every setting of the run, and what it was made with</source>
        <translation>Jede Einstellung des Laufs, und womit er gemacht wurde</translation>
    </message>
</context>
<context>
    <name>hilo::RunListModel</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 übrig</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>Verlust %1</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>misst</translation>
    </message>
    <message>
        <source>all steps done, the result is measured</source>
        <translation>alle Schritte getan, das Ergebnis wird gemessen</translation>
    </message>
    <message>
        <source>starred, %1</source>
        <translation>mit Stern, %1</translation>
    </message>
</context>
<context>
    <name>hilo::RunListView</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down move a waiting run in the queue, Delete removes runs.</source>
        <translation>Alt+Auf und Alt+Ab bewegen einen wartenden Lauf in der Warteschlange, Entf entfernt Läufe.</translation>
    </message>
    <message>
        <source>No run matches. Clear the search to see all of them.</source>
        <translation>Kein Lauf passt. Leeren Sie die Suche, um alle zu sehen.</translation>
    </message>
    <message>
        <source>No runs yet. “New run…” makes the first one.</source>
        <translation>Noch keine Läufe. „Neuer Lauf …“ macht den ersten.</translation>
    </message>
</context>
<context>
    <name>hilo::RunMessage</name>
    <message>
        <source>What is wrong with this run</source>
        <translation>Was mit diesem Lauf nicht stimmt</translation>
    </message>
    <message>
        <source>Edit and retry…</source>
        <translation>Ändern und neu versuchen …</translation>
    </message>
    <message>
        <source>A new run with these settings, to change some of them</source>
        <translation>Ein neuer Lauf mit diesen Einstellungen, um einige zu ändern</translation>
    </message>
</context>
<context>
    <name>hilo::RunNotesEditor</name>
    <message>
        <source>Name of the run</source>
        <translation>Name des Laufs</translation>
    </message>
    <message>
        <source>Another name for the run (F2); empty brings back the one of its settings</source>
        <translation>Ein anderer Name für den Lauf (F2); leer bringt den seiner Einstellungen zurück</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Mark the run with a star (Ctrl+Shift+B)</source>
        <translation>Den Lauf mit einem Stern versehen (Strg+Umschalt+B)</translation>
    </message>
    <message>
        <source>tags, with commas between</source>
        <translation>Schlagwörter, mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Tags of the run</source>
        <translation>Schlagwörter des Laufs</translation>
    </message>
    <message>
        <source>Words to find runs by, with commas between; a filter asks for them by “tags ~ word”</source>
        <translation>Wörter, um Läufe zu finden, mit Kommas dazwischen; ein Filter fragt danach mit „tags ~ Wort“</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note on the run</source>
        <translation>Notiz zum Lauf</translation>
    </message>
    <message>
        <source>What you want to remember of the run; kept when you leave the field or press Ctrl+Return</source>
        <translation>Was Sie sich zum Lauf merken wollen; wird behalten, wenn Sie das Feld verlassen oder Strg+Eingabe drücken</translation>
    </message>
</context>
<context>
    <name>hilo::RunOverlay</name>
    <message>
        <source> · seed %1</source>
        <translation> · Startwert %1</translation>
    </message>
</context>
<context>
    <name>hilo::RunSettingsView</name>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>Words of a setting&apos;s name or value; all have to match</source>
        <translation>Wörter aus Name oder Wert einer Einstellung; alle müssen passen</translation>
    </message>
    <message>
        <source>Settings of the run</source>
        <translation>Einstellungen des Laufs</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>What the run was made with</source>
        <translation>Womit der Lauf gemacht wurde</translation>
    </message>
    <message>
        <source>HILO</source>
        <translation>HILO</translation>
    </message>
    <message>
        <source>LibTorch</source>
        <translation>LibTorch</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Model commit</source>
        <translation>Commit des Modells</translation>
    </message>
    <message>
        <source>Model&apos;s content</source>
        <translation>Inhalt des Modells</translation>
    </message>
    <message>
        <source>Data&apos;s content</source>
        <translation>Inhalt der Daten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>What it is made with is noted when it begins.</source>
        <translation>Womit er gemacht wird, wird vermerkt, wenn er beginnt.</translation>
    </message>
</context>
<context>
    <name>hilo::RunSpecDialog</name>
    <message>
        <source>Run spec</source>
        <translation>Laufbeschreibung</translation>
    </message>
    <message>
        <source>What the form says, as the file that hilo train takes. Paths are whole, so it may lie anywhere on this machine.</source>
        <translation>Was das Formular sagt, als die Datei, die hilo train nimmt. Die Pfade sind vollständig, sie darf also überall auf diesem Rechner liegen.</translation>
    </message>
    <message>
        <source>Train it without the desktop</source>
        <translation>Ohne Oberfläche trainieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy this command</source>
        <translation>Diesen Befehl kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Write the run spec into a file</source>
        <translation>Die Laufbeschreibung in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Copy run spec</source>
        <translation>Beschreibung kopieren</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>Den ganzen Text kopieren</translation>
    </message>
    <message>
        <source>Save run spec</source>
        <translation>Laufbeschreibung speichern</translation>
    </message>
    <message>
        <source>Run specs (*.run.json *.json)</source>
        <translation>Laufbeschreibungen (*.run.json *.json)</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Geschrieben nach %1.</translation>
    </message>
</context>
<context>
    <name>hilo::RunSpecForm</name>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>Alle Einstellungen zeigen</translation>
    </message>
    <message>
        <source>Also the settings that rarely need a change; their defaults are sound</source>
        <translation>Auch die Einstellungen, die selten zu ändern sind; ihre Vorgaben sind gut</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <source>as the run says</source>
        <translation>wie der Lauf</translation>
    </message>
</context>
<context>
    <name>hilo::RunStatePanel</name>
    <message>
        <source>What the run does</source>
        <translation>Was der Lauf tut</translation>
    </message>
    <message>
        <source>What the run is asked to do</source>
        <translation>Was der Lauf tun soll</translation>
    </message>
    <message>
        <source>Start queue</source>
        <translation>Warteschlange starten</translation>
    </message>
    <message>
        <source>Start the program that trains the waiting runs</source>
        <translation>Das Programm starten, das die wartenden Läufe trainiert</translation>
    </message>
    <message>
        <source>Train it first</source>
        <translation>Als Nächsten trainieren</translation>
    </message>
    <message>
        <source>Put it before all that wait</source>
        <translation>Vor alle stellen, die warten</translation>
    </message>
    <message>
        <source>Edit and retry…</source>
        <translation>Ändern und neu versuchen …</translation>
    </message>
    <message>
        <source>A new run with these settings, to change some of them</source>
        <translation>Ein neuer Lauf mit diesen Einstellungen, um einige zu ändern</translation>
    </message>
    <message>
        <source>Edit as a new run…</source>
        <translation>Als neuen Lauf ändern …</translation>
    </message>
    <message>
        <source>No run is chosen</source>
        <translation>Kein Lauf gewählt</translation>
    </message>
    <message>
        <source>The curves of the chosen run stand here. Choose several in the list to lay them over one another.</source>
        <translation>Hier stehen die Kurven des gewählten Laufs. Wählen Sie mehrere in der Liste, um sie übereinanderzulegen.</translation>
    </message>
    <message>
        <source>Waits: number %1 of %2 in the queue</source>
        <translation>Wartet: Platz %1 von %2 in der Warteschlange</translation>
    </message>
    <message>
        <source>Waits in the queue</source>
        <translation>Wartet in der Warteschlange</translation>
    </message>
    <message>
        <source>It begins when the runs before it are done. Drag it in the list to change the order.</source>
        <translation>Er beginnt, wenn die Läufe vor ihm fertig sind. Ziehen Sie ihn in der Liste, um die Reihenfolge zu ändern.</translation>
    </message>
    <message>
        <source>Nothing trains now. Its curves stand here as soon as it has begun.</source>
        <translation>Jetzt trainiert nichts. Seine Kurven stehen hier, sobald er begonnen hat.</translation>
    </message>
    <message>
        <source>Not queued yet</source>
        <translation>Noch nicht eingereiht</translation>
    </message>
    <message>
        <source>“Queue” above puts it behind the runs that wait.</source>
        <translation>„Einreihen“ oben stellt ihn hinter die wartenden Läufe.</translation>
    </message>
    <message>
        <source>Is starting</source>
        <translation>Startet gerade</translation>
    </message>
    <message>
        <source>The model and the data are read; the first step is told here.</source>
        <translation>Modell und Daten werden gelesen; der erste Schritt wird hier gemeldet.</translation>
    </message>
    <message>
        <source>Ended before its first step</source>
        <translation>Vor dem ersten Schritt beendet</translation>
    </message>
    <message>
        <source>There are no curves to draw. What went wrong stands above, and in its log on the right.</source>
        <translation>Es gibt keine Kurven zu zeichnen. Was schiefging, steht oben und rechts in seinem Protokoll.</translation>
    </message>
    <message>
        <source>Came with its result alone</source>
        <translation>Kam nur mit seinem Ergebnis</translation>
    </message>
    <message>
        <source>The curves of its training are not in its folder: it was imported, or its log was shortened. Its result counts like any other.</source>
        <translation>Die Kurven seines Trainings sind nicht in seinem Ordner: Er wurde importiert, oder sein Protokoll wurde gekürzt. Sein Ergebnis zählt wie jedes andere.</translation>
    </message>
    <message>
        <source>There are no curves to draw.</source>
        <translation>Es gibt keine Kurven zu zeichnen.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Sum of ranks</source>
        <translation>Summe der Ränge</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
</context>
<context>
    <name>hilo::RunsPage</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs belong to a project. Open one or make one on the start page (Ctrl+1).</source>
        <translation>Läufe gehören zu einem Projekt. Öffnen oder legen Sie auf der Startseite (Strg+1) eines an.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More that can be done with the chosen runs</source>
        <translation>Was mit den gewählten Läufen noch getan werden kann</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>Läufe suchen</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>trouble</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Which runs are shown</source>
        <translation>Welche Läufe gezeigt werden</translation>
    </message>
    <message>
        <source>The queue has a new order.</source>
        <translation>Die Warteschlange hat eine neue Ordnung.</translation>
    </message>
    <message>
        <source>The checkpoint of step %1 is kept.</source>
        <translation>Der Sicherungspunkt von Schritt %1 wird behalten.</translation>
    </message>
    <message>
        <source>The checkpoint of step %1 may go.</source>
        <translation>Der Sicherungspunkt von Schritt %1 darf gehen.</translation>
    </message>
    <message>
        <source> seed %1</source>
        <translation> Startwert %1</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits behind what runs.</source>
        <translation>Hinter dem Laufenden wartet nichts.</translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s). Drag them to reorder.</source>
        <translation>
            <numerusform>%n wartet. Ziehen ändert die Ordnung.</numerusform>
            <numerusform>%n warten. Ziehen ändert die Ordnung.</numerusform>
        </translation>
    </message>
    <message>
        <source>One run waits.</source>
        <translation>Ein Lauf wartet.</translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) and none runs.</source>
        <translation>
            <numerusform>%n wartet, und keiner läuft.</numerusform>
            <numerusform>%n warten, und keiner läuft.</numerusform>
        </translation>
    </message>
    <message>
        <source> The queue said last: %1</source>
        <translation> Die Warteschlange sagte zuletzt: %1</translation>
    </message>
    <message numerus="yes">
        <source>Stopping since %n second(s).</source>
        <translation>
            <numerusform>Hält an seit %n Sekunde.</numerusform>
            <numerusform>Hält an seit %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>It stops at the end of its step and writes a checkpoint. “End it now” (More) ends its process without; it can be resumed from its last checkpoint then.</source>
        <translation>Er hält am Ende seines Schritts an und schreibt einen Sicherungspunkt. „Jetzt beenden“ (Mehr) beendet seinen Prozess ohne; er kann dann vom letzten Sicherungspunkt fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Hold the run at the end of its step; memory stays taken</source>
        <translation>Den Lauf am Ende seines Schritts festhalten; der Speicher bleibt belegt</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Wake a paused run, or queue one to go on from its newest valid checkpoint</source>
        <translation>Einen pausierten Lauf wecken, oder einen einreihen, um vom neuesten gültigen Sicherungspunkt weiterzumachen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Write a checkpoint and end the process; a waiting run leaves the queue</source>
        <translation>Einen Sicherungspunkt schreiben und den Prozess beenden; ein wartender Lauf verlässt die Warteschlange</translation>
    </message>
    <message>
        <source>Checkpoint now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>Write a checkpoint at the end of the step</source>
        <translation>Am Ende des Schritts einen Sicherungspunkt schreiben</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>Verdoppeln …</translation>
    </message>
    <message>
        <source>A new run with the settings of this one, to change some of them</source>
        <translation>Ein neuer Lauf mit den Einstellungen dieses Laufs, um einige zu ändern</translation>
    </message>
    <message>
        <source>Show command…</source>
        <translation>Befehl zeigen …</translation>
    </message>
    <message>
        <source>The command that does the same in a terminal</source>
        <translation>Der Befehl, der dasselbe im Terminal tut</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Select the chosen runs on the page Compare</source>
        <translation>Die gewählten Läufe auf der Seite Vergleich auswählen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>The run&apos;s folder in the file manager</source>
        <translation>Der Ordner des Laufs in der Dateiverwaltung</translation>
    </message>
    <message>
        <source>Archive…</source>
        <translation>Archivieren …</translation>
    </message>
    <message>
        <source>Pack the run&apos;s folder into one file; results stay</source>
        <translation>Den Ordner des Laufs in eine Datei packen; Ergebnisse bleiben</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Unpack an archived run</source>
        <translation>Einen archivierten Lauf auspacken</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Remove the run&apos;s folder and its results for ever</source>
        <translation>Den Ordner des Laufs und seine Ergebnisse für immer entfernen</translation>
    </message>
    <message>
        <source>End it now…</source>
        <translation>Jetzt beenden …</translation>
    </message>
    <message>
        <source>End the process of a run that does not stop: by SIGTERM, then by SIGKILL</source>
        <translation>Den Prozess eines Laufs beenden, der nicht anhält: mit SIGTERM, dann mit SIGKILL</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>Neuer Lauf …</translation>
    </message>
    <message>
        <source>Choose a map, data and settings</source>
        <translation>Karte, Daten und Einstellungen wählen</translation>
    </message>
    <message>
        <source>Start queue</source>
        <translation>Warteschlange starten</translation>
    </message>
    <message>
        <source>Start the program that trains the waiting runs; it goes on when this window is closed</source>
        <translation>Das Programm starten, das die wartenden Läufe trainiert; es läuft weiter, wenn dieses Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Einreihen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>The run pauses at the end of its step.</source>
        <translation>Der Lauf pausiert am Ende seines Schritts.</translation>
    </message>
    <message>
        <source>The run goes on.</source>
        <translation>Der Lauf geht weiter.</translation>
    </message>
    <message>
        <source>The run stops at the end of its step and keeps a checkpoint.</source>
        <translation>Der Lauf hält am Ende seines Schritts an und behält einen Sicherungspunkt.</translation>
    </message>
    <message>
        <source>A checkpoint is written at the end of the step.</source>
        <translation>Am Ende des Schritts wird ein Sicherungspunkt geschrieben.</translation>
    </message>
    <message>
        <source>End the process?</source>
        <translation>Den Prozess beenden?</translation>
    </message>
    <message>
        <source>The run loses the steps since its last checkpoint. It can be resumed from there.</source>
        <translation>Der Lauf verliert die Schritte seit seinem letzten Sicherungspunkt. Er kann von dort fortgesetzt werden.</translation>
    </message>
    <message>
        <source>End it now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>The process is being ended …</source>
        <translation>Der Prozess wird beendet …</translation>
    </message>
    <message>
        <source>The process is gone.</source>
        <translation>Der Prozess ist weg.</translation>
    </message>
    <message>
        <source>Train it from the beginning, in this project</source>
        <translation>Von Anfang an trainieren, in diesem Projekt</translation>
    </message>
    <message>
        <source>Go on from its newest valid checkpoint</source>
        <translation>Vom neuesten gültigen Sicherungspunkt weitermachen</translation>
    </message>
    <message>
        <source>Queue it, and train what is queued</source>
        <translation>Einreihen, und trainieren, was eingereiht ist</translation>
    </message>
    <message>
        <source>The same settings in a folder elsewhere</source>
        <translation>Dieselben Einstellungen in einem Ordner anderswo</translation>
    </message>
    <message>
        <source>Commands of %1</source>
        <translation>Befehle von %1</translation>
    </message>
    <message>
        <source>Archive?</source>
        <translation>Archivieren?</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) become one packed file each. Charts and results stay; the adapter can be used again after “Restore”.</source>
        <translation>
            <numerusform>%n Lauf wird zu einer gepackten Datei. Diagramme und Ergebnisse bleiben; der Adapter ist nach „Wiederherstellen“ wieder brauchbar.</numerusform>
            <numerusform>%n Läufe werden zu je einer gepackten Datei. Diagramme und Ergebnisse bleiben; der Adapter ist nach „Wiederherstellen“ wieder brauchbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) archived.</source>
        <translation>
            <numerusform>%n Lauf archiviert.</numerusform>
            <numerusform>%n Läufe archiviert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) restored.</source>
        <translation>
            <numerusform>%n Lauf wiederhergestellt.</numerusform>
            <numerusform>%n Läufe wiederhergestellt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete?</source>
        <translation>Löschen?</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) with checkpoints, adapters and results are removed for ever:

%1</source>
        <translation>
            <numerusform>%n Lauf mit Sicherungspunkten, Adaptern und Ergebnissen wird für immer entfernt:

%1</numerusform>
            <numerusform>%n Läufe mit Sicherungspunkten, Adaptern und Ergebnissen werden für immer entfernt:

%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>Für immer löschen</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>%n Lauf gelöscht.</numerusform>
            <numerusform>%n Läufe gelöscht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) queued.</source>
        <translation>
            <numerusform>%n Lauf eingereiht.</numerusform>
            <numerusform>%n Läufe eingereiht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) added.</source>
        <translation>
            <numerusform>%n Lauf hinzugefügt.</numerusform>
            <numerusform>%n Läufe hinzugefügt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 again</source>
        <translation>%1 erneut</translation>
    </message>
    <message>
        <source>Resume from step %1?</source>
        <translation>Von Schritt %1 fortsetzen?</translation>
    </message>
    <message>
        <source>The run goes on from step %1; what it trained from there to step %2 is done again, and later checkpoints are removed.</source>
        <translation>Der Lauf macht bei Schritt %1 weiter; was er von dort bis Schritt %2 trainiert hat, wird noch einmal getan, und spätere Sicherungspunkte werden entfernt.</translation>
    </message>
    <message>
        <source>Resume from there</source>
        <translation>Von dort fortsetzen</translation>
    </message>
    <message>
        <source>The run goes on from step %1.</source>
        <translation>Der Lauf macht bei Schritt %1 weiter.</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Queue and runs&lt;/h3&gt;&lt;p&gt;The list holds what trains now, then the queue in its order, then everything else, newest first. Drag a waiting run, or press Alt+Up and Alt+Down, to change the order. Runs are processes of their own: closing this window stops none, and the next start finds them again.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Loss&lt;/b&gt; is the mean negative log-likelihood of the trained tokens; the strong line is its exponentially weighted mean. What was measured on validation rows stands in the same chart. &lt;b&gt;What else was measured&lt;/b&gt; is chosen in the second card; every task has a colour, points are validation, diamonds the test; accuracies come with their 95 % interval (Wilson 1927). A dashed line marks the step whose weights the run has taken. &lt;b&gt;Gradient norm&lt;/b&gt; is taken before clipping. &lt;b&gt;MFU (4N)&lt;/b&gt; is the share of the device&apos;s peak that 4 × parameters × tokens need: the base is frozen, so its weight gradients are not counted.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Expert load&lt;/b&gt; shows how a layer&apos;s tokens are spread over its experts. The middle of the scale is an equal share; columns with one bright cell mean that the router uses one expert only, which an auxiliary loss evens out (Fedus et al. 2021). With several tasks it can show the tokens of one: which expert serves which task.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Pause&lt;/b&gt; keeps the process and its memory, &lt;b&gt;Stop&lt;/b&gt; writes a checkpoint and ends it; &lt;b&gt;Resume&lt;/b&gt; goes on from the newest valid checkpoint to the same numbers as if nothing had happened. The table on the right lists all checkpoints and says why one cannot be used.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; compare finished runs on the page Compare, try or export their adapters.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Warteschlange und Läufe&lt;/h3&gt;&lt;p&gt;Die Liste enthält, was gerade trainiert, dann die Warteschlange in ihrer Ordnung, dann alles andere, Neuestes zuerst. Ziehen Sie einen wartenden Lauf, oder drücken Sie Alt+Auf und Alt+Ab, um die Ordnung zu ändern. Läufe sind eigene Prozesse: Das Schließen dieses Fensters hält keinen an, und der nächste Start findet sie wieder.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Verlust&lt;/b&gt; ist die mittlere negative Log-Likelihood der trainierten Token; die kräftige Linie ist ihr exponentiell gewichtetes Mittel. Was auf Validierungszeilen gemessen wurde, steht im selben Bild. &lt;b&gt;Was sonst gemessen wurde&lt;/b&gt;, wählt man in der zweiten Karte; jede Aufgabe hat eine Farbe, Punkte sind die Validierung, Rauten der Test; Genauigkeiten kommen mit ihrem 95-%-Intervall (Wilson 1927). Eine gestrichelte Linie zeigt den Schritt, dessen Gewichte der Lauf genommen hat. Die &lt;b&gt;Gradientennorm&lt;/b&gt; ist vor dem Kappen genommen. &lt;b&gt;MFU (4N)&lt;/b&gt; ist der Anteil der Spitzenleistung des Geräts, den 4 × Parameter × Token brauchen: Die Basis ist eingefroren, daher zählen ihre Gewichtsgradienten nicht.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Expertenlast&lt;/b&gt; zeigt, wie die Token einer Schicht auf ihre Experten verteilt sind. Die Mitte der Skala ist ein gleicher Anteil; Spalten mit einer hellen Zelle heißen, dass der Router nur einen Experten benutzt, was ein Hilfsverlust ausgleicht (Fedus et al. 2021). Mit mehreren Aufgaben kann es die Token einer zeigen: welcher Experte welcher Aufgabe dient.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Pause&lt;/b&gt; behält den Prozess und seinen Speicher, &lt;b&gt;Anhalten&lt;/b&gt; schreibt einen Sicherungspunkt und beendet ihn; &lt;b&gt;Fortsetzen&lt;/b&gt; macht vom neuesten gültigen Sicherungspunkt zu denselben Zahlen weiter, als wäre nichts geschehen. Die Tabelle rechts nennt alle Sicherungspunkte und sagt, warum einer nicht brauchbar ist.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Weiter:&lt;/b&gt; fertige Läufe auf der Seite Vergleich vergleichen, ihre Adapter probieren oder exportieren.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Give the run another name</source>
        <translation>Dem Lauf einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Star or take the star away</source>
        <translation>Stern geben oder nehmen</translation>
    </message>
    <message>
        <source>Mark the chosen runs with a star, or take it away</source>
        <translation>Die gewählten Läufe mit einem Stern versehen oder ihn nehmen</translation>
    </message>
    <message>
        <source>Train it first</source>
        <translation>Als Nächsten trainieren</translation>
    </message>
    <message>
        <source>Put it before all runs that wait</source>
        <translation>Vor alle wartenden Läufe stellen</translation>
    </message>
    <message numerus="yes">
        <source>Star of %n run(s) taken away</source>
        <translation>
            <numerusform>Stern von %n Lauf genommen</numerusform>
            <numerusform>Stern von %n Läufen genommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) starred</source>
        <translation>
            <numerusform>%n Lauf mit Stern versehen</numerusform>
            <numerusform>%n Läufe mit Stern versehen</numerusform>
        </translation>
    </message>
    <message>
        <source>It is trained next.</source>
        <translation>Er wird als Nächster trainiert.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Several runs&lt;/b&gt; chosen in the list are laid over one another. All curves go over steps, tokens, epochs or time; what the mouse points at in one chart is told in all. They are smoothed by an exponential mean, a running mean or a running median; the values themselves stay faintly behind. The button ⋯ of a chart, its right click, or L, F and Ctrl+C make an axis logarithmic, show the chart alone, copy it, or save it with its numbers.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Name, tags, note and star&lt;/b&gt; of a run are kept as notes.json in its folder; everything of it can be undone with Ctrl+Z. A filter on the page Compare asks for “tags ~ word” and “starred”.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Mehrere Läufe&lt;/b&gt;, in der Liste gewählt, werden übereinandergelegt. Alle Kurven gehen über Schritte, Token, Epochen oder Zeit; worauf die Maus in einem Diagramm zeigt, wird in allen gesagt. Geglättet werden sie durch ein exponentielles Mittel, ein laufendes Mittel oder einen laufenden Median; die Werte selbst bleiben blass dahinter. Der Knopf ⋯ eines Diagramms, sein Rechtsklick oder L, F und Strg+C machen eine Achse logarithmisch, zeigen das Diagramm allein, kopieren es oder speichern es mit seinen Zahlen.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Name, Schlagwörter, Notiz und Stern&lt;/b&gt; eines Laufs stehen als notes.json in seinem Ordner; alles davon lässt sich mit Strg+Z zurücknehmen. Ein Filter auf der Seite Vergleich fragt danach mit „tags ~ Wort“ und „starred“.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Words of the name, the state, the tags or the note; all have to match</source>
        <translation>Wörter aus Name, Zustand, Schlagwörtern oder Notiz; alle müssen passen</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>Run renamed</source>
        <translation>Lauf umbenannt</translation>
    </message>
    <message>
        <source>Tags changed</source>
        <translation>Schlagwörter geändert</translation>
    </message>
    <message>
        <source>Note changed</source>
        <translation>Notiz geändert</translation>
    </message>
    <message>
        <source>Run starred</source>
        <translation>Lauf mit Stern versehen</translation>
    </message>
    <message>
        <source>Star taken away</source>
        <translation>Stern genommen</translation>
    </message>
    <message>
        <source> · seed %1</source>
        <translation> · Startwert %1</translation>
    </message>
    <message>
        <source> · with the curves of %1 further runs</source>
        <translation> · mit den Kurven von %1 weiteren Läufen</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Zurückgenommen: %1</translation>
    </message>
</context>
<context>
    <name>hilo::SearchDialog</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>GuiLoMo trains a mixture with more experts and ranks than needed on half of the batches, and learns on the other half which of them to keep. A step takes four forward and backward passes.</source>
        <translation>GuiLoMo trainiert auf der Hälfte der Stapel eine Mischung mit mehr Experten und Rängen, als nötig sind, und lernt auf der anderen Hälfte, welche davon bleiben sollen. Ein Schritt braucht vier Vorwärts- und Rückwärtsläufe.</translation>
    </message>
    <message>
        <source>Name of the search&apos;s files in the project&apos;s folder searches</source>
        <translation>Name der Dateien der Suche im Ordner searches des Projekts</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Experts</source>
        <translation>&amp;Experten</translation>
    </message>
    <message>
        <source>Experts that every module has while it is searched</source>
        <translation>Experten, die jedes Modul während der Suche hat</translation>
    </message>
    <message>
        <source>&amp;Rank</source>
        <translation>&amp;Rang</translation>
    </message>
    <message>
        <source>Rank of each of them</source>
        <translation>Rang jedes einzelnen</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>&amp;Schritte</translation>
    </message>
    <message>
        <source>Each takes two batches of the project&apos;s rows</source>
        <translation>Jeder nimmt zwei Stapel der Zeilen des Projekts</translation>
    </message>
    <message>
        <source>four epochs, as published</source>
        <translation>vier Epochen, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Looking at the project&apos;s data …</source>
        <translation>Die Daten des Projekts werden angesehen …</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>A search of this name is finished already.</source>
        <translation>Eine Suche dieses Namens ist schon fertig.</translation>
    </message>
    <message>
        <source>This search was stopped; it goes on from step %1 of %2.</source>
        <translation>Diese Suche wurde angehalten; sie macht bei Schritt %1 von %2 weiter.</translation>
    </message>
    <message>
        <source>This project has no data yet: choose it on the page Data (Ctrl+3).</source>
        <translation>Dieses Projekt hat noch keine Daten: Wählen Sie sie auf der Seite Daten (Strg+3).</translation>
    </message>
    <message>
        <source>Data: %1, template “%2”</source>
        <translation>Daten: %1, Vorlage „%2“</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
</context>
<context>
    <name>hilo::SearchRunPanel</name>
    <message>
        <source>Running search</source>
        <translation>Laufende Suche</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>Fortschritt der Suche</translation>
    </message>
    <message>
        <source>Stop the search; what it has learned is kept, and “Search…” goes on from there</source>
        <translation>Die Suche anhalten; was sie gelernt hat, bleibt, und „Suche…“ macht dort weiter</translation>
    </message>
    <message>
        <source>The search was stopped; “Search…” goes on from there.</source>
        <translation>Die Suche wurde angehalten; „Suche…“ macht dort weiter.</translation>
    </message>
    <message>
        <source>A search is running already.</source>
        <translation>Eine Suche läuft schon.</translation>
    </message>
    <message>
        <source>A search needs a project with a model and data (page Start, Ctrl+1).</source>
        <translation>Eine Suche braucht ein Projekt mit Modell und Daten (Seite Start, Strg+1).</translation>
    </message>
</context>
<context>
    <name>hilo::SettingsModel</name>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>hilo::ShortcutDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find a shortcut</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
</context>
<context>
    <name>hilo::SignalCharts</name>
    <message>
        <source>Over depth</source>
        <translation>Über die Tiefe</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Do the signals agree?</source>
        <translation>Stimmen die Signale überein?</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Which signals are drawn over depth</source>
        <translation>Welche Signale über die Tiefe gezeichnet werden</translation>
    </message>
    <message>
        <source>Each signal from its lowest to its highest layer. Click a layer to select it everywhere.</source>
        <translation>Jedes Signal von seiner niedrigsten bis zu seiner höchsten Schicht. Ein Klick wählt eine Schicht überall.</translation>
    </message>
    <message>
        <source>Which signal&apos;s spectrum is drawn</source>
        <translation>Wessen Signals Spektrum gezeichnet wird</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>Modul</translation>
    </message>
    <message>
        <source>The module whose spectrum is drawn, in the selected layer</source>
        <translation>Das Modul, dessen Spektrum gezeichnet wird, in der gewählten Schicht</translation>
    </message>
    <message>
        <source>Rank correlation of the signals</source>
        <translation>Rangkorrelation der Signale</translation>
    </message>
    <message>
        <source>This profile has no spectra. Measure the explained variance or the whitened gradient to see them.</source>
        <translation>Dieses Profil hat keine Spektren. Messen Sie die erklärte Varianz oder den geweißten Gradienten, um sie zu sehen.</translation>
    </message>
</context>
<context>
    <name>hilo::SignalModel</name>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message>
        <source>%1: no value</source>
        <translation>%1: kein Wert</translation>
    </message>
    <message>
        <source>%1: %2 differs by %3 from the baseline</source>
        <translation>%1: %2 weicht um %3 vom Vergleich ab</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>%1: %2 %3, %4 of the way from the lowest to the highest</source>
        <translation>%1: %2 %3, %4 des Wegs vom niedrigsten zum höchsten</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
</context>
<context>
    <name>hilo::SpectrumChart</name>
    <message>
        <source>index, largest first</source>
        <translation>Index, größter zuerst</translation>
    </message>
    <message>
        <source>value, log</source>
        <translation>Wert, logarithmisch</translation>
    </message>
    <message>
        <source>Wheel: zoom over the index. Drag: move. Double click: everything.</source>
        <translation>Rad: über den Index zoomen. Ziehen: verschieben. Doppelklick: alles.</translation>
    </message>
    <message>
        <source>Layer %1, %2: half of the sum lies in the first %3 of %4, 90 % in the first %5. The other layers are drawn faintly.</source>
        <translation>Schicht %1, %2: Die Hälfte der Summe liegt in den ersten %3 von %4, 90 % in den ersten %5. Die anderen Schichten sind schwach gezeichnet.</translation>
    </message>
    <message>
        <source>Spectrum of a module</source>
        <translation>Spektrum eines Moduls</translation>
    </message>
    <message>
        <source>more than are listed</source>
        <translation>mehr als aufgeführt sind</translation>
    </message>
</context>
<context>
    <name>hilo::StartPage</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>&lt;p&gt;Open a project, a Hugging Face model folder or a .gguf file; or drop one on this window.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A project&lt;/b&gt; is one folder: it names a model and data and holds allocation maps, complexity profiles and every run that was trained with them. It can be moved or copied as a whole.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A model alone&lt;/b&gt; is enough to look at its architecture and to plan an allocation; config.json is all that planning needs.&lt;/p&gt;&lt;p&gt;&lt;b&gt;The sample project&lt;/b&gt; opens at once: a small base model and a real task, the classes of WordNet glosses (Princeton WordNet 3.0).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; the pages on the left follow the order of the work. Ctrl+1 to Ctrl+0 show them, F1 explains each, F9 hides and shows the inspector.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Öffnen Sie ein Projekt, einen Hugging-Face-Modellordner oder eine .gguf-Datei, oder ziehen Sie eines auf dieses Fenster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ein Projekt&lt;/b&gt; ist ein Ordner: Es nennt Modell und Daten und enthält Zuteilungskarten, Komplexitätsprofile und jeden Lauf, der damit trainiert wurde. Es lässt sich als Ganzes verschieben oder kopieren.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ein Modell allein&lt;/b&gt; genügt, um seine Architektur anzusehen und eine Zuteilung zu planen; zum Planen reicht config.json.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Das Beispielprojekt&lt;/b&gt; öffnet sofort: ein kleines Basismodell und eine echte Aufgabe, die Klassen von WordNet-Glossen (Princeton WordNet 3.0).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Weiter:&lt;/b&gt; Die Seiten links folgen der Reihenfolge der Arbeit. Strg+1 bis Strg+0 zeigen sie, F1 erklärt jede, F9 blendet den Inspektor aus und ein.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>HILO Workbench</source>
        <translation>HILO Workbench</translation>
    </message>
    <message>
        <source>Fine-tune language models with a mixture of LoRA experts whose number and ranks follow the layers.</source>
        <translation>Sprachmodelle mit einer Mischung von LoRA-Experten feinabstimmen, deren Zahl und Ränge den Schichten folgen.</translation>
    </message>
    <message>
        <source>Open sample project</source>
        <translation>Beispielprojekt öffnen</translation>
    </message>
    <message>
        <source>The sample project was not found beside the program.</source>
        <translation>Das Beispielprojekt wurde neben dem Programm nicht gefunden.</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt …</translation>
    </message>
    <message>
        <source>Choose a model, data and a name</source>
        <translation>Modell, Daten und Namen wählen</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>A project, or a model folder with config.json</source>
        <translation>Ein Projekt oder ein Modellordner mit config.json</translation>
    </message>
    <message>
        <source>Open GGUF file…</source>
        <translation>GGUF-Datei öffnen …</translation>
    </message>
    <message>
        <source>A model in one file, as llama.cpp uses them</source>
        <translation>Ein Modell in einer Datei, wie llama.cpp sie benutzt</translation>
    </message>
    <message>
        <source>Recent projects and models</source>
        <translation>Zuletzt benutzte Projekte und Modelle</translation>
    </message>
    <message>
        <source>Nothing yet. What you open will be listed here; you can also drop a folder or a .gguf file on this window.</source>
        <translation>Noch nichts. Was Sie öffnen, steht dann hier; Sie können auch einen Ordner oder eine .gguf-Datei auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Open a project or a model folder</source>
        <translation>Ein Projekt oder einen Modellordner öffnen</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Ein Modell öffnen</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>Fetch model…</source>
        <translation>Modell holen …</translation>
    </message>
    <message>
        <source>Bring a model from the Hugging Face hub, by its name</source>
        <translation>Ein Modell vom Hugging Face Hub holen, nach seinem Namen</translation>
    </message>
</context>
<context>
    <name>hilo::StrategyPanel</name>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>What decides how many experts each module gets, and their ranks</source>
        <translation>Was entscheidet, wie viele Experten jedes Modul bekommt und mit welchen Rängen</translation>
    </message>
    <message>
        <source>Complexity profile</source>
        <translation>Komplexitätsprofil</translation>
    </message>
    <message>
        <source>Measured signals of this model, from the page Complexity</source>
        <translation>Gemessene Signale dieses Modells, von der Seite Komplexität</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Put the previewed numbers into the map that is shown; locked cells stay, and one undo takes it back</source>
        <translation>Die Vorschau in die gezeigte Karte übernehmen; gesperrte Zellen bleiben, und einmal Rückgängig nimmt es zurück</translation>
    </message>
    <message>
        <source>As new map</source>
        <translation>Als neue Karte</translation>
    </message>
    <message>
        <source>Open the previewed map in a tab of its own</source>
        <translation>Die Vorschau in einem eigenen Reiter öffnen</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Mehr Einstellungen</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>Weniger Einstellungen</translation>
    </message>
    <message>
        <source>%1 takes experts and ranks from a search that has learnt them from the project&apos;s rows, and there is none yet. “Search…” makes one. The result of an earlier search can be named in the field Search.</source>
        <translation>%1 nimmt Experten und Ränge aus einer Suche, die sie an den Zeilen des Projekts gelernt hat, und noch gibt es keine. „Suche…“ macht eine. Das Ergebnis einer früheren Suche lässt sich im Feld Suche nennen.</translation>
    </message>
    <message>
        <source>%1 goes by measured signals, and no complexity profile is chosen. “Profile…” on the page Complexity (Ctrl+4) measures one.</source>
        <translation>%1 richtet sich nach gemessenen Signalen, und es ist kein Komplexitätsprofil gewählt. „Profil …“ auf der Seite Komplexität (Strg+4) misst eines.</translation>
    </message>
    <message>
        <source>Preview: %1 trainable, %2 active per token. Locked cells stay.</source>
        <translation>Vorschau: %1 trainierbar, %2 aktiv je Token. Gesperrte Zellen bleiben.</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suche…</translation>
    </message>
    <message>
        <source>Learn experts and ranks from the project&apos;s rows with hilo search</source>
        <translation>Experten und Ränge mit hilo search aus den Zeilen des Projekts lernen</translation>
    </message>
    <message>
        <source>This strategy needs measured signals: choose a complexity profile, or measure one on the page Complexity (Ctrl+4).</source>
        <translation>Diese Strategie braucht gemessene Signale: ein Komplexitätsprofil wählen oder auf der Seite Komplexität (Strg+4) eines messen.</translation>
    </message>
    <message>
        <source>This strategy shares out a budget: enter one below the map, for example 1.5M.</source>
        <translation>Diese Strategie teilt ein Budget auf: unter der Karte eines eingeben, zum Beispiel 1.5M.</translation>
    </message>
</context>
<context>
    <name>hilo::StudyCharts</name>
    <message>
        <source>Mean over tasks</source>
        <translation>Mittel über Aufgaben</translation>
    </message>
    <message>
        <source>Mean over tasks (%1)</source>
        <translation>Mittel über Aufgaben (%1)</translation>
    </message>
    <message>
        <source>%1 does not reach %2.</source>
        <translation>%1 erreicht %2 nicht.</translation>
    </message>
    <message>
        <source>%1 reaches %2 at its smallest budget already.</source>
        <translation>%1 erreicht %2 schon beim kleinsten Budget.</translation>
    </message>
    <message>
        <source> (%1 … %2)</source>
        <translation> (%1 … %2)</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>weniger</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
    <message>
        <source>%1 reaches %2 at %3%4 parameters.</source>
        <translation>%1 erreicht %2 mit %3%4 Parametern.</translation>
    </message>
    <message>
        <source>Charts of the study</source>
        <translation>Diagramme der Studie</translation>
    </message>
    <message>
        <source>Values against parameters</source>
        <translation>Werte gegen Parameter</translation>
    </message>
    <message>
        <source>Mean ranks</source>
        <translation>Mittlere Ränge</translation>
    </message>
    <message>
        <source>Experts by task</source>
        <translation>Experten nach Aufgabe</translation>
    </message>
    <message>
        <source>Which allocations are better over all tasks, and which differ clearly</source>
        <translation>Welche Zuteilungen über alle Aufgaben besser sind und welche sich klar unterscheiden</translation>
    </message>
    <message>
        <source>Of a joint run: which expert of which layer serves which task</source>
        <translation>Bei einem gemeinsamen Lauf: welcher Experte welcher Schicht welcher Aufgabe dient</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>What is drawn: the mean over the tasks or one task</source>
        <translation>Was gezeichnet wird: das Mittel über die Aufgaben oder eine Aufgabe</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Against which parameters</source>
        <translation>Gegen welche Parameter</translation>
    </message>
    <message>
        <source>trainable parameters</source>
        <translation>trainierbare Parameter</translation>
    </message>
    <message>
        <source>active parameters</source>
        <translation>aktive Parameter</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Veröffentlichtes</translation>
    </message>
    <message>
        <source>Numbers that others published, hollow, with their source. They are of other base models and cannot be compared number by number</source>
        <translation>Zahlen, die andere veröffentlicht haben, hohl, mit ihrer Quelle. Sie gehören zu anderen Basismodellen und sind nicht Zahl für Zahl vergleichbar</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>Modul</translation>
    </message>
    <message>
        <source>Whose experts are shown</source>
        <translation>Wessen Experten gezeigt werden</translation>
    </message>
    <message>
        <source>Each cell: a layer&apos;s experts from 0, side by side, in percent of the task&apos;s tokens. Dark: none; bright: twice an equal share.</source>
        <translation>Jede Zelle: die Experten einer Schicht ab 0 nebeneinander, in Prozent der Token der Aufgabe. Dunkel: keine; hell: das Doppelte eines gleichen Anteils.</translation>
    </message>
    <message>
        <source>mean over tasks</source>
        <translation>Mittel über Aufgaben</translation>
    </message>
    <message numerus="yes">
        <source>%n published number(s) tell no parameters and cannot be drawn.</source>
        <translation>
            <numerusform>%n veröffentlichte Zahl nennt keine Parameter und kann nicht gezeichnet werden.</numerusform>
            <numerusform>%n veröffentlichte Zahlen nennen keine Parameter und können nicht gezeichnet werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Allocation</source>
        <translation>Zuteilung</translation>
    </message>
    <message>
        <source>all modules</source>
        <translation>alle Module</translation>
    </message>
    <message>
        <source>Choose a cell of the table above: the experts of its run appear here.</source>
        <translation>Wählen Sie oben eine Zelle der Tabelle: die Experten ihres Laufs erscheinen hier.</translation>
    </message>
    <message>
        <source>%1 has logged no loads by task: it has no routed experts, or has not trained far enough.</source>
        <translation>%1 hat keine Auslastung nach Aufgaben aufgezeichnet: er hat keine Experten mit Router oder wurde noch nicht weit genug trainiert.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a run and what follows</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Published numbers are of trainable parameters: they are drawn against these only.</source>
        <translation>Veröffentlichte Zahlen nennen trainierbare Parameter: Nur gegen diese werden sie gezeichnet.</translation>
    </message>
    <message>
        <source>Points appear here as runs of the study finish.</source>
        <translation>Hier erscheinen Punkte, sobald Läufe der Studie fertig sind.</translation>
    </message>
</context>
<context>
    <name>hilo::StudyInspector</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs behind the chosen cell</source>
        <translation>Läufe hinter der gewählten Zelle</translation>
    </message>
    <message>
        <source>Return or a double click shows the run on the page Runs</source>
        <translation>Eingabetaste oder Doppelklick zeigt den Lauf auf der Seite Läufe</translation>
    </message>
    <message>
        <source>Compare them</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Select these runs on the page Compare</source>
        <translation>Diese Läufe auf der Seite Vergleich wählen</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Choose a cell of the table: its value, its difference and its runs stand here.</source>
        <translation>Wählen Sie eine Zelle der Tabelle: ihr Wert, ihr Unterschied und ihre Läufe stehen dann hier.</translation>
    </message>
</context>
<context>
    <name>hilo::StudyMatrix</name>
    <message>
        <source>Allocations down, tasks across</source>
        <translation>Zuteilungen nach unten, Aufgaben nach rechts</translation>
    </message>
    <message>
        <source>Arrow keys move, Return shows the runs of a cell</source>
        <translation>Pfeiltasten bewegen, die Eingabetaste zeigt die Läufe einer Zelle</translation>
    </message>
    <message>
        <source>Mean, difference and rank, which do not scroll</source>
        <translation>Mittel, Unterschied und Rang, die nicht mitrollen</translation>
    </message>
</context>
<context>
    <name>hilo::StudyModel</name>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>one seed only</source>
        <translation>nur ein Startwert</translation>
    </message>
    <message>
        <source>no clear difference</source>
        <translation>kein klarer Unterschied</translation>
    </message>
    <message>
        <source>of these runs only</source>
        <translation>nur bei diesen Läufen</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a difference and what it means</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>an allocation and a task</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>No run has finished yet.</source>
        <translation>Noch ist kein Lauf beendet.</translation>
    </message>
    <message>
        <source>seed %1: %2</source>
        <translation>Startwert %1: %2</translation>
    </message>
    <message>
        <source>The interval knows of seeds and of %1 test rows.</source>
        <translation>Das Intervall berücksichtigt Startwerte und %1 Testzeilen.</translation>
    </message>
    <message>
        <source>The interval knows of seeds only.</source>
        <translation>Das Intervall berücksichtigt nur Startwerte.</translation>
    </message>
    <message>
        <source>%1 from %2: %3</source>
        <translation>%1 gegenüber %2: %3</translation>
    </message>
    <message>
        <source> (%1, not corrected)</source>
        <translation> (%1, nicht korrigiert)</translation>
    </message>
    <message>
        <source>Return or a double click shows its runs.</source>
        <translation>Eingabetaste oder Doppelklick zeigt ihre Läufe.</translation>
    </message>
    <message>
        <source>Mean over tasks: %1</source>
        <translation>Mittel über die Aufgaben: %1</translation>
    </message>
    <message>
        <source>No mean: a task has no value, or the metrics of the tasks cannot be averaged.</source>
        <translation>Kein Mittel: eine Aufgabe hat keinen Wert, oder die Maße der Aufgaben lassen sich nicht mitteln.</translation>
    </message>
    <message>
        <source>%1: %2 trainable parameters, total rank %3, learning rate %4, mean scaling %5</source>
        <translation>%1: %2 trainierbare Parameter, Summe der Ränge %3, Lernrate %4, mittlere Skalierung %5</translation>
    </message>
    <message>
        <source>%1: one token uses %2 parameters</source>
        <translation>%1: ein Token nutzt %2 Parameter</translation>
    </message>
    <message>
        <source>%1: no mean rank; some task has no value of every allocation yet</source>
        <translation>%1: kein mittlerer Rang; eine Aufgabe hat noch nicht von jeder Zuteilung einen Wert</translation>
    </message>
    <message>
        <source> (%1 … %2)</source>
        <translation> (%1 … %2)</translation>
    </message>
    <message numerus="yes">
        <source>%1: mean rank %2%3 over %n task(s); 1 is best</source>
        <translation>
            <numerusform>%1: mittlerer Rang %2%3 über %n Aufgabe; 1 ist am besten</numerusform>
            <numerusform>%1: mittlerer Rang %2%3 über %n Aufgaben; 1 ist am besten</numerusform>
        </translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>Trainierbar</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Mean rank</source>
        <translation>Mittlerer Rang</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Gegenüber %1</translation>
    </message>
    <message>
        <source>Parameters that are trained</source>
        <translation>Parameter, die trainiert werden</translation>
    </message>
    <message>
        <source>Parameters that one token uses</source>
        <translation>Parameter, die ein Token nutzt</translation>
    </message>
    <message>
        <source>Mean over the tasks; its interval is in the tool tip of each cell</source>
        <translation>Mittel über die Aufgaben; das Intervall steht im Hinweis jeder Zelle</translation>
    </message>
    <message>
        <source>Mean over the tasks of the place among all allocations; 1 is best, ties share their places</source>
        <translation>Mittel des Platzes unter allen Zuteilungen über die Aufgaben; 1 ist am besten, Gleiche teilen sich die Plätze</translation>
    </message>
    <message>
        <source>Paired by task and seed; “better” and “worse” hold after Holm&apos;s correction over the study</source>
        <translation>Gepaart nach Aufgabe und Startwert; „besser“ und „schlechter“ gelten nach Holms Korrektur über die Studie</translation>
    </message>
</context>
<context>
    <name>hilo::StudyPage</name>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Plan a study…</source>
        <translation>Studie planen …</translation>
    </message>
    <message>
        <source>Which of the project&apos;s studies is shown</source>
        <translation>Welche Studie des Projekts gezeigt wird</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht …</translation>
    </message>
    <message>
        <source>The table and what follows, for papers and colleagues</source>
        <translation>Die Tabelle und was daraus folgt, für Veröffentlichungen und Kollegen</translation>
    </message>
    <message>
        <source>Shown chart (SVG, PDF, PNG)…</source>
        <translation>Gezeigtes Diagramm (SVG, PDF, PNG) …</translation>
    </message>
    <message>
        <source>New study…</source>
        <translation>Neue Studie …</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>Was daraus folgt</translation>
    </message>
    <message>
        <source>Plan tasks × allocations × budgets × seeds, and see what it takes before it starts</source>
        <translation>Aufgaben × Zuteilungen × Budgets × Startwerte planen und vor dem Beginn sehen, was sie brauchen</translation>
    </message>
    <message>
        <source>Show the runs of the cell</source>
        <translation>Läufe der Zelle zeigen</translation>
    </message>
    <message>
        <source>On the page Runs, or on Compare where there are several</source>
        <translation>Auf der Seite Läufe, oder auf Vergleich, wenn es mehrere sind</translation>
    </message>
    <message>
        <source>Copy the selected cells</source>
        <translation>Gewählte Zellen kopieren</translation>
    </message>
    <message>
        <source>As lines of a table, for a spreadsheet</source>
        <translation>Als Zeilen einer Tabelle, für eine Tabellenkalkulation</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Read the study and its runs from the disk</source>
        <translation>Die Studie und ihre Läufe neu von der Festplatte lesen</translation>
    </message>
    <message>
        <source>Studies belong to a project. Open one or make one on the page Start (Ctrl+1).</source>
        <translation>Studien gehören zu einem Projekt. Öffnen oder erstellen Sie eines auf der Seite Start (Strg+1).</translation>
    </message>
    <message>
        <source>Reading the studies …</source>
        <translation>Die Studien werden gelesen …</translation>
    </message>
    <message>
        <source>This project has no study yet. A study trains every allocation on every task with several seeds, and says with intervals which of them differ.</source>
        <translation>Dieses Projekt hat noch keine Studie. Eine Studie trainiert jede Zuteilung auf jeder Aufgabe mit mehreren Startwerten und sagt mit Intervallen, welche sich unterscheiden.</translation>
    </message>
    <message>
        <source>one run on all tasks</source>
        <translation>ein Lauf auf allen Aufgaben</translation>
    </message>
    <message>
        <source>a run a task</source>
        <translation>ein Lauf je Aufgabe</translation>
    </message>
    <message>
        <source>No run of this cell has finished yet.</source>
        <translation>Noch ist kein Lauf dieser Zelle beendet.</translation>
    </message>
    <message>
        <source>The study stops: running runs keep a checkpoint, “Continue” goes on from there.</source>
        <translation>Die Studie hält an: laufende Läufe heben einen Zwischenstand auf, „Fortsetzen“ geht von dort weiter.</translation>
    </message>
    <message>
        <source>The study “%1” is being trained.</source>
        <translation>Die Studie „%1“ wird trainiert.</translation>
    </message>
    <message>
        <source>The study “%1” is being planned …</source>
        <translation>Die Studie „%1“ wird geplant …</translation>
    </message>
    <message>
        <source>SVG picture (*.svg);;PDF document (*.pdf);;PNG picture (*.png)</source>
        <translation>SVG-Bild (*.svg);;PDF-Dokument (*.pdf);;PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Intervals, ranks and what follows are being worked out …</source>
        <translation>Intervalle, Ränge und was daraus folgt werden berechnet …</translation>
    </message>
    <message numerus="yes">
        <source>%n allocation(s)</source>
        <translation>
            <numerusform>%n Zuteilung</numerusform>
            <numerusform>%n Zuteilungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n Aufgabe</numerusform>
            <numerusform>%n Aufgaben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n Startwert</numerusform>
            <numerusform>%n Startwerte</numerusform>
        </translation>
    </message>
    <message>
        <source>The page is being written …</source>
        <translation>Die Seite wird geschrieben …</translation>
    </message>
</context>
<context>
    <name>hilo::StudyProgressPanel</name>
    <message>
        <source>Progress of the study</source>
        <translation>Fortschritt der Studie</translation>
    </message>
    <message>
        <source>Runs that have finished</source>
        <translation>Beendete Läufe</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the running runs with a checkpoint and take the others out of the queue</source>
        <translation>Laufende Läufe mit einem Zwischenstand anhalten und die anderen aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Queue what is not finished; runs go on from their newest checkpoint</source>
        <translation>Einreihen, was nicht beendet ist; Läufe gehen von ihrem neuesten Zwischenstand weiter</translation>
    </message>
</context>
<context>
    <name>hilo::StudyScale</name>
    <message>
        <source>Scale of the colours</source>
        <translation>Skala der Farben</translation>
    </message>
    <message>
        <source>Difference from the first allocation; a triangle and bold numbers mark those whose interval does not hold 0</source>
        <translation>Unterschied zur ersten Zuteilung; ein Dreieck und fette Zahlen kennzeichnen die, deren Intervall die 0 nicht enthält</translation>
    </message>
    <message>
        <source>▼ worse</source>
        <translation>▼ schlechter</translation>
    </message>
    <message>
        <source>better ▲</source>
        <translation>besser ▲</translation>
    </message>
</context>
<context>
    <name>hilo::TaskExpertModel</name>
    <message>
        <source>%1 and %2</source>
        <comment>two tasks</comment>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1 share %2 of their experts&apos; work.</source>
        <translation>%1 teilen sich %2 der Arbeit ihrer Experten.</translation>
    </message>
    <message>
        <source>%1 share most of their experts&apos; work (%2), %3 least (%4).</source>
        <translation>%1 teilen sich am meisten der Arbeit ihrer Experten (%2), %3 am wenigsten (%4).</translation>
    </message>
    <message>
        <source>The routers hardly tell the tasks apart.</source>
        <translation>Die Router unterscheiden die Aufgaben kaum.</translation>
    </message>
    <message>
        <source>Layer %1: two tasks have %2 of their experts&apos; work in common, in the mean over all pairs. 1 means that the router does not tell them apart.</source>
        <translation>Schicht %1: zwei Aufgaben haben im Mittel über alle Paare %2 der Arbeit ihrer Experten gemeinsam. 1 heißt, dass der Router sie nicht unterscheidet.</translation>
    </message>
    <message>
        <source>Layer %1: no overlap to tell</source>
        <translation>Schicht %1: keine Überschneidung bekannt</translation>
    </message>
    <message>
        <source>Layer %1, %2: nothing was logged</source>
        <translation>Schicht %1, %2: nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>expert %1: %2</source>
        <translation>Experte %1: %2</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3.</source>
        <translation>Schicht %1, %2: %3.</translation>
    </message>
    <message>
        <source>Entropy %1 of that of equal shares.</source>
        <translation>Entropie %1 derjenigen gleicher Anteile.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an expert and its share</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>Überschneidung</translation>
    </message>
    <message>
        <source>Share of %1&apos;s tokens that each expert of the layer gets</source>
        <translation>Anteil der Token von %1, den jeder Experte der Schicht bekommt</translation>
    </message>
    <message>
        <source>What the tasks&apos; shares have in common, in the mean over all pairs of tasks</source>
        <translation>Was die Anteile der Aufgaben gemeinsam haben, im Mittel über alle Paare von Aufgaben</translation>
    </message>
</context>
<context>
    <name>hilo::TaskExpertTable</name>
    <message>
        <source>Experts by task: layers down, tasks across</source>
        <translation>Experten nach Aufgabe: Schichten nach unten, Aufgaben nach rechts</translation>
    </message>
</context>
<context>
    <name>hilo::TaskListModel</name>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>by the columns</source>
        <translation>nach den Spalten</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>alle Zeilen</translation>
    </message>
    <message>
        <source>the run&apos;s</source>
        <translation>wie der Lauf</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>Verfahren</translation>
    </message>
</context>
<context>
    <name>hilo::TaskListPanel</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Add task</source>
        <translation>Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>Train on further data in the same run; each task has data, template, weight and measure of its own</source>
        <translation>Im selben Lauf mit weiteren Daten trainieren; jede Aufgabe hat eigene Daten, Vorlage, Gewicht und Messung</translation>
    </message>
    <message>
        <source>Remove task</source>
        <translation>Aufgabe entfernen</translation>
    </message>
    <message>
        <source>Leave the chosen task out of the run; its data stays where it is</source>
        <translation>Die gewählte Aufgabe aus dem Lauf nehmen; ihre Daten bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>Tasks of the run</source>
        <translation>Aufgaben des Laufs</translation>
    </message>
    <message>
        <source>Choose a task to see and change its settings below</source>
        <translation>Eine Aufgabe wählen, um ihre Einstellungen unten zu sehen und zu ändern</translation>
    </message>
</context>
<context>
    <name>hilo::TaskResultModel</name>
    <message>
        <source>whole run</source>
        <translation>ganzer Lauf</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message numerus="yes">
        <source>Mean over the %n task(s) that have it</source>
        <translation>
            <numerusform>Mittel über die %n Aufgabe, die es hat</numerusform>
            <numerusform>Mittel über die %n Aufgaben, die es haben</numerusform>
        </translation>
    </message>
    <message>
        <source>With the 95 % interval of its evaluation</source>
        <translation>Mit dem 95-%-Intervall seiner Auswertung</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
</context>
<context>
    <name>hilo::TaskShareModel</name>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Choose a task to see its rows and change what it reads</source>
        <translation>Eine Aufgabe wählen, um ihre Zeilen zu sehen und zu ändern, was sie liest</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows that can be trained on</source>
        <translation>Zeilen, mit denen trainiert werden kann</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>The first training rows only; 0: all. Double-click to change it</source>
        <translation>Nur die ersten Trainingszeilen; 0: alle. Doppelklick ändert es</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Times the task&apos;s share. Double-click to change it</source>
        <translation>Mal den Anteil der Aufgabe. Doppelklick ändert es</translation>
    </message>
    <message>
        <source>rows of an epoch</source>
        <translation>Zeilen einer Epoche</translation>
    </message>
    <message>
        <source>How many of an epoch&apos;s rows are the task&apos;s</source>
        <translation>Wie viele Zeilen einer Epoche die Aufgabe hat</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Of the rows of every epoch, and so of the steps</source>
        <translation>An den Zeilen jeder Epoche und damit an den Schritten</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>Durchgänge</translation>
    </message>
    <message>
        <source>How often an epoch goes through the task&apos;s rows</source>
        <translation>Wie oft eine Epoche durch die Zeilen der Aufgabe geht</translation>
    </message>
</context>
<context>
    <name>hilo::TokenHistogram</name>
    <message>
        <source>Histogram of tokens per row</source>
        <translation>Histogramm der Token je Zeile</translation>
    </message>
    <message>
        <source>tokens per row</source>
        <translation>Token je Zeile</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Median %1, longest %2 tokens.</source>
        <translation>Median %1, längste %2 Token.</translation>
    </message>
    <message>
        <source>No row is longer than %1.</source>
        <translation>Keine Zeile ist länger als %1.</translation>
    </message>
    <message>
        <source>%1 of %2 rows (%3) are longer than %4 and lose their beginning.</source>
        <translation>%1 von %2 Zeilen (%3) sind länger als %4 und verlieren ihren Anfang.</translation>
    </message>
    <message>
        <source>%1 of %2 texts are longer than %3 and go through whole, in %4 windows.</source>
        <translation>%1 von %2 Texten sind länger als %3 und gehen ganz durch, in %4 Fenstern.</translation>
    </message>
</context>
<context>
    <name>hilo::TokenView</name>
    <message>
        <source>Generated text</source>
        <translation>Erzeugter Text</translation>
    </message>
    <message>
        <source>white space</source>
        <translation>Leerraum</translation>
    </message>
    <message>
        <source>%1: not read yet</source>
        <translation>%1: noch nicht gelesen</translation>
    </message>
    <message>
        <source>expert %1 (%2)</source>
        <translation>Experte %1 (%2)</translation>
    </message>
    <message>
        <source>%1: no expert, only null experts were chosen</source>
        <translation>%1: kein Experte, nur Null-Experten wurden gewählt</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Systemprompt</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
</context>
<context>
    <name>hilo::TrainingEstimator</name>
    <message>
        <source>The most that the default settings of training allow: %1 rows of %2 tokens, float32</source>
        <translation>Das Meiste, was die Grundeinstellungen des Trainings erlauben: %1 Zeilen zu %2 Token, float32</translation>
    </message>
    <message>
        <source>The most that the settings of %1 allow</source>
        <translation>Das Meiste, was die Einstellungen von %1 erlauben</translation>
    </message>
    <message>
        <source>The most that the settings of %1 allow; its rows could not be measured</source>
        <translation>Das Meiste, was die Einstellungen von %1 erlauben; seine Zeilen konnten nicht gemessen werden</translation>
    </message>
    <message>
        <source>Without %1 of experts that no row passes in the base model; adapters may send rows to them</source>
        <translation>Ohne %1 an Experten, durch die im Basismodell keine Zeile geht; Adapter können Zeilen zu ihnen schicken</translation>
    </message>
    <message numerus="yes">
        <source>With the settings of %1: %n micro-batch(es) of at most %2 tokens</source>
        <translation>
            <numerusform>Mit den Einstellungen von %1: %n Teilstapel von höchstens %2 Token</numerusform>
            <numerusform>Mit den Einstellungen von %1: %n Teilstapel von höchstens %2 Token</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::TryColumn</name>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Which run&apos;s adapter continues the prompt in this column</source>
        <translation>Wessen Laufs Adapter den Prompt in dieser Spalte fortsetzt</translation>
    </message>
    <message>
        <source>Choose adapter</source>
        <translation>Adapter wählen</translation>
    </message>
    <message>
        <source>Shares of the experts</source>
        <translation>Anteile der Experten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>Anderer Ordner …</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n Token</numerusform>
            <numerusform>%n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 tokens/s</source>
        <translation>, %1 Token/s</translation>
    </message>
    <message>
        <source>, stopped</source>
        <translation>, angehalten</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1 tokens/s</source>
        <translation>
            <numerusform>%n Token, %1 Token/s</numerusform>
            <numerusform>%n Token, %1 Token/s</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Expert: %1</source>
        <translation>Experte: %1</translation>
    </message>
    <message>
        <source>What the base model writes appears here.</source>
        <translation>Was das Basismodell schreibt, erscheint hier.</translation>
    </message>
    <message>
        <source>Choose a run&apos;s adapter above to see what the model writes with it.</source>
        <translation>Wählen Sie oben den Adapter eines Laufs, um zu sehen, was das Modell damit schreibt.</translation>
    </message>
    <message>
        <source>What the model writes with this adapter appears here, each token in the colour of the expert that weighed most.</source>
        <translation>Was das Modell mit diesem Adapter schreibt, erscheint hier, jedes Token in der Farbe des Experten mit dem größten Gewicht.</translation>
    </message>
</context>
<context>
    <name>hilo::TryPage</name>
    <message>
        <source>Try</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>One prompt, the base model and up to two adapters side by side</source>
        <translation>Ein Prompt, das Basismodell und bis zu zwei Adapter nebeneinander</translation>
    </message>
    <message>
        <source>Row of the data</source>
        <translation>Zeile der Daten</translation>
    </message>
    <message>
        <source>Take the prompt of a test row; again for the next one</source>
        <translation>Den Prompt einer Testzeile nehmen; erneut für die nächste</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>End the text that is being written and start no other (Esc)</source>
        <translation>Den entstehenden Text beenden und keinen weiteren beginnen (Esc)</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Continue the prompt with each model, one after another (Ctrl+Enter)</source>
        <translation>Den Prompt mit jedem Modell fortsetzen, eines nach dem anderen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>The beginning of a text, or a question</source>
        <translation>Der Anfang eines Textes oder eine Frage</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>&amp;Tokens</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>Most tokens of each text</source>
        <translation>Höchstzahl der Token jedes Textes</translation>
    </message>
    <message>
        <source>0 takes the most likely token every time</source>
        <translation>0 nimmt jedes Mal das wahrscheinlichste Token</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>&amp;Startwert</translation>
    </message>
    <message>
        <source>The same seed gives the same text</source>
        <translation>Derselbe Startwert gibt denselben Text</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>&amp;Gespräch</translation>
    </message>
    <message>
        <source>Colours of &amp;layer</source>
        <translation>Farben der S&amp;chicht</translation>
    </message>
    <message>
        <source>The layer whose routers colour the tokens; the same on all pages</source>
        <translation>Die Schicht, deren Router die Token färben; auf allen Seiten dieselbe</translation>
    </message>
    <message>
        <source>&amp;module</source>
        <translation>&amp;Modul</translation>
    </message>
    <message>
        <source>The module whose router colours the tokens</source>
        <translation>Das Modul, dessen Router die Token färbt</translation>
    </message>
    <message>
        <source>&amp;Numbers</source>
        <translation>&amp;Nummern</translation>
    </message>
    <message>
        <source>Write the expert&apos;s number behind each token</source>
        <translation>Die Nummer des Experten hinter jedes Token schreiben</translation>
    </message>
    <message>
        <source>Open a project or a model on the page Start (Ctrl+1)</source>
        <translation>Öffnen Sie auf der Seite Start (Strg+1) ein Projekt oder Modell</translation>
    </message>
    <message>
        <source>This model&apos;s folder has no weights, so it cannot write</source>
        <translation>Der Ordner dieses Modells hat keine Gewichte, daher kann es nicht schreiben</translation>
    </message>
    <message>
        <source>Tem&amp;perature</source>
        <translation>Tem&amp;peratur</translation>
    </message>
    <message>
        <source>S&amp;ystem prompt</source>
        <translation>S&amp;ystemprompt</translation>
    </message>
    <message>
        <source>How the assistant is to answer; may be empty</source>
        <translation>Wie der Assistent antworten soll; darf leer sein</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Systemprompt</translation>
    </message>
    <message>
        <source>Stands before the conversation; a change counts from the next answer on</source>
        <translation>Steht vor dem Gespräch; eine Änderung gilt ab der nächsten Antwort</translation>
    </message>
    <message>
        <source>Talk in turns, as the model&apos;s chat template writes them, with a system prompt</source>
        <translation>Im Wechsel sprechen, wie die Gesprächsvorlage des Modells es schreibt, mit Systemprompt</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Drop the last answers and ask once more; with the next seed where the temperature is above 0</source>
        <translation>Die letzten Antworten verwerfen und noch einmal fragen; mit dem nächsten Startwert, wenn die Temperatur über 0 ist</translation>
    </message>
    <message>
        <source>Remove last turn</source>
        <translation>Letzte Frage zurück</translation>
    </message>
    <message>
        <source>Take the last question and its answers back; the question can be edited and sent again</source>
        <translation>Die letzte Frage und ihre Antworten zurücknehmen; die Frage kann geändert und neu gesendet werden</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Begin a new conversation; the system prompt stays</source>
        <translation>Ein neues Gespräch beginnen; der Systemprompt bleibt</translation>
    </message>
    <message>
        <source>This model has no chat template: it goes on with plain text.</source>
        <translation>Dieses Modell hat keine Gesprächsvorlage: Es setzt reinen Text fort.</translation>
    </message>
    <message>
        <source>What you say to the assistant</source>
        <translation>Was Sie dem Assistenten sagen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Ask each model, one after another (Ctrl+Enter)</source>
        <translation>Jedes Modell fragen, eins nach dem anderen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>A conversation with the base model and up to two adapters side by side</source>
        <translation>Ein Gespräch mit dem Basismodell und bis zu zwei Adaptern nebeneinander</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>page to show: start, model, data, …</source>
        <translation>zu zeigende Seite: start, model, data, …</translation>
    </message>
    <message>
        <source>light, dark or system</source>
        <translation>light, dark oder system</translation>
    </message>
    <message>
        <source>draws every page, light and dark, 1x and 2x, into this folder, and ends</source>
        <translation>zeichnet jede Seite, hell und dunkel, 1x und 2x, in diesen Ordner und endet</translation>
    </message>
    <message>
        <source>of the window, WIDTHxHEIGHT</source>
        <translation>des Fensters, BREITExHÖHE</translation>
    </message>
    <message>
        <source>Fine-tune language models with a mixture of LoRA experts.</source>
        <translation>Sprachmodelle mit einer Mischung von LoRA-Experten feinabstimmen.</translation>
    </message>
    <message>
        <source>project, model folder or .gguf file</source>
        <translation>Projekt, Modellordner oder .gguf-Datei</translation>
    </message>
</context>
<context>
    <name>saveChart</name>
    <message>
        <source>Save chart</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>%1 kann nicht geschrieben werden.</translation>
    </message>
</context>
</TS>
