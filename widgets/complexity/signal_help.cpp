// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/signal_help.h"

#include "allocation/signal_catalogue.h"
#include "base/json.h"
#include "base/log.h"
#include "base/resources.h"
#include "common/core_text.h"

#include <QCoreApplication>

namespace hilo {
namespace {

struct SignalTexts
{
    Q_DECLARE_TR_FUNCTIONS(SignalTexts)
};

/// One entry of the file, in English.
struct HelpEntry
{
    std::string name, title, shortTitle, unit, text;
};

std::vector<HelpEntry> readHelp()
{
    std::vector<HelpEntry> list;
    const auto document = readJsonFile(resourcesFolder() / "help" / "signals.json", {std::size_t{4} << 20, 8});
    if (!document || !document->contains("signals")) {
        logger("workbench")->warn("The descriptions of the signals cannot be read.");
        return list;
    }
    for (const Json& entry : (*document)["signals"]) {
        const auto text = [&entry](const char* key) {
            const auto found = entry.find(key);
            return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        list.push_back({text("name"), text("title"), text("short"), text("unit"), text("text")});
    }
    return list;
}

const std::vector<HelpEntry>& helpEntries()
{
    static const std::vector<HelpEntry> entries = readHelp();
    return entries;
}

SignalHelp translatedHelp(const HelpEntry& entry)
{
    SignalHelp help;
    help.name = QString::fromStdString(entry.name);
    help.title = coreText(entry.title);
    help.shortTitle = coreText(entry.shortTitle);
    help.unit = coreText(entry.unit);
    help.text = coreText(entry.text);
    if (const SignalDescription* known = findSignalDescription(entry.name)) {
        help.definition = coreText(known->meaning);
        help.spectrum = coreText(known->spectrum);
        help.source = QString::fromStdString(known->source);
    }
    return help;
}

} // namespace

std::vector<SignalHelp> allSignalHelp()
{
    std::vector<SignalHelp> list;
    for (const HelpEntry& entry : helpEntries())
        list.push_back(translatedHelp(entry));
    return list;
}

SignalHelp signalHelp(const std::string& name)
{
    for (const HelpEntry& entry : helpEntries())
        if (entry.name == name)
            return translatedHelp(entry);
    const QString title = QString::fromStdString(wordsOf(name));
    return {QString::fromStdString(name), title, title, {}, {}, {}, {}, {}};
}

QString signalParagraph(const SignalHelp& help)
{
    QString text = QStringLiteral("<b>%1</b>").arg(help.title.toHtmlEscaped());
    for (const QString& part : {help.text, help.definition})
        if (!part.isEmpty())
            text += QStringLiteral("<br>") + part.toHtmlEscaped();
    if (!help.spectrum.isEmpty())
        text += QStringLiteral("<br>") + SignalTexts::tr("Spectrum: %1.").arg(help.spectrum).toHtmlEscaped();
    if (!help.source.isEmpty())
        text += QStringLiteral("<br><i>%1</i>").arg(help.source.toHtmlEscaped());
    return text;
}

} // namespace hilo
