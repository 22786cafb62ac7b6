<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>CellWords</name>
    <message numerus="yes">
        <source>%n expert(s)</source>
        <translation>
            <numerusform>%n expert</numerusform>
            <numerusform>%n experts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>LoRA of rank %1 on each of the base&apos;s %n expert(s), top-%2 by its own router</source>
        <translation>
            <numerusform>LoRA of rank %1 on the base&apos;s one expert, top-%2 by its own router</numerusform>
            <numerusform>LoRA of rank %1 on each of the base&apos;s %n experts, top-%2 by its own router</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudyRunsProgress</name>
    <message numerus="yes">
        <source>%1 of %n run(s) finished</source>
        <translation>
            <numerusform>%1 of %n run finished</numerusform>
            <numerusform>%1 of %n runs finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not queued</source>
        <translation>
            <numerusform>%n not queued</numerusform>
            <numerusform>%n not queued</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudyWords</name>
    <message numerus="yes">
        <source>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of runs that all differ by the same.</source>
        <translation>
            <numerusform>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair of runs that all differ by the same.</numerusform>
            <numerusform>Nothing says how sure the difference between %1 and %2 is: %3 from %n pairs of runs that all differ by the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of runs.</source>
        <translation>
            <numerusform>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair of runs.</numerusform>
            <numerusform>Nothing says how sure the difference between %1 and %2 is: %3 from %n pairs of runs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>95 % intervals; p after Holm&apos;s correction over %n comparison(s).</source>
        <translation>
            <numerusform>95 % intervals; p after Holm&apos;s correction over %n comparison.</numerusform>
            <numerusform>95 % intervals; p after Holm&apos;s correction over %n comparisons.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) have finished; the numbers are of these.</source>
        <translation>
            <numerusform>%1 of %n run has finished; the numbers are of these.</numerusform>
            <numerusform>%1 of %n runs have finished; the numbers are of these.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean ranks are over %1 of %n task(s): those of which all allocations have a value.</source>
        <translation>
            <numerusform>Mean ranks are over %1 of %n task: that of which all allocations have a value.</numerusform>
            <numerusform>Mean ranks are over %1 of %n tasks: those of which all allocations have a value.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of task %1, %2 of %n run(s) kept no predictions of single rows.</source>
        <translation>
            <numerusform>Of task %1, %2 of %n run kept no predictions of single rows.</numerusform>
            <numerusform>Of task %1, %2 of %n runs kept no predictions of single rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::AgreementModel</name>
    <message numerus="yes">
        <source>%1 and %2: %3 over %n layer(s), %4</source>
        <translation>
            <numerusform>%1 and %2: %3 over %n layer, %4</numerusform>
            <numerusform>%1 and %2: %3 over %n layers, %4</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spearman over %n layer(s). “%1” and “%2” differ most (%3)</source>
        <translation>
            <numerusform>Spearman over %n layer. “%1” and “%2” differ most (%3)</numerusform>
            <numerusform>Spearman over %n layers. “%1” and “%2” differ most (%3)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::AllocationPage</name>
    <message numerus="yes">
        <source>%n cell(s) changed.</source>
        <translation>
            <numerusform>%n cell changed.</numerusform>
            <numerusform>%n cells changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked cell(s) stayed.</source>
        <translation>
            <numerusform>%n locked cell stayed.</numerusform>
            <numerusform>%n locked cells stayed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::AllocationView</name>
    <message numerus="yes">
        <source>Paste %n cell(s)</source>
        <translation>
            <numerusform>Paste %n cell</numerusform>
            <numerusform>Paste %n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: the rank is above the module&apos;s width.</source>
        <translation>
            <numerusform>%n cell was left: the rank is above the module&apos;s width.</numerusform>
            <numerusform>%n cells were left: the rank is above the module&apos;s width.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked cell(s) were left as they are.</source>
        <translation>
            <numerusform>%n locked cell was left as it is.</numerusform>
            <numerusform>%n locked cells were left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paint %n cell(s)</source>
        <translation>
            <numerusform>Paint %n cell</numerusform>
            <numerusform>Paint %n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: their layers have no such module.</source>
        <translation>
            <numerusform>%n cell was left: its layer has no such module.</numerusform>
            <numerusform>%n cells were left: their layers have no such module.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::BenchmarkDialog</name>
    <message numerus="yes">
        <source>%Ln row(s) cannot be used.</source>
        <translation>
            <numerusform>%Ln row cannot be used.</numerusform>
            <numerusform>%Ln rows cannot be used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::CellInspector</name>
    <message numerus="yes">
        <source>%n cells</source>
        <translation>
            <numerusform>%n cell</numerusform>
            <numerusform>%n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: the rank is above the module&apos;s width.</source>
        <translation>
            <numerusform>%n cell was left: the rank is above the module&apos;s width.</numerusform>
            <numerusform>%n cells were left: the rank is above the module&apos;s width.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The base model has %Ln expert(s) here, each gets a LoRA of one rank</source>
        <translation>
            <numerusform>The base model has %Ln expert here, it gets a LoRA of one rank</numerusform>
            <numerusform>The base model has %Ln experts here, each gets a LoRA of one rank</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::CompareCharts</name>
    <message numerus="yes">
        <source>%n row(s) have finished without this metric; they are in the table only.</source>
        <translation>
            <numerusform>%n row has finished without this metric; it is in the table only.</numerusform>
            <numerusform>%n rows have finished without this metric; they are in the table only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) without a result or parameters are in the table only.</source>
        <translation>
            <numerusform>%n row without a result or parameters is in the table only.</numerusform>
            <numerusform>%n rows without a result or parameters are in the table only.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::CompareInspector</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Below: where they differ in %n module(s). Blue, stroke on the left: the first has more ranks; orange, stroke on the right: the second has.</source>
        <translation>
            <numerusform>Below: where they differ in %n module. Blue, stroke on the left: the first has more ranks; orange, stroke on the right: the second has.</numerusform>
            <numerusform>Below: where they differ in %n modules. Blue, stroke on the left: the first has more ranks; orange, stroke on the right: the second has.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::CompareModel</name>
    <message numerus="yes">
        <source>Mean of %n seed(s) with its 95 % interval by Student&apos;s t</source>
        <translation>
            <numerusform>Mean of %n seed with its 95 % interval by Student&apos;s t</numerusform>
            <numerusform>Mean of %n seeds with its 95 % interval by Student&apos;s t</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean difference over %n common seed(s), with its 95 % interval</source>
        <translation>
            <numerusform>Mean difference over %n common seed, with its 95 % interval</numerusform>
            <numerusform>Mean difference over %n common seeds, with its 95 % interval</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean over %n task(s): %1</source>
        <translation>
            <numerusform>Mean over %n task: %1</numerusform>
            <numerusform>Mean over %n tasks: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::ComparePage</name>
    <message numerus="yes">
        <source>%1 of %Ln run(s), as %2 rows</source>
        <translation>
            <numerusform>%1 of %Ln run, as %2 rows</numerusform>
            <numerusform>%1 of %Ln runs, as %2 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 of %n run</numerusform>
            <numerusform>%1 of %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::ComparisonChart</name>
    <message numerus="yes">
        <source>%n point(s). Left and right go from point to point, Return selects.</source>
        <translation>
            <numerusform>%n point. Left and right go from point to point, Return selects.</numerusform>
            <numerusform>%n points. Left and right go from point to point, Return selects.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::ComplexityPage</name>
    <message numerus="yes">
        <source>%n signal(s)</source>
        <translation>
            <numerusform>%n signal</numerusform>
            <numerusform>%n signals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::CurveOptions</name>
    <message numerus="yes">
        <source>Over the last %n logged step(s)</source>
        <translation>
            <numerusform>Over the last %n logged step</numerusform>
            <numerusform>Over the last %n logged steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::DataPage</name>
    <message numerus="yes">
        <source>%1, %Ln row(s)</source>
        <translation>
            <numerusform>%1, %Ln row</numerusform>
            <numerusform>%1, %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::ExportPage</name>
    <message numerus="yes">
        <source>%1 of %n format(s) can hold this adapter</source>
        <translation>
            <numerusform>%1 of %n format can hold this adapter</numerusform>
            <numerusform>%1 of %n formats can hold this adapter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::FetchDialog</name>
    <message numerus="yes">
        <source>%n file(s), %1; %2 would be fetched.</source>
        <translation>
            <numerusform>%n file, %1; %2 would be fetched.</numerusform>
            <numerusform>%n files, %1; %2 would be fetched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::MainWindow</name>
    <message numerus="yes">
        <source>%1, %n layer(s)</source>
        <translation>
            <numerusform>%1, %n layer</numerusform>
            <numerusform>%1, %n layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::MapDifferencePicture</name>
    <message numerus="yes">
        <source>%n module(s) differ.</source>
        <translation>
            <numerusform>%n module differs.</numerusform>
            <numerusform>%n modules differ.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::MapSummary</name>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n seed</numerusform>
            <numerusform>%n seeds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::ModelPage</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tensor(s), %1</source>
        <translation>
            <numerusform>%Ln tensor, %1</numerusform>
            <numerusform>%Ln tensors, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tensor(s)</source>
        <translation>
            <numerusform>%Ln tensor</numerusform>
            <numerusform>%Ln tensors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%Ln layer(s))</source>
        <translation>
            <numerusform>%1 (%Ln layer)</numerusform>
            <numerusform>%1 (%Ln layers)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::NavigationRail</name>
    <message numerus="yes">
        <source>%n other project(s) are training</source>
        <translation>
            <numerusform>%n other project is training</numerusform>
            <numerusform>%n other projects are training</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::NewProjectDialog</name>
    <message numerus="yes">
        <source>%1, %n layer(s), %2 parameters</source>
        <translation>
            <numerusform>%1, %n layer, %2 parameters</numerusform>
            <numerusform>%1, %n layers, %2 parameters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::NewRunDialog</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n task(s)</source>
        <translation>
            <numerusform>, %n task</numerusform>
            <numerusform>, %n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::NewStudyDialog</name>
    <message numerus="yes">
        <source>%n run(s) to train</source>
        <translation>
            <numerusform>%n run to train</numerusform>
            <numerusform>%n runs to train</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) to train, the others are there</source>
        <translation>
            <numerusform>%1 of %n run to train, the others are there</numerusform>
            <numerusform>%1 of %n runs to train, the others are there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::RankDiagram</name>
    <message numerus="yes">
        <source>Mean ranks over %n task(s), the best first: %1.</source>
        <translation>
            <numerusform>Mean ranks over %n task, the best first: %1.</numerusform>
            <numerusform>Mean ranks over %n tasks, the best first: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::RowDialog</name>
    <message numerus="yes">
        <source>%n row(s) that only one of the runs has answered are left out.</source>
        <translation>
            <numerusform>%n row that only one of the runs has answered is left out.</numerusform>
            <numerusform>%n rows that only one of the runs has answered are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::RunInspector</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::RunsPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s). Drag them to reorder.</source>
        <translation>
            <numerusform>%n waits. Drag it to reorder.</numerusform>
            <numerusform>%n wait. Drag them to reorder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) and none runs.</source>
        <translation>
            <numerusform>%n waits and none runs.</numerusform>
            <numerusform>%n wait and none runs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping since %n second(s).</source>
        <translation>
            <numerusform>Stopping since %n second.</numerusform>
            <numerusform>Stopping since %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) become one packed file each. Charts and results stay; the adapter can be used again after “Restore”.</source>
        <translation>
            <numerusform>%n run becomes one packed file. Charts and results stay; the adapter can be used again after “Restore”.</numerusform>
            <numerusform>%n runs become one packed file each. Charts and results stay; the adapter can be used again after “Restore”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) archived.</source>
        <translation>
            <numerusform>%n run archived.</numerusform>
            <numerusform>%n runs archived.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) restored.</source>
        <translation>
            <numerusform>%n run restored.</numerusform>
            <numerusform>%n runs restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) with checkpoints, adapters and results are removed for ever:

