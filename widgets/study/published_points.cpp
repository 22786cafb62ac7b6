// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/published_points.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace hilo {
namespace {

/// A method's numbers of all tasks, from one source on one base model.
struct PublishedMethod
{
    std::set<std::size_t> tasks;
    double sum = 0;
    std::optional<std::int64_t> trainable;
};

void addPublished(const StudyView& study, const std::vector<PublishedNumber>& published, const StudyChartChoice& choice,
                  StudyPoints& result)
{
    const auto add = [&](const std::string& method, const std::string& model, const std::string& source, double value,
                         const std::optional<std::int64_t>& trainable) {
        if (!trainable) {
            ++result.withoutParameters;
            return;
        }
        ComparisonPoint point;
        point.name = QString::fromStdString(method);
        point.id = QStringLiteral("published ") + QString::number(result.points.size());
        point.source = QString::fromStdString(source + ", " + model);
        point.cost = static_cast<double>(*trainable);
        point.value = point.low = point.high = value;
        point.hasInterval = false;
        result.points.push_back(point);
    };
    if (choice.task) {
        for (const PublishedNumber& one : published)
            if (one.task == *choice.task)
                add(one.method, one.model, one.source, one.value, one.trainable);
        return;
    }
    std::map<std::tuple<std::string, std::string, std::string>, PublishedMethod> methods;
    for (const PublishedNumber& one : published) {
        PublishedMethod& method = methods[{one.method, one.model, one.source}];
        if (!method.tasks.insert(one.task).second)
            continue;
        method.sum += one.value;
        method.trainable = one.trainable ? one.trainable : method.trainable;
    }
    for (const auto& [key, method] : methods)
        if (method.tasks.size() == study.observations.tasks.size())
            add(std::get<0>(key), std::get<1>(key), std::get<2>(key),
                method.sum / static_cast<double>(method.tasks.size()), method.trainable);
}

/// Nothing measured is both smaller and better.
void markFront(std::vector<ComparisonPoint>& points, bool lowerIsBetter)
{
    for (ComparisonPoint& one : points)
        one.onFront = std::none_of(points.begin(), points.end(), [&](const ComparisonPoint& other) {
            const double better = lowerIsBetter ? one.value - other.value : other.value - one.value;
            return other.cost <= one.cost && better >= 0 && (other.cost < one.cost || better > 0);
        });
}

} // namespace

StudyPoints studyPoints(const StudyView& study, const std::vector<PublishedNumber>& published,
                        const StudyChartChoice& choice)
{
    StudyPoints result;
    for (std::size_t i = 0; i < study.summary.rows.size(); ++i) {
        const StudyRow& row = study.summary.rows[i];
        const std::optional<StudyInterval>& value = choice.task ? row.cells[*choice.task].mean : row.mean;
        if (!value)
            continue;
        const StudyAllocation& allocation = study.allocation(i);
        ComparisonPoint point;
        point.id = QString::number(i);
        point.name = study.label(i);
        point.colourBy = point.symbolBy = QString::fromStdString(allocation.label);
        point.cost = static_cast<double>(choice.isActive ? allocation.active : allocation.trainable);
        point.value = value->value;
        point.low = value->low.value_or(value->value);
        point.high = value->high.value_or(value->value);
        point.hasInterval = value->low && value->high;
        point.isBaseline = i == 0;
        result.points.push_back(point);
    }
    markFront(result.points, choice.task ? study.taskText(*choice.task).lowerIsBetter() : study.summary.lowerIsBetter);
    if (choice.showsPublished && !choice.isActive)
        addPublished(study, published, choice, result);
    return result;
}

} // namespace hilo
