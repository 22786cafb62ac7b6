// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_report_text.h"

#include "common/json_text.h"
#include "common/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace hilo {
namespace {

struct ReportTexts
{
    Q_DECLARE_TR_FUNCTIONS(ExportReport)
};

const Json& child(const Json& object, const char* key)
{
    static const Json nothing;
    if (!object.is_object())
        return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

double number(const Json& object, const char* key)
{
    const Json& value = child(object, key);
    return value.is_number() ? value.get<double>() : 0;
}

/// What the export costs comes first; that its files say what they should is no news.
QString headline(const Json& report, const QString& checked)
{
    const Json& cost = child(report, "static_approximation");
    const bool isExact = textIn(report, "verdict").startsWith(QLatin1String("exact"));
    if (!cost.is_object())
        return isExact ? ReportTexts::tr("✓ Costs nothing: %1").arg(checked)
                       : ReportTexts::tr("⚠ An approximation whose cost was not measured");
    if (child(cost, "accuracy_before").is_number() && child(cost, "accuracy_after").is_number()) {
        const double before = number(cost, "accuracy_before"), after = number(cost, "accuracy_after");
        const QString points = QLocale().toString(std::abs(before - after) * 100, 'f', 1);
        if (after >= before)
            return ReportTexts::tr("✓ Costs no accuracy here: %1 with routers, %2 without")
                .arg(percentage(before), percentage(after));
        return ReportTexts::tr("⚠ Costs %1 points of accuracy: %2 with routers, %3 without")
            .arg(points, percentage(before), percentage(after));
    }
    return ReportTexts::tr("⚠ Loss %1 with routers, %2 without")
        .arg(shortNumber(number(cost, "loss_before")), shortNumber(number(cost, "loss_after")));
}

/// ofMeans: of mean weights, where the export is distilled; else empty.
QString prices(const QString& before, const QString& ofMeans, const QString& after)
{
    return ofMeans.isEmpty()
               ? ReportTexts::tr("%1 with routers, %2 here").arg(before, after)
               : ReportTexts::tr("%1 with routers, %2 here; mean weights: %3").arg(before, after, ofMeans);
}

} // namespace

ExportReportText exportReportText(const Json& report)
{
    ExportReportText result;
    result.folder = textIn(report, "folder");
    const Json& check = child(report, "verification");
    const auto same = static_cast<std::int64_t>(number(check, "same_choice"));
    const auto tokens = static_cast<std::int64_t>(number(check, "tokens"));
    result.format = textIn(report, "format");
    const QString checked =
        ReportTexts::tr("the same next token for %1 of %2").arg(groupedNumber(same), groupedNumber(tokens));
    result.title = headline(report, checked);
    result.facts << std::pair(ReportTexts::tr("Files read back"), checked);
    result.facts << std::pair(ReportTexts::tr("Verdict"), textIn(report, "verdict"));
    result.facts << std::pair(ReportTexts::tr("Largest difference of logits"),
                              ReportTexts::tr("%1 (allowed %2) from %3")
                                  .arg(QLocale().toString(number(check, "greatest_difference"), 'g', 2),
                                       QLocale().toString(number(check, "tolerance"), 'g', 2),
                                       textIn(check, "against")));
    if (const Json& rounding = child(report, "rounding"); rounding.is_object())
        result.facts << std::pair(ReportTexts::tr("Cost of rounding"),
                                  ReportTexts::tr("logits differ by up to %1; the same next token for %2 of %3")
                                      .arg(QLocale().toString(number(rounding, "greatest_difference"), 'g', 2),
                                           groupedNumber(static_cast<std::int64_t>(number(rounding, "same_choice"))),
                                           groupedNumber(tokens)));
    const Json& cost = child(report, "static_approximation");
    if (cost.is_object()) {
        const Json& distilled = child(cost, "distilled");
        if (child(cost, "accuracy_before").is_number() && child(cost, "accuracy_after").is_number())
            result.facts << std::pair(ReportTexts::tr("Accuracy"),
                                      prices(percentage(number(cost, "accuracy_before")),
                                             child(distilled, "accuracy_of_mean_weights").is_number()
                                                 ? percentage(number(distilled, "accuracy_of_mean_weights"))
                                                 : QString(),
                                             percentage(number(cost, "accuracy_after"))));
        result.facts << std::pair(
            ReportTexts::tr("Loss"),
            prices(shortNumber(number(cost, "loss_before")),
                   distilled.is_object() ? shortNumber(number(distilled, "loss_of_mean_weights")) : QString(),
                   shortNumber(number(cost, "loss_after"))));
        if (distilled.is_object())
            result.facts << std::pair(ReportTexts::tr("Distilled"),
                                      ReportTexts::tr("%1 steps, rank %2 at most, in %3")
                                          .arg(groupedNumber(static_cast<std::int64_t>(number(distilled, "steps"))),
                                               groupedNumber(static_cast<std::int64_t>(number(cost, "rank"))),
                                               durationText(number(distilled, "seconds"))));
        result.facts << std::pair(
            ReportTexts::tr("Measured on"),
            ReportTexts::tr("%1 rows of %2")
                .arg(groupedNumber(static_cast<std::int64_t>(number(cost, "rows"))), textIn(cost, "split")));
    }
    std::uint64_t bytes = 0;
    QStringList names;
    for (const Json& file : child(report, "files")) {
        bytes += static_cast<std::uint64_t>(number(file, "bytes"));
        names << textIn(file, "name");
    }
    result.facts << std::pair(ReportTexts::tr("Size"),
                              ReportTexts::tr("%1 in %2 files").arg(byteSize(bytes)).arg(names.size()));
    constexpr qsizetype mostNames = 6;
    result.facts << std::pair(ReportTexts::tr("Files"),
                              names.size() > mostNames
                                  ? names.mid(0, mostNames).join(QStringLiteral(", ")) + QStringLiteral(", …")
                                  : names.join(QStringLiteral(", ")));
    result.facts << std::pair(ReportTexts::tr("Took"), durationText(number(report, "seconds")));
    return result;
}

} // namespace hilo