%1</source>
        <translation>
            <numerusform>%n run with checkpoints, adapters and results is removed for ever:

%1</numerusform>
            <numerusform>%n runs with checkpoints, adapters and results are removed for ever:

%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>%n run deleted.</numerusform>
            <numerusform>%n runs deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) queued.</source>
        <translation>
            <numerusform>%n run queued.</numerusform>
            <numerusform>%n runs queued.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) added.</source>
        <translation>
            <numerusform>%n run added.</numerusform>
            <numerusform>%n runs added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Star of %n run(s) taken away</source>
        <translation>
            <numerusform>Star of %n run taken away</numerusform>
            <numerusform>Stars of %n runs taken away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) starred</source>
        <translation>
            <numerusform>%n run starred</numerusform>
            <numerusform>%n runs starred</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::StudyCharts</name>
    <message numerus="yes">
        <source>%n published number(s) tell no parameters and cannot be drawn.</source>
        <translation>
            <numerusform>%n published number tells no parameters and cannot be drawn.</numerusform>
            <numerusform>%n published numbers tell no parameters and cannot be drawn.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::StudyModel</name>
    <message numerus="yes">
        <source>%1: mean rank %2%3 over %n task(s); 1 is best</source>
        <translation>
            <numerusform>%1: mean rank %2%3 over %n task; 1 is best</numerusform>
            <numerusform>%1: mean rank %2%3 over %n tasks; 1 is best</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::StudyPage</name>
    <message numerus="yes">
        <source>%n allocation(s)</source>
        <translation>
            <numerusform>%n allocation</numerusform>
            <numerusform>%n allocations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n seed</numerusform>
            <numerusform>%n seeds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::TaskResultModel</name>
    <message numerus="yes">
        <source>Mean over the %n task(s) that have it</source>
        <translation>
            <numerusform>Mean over the %n task that has it</numerusform>
            <numerusform>Mean over the %n tasks that have it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::TrainingEstimator</name>
    <message numerus="yes">
        <source>With the settings of %1: %n micro-batch(es) of at most %2 tokens</source>
        <translation>
            <numerusform>With the settings of %1: %n micro-batch of at most %2 tokens</numerusform>
            <numerusform>With the settings of %1: %n micro-batches of at most %2 tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::TryColumn</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1 tokens/s</source>
        <translation>
            <numerusform>%n token, %1 tokens/s</numerusform>
            <numerusform>%n tokens, %1 tokens/s</numerusform>
        </translation>
    </message>
</context>
</TS>
