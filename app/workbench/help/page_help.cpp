// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/page_help.h"

#include "allocation/strategy.h"
#include "common/core_text.h"
#include "complexity/signal_help.h"

#include <QCoreApplication>
#include <QStringList>

namespace hilo {
namespace {

struct PageHelp
{
    Q_DECLARE_TR_FUNCTIONS(PageHelp)
};

QString paragraphs(const QStringList& texts)
{
    return QStringLiteral("<p>") + texts.join(QStringLiteral("</p><p>")) + QStringLiteral("</p>");
}

} // namespace

QString dataHelp()
{
    return paragraphs({
        PageHelp::tr(
            "<b>What you see.</b> Your rows as the model will read them: the prompt that the template makes of a row, "
            "and "
            "the answer, marked, on which alone the loss is taken unless a run says otherwise."),
        PageHelp::tr(
            "<b>Tokens.</b> How long the rows are, counted with this model's tokenizer, and which share is longer than "
            "the maximum length. A row that is too long loses the beginning of its prompt, never its answer. Raise the "
            "maximum until next to nothing is cut; memory and time grow with it."),
        PageHelp::tr(
            "<b>Labels.</b> How often each answer is the right one. The majority floor is the accuracy of always "
            "giving "
            "the most frequent answer of the training rows: a run that is not clearly above it has learned nothing."),
        PageHelp::tr(
            "<b>Columns.</b> A template asks for fields by name; say which column of your data stands for each. Rows "
            "that "
            "cannot be used are listed with file, line and reason, and are left out of training and evaluation."),
        PageHelp::tr(
            "<b>Tasks.</b> Several data sets can be trained in one run. Each task's share of an epoch follows its rows "
            "and "
            "its weight, or is equal; a limit takes the first rows only. Of preferences you see the chosen and the "
            "rejected answer, of judged answers the judgement."),
        PageHelp::tr(
            "<b>Next:</b> “Use for new runs” keeps the choice in the project. Then measure the layers on the page "
            "Complexity, or go straight to Allocation."),
        PageHelp::tr(
            "<i>Templates of MoLA (Gao et al. 2024), MoE-PEFT, Alpaca and ChatML come with the program; a template of "
            "your own is a JSON file, described in resources/prompts/README.md.</i>"),
    });
}

QString complexityHelp()
{
    return paragraphs({
        PageHelp::tr(
            "<b>What you see.</b> How complex each layer is, by one signal a tab: a row a module, a column a layer. "
            "Signals of whole layers have one row. Bright is high; what “high” means stands below the map."),
        PageHelp::tr(
            "<b>Kinds of signals.</b> From the weights alone (no data, computed once), from activations (forward "
            "passes "
            "over your rows), from gradients on your task (slowest, and the only ones that know the task). Each says "
            "whether a larger or a smaller value wants more capacity, and how well two halves of the data agree on "
            "it."),
        PageHelp::tr(
            "<b>Over depth</b> draws several signals, each from its lowest to its highest layer. <b>Spectrum</b> shows "
            "how "
            "fast the directions of a module lose weight: a slow fall wants more rank. <b>Do the signals agree?</b> is "
            "Spearman's rank correlation over the layers. Signals of necessity and signals of change often disagree, "
            "and "
            "then a map that is built on one is not supported by the other (layer-importance study, Abbes et al. "
            "2026)."),
        PageHelp::tr(
            "<b>Keys.</b> Arrows move over the map, Left and Right over the chart. The layer that you select is "
            "selected "
            "on all pages."),
        PageHelp::tr(
            "<b>Next:</b> “Profile…” measures; “Allocate from this” takes the shown signal to the page Allocation, "
            "where "
            "HILO turns it into experts and ranks."),
        PageHelp::tr("<i>Every signal's definition and source: menu Help, “Strategies and signals”.</i>"),
    });
}

QString tryHelp()
{
    return paragraphs({
        PageHelp::tr(
            "<b>What you see.</b> The same prompt continued by the base model and by one or two adapters, side by "
            "side, "
            "as "
            "they write. With temperature 0 the most likely token is taken every time; otherwise the same seed gives "
            "the "
            "same text."),
        PageHelp::tr(
            "<b>Colours.</b> Each token has the colour and the number of the expert that weighed most when the token "
            "was "
            "read, in the layer and module that you select. A token's experts are known once it has been read, so the "
            "last one of a text stays without. One expert for all tokens means that the router does not choose; a mix "
            "that follows the words means that it does. Point at a token for all its experts and their weights."),
        PageHelp::tr(
            "<b>Conversation.</b> Models with a chat template can be talked to in turns, with a system prompt. Each "
            "column keeps its own answers, and is told what it said itself. hilo generate --chat --messages does the "
            "same."),
        PageHelp::tr(
            "<b>Next:</b> An adapter that changes nothing, or repeats itself, was trained too little or too fast: see "
            "its "
            "curves on the page Runs. For numbers instead of impressions use the accuracy on the page Compare."),
        PageHelp::tr(
            "<i>Top-k routing after MoLA (Gao et al. 2024); tokens coloured by their first expert as in the Mixtral "
            "report "
            "(Jiang et al. 2024).</i>"),
    });
}

QString exportHelp()
{
    return paragraphs({
        PageHelp::tr(
            "<b>What you see.</b> Every format that this program writes, with a verdict for the chosen run: "
            "<b>exact</b>, <b>exact after padding</b> (zeros are added, the function is the same), <b>static "
            "approximation</b> (the routing is replaced by its mean weights, or, distilled, one adapter is trained "
            "until it says what the mixture says; what each of both costs is measured and shown), or "
            "<b>impossible</b>, with the reason."),
        PageHelp::tr("<b>Why it matters.</b> Most tools know neither routers nor ranks that differ. PEFT's LoRA has no "
                     "router at "
                     "all; MoLA's layout has one rank; only the project's own format holds every map as it is."),
        PageHelp::tr("<b>Verification.</b> After writing, the files are read back by another path and the logits of a "
                     "test batch "
                     "are compared with the run's own. An export that fails this is not put in place."),
        PageHelp::tr(
            "<b>Next:</b> Choose a format, a folder, and “Export”. The folder gets a README that says how to load it, "
            "the "
            "base model, the map and its accuracy. “Show command” gives the same as a line for the terminal."),
    });
}

QString strategyReference()
{
    QString text;
    for (const Strategy* strategy : strategies())
        text += QStringLiteral("<h3>%1</h3><p>%2</p>")
                    .arg(coreText(strategy->title).toHtmlEscaped(), coreText(strategy->description).toHtmlEscaped());
    return text;
}

QString signalReference()
{
    QString text;
    for (const SignalHelp& help : allSignalHelp())
        text += QStringLiteral("<p>%1</p>").arg(signalParagraph(help));
    return text;
}

} // namespace hilo
