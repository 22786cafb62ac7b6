// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/signal_help.h"

#include "allocation/signal_catalogue.h"
#include "base/json.h"
#include "base/log.h"
#include "base/resources.h"

#include <algorithm>

namespace hilo {
namespace {

std::vector<SignalHelp> readHelp()
{
    std::vector<SignalHelp> list;
    const auto document = readJsonFile(resourcesFolder() / "help" / "signals.json", {std::size_t{4} << 20, 8});
    if (!document || !document->contains("signals")) {
        logger("workbench")->warn("The descriptions of the signals cannot be read.");
        return list;
    }
    for (const Json& entry : (*document)["signals"]) {
        const auto text = [&entry](const char* key) {
            const auto found = entry.find(key);
            return found != entry.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                              : QString();
        };
        SignalHelp help{text("name"), text("title"), text("short"), text("unit"), text("text"), {}, {}};
        if (const SignalDescription* known = findSignalDescription(help.name.toStdString())) {
            help.definition = QString::fromStdString(known->meaning);
            help.source = QString::fromStdString(known->source);
        }
        list.push_back(std::move(help));
    }
    return list;
}

} // namespace

const std::vector<SignalHelp>& allSignalHelp()
{
    static const std::vector<SignalHelp> list = readHelp();
    return list;
}

SignalHelp signalHelp(const std::string& name)
{
    const QString wanted = QString::fromStdString(name);
    for (const SignalHelp& help : allSignalHelp())
        if (help.name == wanted)
            return help;
    QString title = QString(wanted).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return {wanted, title, title, {}, {}, {}, {}};
}

QString signalParagraph(const SignalHelp& help)
{
    QString text = QStringLiteral("<b>%1</b>").arg(help.title.toHtmlEscaped());
    for (const QString& part : {help.text, help.definition})
        if (!part.isEmpty())
            text += QStringLiteral("<br>") + part.toHtmlEscaped();
    if (!help.source.isEmpty())
        text += QStringLiteral("<br><i>%1</i>").arg(help.source.toHtmlEscaped());
    return text;
}

} // namespace hilo
