<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- Texts of core and of resources/help: see widgets/common/core_text.h. By hand; lupdate does not touch this file. -->
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>CoreTexts</name>
    <message>
        <source>The training loss is no number any more.</source>
        <extracomment>check of runs loss-not-finite</extracomment>
        <translation>Der Trainingsverlust ist keine Zahl mehr.</translation>
    </message>
    <message>
        <source>Since step %1.</source>
        <extracomment>check of runs loss-not-finite, detail</extracomment>
        <translation>Seit Schritt %1.</translation>
    </message>
    <message>
        <source>Resume from a checkpoint before that step with a lower learning rate, a longer warm-up or clipped gradients.</source>
        <extracomment>check of runs loss-not-finite, what to do</extracomment>
        <translation>Von einem Checkpoint vor diesem Schritt mit kleinerer Lernrate, längerem Anlauf oder begrenzten Gradienten weitermachen.</translation>
    </message>
    <message>
        <source>The training loss has risen far above its lowest.</source>
        <extracomment>check of runs loss-diverges</extracomment>
        <translation>Der Trainingsverlust ist weit über seinen niedrigsten Wert gestiegen.</translation>
    </message>
    <message>
        <source>%1 at the end, %2 at its lowest, up to step %3.</source>
        <extracomment>check of runs loss-diverges, detail</extracomment>
        <translation>%1 am Ende, %2 am niedrigsten, bis Schritt %3.</translation>
    </message>
    <message>
        <source>Resume from a checkpoint before the rise, or train again, with a lower learning rate or a longer warm-up.</source>
        <extracomment>check of runs loss-diverges, what to do</extracomment>
        <translation>Von einem Checkpoint vor dem Anstieg weitermachen oder neu trainieren, mit kleinerer Lernrate oder längerem Anlauf.</translation>
    </message>
    <message>
        <source>Nothing is learnt: the gradient is zero.</source>
        <extracomment>check of runs gradient-zero</extracomment>
        <translation>Es wird nichts gelernt: Der Gradient ist null.</translation>
    </message>
    <message>
        <source>At the last %1 measured steps.</source>
        <extracomment>check of runs gradient-zero, detail</extracomment>
        <translation>An den letzten %1 gemessenen Schritten.</translation>
    </message>
    <message>
        <source>Look at the rows on the page Data: whether they have answers that are learnt, and whether the map leaves adapters to train.</source>
        <extracomment>check of runs gradient-zero, what to do</extracomment>
        <translation>Auf der Seite Daten nachsehen, ob die Zeilen Antworten haben, die gelernt werden, und ob die Karte Adapter zum Trainieren übrig lässt.</translation>
    </message>
    <message>
        <source>The accuracy is below that of always giving the most frequent answer.</source>
        <extracomment>check of runs below-majority</extracomment>
        <translation>Die Genauigkeit liegt unter der, immer die häufigste Antwort zu geben.</translation>
    </message>
    <message>
        <source>%1: %2 %, against %3 %.</source>
        <extracomment>check of runs below-majority, detail</extracomment>
        <translation>%1: %2 %, gegen %3 %.</translation>
    </message>
    <message>
        <source>Look at the template and the labels on the page Data, train for longer, or lower the learning rate.</source>
        <extracomment>check of runs below-majority, what to do</extracomment>
        <translation>Vorlage und Labels auf der Seite Daten ansehen, länger trainieren oder die Lernrate senken.</translation>
    </message>
    <message>
        <source>Routers send nearly every token to one expert.</source>
        <extracomment>check of runs experts-collapsed</extracomment>
        <translation>Router schicken fast jedes Token zu einem einzigen Experten.</translation>
    </message>
    <message>
        <source>%1 of %2 routers, most of all in layer %3: %4 % (step %5).</source>
        <extracomment>check of runs experts-collapsed, detail</extracomment>
        <translation>%1 von %2 Routern, am stärksten in Schicht %3: %4 % (Schritt %5).</translation>
    </message>
    <message>
        <source>Raise the weight of the load-balancing loss or lower the learning rate; or give these modules one expert, for the parameters of the others serve nothing.</source>
        <extracomment>check of runs experts-collapsed, what to do</extracomment>
        <translation>Das Gewicht des Lastausgleichs erhöhen oder die Lernrate senken; oder diesen Modulen einen Experten geben, denn die Parameter der anderen nützen nichts.</translation>
    </message>
    <message>
        <source>Half of the experts of a module or more are hardly used.</source>
        <extracomment>check of runs experts-idle</extracomment>
        <translation>Die Hälfte der Experten eines Moduls oder mehr wird kaum benutzt.</translation>
    </message>
    <message>
        <source>In %1 modules, most of all %2 of %3 experts in layer %4 (step %5).</source>
        <extracomment>check of runs experts-idle, detail</extracomment>
        <translation>In %1 Modulen, am stärksten %2 von %3 Experten in Schicht %4 (Schritt %5).</translation>
    </message>
    <message>
        <source>Raise the weight of the load-balancing loss, or give these modules fewer experts of a higher rank.</source>
        <extracomment>check of runs experts-idle, what to do</extracomment>
        <translation>Das Gewicht des Lastausgleichs erhöhen oder diesen Modulen weniger Experten höheren Rangs geben.</translation>
    </message>
    <message>
        <source>The loss on held-out rows has risen since its lowest.</source>
        <extracomment>check of runs validation-loss-rises</extracomment>
        <translation>Der Verlust auf zurückgehaltenen Zeilen ist seit seinem niedrigsten Wert gestiegen.</translation>
    </message>
    <message>
        <source>%1: %2 now, %3 at step %4.</source>
        <extracomment>check of runs validation-loss-rises, detail</extracomment>
        <translation>%1: jetzt %2, bei Schritt %4 %3.</translation>
    </message>
    <message>
        <source>Take the weights of the best step (select = best), stop earlier, or train on more rows.</source>
        <extracomment>check of runs validation-loss-rises, what to do</extracomment>
        <translation>Die Gewichte des besten Schritts nehmen (select = best), früher aufhören oder auf mehr Zeilen trainieren.</translation>
    </message>
    <message>
        <source>AdaMoE</source>
        <extracomment>strategy adamoe</extracomment>
        <translation>AdaMoE</translation>
    </message>
    <message>
        <source>A mixture whose router may also choose experts that do nothing, so that each token uses as many true experts as it needs (2406.13233). The run needs router = top_k_null.</source>
        <extracomment>strategy adamoe</extracomment>
        <translation>Eine Mischung, deren Router auch Experten wählen kann, die nichts tun, sodass jedes Token so viele echte Experten benutzt, wie es braucht (2406.13233). Der Lauf braucht router = top_k_null.</translation>
    </message>
    <message>
        <source>true experts: one number for all, digits or numbers per group of layers</source>
        <extracomment>strategy adamoe, setting experts</extracomment>
        <translation>echte Experten: eine Zahl für alle, Ziffern oder Zahlen je Gruppe von Schichten</translation>
    </message>
    <message>
        <source>experts that do nothing</source>
        <extracomment>strategy adamoe, setting null_experts</extracomment>
        <translation>Experten, die nichts tun</translation>
    </message>
    <message>
        <source>rank of every true expert</source>
        <extracomment>strategy adamoe, setting rank</extracomment>
        <translation>Rang jedes echten Experten</translation>
    </message>
    <message>
        <source>experts per token, null experts included</source>
        <extracomment>strategy adamoe, setting top_k</extracomment>
        <translation>Experten je Token, Null-Experten mitgezählt</translation>
    </message>
    <message>
        <source>modules that get adapters, with commas between; empty: all</source>
        <extracomment>strategy adamoe, setting modules</extracomment>
        <translation>Module, die Adapter bekommen, mit Kommas dazwischen; leer: alle</translation>
    </message>
    <message>
        <source>LoRA alpha of every expert</source>
        <extracomment>strategy adamoe, setting alpha</extracomment>
        <translation>LoRA-Alpha jedes Experten</translation>
    </message>
    <message>
        <source>Base experts</source>
        <extracomment>title of the setting base_experts</extracomment>
        <translation>Eigene Experten</translation>
    </message>
    <message>
        <source>of a model that is a mixture of experts itself: rank of a LoRA on each of its own experts, chosen by its own router; 0: they stay as they are</source>
        <extracomment>strategy adamoe, setting base_experts</extracomment>
        <translation>bei einem Modell, das selbst eine Expertenmischung ist: Rang eines LoRA auf jedem seiner eigenen Experten, die sein eigener Router wählt; 0: sie bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>Base experts signal</source>
        <extracomment>title of the setting base_experts_signal</extracomment>
        <translation>Signal der eigenen Experten</translation>
    </message>
    <message>
        <source>with base_experts: signal of the profile that their ranks follow, with base_experts as the mean; empty: the same rank in all</source>
        <extracomment>strategy adamoe, setting base_experts_signal</extracomment>
        <translation>mit base_experts: Signal des Profils, dem ihre Ränge folgen, mit base_experts als Mittel; leer: überall derselbe Rang</translation>
    </message>
    <message>
        <source>trainable parameters that the map may have at most: 1500000, 1.5M, 600MiB of memory in training, or same:MAP.json; ranks are scaled to it</source>
        <extracomment>strategy adamoe, setting budget</extracomment>
        <translation>trainierbare Parameter, die die Karte höchstens haben darf: 1500000, 1.5M, 600MiB Speicher im Training oder same:MAP.json; die Ränge werden darauf skaliert</translation>
    </message>
    <message>
        <source>with a budget: give what is left by single ranks spread over the depth, or leave it</source>
        <extracomment>strategy adamoe, setting fill</extracomment>
        <translation>bei einem Budget: was übrig bleibt, in einzelnen Rängen über die Tiefe verteilen, oder es übrig lassen</translation>
    </message>
    <message>
        <source>AlphaLoRA</source>
        <extracomment>strategy alphalora</extracomment>
        <translation>AlphaLoRA</translation>
    </message>
    <message>
        <source>Experts of a layer in proportion to a power of its PL_Alpha_Hill: the heavier the tail of its weights&apos; spectrum, the fewer (2410.10054; peijunallin/alphalora).</source>
        <extracomment>strategy alphalora</extracomment>
        <translation>Experten einer Schicht im Verhältnis zu einer Potenz ihres PL_Alpha_Hill: Je schwerer der Ausläufer im Spektrum ihrer Gewichte, desto weniger (2410.10054; peijunallin/alphalora).</translation>
    </message>
    <message>
        <source>experts of all layers together, per module</source>
        <extracomment>strategy alphalora, setting total</extracomment>
        <translation>Experten aller Schichten zusammen, je Modul</translation>
    </message>
    <message>
        <source>power of the layer&apos;s value</source>
        <extracomment>strategy alphalora, setting beta</extracomment>
        <translation>Exponent des Werts der Schicht</translation>
    </message>
    <message>
        <source>rank of every expert</source>
        <extracomment>strategy alphalora, setting rank</extracomment>
        <translation>Rang jedes Experten</translation>
    </message>
    <message>
        <source>the profile&apos;s signal with a value per layer</source>
        <extracomment>strategy alphalora, setting signal</extracomment>
        <translation>das Signal des Profils mit einem Wert je Schicht</translation>
    </message>
    <message>
        <source>values per layer instead of a profile, with commas between</source>
        <extracomment>strategy alphalora, setting values</extracomment>
        <translation>Werte je Schicht statt eines Profils, mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>as published, or exact shares by largest remainder within minimum and maximum</source>
        <extracomment>strategy alphalora, setting rounding</extracomment>
        <translation>wie veröffentlicht, oder genaue Anteile nach dem größten Rest zwischen minimum und maximum</translation>
    </message>
    <message>
        <source>fewest experts of a layer; only for exact rounding</source>
        <extracomment>strategy alphalora, setting minimum</extracomment>
        <translation>wenigste Experten einer Schicht; nur bei genauem Runden</translation>
    </message>
    <message>
        <source>most experts of a layer; only for exact rounding</source>
        <extracomment>strategy alphalora, setting maximum</extracomment>
        <translation>meiste Experten einer Schicht; nur bei genauem Runden</translation>
    </message>
    <message>
        <source>experts per token; one where a layer has one</source>
        <extracomment>strategy alphalora, setting top_k</extracomment>
        <translation>Experten je Token; einer, wo eine Schicht einen hat</translation>
    </message>
    <message>
        <source>Balanced (ours)</source>
        <extracomment>strategy balanced</extracomment>
        <translation>Ausgewogen (eigene)</translation>
    </message>
    <message>
        <source>Experts and ranks of all modules chosen together under a parameter budget so that an assumed gain is largest: weight x share of the update that the active ranks hold x (1 - diversity / experts), by dynamic programming. Without spectrum and weight from a profile it assumes that deeper layers need more ranks.</source>
        <extracomment>strategy balanced</extracomment>
        <translation>Experten und Ränge aller Module, unter einem Parameterbudget gemeinsam so gewählt, dass ein angenommener Gewinn am größten ist: Gewicht x Anteil der Änderung, den die aktiven Ränge fassen, x (1 - Vielfalt / Experten), durch dynamische Programmierung. Ohne Spektrum und Gewicht aus einem Profil nimmt sie an, dass tiefere Schichten mehr Ränge brauchen.</translation>
    </message>
    <message>
        <source>fewest experts of a module; 0: it may go without</source>
        <extracomment>strategy balanced, setting experts_min</extracomment>
        <translation>wenigste Experten eines Moduls; 0: Es darf leer ausgehen</translation>
    </message>
    <message>
        <source>most experts of a module</source>
        <extracomment>strategy balanced, setting experts_max</extracomment>
        <translation>meiste Experten eines Moduls</translation>
    </message>
    <message>
        <source>smallest rank of an expert</source>
        <extracomment>strategy balanced, setting rank_min</extracomment>
        <translation>kleinster Rang eines Experten</translation>
    </message>
    <message>
        <source>largest rank of an expert</source>
        <extracomment>strategy balanced, setting rank_max</extracomment>
        <translation>größter Rang eines Experten</translation>
    </message>
    <message>
        <source>experts per token; one where a module has one</source>
        <extracomment>strategy balanced, setting top_k</extracomment>
        <translation>Experten je Token; einer, wo ein Modul einen hat</translation>
    </message>
    <message>
        <source>share of the update that differs from input to input</source>
        <extracomment>strategy balanced, setting diversity</extracomment>
        <translation>Anteil der Änderung, der von Eingabe zu Eingabe verschieden ist</translation>
    </message>
    <message>
        <source>profile: signal whose spectra say what each rank captures</source>
        <extracomment>strategy balanced, setting spectrum</extracomment>
        <translation>Profil: Signal, dessen Spektren sagen, was jeder Rang erfasst</translation>
    </message>
    <message>
        <source>exponent of the spectrum&apos;s values; 0.5 makes squares plain values</source>
        <extracomment>strategy balanced, setting spectrum_power</extracomment>
        <translation>Exponent der Werte des Spektrums; 0.5 macht aus Quadraten einfache Werte</translation>
    </message>
    <message>
        <source>profile: signal that weighs the modules</source>
        <extracomment>strategy balanced, setting weight</extracomment>
        <translation>Profil: Signal, das die Module gewichtet</translation>
    </message>
    <message>
        <source>exponent of the weights; below 1 it evens them out</source>
        <extracomment>strategy balanced, setting weight_power</extracomment>
        <translation>Exponent der Gewichte; unter 1 gleicht er sie einander an</translation>
    </message>
    <message>
        <source>profile: signal that scales the diversity of each layer, or depth</source>
        <extracomment>strategy balanced, setting diversity_signal</extracomment>
        <translation>Profil: Signal, das die Vielfalt jeder Schicht skaliert, oder depth für die Tiefe</translation>
    </message>
    <message>
        <source>without spectrum: ranks that capture 63 % in the first layer</source>
        <extracomment>strategy balanced, setting tau_min</extracomment>
        <translation>ohne Spektrum: Ränge, die in der ersten Schicht 63 % erfassen</translation>
    </message>
    <message>
        <source>without spectrum: the same in the last layer</source>
        <extracomment>strategy balanced, setting tau_max</extracomment>
        <translation>ohne Spektrum: dasselbe in der letzten Schicht</translation>
    </message>
    <message>
        <source>units that the budget is divided into</source>
        <extracomment>strategy balanced, setting cells</extracomment>
        <translation>Einheiten, in die das Budget geteilt wird</translation>
    </message>
    <message>
        <source>EVA ranks</source>
        <extracomment>strategy eva</extracomment>
        <translation>EVA-Ränge</translation>
    </message>
    <message>
        <source>LoRA without a mixture: the explained-variance ratios of all modules&apos; inputs are pooled, and each module gets as many ranks as it has among the largest (huggingface/peft). Modules may get none.</source>
        <extracomment>strategy eva</extracomment>
        <translation>LoRA ohne Mischung: Die Anteile erklärter Varianz der Eingaben aller Module werden zusammengelegt, und jedes Modul bekommt so viele Ränge, wie es unter den größten hat (huggingface/peft). Module können leer ausgehen.</translation>
    </message>
    <message>
        <source>mean rank: rank times the number of modules is given out</source>
        <extracomment>strategy eva, setting rank</extracomment>
        <translation>mittlerer Rang: Verteilt wird Rang mal Zahl der Module</translation>
    </message>
    <message>
        <source>no module gets more than rho times the mean rank</source>
        <extracomment>strategy eva, setting rho</extracomment>
        <translation>kein Modul bekommt mehr als rho mal den mittleren Rang</translation>
    </message>
    <message>
        <source>the profile&apos;s signal with spectra per module</source>
        <extracomment>strategy eva, setting signal</extracomment>
        <translation>das Signal des Profils mit Spektren je Modul</translation>
    </message>
    <message>
        <source>GoRA ranks</source>
        <extracomment>strategy gora</extracomment>
        <translation>GoRA-Ränge</translation>
    </message>
    <message>
        <source>LoRA without a mixture: ranks in proportion to each module&apos;s mean |weight times gradient|, between two bounds (2502.12171; hhnqqq/MyTransformers).</source>
        <extracomment>strategy gora</extracomment>
        <translation>LoRA ohne Mischung: Ränge im Verhältnis zum mittleren |Gewicht mal Gradient| jedes Moduls, zwischen zwei Grenzen (2502.12171; hhnqqq/MyTransformers).</translation>
    </message>
    <message>
        <source>mean rank that the shares divide</source>
        <extracomment>strategy gora, setting rank</extracomment>
        <translation>mittlerer Rang, den die Anteile aufteilen</translation>
    </message>
    <message>
        <source>smallest rank of a module</source>
        <extracomment>strategy gora, setting rank_min</extracomment>
        <translation>kleinster Rang eines Moduls</translation>
    </message>
    <message>
        <source>largest rank of a module</source>
        <extracomment>strategy gora, setting rank_max</extracomment>
        <translation>größter Rang eines Moduls</translation>
    </message>
    <message>
        <source>what a module&apos;s width counts as in the shares</source>
        <extracomment>strategy gora, setting phi</extracomment>
        <translation>als was die Breite eines Moduls in den Anteilen zählt</translation>
    </message>
    <message>
        <source>plain shares, or softmax of the values brought to 0..1</source>
        <extracomment>strategy gora, setting share</extracomment>
        <translation>einfache Anteile, oder Softmax der auf 0..1 gebrachten Werte</translation>
    </message>
    <message>
        <source>of the softmax</source>
        <extracomment>strategy gora, setting temperature</extracomment>
        <translation>der Softmax</translation>
    </message>
    <message>
        <source>the profile&apos;s signal with values per module</source>
        <extracomment>strategy gora, setting signal</extracomment>
        <translation>das Signal des Profils mit Werten je Modul</translation>
    </message>
    <message>
        <source>GuiLoMo</source>
        <extracomment>strategy guilomo</extracomment>
        <translation>GuiLoMo</translation>
    </message>
    <message>
        <source>Experts of every module and rank of every expert as a bilevel search has learned them from the task&apos;s data (2506.14646; Liar406/Gui-LoMo); hilo search makes it. Every expert is scaled by its own rank; the published code takes that of the last one.</source>
        <extracomment>strategy guilomo</extracomment>
        <translation>Experten jedes Moduls und Rang jedes Experten, wie eine Suche auf zwei Ebenen (bilevel) sie aus den Daten der Aufgabe gelernt hat (2506.14646; Liar406/Gui-LoMo); hilo search führt sie durch. Jeder Experte wird mit seinem eigenen Rang skaliert; der veröffentlichte Code nimmt den des letzten.</translation>
    </message>
    <message>
        <source>file with the result of hilo search</source>
        <extracomment>strategy guilomo, setting search</extracomment>
        <translation>Datei mit dem Ergebnis von hilo search</translation>
    </message>
    <message>
        <source>HILO (reconstructed)</source>
        <extracomment>strategy hilo</extracomment>
        <translation>HILO (rekonstruiert)</translation>
    </message>
    <message>
        <source>The number of experts and their rank both follow the layers, by a schedule over depth or by measured complexity (2502.03884). Reconstructed from its abstract and a review: only the ranks 2468 and the rank rule are known; experts 2468, top-2, alpha 16 and the rounding are assumptions taken from MoLA.</source>
        <extracomment>strategy hilo</extracomment>
        <translation>Die Zahl der Experten und ihr Rang folgen beide den Schichten, nach einem Plan über die Tiefe oder nach gemessener Komplexität (2502.03884). Rekonstruiert aus der Kurzfassung und einer Besprechung: Nur die Ränge 2468 und die Rangregel sind bekannt; Experten 2468, top-2, Alpha 16 und das Runden sind von MoLA übernommene Annahmen.</translation>
    </message>
    <message>
        <source>experts: digits per group of layers (2468), numbers (2,4,6,8), one number for all (8), a ramp (2..8)</source>
        <extracomment>strategy hilo, setting experts</extracomment>
        <translation>Experten: Ziffern je Gruppe von Schichten (2468), Zahlen (2,4,6,8), eine Zahl für alle (8), eine Rampe (2..8)</translation>
    </message>
    <message>
        <source>ranks: digits per group of layers (2468), numbers (2,4,6,8), one number for all (8), a ramp (2..8)</source>
        <extracomment>strategy hilo, setting ranks</extracomment>
        <translation>Ränge: Ziffern je Gruppe von Schichten (2468), Zahlen (2,4,6,8), eine Zahl für alle (8), eine Rampe (2..8)</translation>
    </message>
    <message>
        <source>experts per token: the same forms; at most the module&apos;s experts</source>
        <extracomment>strategy hilo, setting top_k</extracomment>
        <translation>Experten je Token: dieselben Formen; höchstens die Experten des Moduls</translation>
    </message>
    <message>
        <source>schedules in steps (layer l of L takes value floor(n l / L)), or as a line from layer to layer</source>
        <extracomment>strategy hilo, setting granularity</extracomment>
        <translation>Pläne in Stufen (Schicht l von L nimmt Wert floor(n l / L)), oder als Linie von Schicht zu Schicht</translation>
    </message>
    <message>
        <source>groups of layers that a ramp has at group granularity</source>
        <extracomment>strategy hilo, setting groups</extracomment>
        <translation>Gruppen von Schichten, die eine Rampe bei der Körnung group hat</translation>
    </message>
    <message>
        <source>decide the experts by this signal of the profile, or by depth</source>
        <extracomment>strategy hilo, setting experts_signal</extracomment>
        <translation>die Experten nach diesem Signal des Profils bestimmen, oder nach der Tiefe (depth)</translation>
    </message>
    <message>
        <source>decide the ranks by this signal of the profile, or by depth</source>
        <extracomment>strategy hilo, setting ranks_signal</extracomment>
        <translation>die Ränge nach diesem Signal des Profils bestimmen, oder nach der Tiefe (depth)</translation>
    </message>
    <message>
        <source>signals: one value per layer, or per module of a layer</source>
        <extracomment>strategy hilo, setting per</extracomment>
        <translation>Signale: ein Wert je Schicht, oder je Modul einer Schicht</translation>
    </message>
    <message>
        <source>signals: exponent of the complexity brought to 0..1</source>
        <extracomment>strategy hilo, setting power</extracomment>
        <translation>Signale: Exponent der auf 0..1 gebrachten Komplexität</translation>
    </message>
    <message>
        <source>signals: which end wants more capacity; profile: as the profile says</source>
        <extracomment>strategy hilo, setting direction</extracomment>
        <translation>Signale: welches Ende mehr Kapazität will; profile: wie das Profil sagt</translation>
    </message>
    <message>
        <source>signals: fewest experts</source>
        <extracomment>strategy hilo, setting experts_min</extracomment>
        <translation>Signale: wenigste Experten</translation>
    </message>
    <message>
        <source>signals: most experts</source>
        <extracomment>strategy hilo, setting experts_max</extracomment>
        <translation>Signale: meiste Experten</translation>
    </message>
    <message>
        <source>signals: smallest rank</source>
        <extracomment>strategy hilo, setting ranks_min</extracomment>
        <translation>Signale: kleinster Rang</translation>
    </message>
    <message>
        <source>signals: largest rank, also with a budget</source>
        <extracomment>strategy hilo, setting ranks_max</extracomment>
        <translation>Signale: größter Rang, auch bei einem Budget</translation>
    </message>
    <message>
        <source>LayerIF</source>
        <extracomment>strategy layerif</extracomment>
        <translation>LayerIF</translation>
    </message>
    <message>
        <source>Experts of a layer by the influence of training samples on the validation loss through it, at least one each, the rest by largest remainder (2505.23811; HadiAskari/Expert_Allocation).</source>
        <extracomment>strategy layerif</extracomment>
        <translation>Experten einer Schicht nach dem Einfluss der Trainingsbeispiele auf den Validierungsverlust durch sie, mindestens je einer, die übrigen nach dem größten Rest (2505.23811; HadiAskari/Expert_Allocation).</translation>
    </message>
    <message>
        <source>power of the turned value; what the published vectors used is not known</source>
        <extracomment>strategy layerif, setting beta</extracomment>
        <translation>Exponent des umgekehrten Werts; welchen die veröffentlichten Vektoren benutzten, ist nicht bekannt</translation>
    </message>
    <message>
        <source>largest value minus the value (published code), its negative (paper), or the value itself</source>
        <extracomment>strategy layerif, setting orientation</extracomment>
        <translation>größter Wert minus der Wert (veröffentlichter Code), sein Negatives (Artikel) oder der Wert selbst</translation>
    </message>
    <message>
        <source>LoRA</source>
        <extracomment>strategy lora</extracomment>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>One adapter of one rank on every module, without routers: the baseline of every comparison (2106.09685).</source>
        <extracomment>strategy lora</extracomment>
        <translation>Ein Adapter mit einem Rang auf jedem Modul, ohne Router: der Ausgangspunkt jedes Vergleichs (2106.09685).</translation>
    </message>
    <message>
        <source>rank of every adapter</source>
        <extracomment>strategy lora, setting rank</extracomment>
        <translation>Rang jedes Adapters</translation>
    </message>
    <message>
        <source>experts per token; there is one</source>
        <extracomment>strategy lora, setting top_k</extracomment>
        <translation>Experten je Token; es gibt einen</translation>
    </message>
    <message>
        <source>D-MoLE</source>
        <extracomment>strategy d-mole</extracomment>
        <translation>D-MoLE</translation>
    </message>
    <message>
        <source>One profile per task: a module gets an expert for every task in which the norm of its gradient is among the largest of all modules (2506.11672; gcd19/D-MoLE). Modules that no task needs get none. Its router, which tells tasks apart by autoencoders, is not there; the mixture here is MoLA&apos;s.</source>
        <extracomment>strategy d-mole</extracomment>
        <translation>Ein Profil je Aufgabe: Ein Modul bekommt einen Experten für jede Aufgabe, in der die Norm seines Gradienten zu den größten aller Module gehört (2506.11672; gcd19/D-MoLE). Module, die keine Aufgabe braucht, bekommen keinen. Sein Router, der Aufgaben mit Autoencodern unterscheidet, fehlt; die Mischung hier ist die von MoLA.</translation>
    </message>
    <message>
        <source>of all modules that get an expert for a task</source>
        <extracomment>strategy d-mole, setting share</extracomment>
        <translation>Anteil aller Module, die für eine Aufgabe einen Experten bekommen</translation>
    </message>
    <message>
        <source>LoRA-SMoE</source>
        <extracomment>strategy lora-smoe</extracomment>
        <translation>LoRA-SMoE</translation>
    </message>
    <message>
        <source>One profile per task: a module gets an expert for every task in which its squared-gradient sensitivity is among the largest (2505.06272; EMLS-ICTCAS/LoRA-SMoE). Modules that no task needs get none. Its routing was not published; the mixture here is MoLA&apos;s.</source>
        <extracomment>strategy lora-smoe</extracomment>
        <translation>Ein Profil je Aufgabe: Ein Modul bekommt einen Experten für jede Aufgabe, in der seine Empfindlichkeit nach quadriertem Gradienten zu den größten gehört (2505.06272; EMLS-ICTCAS/LoRA-SMoE). Module, die keine Aufgabe braucht, bekommen keinen. Das Routing wurde nicht veröffentlicht; die Mischung hier ist die von MoLA.</translation>
    </message>
    <message>
        <source>the profiles&apos; signal with values per module</source>
        <extracomment>strategy lora-smoe, setting signal</extracomment>
        <translation>das Signal der Profile mit Werten je Modul</translation>
    </message>
    <message>
        <source>share of the modules of a pool that count as sensitive</source>
        <extracomment>strategy lora-smoe, setting keep</extracomment>
        <translation>Anteil der Module einer Gruppe, die als empfindlich gelten</translation>
    </message>
    <message>
        <source>what is compared: modules of one name, attention and MLP apart, or all</source>
        <extracomment>strategy lora-smoe, setting pool</extracomment>
        <translation>was verglichen wird: Module eines Namens, Attention und MLP getrennt, oder alle</translation>
    </message>
    <message>
        <source>experts for each task; 1 is the published rule</source>
        <extracomment>strategy lora-smoe, setting experts_per_task</extracomment>
        <translation>Experten für jede Aufgabe; 1 ist die veröffentlichte Regel</translation>
    </message>
    <message>
        <source>MoLA</source>
        <extracomment>strategy mola</extracomment>
        <translation>MoLA</translation>
    </message>
    <message>
        <source>A number of experts for each group of layers, set by hand, one rank for all (2402.08562).</source>
        <extracomment>strategy mola</extracomment>
        <translation>Eine von Hand gesetzte Zahl von Experten für jede Gruppe von Schichten, ein Rang für alle (2402.08562).</translation>
    </message>
    <message>
        <source>triangle (8642), inverted-triangle (2468), hourglass (8228), diamond (2882), rectangle (5555), digits of any number of groups, or numbers with commas between</source>
        <extracomment>strategy mola, setting experts</extracomment>
        <translation>triangle (8642), inverted-triangle (2468), hourglass (8228), diamond (2882), rectangle (5555), Ziffern für beliebig viele Gruppen, oder Zahlen mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Uniform mixture</source>
        <extracomment>strategy uniform</extracomment>
        <translation>Gleichmäßige Mischung</translation>
    </message>
    <message>
        <source>The same number of experts of the same rank on every module.</source>
        <extracomment>strategy uniform</extracomment>
        <translation>Gleich viele Experten mit gleichem Rang auf jedem Modul.</translation>
    </message>
    <message>
        <source>experts of every module</source>
        <extracomment>strategy uniform, setting experts</extracomment>
        <translation>Experten jedes Moduls</translation>
    </message>
    <message>
        <source>PL α (Hill)</source>
        <extracomment>signal pl_alpha_hill</extracomment>
        <translation>PL α (Hill)</translation>
    </message>
    <message>
        <source>PL α</source>
        <extracomment>signal pl_alpha_hill</extracomment>
        <translation>PL α</translation>
    </message>
    <message>
        <source>How heavy the tail of a weight matrix&apos; spectrum is. Well-trained matrices have heavy tails and a small α; a large α marks a layer that is less trained, and AlphaLoRA gives such layers more experts.</source>
        <extracomment>signal pl_alpha_hill</extracomment>
        <translation>Wie schwer der Ausläufer im Spektrum einer Gewichtsmatrix ist. Gut trainierte Matrizen haben schwere Ausläufer und ein kleines α; ein großes α kennzeichnet eine weniger trainierte Schicht, und AlphaLoRA gibt solchen Schichten mehr Experten.</translation>
    </message>
    <message>
        <source>Exponent of a power law fitted to the large squared singular values of the weight; where it begins is chosen near the fullest bin of their histogram by the smallest Kolmogorov-Smirnov distance, with the published code&apos;s window. A smaller value means a heavier tail: a better trained layer, which gets fewer experts. Per module; per layer the mean over its modules.</source>
        <extracomment>signal pl_alpha_hill, definition</extracomment>
        <translation>Exponent eines Potenzgesetzes, das an die großen quadrierten Singulärwerte des Gewichts angepasst ist; wo es beginnt, wird nahe der vollsten Klasse ihres Histogramms nach dem kleinsten Kolmogorow-Smirnow-Abstand gewählt, im Fenster des veröffentlichten Codes. Ein kleinerer Wert bedeutet einen schwereren Ausläufer: eine besser trainierte Schicht, die weniger Experten bekommt. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>PL α (Hill), corrected window</source>
        <extracomment>signal pl_alpha_hill_corrected</extracomment>
        <translation>PL α (Hill), berichtigtes Fenster</translation>
    </message>
    <message>
        <source>PL α corr.</source>
        <extracomment>signal pl_alpha_hill_corrected</extracomment>
        <translation>PL α ber.</translation>
    </message>
    <message>
        <source>The same exponent with the search window as the paper describes it. Where it ranks the layers like PL α (Hill), the choice of the window does not matter.</source>
        <extracomment>signal pl_alpha_hill_corrected</extracomment>
        <translation>Derselbe Exponent mit dem Suchfenster, wie der Artikel es beschreibt. Wo er die Schichten ordnet wie PL α (Hill), spielt die Wahl des Fensters keine Rolle.</translation>
    </message>
    <message>
        <source>The same fit with the window from 0.95 to 1.5 times the fullest bin&apos;s edge; the published code compares the eigenvalues with a logarithm at the lower end. Per module; per layer the mean over its modules.</source>
        <extracomment>signal pl_alpha_hill_corrected, definition</extracomment>
        <translation>Dieselbe Anpassung mit dem Fenster vom 0,95- bis zum 1,5-Fachen der Kante der vollsten Klasse; der veröffentlichte Code vergleicht die Eigenwerte am unteren Ende mit einem Logarithmus. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Quality of the PL α fit</source>
        <extracomment>signal alpha_fit_distance</extracomment>
        <translation>Güte der Anpassung von PL α</translation>
    </message>
    <message>
        <source>PL α fit</source>
        <extracomment>signal alpha_fit_distance</extracomment>
        <translation>PL-α-Güte</translation>
    </message>
    <message>
        <source>How far the fitted power law is from the spectrum. Where it is above 0.1 the exponent says little: do not allocate by PL α there.</source>
        <extracomment>signal alpha_fit_distance</extracomment>
        <translation>Wie weit das angepasste Potenzgesetz vom Spektrum entfernt ist. Über 0,1 sagt der Exponent wenig: Teilen Sie dort nicht nach PL α zu.</translation>
    </message>
    <message>
        <source>Kolmogorov-Smirnov distance of the fit behind pl_alpha_hill: above 0.1 the exponent says little. Per module; per layer the mean over its modules.</source>
        <extracomment>signal alpha_fit_distance, definition</extracomment>
        <translation>Kolmogorow-Smirnow-Abstand der Anpassung hinter pl_alpha_hill: Über 0,1 sagt der Exponent wenig. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Hill exponent, upper half</source>
        <extracomment>signal hill_half</extracomment>
        <translation>Hill-Exponent, obere Hälfte</translation>
    </message>
    <message>
        <source>Hill N/2</source>
        <extracomment>signal hill_half</extracomment>
        <translation>Hill N/2</translation>
    </message>
    <message>
        <source>The exponent of the tail with a fixed tail: the larger half of the spectrum. Without a search for the tail&apos;s start it moves less from one layer to the next.</source>
        <extracomment>signal hill_half</extracomment>
        <translation>Der Exponent bei festem Ausläufer, nämlich der größeren Hälfte des Spektrums. Ohne Suche nach dem Anfang des Ausläufers schwankt er weniger von Schicht zu Schicht.</translation>
    </message>
    <message>
        <source>1 + k / sum of ln(lambda_i / lambda_(k+1)) over the k = N/2 largest squared singular values. Per module; per layer the mean over its modules.</source>
        <extracomment>signal hill_half, definition</extracomment>
        <translation>1 + k / Summe von ln(lambda_i / lambda_(k+1)) über die k = N/2 größten quadrierten Singulärwerte. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Stable rank</source>
        <extracomment>signal stable_rank</extracomment>
        <translation>Stabiler Rang</translation>
    </message>
    <message>
        <source>How many directions a weight matrix really stretches. It is never above the true rank, and small changes of the matrix change it little.</source>
        <extracomment>signal stable_rank</extracomment>
        <translation>In wie vielen Richtungen eine Gewichtsmatrix wirklich streckt. Er liegt nie über dem wahren Rang, und kleine Änderungen der Matrix ändern ihn wenig.</translation>
    </message>
    <message>
        <source>Squared Frobenius norm over squared spectral norm of the weight: how many equal directions would hold as much. Per module; per layer the mean over its modules.</source>
        <extracomment>signal stable_rank, definition</extracomment>
        <translation>Quadrierte Frobeniusnorm geteilt durch die quadrierte Spektralnorm des Gewichts: wie viele gleiche Richtungen ebenso viel fassen würden. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>directions</source>
        <extracomment>unit</extracomment>
        <translation>Richtungen</translation>
    </message>
    <message>
        <source>Effective rank of the weights</source>
        <extracomment>signal effective_rank</extracomment>
        <translation>Effektiver Rang der Gewichte</translation>
    </message>
    <message>
        <source>Eff. rank W</source>
        <extracomment>signal effective_rank</extracomment>
        <translation>Eff. Rang W</translation>
    </message>
    <message>
        <source>The number of equally strong directions that would be as spread as the weight&apos;s own. High: the matrix spreads its work over many directions.</source>
        <extracomment>signal effective_rank</extracomment>
        <translation>Die Zahl gleich starker Richtungen, die ebenso verteilt wären wie die des Gewichts. Hoch: Die Matrix verteilt ihre Arbeit auf viele Richtungen.</translation>
    </message>
    <message>
        <source>exp of the entropy of the singular values&apos; shares, p_i = sigma_i / sum sigma. Per module; per layer the mean over its modules.</source>
        <extracomment>signal effective_rank, definition</extracomment>
        <translation>exp der Entropie der Anteile der Singulärwerte, p_i = sigma_i / sum sigma. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Effective rank of the energy</source>
        <extracomment>signal effective_rank_energy</extracomment>
        <translation>Effektiver Rang der Energie</translation>
    </message>
    <message>
        <source>Eff. rank W²</source>
        <extracomment>signal effective_rank_energy</extracomment>
        <translation>Eff. Rang W²</translation>
    </message>
    <message>
        <source>As the effective rank of the weights, but strong directions count by their square, so it is lower. The two are often mixed up in the literature.</source>
        <extracomment>signal effective_rank_energy</extracomment>
        <translation>Wie der effektive Rang der Gewichte, aber starke Richtungen zählen mit ihrem Quadrat, daher ist er niedriger. In der Literatur werden die beiden oft verwechselt.</translation>
    </message>
    <message>
        <source>exp of the entropy of the squared singular values&apos; shares, p_i = sigma_i^2 / sum sigma^2; not the same as effective_rank. Per module; per layer the mean over its modules.</source>
        <extracomment>signal effective_rank_energy, definition</extracomment>
        <translation>exp der Entropie der Anteile der quadrierten Singulärwerte, p_i = sigma_i^2 / sum sigma^2; nicht dasselbe wie effective_rank. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Participation ratio of the weights</source>
        <extracomment>signal participation_ratio</extracomment>
        <translation>Partizipationsverhältnis der Gewichte</translation>
    </message>
    <message>
        <source>Particip. W</source>
        <extracomment>signal participation_ratio</extracomment>
        <translation>Partizip. W</translation>
    </message>
    <message>
        <source>Another count of the directions that a weight matrix uses; strong ones weigh more than in the effective rank.</source>
        <extracomment>signal participation_ratio</extracomment>
        <translation>Eine andere Zählung der Richtungen, die eine Gewichtsmatrix benutzt; starke wiegen mehr als im effektiven Rang.</translation>
    </message>
    <message>
        <source>(sum lambda)^2 / sum lambda^2 of the squared singular values of the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal participation_ratio, definition</extracomment>
        <translation>(sum lambda)^2 / sum lambda^2 der quadrierten Singulärwerte des Gewichts. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Spectral norm</source>
        <extracomment>signal spectral_norm</extracomment>
        <translation>Spektralnorm</translation>
    </message>
    <message>
        <source>The most that a weight matrix can stretch any input.</source>
        <extracomment>signal spectral_norm</extracomment>
        <translation>Wie sehr eine Gewichtsmatrix eine Eingabe höchstens strecken kann.</translation>
    </message>
    <message>
        <source>Largest singular value of the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal spectral_norm, definition</extracomment>
        <translation>Größter Singulärwert des Gewichts. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Frobenius norm</source>
        <extracomment>signal frobenius_norm</extracomment>
        <translation>Frobeniusnorm</translation>
    </message>
    <message>
        <source>Frobenius</source>
        <extracomment>signal frobenius_norm</extracomment>
        <translation>Frobeniusnorm</translation>
    </message>
    <message>
        <source>The size of a weight matrix over all entries. It grows with the matrix, so compare modules of the same shape.</source>
        <extracomment>signal frobenius_norm</extracomment>
        <translation>Die Größe einer Gewichtsmatrix über alle Einträge. Sie wächst mit der Matrix; vergleichen Sie also Module gleicher Form.</translation>
    </message>
    <message>
        <source>Root of the sum of the weight&apos;s squares. Per module; per layer the mean over its modules.</source>
        <extracomment>signal frobenius_norm, definition</extracomment>
        <translation>Wurzel der Summe der Quadrate des Gewichts. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Distance between experts</source>
        <extracomment>signal expert_redundancy</extracomment>
        <translation>Abstand zwischen Experten</translation>
    </message>
    <message>
        <source>Expert dist.</source>
        <extracomment>signal expert_redundancy</extracomment>
        <translation>Expertenabst.</translation>
    </message>
    <message>
        <source>Of an adapter that was trained: how different what the experts of a module learned is. Where it is small the experts do the same, and fewer would do.</source>
        <extracomment>signal expert_redundancy</extracomment>
        <translation>Von einem Adapter, der trainiert wurde: wie verschieden das ist, was die Experten eines Moduls gelernt haben. Wo er klein ist, tun die Experten dasselbe, und weniger würden genügen.</translation>
    </message>
    <message>
        <source>Of a trained adapter: mean Frobenius distance between the updates of every two experts of a module. Small: the experts do the same, fewer would do. Per module that has at least two experts in every layer; per layer the mean over its attention modules with at least two.</source>
        <extracomment>signal expert_redundancy, definition</extracomment>
        <translation>Von einem trainierten Adapter: mittlerer Frobenius-Abstand zwischen den Änderungen je zweier Experten eines Moduls. Klein: Die Experten tun dasselbe, weniger würden genügen. Je Modul, das in jeder Schicht mindestens zwei Experten hat; je Schicht das Mittel über ihre Attention-Module mit mindestens zweien.</translation>
    </message>
    <message>
        <source>Update of a trained adapter</source>
        <extracomment>signal trained_update</extracomment>
        <translation>Änderung eines trainierten Adapters</translation>
    </message>
    <message>
        <source>Trained upd.</source>
        <extracomment>signal trained_update</extracomment>
        <translation>Trainierte Änd.</translation>
    </message>
    <message>
        <source>Of an adapter that was trained, say in a short pilot run of generous rank: how large the change is that it makes in each module. Its spectrum says how many ranks the module makes use of; the strategy “balanced” can share out ranks by it.</source>
        <extracomment>signal trained_update</extracomment>
        <translation>Von einem Adapter, der trainiert wurde, etwa in einem kurzen Probelauf mit großzügigem Rang: wie groß die Änderung ist, die er an jedem Modul vornimmt. Ihr Spektrum sagt, wie viele Ränge das Modul nutzt; die Strategie „Ausgewogen“ (balanced) kann Ränge danach verteilen.</translation>
    </message>
    <message>
        <source>Of a trained adapter: Frobenius norm of the update s B A, with several experts of their mean. A short run of generous rank tells by it, and by the spectra, how many ranks each module makes use of. Per module that has an expert in every layer; per layer the mean over its modules.</source>
        <extracomment>signal trained_update, definition</extracomment>
        <translation>Von einem trainierten Adapter: Frobeniusnorm der Änderung s B A, bei mehreren Experten die ihres Mittels. Ein kurzer Lauf mit großzügigem Rang sagt durch sie und durch die Spektren, wie viele Ränge jedes Modul nutzt. Je Modul, das in jeder Schicht einen Experten hat; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Effective rank of the activations</source>
        <extracomment>signal activation_effective_rank</extracomment>
        <translation>Effektiver Rang der Aktivierungen</translation>
    </message>
    <message>
        <source>Eff. rank</source>
        <extracomment>signal activation_effective_rank</extracomment>
        <translation>Eff. Rang</translation>
    </message>
    <message>
        <source>Over how many directions the tokens really spread. A richer representation leaves more for experts to tell apart.</source>
        <extracomment>signal activation_effective_rank</extracomment>
        <translation>Über wie viele Richtungen sich die Token wirklich verteilen. Eine reichere Darstellung lässt den Experten mehr zu unterscheiden.</translation>
    </message>
    <message>
        <source>exp of the entropy of the shares of the eigenvalues of the centred covariance. Per layer of its output; per module of its input.</source>
        <extracomment>signal activation_effective_rank, definition</extracomment>
        <translation>exp der Entropie der Anteile der Eigenwerte der zentrierten Kovarianz. Je Schicht von ihrer Ausgabe, je Modul von seiner Eingabe.</translation>
    </message>
    <message>
        <source>Participation ratio of the activations</source>
        <extracomment>signal activation_participation_ratio</extracomment>
        <translation>Partizipationsverhältnis der Aktivierungen</translation>
    </message>
    <message>
        <source>Particip.</source>
        <extracomment>signal activation_participation_ratio</extracomment>
        <translation>Partizip.</translation>
    </message>
    <message>
        <source>A second count of the directions that the tokens use; strong directions weigh more than in the effective rank.</source>
        <extracomment>signal activation_participation_ratio</extracomment>
        <translation>Eine zweite Zählung der Richtungen, die die Token benutzen; starke Richtungen wiegen mehr als im effektiven Rang.</translation>
    </message>
    <message>
        <source>(trace C)^2 / trace C^2 of the centred covariance C. Per layer of its output; per module of its input.</source>
        <extracomment>signal activation_participation_ratio, definition</extracomment>
        <translation>(trace C)^2 / trace C^2 der zentrierten Kovarianz C. Je Schicht von ihrer Ausgabe, je Modul von seiner Eingabe.</translation>
    </message>
    <message>
        <source>Directions for 90 % of the variance</source>
        <extracomment>signal explained_variance</extracomment>
        <translation>Richtungen für 90 % der Varianz</translation>
    </message>
    <message>
        <source>EVA 90 %</source>
        <extracomment>signal explained_variance</extracomment>
        <translation>EVA 90 %</translation>
    </message>
    <message>
        <source>How many principal directions hold nine tenths of the variance of a module&apos;s input. A curve that falls slowly wants more rank. The strategy EVA pools these curves over all modules.</source>
        <extracomment>signal explained_variance</extracomment>
        <translation>Wie viele Hauptrichtungen neun Zehntel der Varianz der Eingabe eines Moduls fassen. Eine Kurve, die langsam fällt, will mehr Rang. Die Strategie EVA legt diese Kurven über alle Module zusammen.</translation>
    </message>
    <message>
        <source>How many principal directions of a module&apos;s input hold 90 % of its variance: the more, the wider spread. Per module; per layer the mean over its modules. The spectra are what EVA pools.</source>
        <extracomment>signal explained_variance, definition</extracomment>
        <translation>Wie viele Hauptrichtungen der Eingabe eines Moduls 90 % ihrer Varianz fassen: je mehr, desto breiter gestreut. Je Modul; je Schicht das Mittel über ihre Module. Die Spektren sind, was EVA zusammenlegt.</translation>
    </message>
    <message>
        <source>Intrinsic dimension (TwoNN)</source>
        <extracomment>signal intrinsic_dimension</extracomment>
        <translation>Innere Dimension (TwoNN)</translation>
    </message>
    <message>
        <source>TwoNN</source>
        <extracomment>signal intrinsic_dimension</extracomment>
        <translation>TwoNN</translation>
    </message>
    <message>
        <source>The dimension of the surface on which the tokens&apos; states lie, from the distances of each token to its two nearest neighbours. GeLoRA takes a layer&apos;s rank from how much it grows across the layer.</source>
        <extracomment>signal intrinsic_dimension</extracomment>
        <translation>Die Dimension der Fläche, auf der die Zustände der Token liegen, aus den Abständen jedes Tokens zu seinen zwei nächsten Nachbarn. GeLoRA leitet den Rang einer Schicht daraus ab, wie sehr sie über die Schicht hinweg wächst.</translation>
    </message>
    <message>
        <source>(T - 1) / sum of ln(r2 / r1) over T tokens of the layer&apos;s output, r1 and r2 the distances to the first and second nearest other token; at most 2000 tokens; doubles are left out.</source>
        <extracomment>signal intrinsic_dimension, definition</extracomment>
        <translation>(T - 1) / Summe von ln(r2 / r1) über T Token der Ausgabe der Schicht, r1 und r2 die Abstände zum nächsten und zweitnächsten anderen Token; höchstens 2000 Token; Doppelte werden ausgelassen.</translation>
    </message>
    <message>
        <source>dimensions</source>
        <extracomment>unit</extracomment>
        <translation>Dimensionen</translation>
    </message>
    <message>
        <source>Block influence</source>
        <extracomment>signal block_influence</extracomment>
        <translation>Einfluss des Blocks</translation>
    </message>
    <message>
        <source>Block infl.</source>
        <extracomment>signal block_influence</extracomment>
        <translation>Blockeinfluss</translation>
    </message>
    <message>
        <source>How far a layer turns the stream of states. Near zero: the layer could almost be left out.</source>
        <extracomment>signal block_influence</extracomment>
        <translation>Wie weit eine Schicht den Strom der Zustände dreht. Nahe null: Die Schicht könnte fast wegbleiben.</translation>
    </message>
    <message>
        <source>1 - mean cosine between the layer&apos;s input and output at the same token: how far the layer turns the stream.</source>
        <extracomment>signal block_influence, definition</extracomment>
        <translation>1 - mittlerer Kosinus zwischen Eingabe und Ausgabe der Schicht beim selben Token: wie weit die Schicht den Strom dreht.</translation>
    </message>
    <message>
        <source>Linear CKA, in and out</source>
        <extracomment>signal linear_cka</extracomment>
        <translation>Lineare CKA von Ein- und Ausgabe</translation>
    </message>
    <message>
        <source>CKA</source>
        <extracomment>signal linear_cka</extracomment>
        <translation>CKA</translation>
    </message>
    <message>
        <source>How alike a layer&apos;s input and output are, whatever rotation lies between them. 1: the same pattern; low: the layer transforms a lot.</source>
        <extracomment>signal linear_cka</extracomment>
        <translation>Wie ähnlich Eingabe und Ausgabe einer Schicht sind, welche Drehung auch zwischen ihnen liegt. 1: dasselbe Muster; niedrig: Die Schicht formt viel um.</translation>
    </message>
    <message>
        <source>Squared Frobenius norm of the centred cross-covariance of the layer&apos;s input and output over the product of the norms of their covariances: 1 means the same up to rotation and scale.</source>
        <extracomment>signal linear_cka, definition</extracomment>
        <translation>Quadrierte Frobeniusnorm der zentrierten Kreuzkovarianz von Ein- und Ausgabe der Schicht, geteilt durch das Produkt der Normen ihrer Kovarianzen: 1 heißt gleich bis auf Drehung und Maßstab.</translation>
    </message>
    <message>
        <source>Outlier ratio</source>
        <extracomment>signal outlier_ratio</extracomment>
        <translation>Anteil der Ausreißer</translation>
    </message>
    <message>
        <source>Outliers</source>
        <extracomment>signal outlier_ratio</extracomment>
        <translation>Ausreißer</translation>
    </message>
    <message>
        <source>The share of a module&apos;s weights that, with the input they meet, stand far above the mean. Layers with more outliers lose more when they are made smaller.</source>
        <extracomment>signal outlier_ratio</extracomment>
        <translation>Der Anteil der Gewichte eines Moduls, die mit der Eingabe, auf die sie treffen, weit über dem Mittel liegen. Schichten mit mehr Ausreißern verlieren mehr, wenn man sie verkleinert.</translation>
    </message>
    <message>
        <source>Share of the entries of (norm of input feature j) * |W_ij| that are above 5 times their mean over the module. Per module; per layer the mean over its modules.</source>
        <extracomment>signal outlier_ratio, definition</extracomment>
        <translation>Anteil der Einträge von (Norm des Eingabemerkmals j) * |W_ij|, die über dem 5-Fachen ihres Mittels im Modul liegen. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>share</source>
        <extracomment>unit</extracomment>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Norm of the states</source>
        <extracomment>signal activation_norm</extracomment>
        <translation>Norm der Zustände</translation>
    </message>
    <message>
        <source>State norm</source>
        <extracomment>signal activation_norm</extracomment>
        <translation>Zustandsnorm</translation>
    </message>
    <message>
        <source>How long the tokens&apos; states are. In residual models it mostly grows with depth, and a study of layer importance finds it in line with how far layers move in fine-tuning.</source>
        <extracomment>signal activation_norm</extracomment>
        <translation>Wie lang die Zustände der Token sind. In Residualmodellen wächst sie meist mit der Tiefe, und eine Studie zur Wichtigkeit von Schichten findet sie im Einklang damit, wie weit sich Schichten bei der Feinabstimmung bewegen.</translation>
    </message>
    <message>
        <source>Mean Euclidean length of the layer&apos;s output.</source>
        <extracomment>signal activation_norm, definition</extracomment>
        <translation>Mittlere euklidische Länge der Ausgabe der Schicht.</translation>
    </message>
    <message>
        <source>Entropy of the states</source>
        <extracomment>signal activation_entropy</extracomment>
        <translation>Entropie der Zustände</translation>
    </message>
    <message>
        <source>Entropy</source>
        <extracomment>signal activation_entropy</extracomment>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Whether all coordinates of a state take part (high) or few dominate (low). There is no standard definition; the one in use is stated.</source>
        <extracomment>signal activation_entropy</extracomment>
        <translation>Ob alle Koordinaten eines Zustands beteiligt sind (hoch) oder wenige vorherrschen (niedrig). Eine anerkannte Definition gibt es nicht; die benutzte ist angegeben.</translation>
    </message>
    <message>
        <source>Mean over tokens of the entropy, in nats, of softmax(|x|) of the layer&apos;s output. There is no standard definition; this is one of those in use.</source>
        <extracomment>signal activation_entropy, definition</extracomment>
        <translation>Entropie von softmax(|x|) der Ausgabe der Schicht, in Nat, gemittelt über die Token. Eine anerkannte Definition gibt es nicht; dies ist eine der gebräuchlichen.</translation>
    </message>
    <message>
        <source>nats</source>
        <extracomment>unit</extracomment>
        <translation>Nat</translation>
    </message>
    <message>
        <source>Sensitivity to the task</source>
        <extracomment>signal squared_gradient</extracomment>
        <translation>Empfindlichkeit für die Aufgabe</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <extracomment>signal squared_gradient</extracomment>
        <translation>Empfindlichk.</translation>
    </message>
    <message>
        <source>How strongly the loss of your task pulls on a module&apos;s weights. LoRA-SMoE gives more experts where it is higher.</source>
        <extracomment>signal squared_gradient</extracomment>
        <translation>Wie stark der Verlust Ihrer Aufgabe an den Gewichten eines Moduls zieht. LoRA-SMoE gibt mehr Experten, wo sie höher ist.</translation>
    </message>
    <message>
        <source>Mean over samples of the squared Frobenius norm of the loss&apos;s gradient by the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal squared_gradient, definition</extracomment>
        <translation>Quadrierte Frobeniusnorm des Gradienten des Verlusts nach dem Gewicht, gemittelt über die Beispiele. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Empirical Fisher information</source>
        <extracomment>signal fisher</extracomment>
        <translation>Empirische Fisher-Information</translation>
    </message>
    <message>
        <source>Fisher</source>
        <extracomment>signal fisher</extracomment>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>The sensitivity per weight, so that modules of different size can be compared.</source>
        <extracomment>signal fisher</extracomment>
        <translation>Die Empfindlichkeit je Gewicht, sodass sich Module verschiedener Größe vergleichen lassen.</translation>
    </message>
    <message>
        <source>Mean over samples and over the weight&apos;s entries of the squared gradient of one sample: squared_gradient divided by the weight&apos;s size. Per module; per layer the mean over its modules.</source>
        <extracomment>signal fisher, definition</extracomment>
        <translation>Quadrierter Gradient eines einzelnen Beispiels, gemittelt über die Beispiele und die Einträge des Gewichts: squared_gradient geteilt durch die Größe des Gewichts. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <extracomment>signal gradient_norm</extracomment>
        <translation>Norm des Gradienten</translation>
    </message>
    <message>
        <source>‖G‖</source>
        <extracomment>signal gradient_norm</extracomment>
        <translation>‖G‖</translation>
    </message>
    <message>
        <source>How far the loss of your task pulls a module&apos;s weights in one direction, all samples together. D-MoLE gives experts to the modules where it is largest.</source>
        <extracomment>signal gradient_norm</extracomment>
        <translation>Wie weit der Verlust Ihrer Aufgabe die Gewichte eines Moduls in eine Richtung zieht, alle Beispiele zusammen. D-MoLE gibt den Modulen Experten, wo sie am größten ist.</translation>
    </message>
    <message>
        <source>Frobenius norm of the gradient of the mean loss by the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal gradient_norm, definition</extracomment>
        <translation>Frobeniusnorm des Gradienten des mittleren Verlusts nach dem Gewicht. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Weight times gradient</source>
        <extracomment>signal weight_gradient</extracomment>
        <translation>Gewicht mal Gradient</translation>
    </message>
    <message>
        <source>|W·G|</source>
        <extracomment>signal weight_gradient</extracomment>
        <translation>|W·G|</translation>
    </message>
    <message>
        <source>A first estimate of what the loss would lose without the weights of a module. GoRA gives ranks by it.</source>
        <extracomment>signal weight_gradient</extracomment>
        <translation>Eine erste Schätzung, wie sich der Verlust ohne die Gewichte eines Moduls ändern würde. GoRA vergibt Ränge danach.</translation>
    </message>
    <message>
        <source>Mean |W * G| over the weight&apos;s entries, G the gradient of the mean loss. Per module; per layer the mean over its modules.</source>
        <extracomment>signal weight_gradient, definition</extracomment>
        <translation>Mittleres |W * G| über die Einträge des Gewichts, G der Gradient des mittleren Verlusts. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Whitened gradient</source>
        <extracomment>signal whitened_gradient</extracomment>
        <translation>Geweißter Gradient</translation>
    </message>
    <message>
        <source>Whitened G</source>
        <extracomment>signal whitened_gradient</extracomment>
        <translation>Geweißter G</translation>
    </message>
    <message>
        <source>The gradient with the input&apos;s own spread divided out. Its spectrum says what each further unit of rank is worth; the strategy “balanced” plans by it.</source>
        <extracomment>signal whitened_gradient</extracomment>
        <translation>Der Gradient, aus dem die Streuung der Eingabe selbst herausgerechnet ist. Sein Spektrum sagt, was jeder weitere Rang wert ist; die Strategie „Ausgewogen“ (balanced) plant danach.</translation>
    </message>
    <message>
        <source>Frobenius norm of G (C + e I)^(-1/2), C the second moment of the module&apos;s input and e a thousandth of its mean diagonal. For a linear teacher and squared loss the spectrum is that of the activation-weighted update that is missing: what a rank leaves out is risk. Per module; per layer the mean over its modules.</source>
        <extracomment>signal whitened_gradient, definition</extracomment>
        <translation>Frobeniusnorm von G (C + e I)^(-1/2), C das zweite Moment der Eingabe des Moduls und e ein Tausendstel seiner mittleren Diagonale. Für einen linearen Lehrer und quadratischen Verlust ist das Spektrum das der fehlenden, nach Aktivierungen gewichteten Änderung: Was ein Rang auslässt, ist Risiko. Je Modul; je Schicht das Mittel über ihre Module.</translation>
    </message>
    <message>
        <source>Necessity</source>
        <extracomment>signal necessity</extracomment>
        <translation>Notwendigkeit</translation>
    </message>
    <message>
        <source>How much the loss rises when a layer is left out. Early layers are often necessary and yet change little in fine-tuning, so this can point the other way than signals of change.</source>
        <extracomment>signal necessity</extracomment>
        <translation>Wie sehr der Verlust steigt, wenn eine Schicht wegbleibt. Frühe Schichten sind oft notwendig und ändern sich bei der Feinabstimmung doch wenig, daher kann dies in die andere Richtung weisen als Signale der Veränderung.</translation>
    </message>
    <message>
        <source>Loss on validation rows without the layer minus the loss with it (leave one block out). It tends to order layers against what training changes.</source>
        <extracomment>signal necessity, definition</extracomment>
        <translation>Verlust auf Validierungszeilen ohne die Schicht minus Verlust mit ihr (je einen Block weglassen). Sie ordnet die Schichten meist entgegengesetzt zu dem, was das Training ändert.</translation>
    </message>
    <message>
        <source>Influence, all samples</source>
        <extracomment>signal influence</extracomment>
        <translation>Einfluss, alle Beispiele</translation>
    </message>
    <message>
        <source>Influence</source>
        <extracomment>signal influence</extracomment>
        <translation>Einfluss</translation>
    </message>
    <message>
        <source>How much the training rows change the loss on held-out rows through a layer. Negative values help, so the published rule gives more experts where the sum is smaller.</source>
        <extracomment>signal influence</extracomment>
        <translation>Wie sehr die Trainingszeilen den Verlust auf zurückgehaltenen Zeilen durch eine Schicht hindurch ändern. Negative Werte helfen, daher gibt die veröffentlichte Regel mehr Experten, wo die Summe kleiner ist.</translation>
    </message>
    <message>
        <source>Sum over training samples of DataInf&apos;s influence on the validation loss through the weight: negative values are helpful, so that the published rule gives more experts where the sum is smaller. Per module; per layer the sum over its modules.</source>
        <extracomment>signal influence, definition</extracomment>
        <translation>DataInfs Einfluss auf den Validierungsverlust durch das Gewicht, summiert über die Trainingsbeispiele: Negative Werte sind hilfreich, sodass die veröffentlichte Regel mehr Experten gibt, wo die Summe kleiner ist. Je Modul; je Schicht die Summe über ihre Module.</translation>
    </message>
    <message>
        <source>Influence, helpful samples</source>
        <extracomment>signal influence_helpful</extracomment>
        <translation>Einfluss, hilfreiche Beispiele</translation>
    </message>
    <message>
        <source>Infl. help.</source>
        <extracomment>signal influence_helpful</extracomment>
        <translation>Einfl. hilfr.</translation>
    </message>
    <message>
        <source>The influence turned round and summed over those training rows alone that help in a layer.</source>
        <extracomment>signal influence_helpful</extracomment>
        <translation>Der Einfluss umgekehrt und allein über die Trainingszeilen summiert, die in einer Schicht helfen.</translation>
    </message>
    <message>
        <source>The same turned round and summed over the samples that are helpful in the layer alone.</source>
        <extracomment>signal influence_helpful, definition</extracomment>
        <translation>Dasselbe umgekehrt und allein über die Beispiele summiert, die in der Schicht hilfreich sind.</translation>
    </message>
    <message>
        <source>Influence, most helpful quarter</source>
        <extracomment>signal influence_top_quarter</extracomment>
        <translation>Einfluss, hilfreichstes Viertel</translation>
    </message>
    <message>
        <source>Infl. top 25 %</source>
        <extracomment>signal influence_top_quarter</extracomment>
        <translation>Einfl. top 25 %</translation>
    </message>
    <message>
        <source>The same over the quarter of the training rows that helps most in a layer.</source>
        <extracomment>signal influence_top_quarter</extracomment>
        <translation>Dasselbe über das Viertel der Trainingszeilen, das in einer Schicht am meisten hilft.</translation>
    </message>
    <message>
        <source>The same turned round and summed over the quarter of the samples that is most helpful in the layer.</source>
        <extracomment>signal influence_top_quarter, definition</extracomment>
        <translation>Dasselbe umgekehrt und über das Viertel der Beispiele summiert, das in der Schicht am hilfreichsten ist.</translation>
    </message>
    <message>
        <source>squared singular values of the weight</source>
        <extracomment>what spectra hold</extracomment>
        <translation>quadrierte Singulärwerte des Gewichts</translation>
    </message>
    <message>
        <source>squared singular values of the update</source>
        <extracomment>what spectra hold</extracomment>
        <translation>quadrierte Singulärwerte der Änderung</translation>
    </message>
    <message>
        <source>share of the input&apos;s variance, by principal direction</source>
        <extracomment>what spectra hold</extracomment>
        <translation>Anteil an der Varianz der Eingabe, nach Hauptrichtung</translation>
    </message>
    <message>
        <source>squared singular values of the whitened gradient</source>
        <extracomment>what spectra hold</extracomment>
        <translation>quadrierte Singulärwerte des geweißten Gradienten</translation>
    </message>
    <message>
        <source>HILO</source>
        <extracomment>export format</extracomment>
        <translation>HILO</translation>
    </message>
    <message>
        <source>Python module</source>
        <extracomment>export format</extracomment>
        <translation>Python-Modul</translation>
    </message>
    <message>
        <source>PEFT LoRA</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA</translation>
    </message>
    <message>
        <source>MoLA, AlphaLoRA</source>
        <extracomment>export format</extracomment>
        <translation>MoLA, AlphaLoRA</translation>
    </message>
    <message>
        <source>MoE-PEFT</source>
        <extracomment>export format</extracomment>
        <translation>MoE-PEFT</translation>
    </message>
    <message>
        <source>GGUF LoRA</source>
        <extracomment>export format</extracomment>
        <translation>GGUF LoRA</translation>
    </message>
    <message>
        <source>PEFT LoRA, one rank</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA, ein Rang</translation>
    </message>
    <message>
        <source>PEFT LoRA, static</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA, statisch</translation>
    </message>
    <message>
        <source>PEFT LoRA, distilled</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA, destilliert</translation>
    </message>
    <message>
        <source>Merged model</source>
        <extracomment>export format</extracomment>
        <translation>Zusammengeführtes Modell</translation>
    </message>
    <message>
        <source>Merged GGUF model</source>
        <extracomment>export format</extracomment>
        <translation>Zusammengeführtes GGUF-Modell</translation>
    </message>
    <message>
        <source>own format: safetensors and the allocation map; read by hilo and the workbench</source>
        <extracomment>export format hilo</extracomment>
        <translation>eigenes Format: safetensors und die Zuteilungskarte; hilo und die Workbench lesen es</translation>
    </message>
    <message>
        <source>exact in PyTorch: the adapter with one module for models of transformers</source>
        <extracomment>export format python</extracomment>
        <translation>genau, in PyTorch: der Adapter mit einem Modul für Modelle von transformers</translation>
    </message>
    <message>
        <source>PEFT LoRA with the exact rank of every module (peft 0.6 and later)</source>
        <extracomment>export format peft</extracomment>
        <translation>PEFT LoRA mit dem genauen Rang jedes Moduls (peft 0.6 und neuer)</translation>
    </message>
    <message>
        <source>PEFT LoRA padded to one rank (any peft, vLLM, llama.cpp's converter)</source>
        <extracomment>export format peft-padded</extracomment>
        <translation>PEFT LoRA, auf einen Rang aufgefüllt (jedes peft, vLLM, der Konverter von llama.cpp)</translation>
    </message>
    <message>
        <source>PEFT LoRA; a mixture is collapsed by its mean routing weights</source>
        <extracomment>export format peft-static</extracomment>
        <translation>PEFT LoRA; eine Mischung wird durch ihre mittleren Routing-Gewichte zusammengefasst</translation>
    </message>
    <message>
        <source>PEFT LoRA that is trained to say what the mixture says</source>
        <extracomment>export format peft-distilled</extracomment>
        <translation>PEFT LoRA, die trainiert wird, zu sagen, was die Mischung sagt</translation>
    </message>
    <message>
        <source>MoLA and AlphaLoRA: experts, rank and top-k by layer</source>
        <extracomment>export format mola</extracomment>
        <translation>MoLA und AlphaLoRA: Experten, Rang und Top-k je Schicht</translation>
    </message>
    <message>
        <source>MoE-PEFT, types MOLA, LORAMOE and LORA</source>
        <extracomment>export format moe-peft</extracomment>
        <translation>MoE-PEFT, Typen MOLA, LORAMOE und LORA</translation>
    </message>
    <message>
        <source>GGUF LoRA adapter for llama.cpp</source>
        <extracomment>export format gguf-lora</extracomment>
        <translation>GGUF-LoRA-Adapter für llama.cpp</translation>
    </message>
    <message>
        <source>a whole Hugging Face model with the adapter in its weights</source>
        <extracomment>export format merged</extracomment>
        <translation>ein ganzes Hugging-Face-Modell mit dem Adapter in seinen Gewichten</translation>
    </message>
    <message>
        <source>a whole GGUF model with the adapter in its weights</source>
        <extracomment>export format merged-gguf</extracomment>
        <translation>ein ganzes GGUF-Modell mit dem Adapter in seinen Gewichten</translation>
    </message>
    <message>
        <source>Instruction tuning in the form of Alpaca, with or without an input.</source>
        <extracomment>prompt template</extracomment>
        <translation>Anweisungen in der Form von Alpaca, mit oder ohne Eingabe.</translation>
    </message>
    <message>
        <source>Conversations in the model&apos;s own chat template; instructions and prompts with completions as one question and its answer.</source>
        <extracomment>prompt template</extracomment>
        <translation>Gespräche in der eigenen Chatvorlage des Modells; Anweisungen und Prompts mit Fortsetzung als eine Frage und ihre Antwort.</translation>
    </message>
    <message>
        <source>ShareGPT&apos;s conversations (from, value) in the model&apos;s own chat template.</source>
        <extracomment>prompt template</extracomment>
        <translation>Gespräche in der Form von ShareGPT (from, value) in der eigenen Chatvorlage des Modells.</translation>
    </message>
    <message>
        <source>Preferences (UltraFeedback): the chosen answers alone are learnt, in the model&apos;s own chat template.</source>
        <extracomment>prompt template</extracomment>
        <translation>Präferenzen (UltraFeedback): nur die gewählten Antworten werden gelernt, in der eigenen Chatvorlage des Modells.</translation>
    </message>
    <message>
        <source>Instructions in the columns of Dolly, with or without a context.</source>
        <extracomment>prompt template</extracomment>
        <translation>Anweisungen in den Spalten von Dolly, mit oder ohne Kontext.</translation>
    </message>
    <message>
        <source>Conversations in ChatML turns (SmolLM2-Instruct, Qwen).</source>
        <extracomment>prompt template</extracomment>
        <translation>Gespräche in ChatML-Beiträgen (SmolLM2-Instruct, Qwen).</translation>
    </message>
    <message>
        <source>Any text with a label; the labels are those of the training rows.</source>
        <extracomment>prompt template</extracomment>
        <translation>Beliebiger Text mit einer Klasse; die Klassen sind die der Trainingszeilen.</translation>
    </message>
    <message>
        <source>The sample project's task: which kind of thing does a gloss define?</source>
        <extracomment>prompt template</extracomment>
        <translation>Die Aufgabe des Beispielprojekts: Was für eine Art von Ding beschreibt eine Glosse?</translation>
    </message>
    <message>
        <source>A prompt and its completion, as they are.</source>
        <extracomment>prompt template</extracomment>
        <translation>Ein Prompt und seine Fortsetzung, so wie sie sind.</translation>
    </message>
    <message>
        <source>Plain text, all of it learned.</source>
        <extracomment>prompt template</extracomment>
        <translation>Reiner Text, der ganz gelernt wird.</translation>
    </message>
    <message>
        <source>CoLA as MoLA and AlphaLoRA ask it.</source>
        <extracomment>prompt template</extracomment>
        <translation>CoLA, wie MoLA und AlphaLoRA danach fragen.</translation>
    </message>
    <message>
        <source>RTE as MoLA and AlphaLoRA ask it.</source>
        <extracomment>prompt template</extracomment>
        <translation>RTE, wie MoLA und AlphaLoRA danach fragen.</translation>
    </message>
    <message>
        <source>MRPC as MoLA and AlphaLoRA ask it (GCYZSL/MoLA, peijunallin/alphalora).</source>
        <extracomment>prompt template</extracomment>
        <translation>MRPC, wie MoLA und AlphaLoRA danach fragen (GCYZSL/MoLA, peijunallin/alphalora).</translation>
    </message>
    <message>
        <source>CommonsenseQA as MoLA asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>CommonsenseQA, wie MoLA danach fragt.</translation>
    </message>
    <message>
        <source>OpenbookQA as MoLA asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>OpenbookQA, wie MoLA danach fragt.</translation>
    </message>
    <message>
        <source>ScienceQA (text only) as MoLA asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>ScienceQA (nur Text), wie MoLA danach fragt.</translation>
    </message>
    <message>
        <source>ARC for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>ARC für choice-likelihood, wie lm-evaluation-harness danach fragt.</translation>
    </message>
    <message>
        <source>OpenbookQA for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>OpenbookQA für choice-likelihood, wie lm-evaluation-harness danach fragt.</translation>
    </message>
    <message>
        <source>CommonsenseQA for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>CommonsenseQA für choice-likelihood, wie lm-evaluation-harness danach fragt.</translation>
    </message>
    <message>
        <source>BoolQ for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>BoolQ für choice-likelihood, wie lm-evaluation-harness danach fragt.</translation>
    </message>
    <message>
        <source>PIQA for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>PIQA für choice-likelihood, wie lm-evaluation-harness danach fragt.</translation>
    </message>
    <message>
        <source>Social IQa for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>Social IQa für choice-likelihood, wie lm-evaluation-harness danach fragt.</translation>
    </message>
    <message>
        <source>HellaSwag for choice-likelihood: the endings behind the text, whose marks such as [title] stay.</source>
        <extracomment>prompt template</extracomment>
        <translation>HellaSwag für choice-likelihood: die Enden hinter dem Text, dessen Marken wie [title] bleiben.</translation>
    </message>
    <message>
        <source>WinoGrande for choice-likelihood: each option with the rest of the sentence behind it.</source>
        <extracomment>prompt template</extracomment>
        <translation>WinoGrande für choice-likelihood: jede Möglichkeit mit dem Rest des Satzes dahinter.</translation>
    </message>
    <message>
        <source>GSM8K&apos;s questions with their worked answers, which end in &quot;#### NUMBER&quot;.</source>
        <extracomment>prompt template</extracomment>
        <translation>Die Aufgaben von GSM8K mit ihren Lösungswegen, an deren Ende „#### ZAHL“ steht.</translation>
    </message>
    <message>
        <source>MMLU&apos;s questions with lettered options, as its authors ask them (2009.03300).</source>
        <extracomment>prompt template</extracomment>
        <translation>Die Fragen von MMLU mit Möglichkeiten nach Buchstaben, wie ihre Autoren sie stellen (2009.03300).</translation>
    </message>
    <message>
        <source>ARC as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>ARC, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>BoolQ as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>BoolQ, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>CommonsenseQA as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>CommonsenseQA, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>HellaSwag as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>HellaSwag, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>OpenbookQA as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>OpenbookQA, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>PIQA as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>PIQA, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>Social IQa as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>Social IQa, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>WinoGrande as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>WinoGrande, wie MoE-PEFT danach fragt (TUDB-Labs/MoE-PEFT).</translation>
    </message>
    <message>
        <source>Experts</source>
        <extracomment>label of the setting experts</extracomment>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Null experts</source>
        <extracomment>label of the setting null_experts</extracomment>
        <translation>Null-Experten</translation>
    </message>
    <message>
        <source>Rank</source>
        <extracomment>label of the setting rank</extracomment>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Top k</source>
        <extracomment>label of the setting top_k</extracomment>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Modules</source>
        <extracomment>label of the setting modules</extracomment>
        <translation>Module</translation>
    </message>
    <message>
        <source>Alpha</source>
        <extracomment>label of the setting alpha</extracomment>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Budget</source>
        <extracomment>label of the setting budget</extracomment>
        <translation>Obergrenze</translation>
    </message>
    <message>
        <source>Fill</source>
        <extracomment>label of the setting fill</extracomment>
        <translation>Rest</translation>
    </message>
    <message>
        <source>Total</source>
        <extracomment>label of the setting total</extracomment>
        <translation>Gesamtzahl</translation>
    </message>
    <message>
        <source>Beta</source>
        <extracomment>label of the setting beta</extracomment>
        <translation>Beta</translation>
    </message>
    <message>
        <source>Signal</source>
        <extracomment>label of the setting signal</extracomment>
        <translation>Signalname</translation>
    </message>
    <message>
        <source>Values</source>
        <extracomment>label of the setting values</extracomment>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Rounding</source>
        <extracomment>label of the setting rounding</extracomment>
        <translation>Rundung</translation>
    </message>
    <message>
        <source>Minimum</source>
        <extracomment>label of the setting minimum</extracomment>
        <translation>Mindestzahl</translation>
    </message>
    <message>
        <source>Maximum</source>
        <extracomment>label of the setting maximum</extracomment>
        <translation>Höchstzahl</translation>
    </message>
    <message>
        <source>Experts min</source>
        <extracomment>label of the setting experts_min</extracomment>
        <translation>Experten mindestens</translation>
    </message>
    <message>
        <source>Experts max</source>
        <extracomment>label of the setting experts_max</extracomment>
        <translation>Experten höchstens</translation>
    </message>
    <message>
        <source>Rank min</source>
        <extracomment>label of the setting rank_min</extracomment>
        <translation>Rang mindestens</translation>
    </message>
    <message>
        <source>Rank max</source>
        <extracomment>label of the setting rank_max</extracomment>
        <translation>Rang höchstens</translation>
    </message>
    <message>
        <source>Diversity</source>
        <extracomment>label of the setting diversity</extracomment>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <extracomment>label of the setting spectrum</extracomment>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Spectrum power</source>
        <extracomment>label of the setting spectrum_power</extracomment>
        <translation>Exponent des Spektrums</translation>
    </message>
    <message>
        <source>Weight</source>
        <extracomment>label of the setting weight</extracomment>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Weight power</source>
        <extracomment>label of the setting weight_power</extracomment>
        <translation>Exponent des Gewichts</translation>
    </message>
    <message>
        <source>Diversity signal</source>
        <extracomment>label of the setting diversity_signal</extracomment>
        <translation>Signal der Vielfalt</translation>
    </message>
    <message>
        <source>Tau min</source>
        <extracomment>label of the setting tau_min</extracomment>
        <translation>Tau mindestens</translation>
    </message>
    <message>
        <source>Tau max</source>
        <extracomment>label of the setting tau_max</extracomment>
        <translation>Tau höchstens</translation>
    </message>
    <message>
        <source>Cells</source>
        <extracomment>label of the setting cells</extracomment>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Rho</source>
        <extracomment>label of the setting rho</extracomment>
        <translation>Rho</translation>
    </message>
    <message>
        <source>Phi</source>
        <extracomment>label of the setting phi</extracomment>
        <translation>Phi</translation>
    </message>
    <message>
        <source>Share</source>
        <extracomment>label of the setting share</extracomment>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Temperature</source>
        <extracomment>label of the setting temperature</extracomment>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Search</source>
        <extracomment>label of the setting search</extracomment>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Ranks</source>
        <extracomment>label of the setting ranks</extracomment>
        <translation>Ränge</translation>
    </message>
    <message>
        <source>Granularity</source>
        <extracomment>label of the setting granularity</extracomment>
        <translation>Stufung</translation>
    </message>
    <message>
        <source>Groups</source>
        <extracomment>label of the setting groups</extracomment>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Experts signal</source>
        <extracomment>label of the setting experts_signal</extracomment>
        <translation>Signal der Experten</translation>
    </message>
    <message>
        <source>Ranks signal</source>
        <extracomment>label of the setting ranks_signal</extracomment>
        <translation>Signal der Ränge</translation>
    </message>
    <message>
        <source>Per</source>
        <extracomment>label of the setting per</extracomment>
        <translation>Je</translation>
    </message>
    <message>
        <source>Power</source>
        <extracomment>label of the setting power</extracomment>
        <translation>Exponent</translation>
    </message>
    <message>
        <source>Direction</source>
        <extracomment>label of the setting direction</extracomment>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Ranks min</source>
        <extracomment>label of the setting ranks_min</extracomment>
        <translation>Ränge mindestens</translation>
    </message>
    <message>
        <source>Ranks max</source>
        <extracomment>label of the setting ranks_max</extracomment>
        <translation>Ränge höchstens</translation>
    </message>
    <message>
        <source>Orientation</source>
        <extracomment>label of the setting orientation</extracomment>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Keep</source>
        <extracomment>label of the setting keep</extracomment>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Pool</source>
        <extracomment>label of the setting pool</extracomment>
        <translation>Sammeln</translation>
    </message>
    <message>
        <source>Experts per task</source>
        <extracomment>label of the setting experts_per_task</extracomment>
        <translation>Experten je Aufgabe</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <extracomment>metric accuracy</extracomment>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Share of the rows whose answer was the right one.</source>
        <extracomment>metric accuracy</extracomment>
        <translation>Anteil der Zeilen, deren Antwort die richtige war.</translation>
    </message>
    <message>
        <source>Loss</source>
        <extracomment>metric loss</extracomment>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Mean negative log-likelihood of the answers' tokens, in nats a token.</source>
        <extracomment>metric loss</extracomment>
        <translation>Mittlere negative Log-Likelihood der Token der Antworten, in Nats je Token.</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <extracomment>metric perplexity</extracomment>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>The exponential of the loss.</source>
        <extracomment>metric perplexity</extracomment>
        <translation>Die Exponentialfunktion des Verlusts.</translation>
    </message>
    <message>
        <source>Accuracy by length</source>
        <extracomment>metric accuracy_normalised</extracomment>
        <translation>Genauigkeit je Länge</translation>
    </message>
    <message>
        <source>Share of the rows whose right answer was the likeliest for its number of characters.</source>
        <extracomment>metric accuracy_normalised</extracomment>
        <translation>Anteil der Zeilen, deren richtige Antwort je Zeichen die wahrscheinlichste war.</translation>
    </message>
    <message>
        <source>Exact match</source>
        <extracomment>metric exact_match</extracomment>
        <translation>Exakte Übereinstimmung</translation>
    </message>
    <message>
        <source>Share of the rows whose generated text has the wanted one&apos;s words, without case, signs and articles.</source>
        <extracomment>metric exact_match</extracomment>
        <translation>Anteil der Zeilen, deren erzeugter Text die gewünschten Wörter hat, ohne Groß- und Kleinschreibung, Zeichen und Artikel.</translation>
    </message>
    <message>
        <source>F1</source>
        <extracomment>metric f1</extracomment>
        <translation>F1-Maß</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall of the positive label, the second of a task&apos;s two.</source>
        <extracomment>metric f1</extracomment>
        <translation>Harmonisches Mittel aus Genauigkeit und Trefferquote des positiven Labels, des zweiten der beiden einer Aufgabe.</translation>
    </message>
    <message>
        <source>F1, mean over labels</source>
        <extracomment>metric f1_macro</extracomment>
        <translation>F1 (Makro)</translation>
    </message>
    <message>
        <source>Mean over the labels of the harmonic mean of precision and recall.</source>
        <extracomment>metric f1_macro</extracomment>
        <translation>Mittel über die Labels des harmonischen Mittels aus Genauigkeit und Trefferquote.</translation>
    </message>
    <message>
        <source>Matthews&apos; correlation</source>
        <extracomment>metric matthews</extracomment>
        <translation>Matthews-Korrelation</translation>
    </message>
    <message>
        <source>Correlation of the given with the right labels: 1 all right, 0 as by chance, -1 all wrong.</source>
        <extracomment>metric matthews</extracomment>
        <translation>Korrelation der gegebenen mit den richtigen Labels: 1 alle richtig, 0 wie zufällig, -1 alle falsch.</translation>
    </message>
    <message>
        <source>Number behind ####</source>
        <extracomment>metric number_match</extracomment>
        <translation>Zahl stimmt</translation>
    </message>
    <message>
        <source>Share of the rows whose generated text has the wanted number behind &quot;####&quot;.</source>
        <extracomment>metric number_match</extracomment>
        <translation>Anteil der Zeilen, deren erzeugter Text die gewünschte Zahl hinter „####“ hat.</translation>
    </message>
    <message>
        <source>Preference loss</source>
        <extracomment>metric preference_loss</extracomment>
        <translation>Präferenzverlust</translation>
    </message>
    <message>
        <source>The mean of the objective over pairs or judged answers.</source>
        <extracomment>metric preference_loss</extracomment>
        <translation>Das Mittel der Zielfunktion über Paare oder beurteilte Antworten.</translation>
    </message>
    <message>
        <source>Reward accuracy</source>
        <extracomment>metric reward_accuracy</extracomment>
        <translation>Belohnungsgenauigkeit</translation>
    </message>
    <message>
        <source>Share of the pairs whose chosen answer has the higher reward.</source>
        <extracomment>metric reward_accuracy</extracomment>
        <translation>Anteil der Paare, deren bevorzugte Antwort die höhere Belohnung hat.</translation>
    </message>
    <message>
        <source>Reward margin</source>
        <extracomment>metric reward_margin</extracomment>
        <translation>Belohnungsabstand</translation>
    </message>
    <message>
        <source>How much higher the reward of chosen or good answers is, in the mean.</source>
        <extracomment>metric reward_margin</extracomment>
        <translation>Um wie viel höher die Belohnung bevorzugter oder guter Antworten im Mittel ist.</translation>
    </message>
    <message>
        <source>ROUGE-L</source>
        <extracomment>metric rouge_l</extracomment>
        <translation>ROUGE-L (F-Maß)</translation>
    </message>
    <message>
        <source>F-measure of the longest common subsequence of words.</source>
        <extracomment>metric rouge_l</extracomment>
        <translation>F-Maß der längsten gemeinsamen Teilfolge von Wörtern.</translation>
    </message>
    <message>
        <source>Token F1</source>
        <extracomment>metric token_f1</extracomment>
        <translation>Token-F1</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall of the words, without case, signs and articles.</source>
        <extracomment>metric token_f1</extracomment>
        <translation>Harmonisches Mittel aus Genauigkeit und Trefferquote der Wörter, ohne Groß- und Kleinschreibung, Zeichen und Artikel.</translation>
    </message>
    <message>
        <source>A prompt with a chosen and a rejected answer, for DPO and its kin.</source>
        <extracomment>template preference</extracomment>
        <translation>Eine Eingabe mit einer bevorzugten und einer verworfenen Antwort, für DPO und Verwandte.</translation>
    </message>
    <message>
        <source>A prompt, an answer, and whether somebody called it good, for KTO.</source>
        <extracomment>template judged</extracomment>
        <translation>Eine Eingabe, eine Antwort und ob jemand sie gut nannte, für KTO.</translation>
    </message>
    <message>
        <source>Pairs of a chosen and a rejected answer (UltraFeedback) in the model&apos;s own chat template, for DPO and its kin.</source>
        <extracomment>template preference-chat</extracomment>
        <translation>Paare aus bevorzugter und verworfener Antwort (UltraFeedback) in der eigenen Chat-Vorlage des Modells, für DPO und Verwandte.</translation>
    </message>
    <message>
        <source>Answers that somebody called good or bad, in the model&apos;s own chat template, for KTO.</source>
        <extracomment>template judged-chat</extracomment>
        <translation>Antworten, die jemand gut oder schlecht nannte, in der eigenen Chat-Vorlage des Modells, für KTO.</translation>
    </message>
    <message>
        <source>Pairs of a chosen and a rejected answer (UltraFeedback) in ChatML turns, for models without a chat template, for DPO and its kin.</source>
        <extracomment>template preference-chatml</extracomment>
        <translation>Paare aus bevorzugter und verworfener Antwort (UltraFeedback) in ChatML-Beiträgen, für Modelle ohne Chat-Vorlage, für DPO und Verwandte.</translation>
    </message>
    <message>
        <source>Answers that somebody called good or bad, in ChatML turns, for models without a chat template, for KTO.</source>
        <extracomment>template judged-chatml</extracomment>
        <translation>Antworten, die jemand gut oder schlecht nannte, in ChatML-Beiträgen, für Modelle ohne Chat-Vorlage, für KTO.</translation>
    </message>
    <message>
        <source>The text part of a model of images and text; its other parts are not read.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Der Textteil eines Modells für Bilder und Text; seine anderen Teile werden nicht gelesen.</translation>
    </message>
    <message>
        <source>Embeddings are multiplied by the square root of the width.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Einbettungen werden mit der Wurzel der Breite multipliziert.</translation>
    </message>
    <message>
        <source>Embeddings are multiplied by %1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Einbettungen werden mit %1 multipliziert.</translation>
    </message>
    <message>
        <source>Positions are learned vectors, added to the embeddings.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Positionen sind gelernte Vektoren, die zu den Einbettungen addiert werden.</translation>
    </message>
    <message>
        <source>LayerNorm instead of RMSNorm.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>LayerNorm statt RMSNorm.</translation>
    </message>
    <message>
        <source>LayerNorm without bias instead of RMSNorm.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>LayerNorm ohne Bias statt RMSNorm.</translation>
    </message>
    <message>
        <source>Norms multiply by 1 + weight.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Normen multiplizieren mit 1 + Gewicht.</translation>
    </message>
    <message>
        <source>Norms stand before and behind attention and MLP.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Normen stehen vor und hinter Aufmerksamkeit und MLP.</translation>
    </message>
    <message>
        <source>Norms stand behind attention and MLP, none before them.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Normen stehen hinter Aufmerksamkeit und MLP, keine davor.</translation>
    </message>
    <message>
        <source>Attention and MLP read the same input, side by side.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Aufmerksamkeit und MLP lesen nebeneinander dieselbe Eingabe.</translation>
    </message>
    <message>
        <source>q, k and v are one weight, %1: an adapter adapts them together.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>q, k und v sind ein Gewicht, %1: ein Adapter passt sie gemeinsam an.</translation>
    </message>
    <message>
        <source>q, k and v have biases.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>q, k und v haben einen Bias.</translation>
    </message>
    <message>
        <source>Queries and keys are normed, each head by itself.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Anfragen und Schlüssel werden normiert, jeder Kopf für sich.</translation>
    </message>
    <message>
        <source>Queries and keys are normed over all heads together.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Anfragen und Schlüssel werden über alle Köpfe gemeinsam normiert.</translation>
    </message>
    <message>
        <source>Queries, keys and values are held within ±%1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Anfragen, Schlüssel und Werte werden in ±%1 gehalten.</translation>
    </message>
    <message>
        <source>They are normed behind RoPE.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Sie werden hinter RoPE normiert.</translation>
    </message>
    <message>
        <source>RoPE turns the first %1 of a head&apos;s %2 values.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE dreht die ersten %1 der %2 Werte eines Kopfes.</translation>
    </message>
    <message>
        <source>RoPE turns neighbouring values, not the two halves of a head.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE dreht benachbarte Werte, nicht die zwei Hälften eines Kopfes.</translation>
    </message>
    <message>
        <source>No layer turns its queries and keys: attention does not know positions.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Keine Schicht dreht Anfragen und Schlüssel: die Aufmerksamkeit kennt keine Positionen.</translation>
    </message>
    <message>
        <source>%1 of %2 layers do not turn queries and keys (no RoPE): %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%1 von %2 Schichten drehen Anfragen und Schlüssel nicht (kein RoPE): %3.</translation>
    </message>
    <message>
        <source>Layers with a window turn with a theta of %1, the others with %2.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Schichten mit Fenster drehen mit einem Theta von %1, die anderen mit %2.</translation>
    </message>
    <message>
        <source>Positions are divided by %1 (linear scaling).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Positionen werden durch %1 geteilt (lineare Skalierung).</translation>
    </message>
    <message>
        <source>RoPE&apos;s theta grows with the length beyond %1 positions (dynamic NTK, factor %2).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPEs Theta wächst jenseits von %1 Positionen mit der Länge (dynamisches NTK, Faktor %2).</translation>
    </message>
    <message>
        <source>RoPE is stretched %1 times beyond %2 positions (yarn).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE wird jenseits von %2 Positionen %1-fach gestreckt (yarn).</translation>
    </message>
    <message>
        <source>RoPE&apos;s low frequencies are divided by %1, from %2 positions on (llama 3).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPEs niedrige Frequenzen werden ab %2 Positionen durch %1 geteilt (llama 3).</translation>
    </message>
    <message>
        <source>RoPE&apos;s frequencies are divided by factors of their own, others beyond %1 positions (longrope).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPEs Frequenzen werden durch je eigene Faktoren geteilt, jenseits von %1 Positionen durch andere (longrope).</translation>
    </message>
    <message>
        <source>RoPE&apos;s frequencies are divided by factors that the file holds.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPEs Frequenzen werden durch Faktoren geteilt, die in der Datei stehen.</translation>
    </message>
    <message>
        <source>Queries grow with the logarithm of the position beyond %1 positions.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Anfragen wachsen jenseits von %1 Positionen mit dem Logarithmus der Position.</translation>
    </message>
    <message>
        <source>Every layer sees the last %1 tokens alone.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Jede Schicht sieht nur die letzten %1 Token.</translation>
    </message>
    <message>
        <source>%1 of %2 layers see the last %3 tokens alone: %4.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%1 von %2 Schichten sehen nur die letzten %3 Token: %4.</translation>
    </message>
    <message>
        <source>Attention multiplies q·k by %1 instead of %2.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Aufmerksamkeit multipliziert q·k mit %1 statt mit %2.</translation>
    </message>
    <message>
        <source>Attention scores are held within ±%1 by tanh.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Werte der Aufmerksamkeit werden durch tanh in ±%1 gehalten.</translation>
    </message>
    <message>
        <source>Each head has a learned score that takes attention from all tokens (a sink).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Jeder Kopf hat eine gelernte Bewertung, die allen Token Aufmerksamkeit nimmt (eine Senke).</translation>
    </message>
    <message>
        <source>The output of attention has a bias.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Ausgabe der Aufmerksamkeit hat einen Bias.</translation>
    </message>
    <message>
        <source>gate and up are one weight, %1: an adapter adapts them together.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>gate und up sind ein Gewicht, %1: ein Adapter passt sie gemeinsam an.</translation>
    </message>
    <message>
        <source>The MLP is a mixture of %1 experts of width %2; a token passes %3 of them. They stay frozen; each may get a LoRA of its own.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Das MLP ist eine Mischung von %1 Experten der Breite %2; ein Token durchläuft %3 davon. Sie bleiben eingefroren; jeder kann ein eigenes LoRA bekommen.</translation>
    </message>
    <message>
        <source>The MLP is a mixture of %1 experts of width %2, which stay frozen; a token passes %3 of them. Every token also passes one of width %4, which takes adapters as the attention does.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Das MLP ist eine Mischung von %1 Experten der Breite %2, die eingefroren bleiben; ein Token durchläuft %3 davon. Jedes Token durchläuft außerdem einen der Breite %4, der wie die Aufmerksamkeit Adapter bekommt.</translation>
    </message>
    <message>
        <source>Beside its MLP a layer has %1 experts of width %2 with norms of their own; a token passes %3 of them. They stay frozen; each may get a LoRA of its own.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Neben ihrem MLP hat eine Schicht %1 Experten der Breite %2 mit eigenen Normen; ein Token durchläuft %3 davon. Sie bleiben eingefroren; jeder kann ein eigenes LoRA bekommen.</translation>
    </message>
    <message>
        <source>The router reads the normed and scaled residual stream, and a stored number multiplies the weight of each expert.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Der Router liest den normierten und skalierten Residualstrom, und eine gespeicherte Zahl multipliziert das Gewicht jedes Experten.</translation>
    </message>
    <message>
        <source>What the expert of every token gives is weighted by a sigmoid of the token.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Was der Experte aller Tokens ergibt, wird mit einem Sigmoid des Tokens gewichtet.</translation>
    </message>
    <message>
        <source>%1 of %2 layers have one MLP of width %3 instead of experts: %4.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%1 von %2 Schichten haben statt Experten ein MLP der Breite %3: %4.</translation>
    </message>
    <message>
        <source>The weights of a token&apos;s experts sum to one.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Gewichte der Experten eines Tokens ergeben zusammen eins.</translation>
    </message>
    <message>
        <source>The weights of a token&apos;s experts are shares of all experts&apos; and sum to less than one.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Gewichte der Experten eines Tokens sind Anteile an denen aller Experten und ergeben zusammen weniger als eins.</translation>
    </message>
    <message>
        <source>The experts&apos; gate is x·sigmoid(%1·x), its product is with up + 1, and both are held within %2.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Das Gate der Experten ist x·sigmoid(%1·x), es wird mit up + 1 multipliziert, und beide werden in %2 gehalten.</translation>
    </message>
    <message>
        <source>Router and experts have biases.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Router und Experten haben Biases.</translation>
    </message>
    <message>
        <source>The MLP has no gate.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Das MLP hat kein Gate.</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is GELU (by tanh).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Aktivierung des MLP ist GELU (durch tanh).</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is GELU (exact).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Aktivierung des MLP ist GELU (genau).</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is ReLU squared.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Aktivierung des MLP ist ReLU im Quadrat.</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is xIELU, with two learned numbers a layer.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Die Aktivierung des MLP ist xIELU, mit zwei gelernten Zahlen je Schicht.</translation>
    </message>
    <message>
        <source>The MLP has biases.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Das MLP hat einen Bias.</translation>
    </message>
    <message>
        <source>What attention and MLP add is multiplied by %1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Was Aufmerksamkeit und MLP hinzufügen, wird mit %1 multipliziert.</translation>
    </message>
    <message>
        <source>The output head is the embedding.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Der Ausgabekopf ist die Einbettung.</translation>
    </message>
    <message>
        <source>%1 of %2 layers have a gated delta net (linear attention) in attention&apos;s place: %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%1 von %2 Schichten haben statt Aufmerksamkeit ein Gated Delta Net (lineare Aufmerksamkeit): %3.</translation>
    </message>
    <message>
        <source>A gated delta net keeps %1 matrices of %2 × %3 values, whatever the length of the text, and what its convolution sees of the last %4 tokens.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Ein Gated Delta Net behält, wie lang der Text auch ist, %1 Matrizen von %2 × %3 Werten und das, was seine Faltung von den letzten %4 Token sieht.</translation>
    </message>
    <message>
        <source>What attention gives is multiplied by the sigmoid of a gate, the second half of each head in q_proj.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Was die Aufmerksamkeit gibt, wird mit dem Sigmoid eines Tors multipliziert, der zweiten Hälfte jedes Kopfes in q_proj.</translation>
    </message>
    <message>
        <source>The output head has a bias.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Der Ausgabekopf hat einen Bias.</translation>
    </message>
    <message>
        <source>Logits are multiplied by %1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Logits werden mit %1 multipliziert.</translation>
    </message>
    <message>
        <source>Logits are held within ±%1 by tanh.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Logits werden durch tanh in ±%1 gehalten.</translation>
    </message>
    <message>
        <source>Values are normed too, without a weight.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Auch Werte werden normiert, ohne Gewicht.</translation>
    </message>
    <message>
        <source>%1 of %2 layers have heads of %3 values, %4 of them for keys and values: %5.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%1 von %2 Schichten haben Köpfe von %3 Werten, %4 davon für Schlüssel und Werte: %5.</translation>
    </message>
    <message>
        <source>In %1 of %2 layers the keys are the values too, so there is no v_proj: %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>In %1 von %2 Schichten sind die Schlüssel auch die Werte, also gibt es kein v_proj: %3.</translation>
    </message>
    <message>
        <source>%1 of %2 layers attend to the keys and values of an earlier layer and have no k_proj and v_proj: %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%1 von %2 Schichten richten sich auf Schlüssel und Werte einer früheren Schicht und haben kein k_proj und v_proj: %3.</translation>
    </message>
    <message>
        <source>RoPE turns the first %1 of a head&apos;s %2 pairs, by the frequencies of the whole head.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE dreht die ersten %1 der %2 Paare eines Kopfes, mit den Frequenzen des ganzen Kopfes.</translation>
    </message>
    <message>
        <source>%1 of %2 layers have an MLP of width %3: %4.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%1 von %2 Schichten haben ein MLP der Breite %3: %4.</translation>
    </message>
    <message>
        <source>Each layer takes %1 values of a second embedding of its token in, through a gate that stays frozen.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Jede Schicht nimmt %1 Werte einer zweiten Einbettung ihres Tokens auf, durch ein Gatter, das eingefroren bleibt.</translation>
    </message>
    <message>
        <source>What a layer gives is multiplied by a number of its own.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Was eine Schicht ausgibt, wird mit einer eigenen Zahl multipliziert.</translation>
    </message>
    <message>
        <source>This scaling is not that of the layers with a window.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>Diese Skalierung gilt nicht für die Schichten mit Fenster.</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <!-- Buttons that Qt writes, for systems without its own translations. -->
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>Alles speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>Ja zu &amp;allem</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>N&amp;ein zu allem</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>Abbruch</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Vorgaben</translation>
    </message>
</context>
</TS>
