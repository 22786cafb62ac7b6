// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_help.h"

#include <QCoreApplication>

namespace hilo {

QString compareHelp()
{
    return QCoreApplication::translate(
               "hilo::ComparePage",
               "<h3>A metric against size</h3><p>Each point is a run, or the mean of runs that differ in their seed "
               "only. "
               "Vertical lines are 95 % intervals: of one run as evaluated (of an accuracy: Wilson 1927), of several "
               "seeds by "
               "Student's t (1908). The line is the Pareto front: a point lies on it when nothing is both smaller and "
               "better.</p>"
               "<p><b>Metric.</b> Any number of the runs' results, of one task or as the mean over a run's tasks. The "
               "program "
               "knows which way is better: of a loss the front goes down. Runs without the number stay in the table. "
               "Means "
               "over "
               "different tasks are no fair comparison; the page says so where there are some.</p>"
               "<p><b>Trainable</b> counts every parameter of the adapters and routers, <b>active</b> those that one "
               "token "
               "uses: with top-k routing only k experts of a module. This axis is logarithmic.</p>"
               "<p><b>Baseline.</b> Pin a row (double click on its first column, or Ctrl+B) and the table shows the "
               "others "
               "against it, paired by seeds. While intervals overlap it says “no clear difference”: more seeds or more "
               "test "
               "rows make it clear, a higher number alone does not.</p>"
               "<p><b>Filter</b> with conditions over settings and results, joined by <i>and</i>, <i>or</i>, "
               "<i>not</i> and "
               "brackets: <code>accuracy &gt; 0.8 and (training.learning_rate &lt;= 3e-4 or map.strategy.name = "
               "mola)</code>. "
               "Operators are = != &lt; &lt;= &gt; &gt;= and ~ (contains). <code>loss@cola &lt; 1.5</code> asks for "
               "the "
               "result of "
               "one task, <code>result.loss</code> for the mean over tasks; the chosen metric may be named alone.</p>"
               "<p><b>Select</b> two rows to see only the settings that differ, and where their maps differ.</p>"
               "<p><b>Next:</b> open a map to shape it further, run it with more seeds, try or export its "
               "adapter.</p>") +
           QCoreApplication::translate(
               "hilo::ComparePage",
               "<p><b>Axes.</b> Each takes any setting, metric or cost; a front is drawn where less of the horizontal "
               "one is better. A strategy has the same colour and symbol in every project, and no filter changes what "
               "a point looks like.</p>"
               "<p><b>Group by</b> a setting makes one row of all runs with one value of it: each kind of settings "
               "counts once, with the mean over its seeds. <b>Views</b> keep filter, axes, groups and columns under a "
               "name in the project's folder.</p>"
               "<p><b>Row by row</b> tells which test rows one of two runs answers rightly and the other does not, "
               "with "
               "McNemar's test (1947; exact up to 2,000 rows that differ). Of a row of several seeds it takes the "
               "first run.</p>"
               "<p><b>Curves</b> of a row of several seeds are their mean with its 95 % interval by Student's t at "
               "every step that two or more have reached.</p>");
}

} // namespace hilo
