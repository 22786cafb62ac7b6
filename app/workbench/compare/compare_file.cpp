// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_file.h"

#include "base/atomic_file.h"
#include "compare/compare_model.h"
#include "compare/compare_table.h"
#include "run/run_settings.h"

namespace hilo {

Status writeComparison(const CompareModel& model, const QString& file)
{
    const MetricChoice metric{model.metric().metric(), model.metric().task()};
    std::vector<std::vector<std::string>> lines;
    const auto text = [](const QVariant& value) { return value.toString().toStdString(); };
    std::vector<std::string> head{"run", "ids", "state", metric.text(), "low", "high"};
    for (const char* title : {"trainable_parameters", "active_parameters", "seconds", "seeds", "pareto_front",
                              "baseline", "difference", "difference_low", "difference_high", "clear_difference", "map"})
        head.emplace_back(title);
    for (int column = CompareModel::FixedColumns; column < model.columnCount(); ++column)
        head.push_back(text(model.headerData(column, Qt::Horizontal, Qt::DisplayRole)));
    lines.push_back(head);
    const auto number = [](const auto& value) {
        return value ? shownNumber(static_cast<double>(*value)) : std::string();
    };
    for (int row = 0; row < model.rowCount(); ++row) {
        const ComparisonRow& entry = *model.at(row);
        std::string ids;
        for (const std::string& id : entry.row.ids)
            ids += (ids.empty() ? "" : " ") + id;
        const auto flag = [](bool value) { return std::string(value ? "true" : "false"); };
        std::vector<std::string> line{entry.row.name,
                                      ids,
                                      entry.row.state,
                                      number(entry.row.value),
                                      number(entry.row.low),
                                      number(entry.row.high),
                                      number(entry.row.trainableParameters),
                                      number(entry.row.activeParameters),
                                      number(entry.row.seconds),
                                      std::to_string(entry.row.seeds),
                                      flag(entry.row.onFront),
                                      flag(entry.difference.isBaseline),
                                      number(entry.difference.difference),
                                      number(entry.difference.low),
                                      number(entry.difference.high),
                                      entry.difference.difference ? flag(entry.difference.isClear) : std::string(),
                                      entry.map.toStdString()};
        for (const QString& value : entry.values)
            line.push_back(value.toStdString());
        lines.push_back(std::move(line));
    }
    return writeFileAtomically(file.toStdString(), csvOf(lines));
}

} // namespace hilo
