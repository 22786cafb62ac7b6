// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/strategy_help.h"

#include "allocation/strategy.h"
#include "common/core_text.h"

#include <QCoreApplication>

namespace hilo {
namespace {

struct StrategyHelp
{
    Q_DECLARE_TR_FUNCTIONS(StrategyHelp)
};

} // namespace

QString allocationHelp()
{
    QString help =
        StrategyHelp::tr(
            "<p>A row is a layer, a column a linear module. “4 × r8” means four LoRA experts of rank 8 with a router; "
            "“8 8 4 2” four experts of different ranks; “1 × r8” plain LoRA without a router; “–” no adapter.</p>") +
        StrategyHelp::tr(
            "<p><b>Edit</b> by typing into a cell, by Alt+Up and Alt+Down (ranks; with Shift: experts) or Ctrl and the "
            "wheel, by painting, by filling rows and columns, by pasting cells of a spreadsheet or MoLA’s list of one "
            "number a layer. Ctrl+L locks cells, Delete empties them. Everything can be undone; the history is a "
            "list.</p>") +
        StrategyHelp::tr(
            "<p><b>Generate</b> with a strategy: its map is shown small before you apply it, and locked cells "
            "stay.</p>") +
        StrategyHelp::tr("<p><b>Search…</b> is what the strategy GuiLoMo needs first: it learns experts and ranks from "
                         "the project’s "
                         "rows. It can be cancelled and goes on later; its result fills the preview.</p>") +
        StrategyHelp::tr(
            "<p><b>The numbers</b> below the grid are exact: an expert of rank r costs r × (input + output) "
            "parameters, "
            "its router one row of the input’s width for each expert (Gao et al. 2024, arXiv 2402.08562, table 1). "
            "Memory "
            "and time are estimates from the project’s newest run settings.</p>") +
        StrategyHelp::tr("<p><b>Next:</b> “Queue run…” trains this map; Compare shows what it gained.</p>") +
        QStringLiteral("<h4>") + StrategyHelp::tr("Strategies") + QStringLiteral("</h4>");
    for (const Strategy* strategy : strategies())
        help += QStringLiteral("<p><b>%1.</b> %2</p>")
                    .arg(coreText(strategy->title).toHtmlEscaped(), coreText(strategy->description).toHtmlEscaped());
    return help;
}

} // namespace hilo
