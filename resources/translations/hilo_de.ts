<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
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
        <source>Ranks of layer %1 %2</source>
        <translation>Ränge von Schicht %1 %2</translation>
    </message>
    <message>
        <source>%1 is %2 × %3: a rank can be at most %4.</source>
        <translation>%1 ist %2 × %3: Ein Rang kann höchstens %4 sein.</translation>
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
</context>
<context>
    <name>hilo::ComparisonChart</name>
    <message>
        <source>Accuracy against parameters, with the Pareto front</source>
        <translation>Genauigkeit gegen Parameter, mit Pareto-Front</translation>
    </message>
    <message>
        <source>accuracy (%)</source>
        <translation>Genauigkeit (%)</translation>
    </message>
    <message>
        <source>Pareto front</source>
        <translation>Pareto-Front</translation>
    </message>
    <message>
        <source>On the Pareto front: nothing is both smaller and more accurate.</source>
        <translation>Auf der Pareto-Front: Nichts ist zugleich kleiner und genauer.</translation>
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
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Layer %1; an equal share is %2</source>
        <translation>Schicht %1; ein gleicher Anteil ist %2</translation>
    </message>
    <message>
        <source>expert %1: %2 of the chosen slots</source>
        <translation>Experte %1: %2 der gewählten Plätze</translation>
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
        <source>Similar run</source>
        <translation>Ähnlicher Lauf</translation>
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
        <source>No finished run of this project is within a factor of three of this map&apos;s trainable parameters.</source>
        <translation>Kein fertiger Lauf dieses Projekts liegt innerhalb des Dreifachen der trainierbaren Parameter dieser Karte.</translation>
    </message>
    <message>
        <source>Accuracy of the finished runs whose trainable parameters are nearest:</source>
        <translation>Genauigkeit der fertigen Läufe mit den nächsten trainierbaren Parametern:</translation>
    </message>
    <message>
        <source>%1: %2, %3 trainable</source>
        <translation>%1: %2, %3 trainierbar</translation>
    </message>
</context>
<context>
    <name>hilo::MetricChart</name>
    <message>
        <source>Wheel: zoom over steps. Drag: move. Double click: everything.</source>
        <translation>Rad: über die Schritte zoomen. Ziehen: verschieben. Doppelklick: alles.</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Chart of %1 over steps</source>
        <translation>Diagramm von %1 über die Schritte</translation>
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
        <source>%n tensor(s), %1</source>
        <translation>
            <numerusform>%n Tensor, %1</numerusform>
            <numerusform>%n Tensoren, %1</numerusform>
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
        <source>%n tensor(s)</source>
        <translation>
            <numerusform>%n Tensor</numerusform>
            <numerusform>%n Tensoren</numerusform>
        </translation>
    </message>
    <message>
        <source>This folder has no weights: planning works, training does not.</source>
        <translation>Dieser Ordner hat keine Gewichte: Planen geht, Trainieren nicht.</translation>
    </message>
    <message>
        <source>No tensor has “%1” in its name.</source>
        <translation>Kein Tensor hat „%1“ im Namen.</translation>
    </message>
    <message>
        <source>%1 of %2 tensors</source>
        <translation>%1 von %2 Tensoren</translation>
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
        <source>Memory in use of this computer</source>
        <translation>Belegter Speicher dieses Rechners</translation>
    </message>
    <message>
        <source>Queue: empty</source>
        <translation>Warteschlange: leer</translation>
    </message>
    <message>
        <source>Queue: %1 running, %2 waiting</source>
        <translation>Warteschlange: %1 läuft, %2 warten</translation>
    </message>
    <message>
        <source>Memory %1 of %2</source>
        <translation>Speicher %1 von %2</translation>
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
        <source>Hugging Face folder (config.json, safetensors) or .gguf file; it stays where it is</source>
        <translation>Hugging-Face-Ordner (config.json, safetensors) oder .gguf-Datei; bleibt, wo er ist</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>2. &amp;Data</source>
        <translation>2. &amp;Daten</translation>
    </message>
    <message>
        <source>Folder with train and test files, or one JSONL, JSON, CSV, TSV or text file; may be chosen later</source>
        <translation>Ordner mit Trainings- und Testdateien oder eine JSONL-, JSON-, CSV-, TSV- oder Textdatei; kann später gewählt werden</translation>
    </message>
    <message>
        <source>Data (*.jsonl *.json *.csv *.tsv *.txt)</source>
        <translation>Daten (*.jsonl *.json *.csv *.tsv *.txt)</translation>
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
    <message numerus="yes">
        <source>%n file(s) in this folder</source>
        <translation>
            <numerusform>%n Datei in diesem Ordner</numerusform>
            <numerusform>%n Dateien in diesem Ordner</numerusform>
        </translation>
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
    <name>hilo::StartPage</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>&lt;p&gt;Open a project, a Hugging Face model folder or a .gguf file; or drop one on this window.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A project&lt;/b&gt; is one folder: it names a model and data and holds allocation maps, complexity profiles and every run that was trained with them. It can be moved or copied as a whole.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A model alone&lt;/b&gt; is enough to look at its architecture and to plan an allocation; config.json is all that planning needs.&lt;/p&gt;&lt;p&gt;&lt;b&gt;The sample project&lt;/b&gt; opens at once: a small base model and a real task, the classes of WordNet glosses (Princeton WordNet 3.0).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; the pages on the left follow the order of the work. Ctrl+1 to Ctrl+9 show them, F1 explains each, F9 hides and shows the inspector.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Öffnen Sie ein Projekt, einen Hugging-Face-Modellordner oder eine .gguf-Datei, oder ziehen Sie eines auf dieses Fenster.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ein Projekt&lt;/b&gt; ist ein Ordner: Es nennt Modell und Daten und enthält Zuteilungskarten, Komplexitätsprofile und jeden Lauf, der damit trainiert wurde. Es lässt sich als Ganzes verschieben oder kopieren.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ein Modell allein&lt;/b&gt; genügt, um seine Architektur anzusehen und eine Zuteilung zu planen; zum Planen reicht config.json.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Das Beispielprojekt&lt;/b&gt; öffnet sofort: ein kleines Basismodell und eine echte Aufgabe, die Klassen von WordNet-Glossen (Princeton WordNet 3.0).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Weiter:&lt;/b&gt; Die Seiten links folgen der Reihenfolge der Arbeit. Strg+1 bis Strg+9 zeigen sie, F1 erklärt jede, F9 blendet den Inspektor aus und ein.&lt;/p&gt;</translation>
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
        <source>Preview: %1 trainable, %2 active per token. Locked cells stay.</source>
        <translation>Vorschau: %1 trainierbar, %2 aktiv je Token. Gesperrte Zellen bleiben.</translation>
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
    <message numerus="yes">
        <source>With the settings of %1: %n micro-batch(es) of at most %2 tokens</source>
        <translation>
            <numerusform>Mit den Einstellungen von %1: %n Teilstapel von höchstens %2 Token</numerusform>
            <numerusform>Mit den Einstellungen von %1: %n Teilstapel von höchstens %2 Token</numerusform>
        </translation>
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
</TS>
