// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_merge.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace hilo {
namespace {

struct DataMerge
{
    Q_DECLARE_TR_FUNCTIONS(DataMerge)
};

/// A task's settings by key, or those that are of no task.
using SettingsOf = std::map<std::string, Json>;

SettingsOf settingsOf(const TaskSpec& task)
{
    SettingsOf settings;
    TaskSpec named = task;
    named.name = nameOfTask(task);
    const Json json = toJson(std::vector<TaskSpec>{named});
    for (const auto& [key, value] : (json.is_array() ? json.front() : json).items())
        settings[key] = value;
    return settings;
}

SettingsOf settingsOf(const ProjectData& data)
{
    return {{"max_length", data.maxLength},
            {"mixing", static_cast<int>(data.mixing)},
            {"mixing_temperature", data.mixingTemperature}};
}

const TaskSpec* taskOf(const ProjectData& data, const std::string& name)
{
    const auto found = std::find_if(data.tasks.begin(), data.tasks.end(),
                                    [&name](const TaskSpec& task) { return nameOfTask(task) == name; });
    return found == data.tasks.end() ? nullptr : &*found;
}

/// In the order in which a reader meets them: ours, then those that only they have.
std::vector<std::string> namesIn(std::initializer_list<const ProjectData*> all)
{
    std::vector<std::string> names;
    for (const ProjectData* data : all)
        for (const TaskSpec& task : data->tasks)
            if (const std::string name = nameOfTask(task); std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    return names;
}

template <class Value>
class Merger
{
  public:
    Merger(MergedData& counted, QString place) : counted_(counted), place_(std::move(place)) {}

    /// Of one setting: what only one side has changed counts, of two different changes ours.
    Value operator()(const Value& base, const Value& ours, const Value& theirs) const
    {
        if (ours == theirs || theirs == base) {
            counted_.ours += ours == theirs ? 0 : 1;
            return ours;
        }
        if (ours == base) {
            ++counted_.theirs;
            return theirs;
        }
        counted_.conflicts << place_;
        return ours;
    }

  private:
    MergedData& counted_;
    QString place_;
};

QString placeOf(const std::string& task, const std::string& key)
{
    return task.empty() ? QString::fromStdString(key)
                        : QStringLiteral("%1, %2").arg(QString::fromStdString(task), QString::fromStdString(key));
}

SettingsOf mergedSettings(const std::string& task, const SettingsOf& base, const SettingsOf& ours,
                          const SettingsOf& theirs, MergedData& counted)
{
    std::set<std::string> keys;
    for (const SettingsOf* settings : {&base, &ours, &theirs})
        for (const auto& [key, value] : *settings)
            keys.insert(key);
    const auto in = [](const SettingsOf& settings, const std::string& key) {
        const auto found = settings.find(key);
        return found == settings.end() ? Json() : found->second; // null: it does not say
    };
    SettingsOf result;
    for (const std::string& key : keys) {
        const Merger<Json> merge(counted, placeOf(task, key));
        if (Json value = merge(in(base, key), in(ours, key), in(theirs, key)); !value.is_null())
            result[key] = std::move(value);
    }
    return result;
}

QString shownSetting(const std::map<std::string, Json>& settings, const std::string& key)
{
    const auto found = settings.find(key);
    if (found == settings.end())
        return DataMerge::tr("nothing");
    return found->second.is_string()
               ? QString::fromStdString(found->second.get<std::string>())
               : QString::fromStdString(found->second.dump(-1, ' ', false, Json::error_handler_t::replace));
}

} // namespace

Result<MergedData> mergeProjectData(const ProjectData& base, const ProjectData& ours, const ProjectData& theirs)
{
    MergedData result{ours, 0, 0, {}};
    const SettingsOf whole = mergedSettings({}, settingsOf(base), settingsOf(ours), settingsOf(theirs), result);
    result.data.maxLength = whole.at("max_length").get<std::int64_t>();
    result.data.mixing = static_cast<Mixing>(whole.at("mixing").get<int>());
    result.data.mixingTemperature = whole.at("mixing_temperature").get<double>();
    Json tasks = Json::array();
    for (const std::string& name : namesIn({&ours, &theirs, &base})) {
        const TaskSpec *known = taskOf(base, name), *here = taskOf(ours, name), *there = taskOf(theirs, name);
        const auto of = [](const TaskSpec* task) { return task ? settingsOf(*task) : SettingsOf(); };
        SettingsOf settings;
        if (known && here && there)
            settings = mergedSettings(name, of(known), of(here), of(there), result);
        else // a task is there or not: half of one is none
            settings = Merger<SettingsOf>(result, QString::fromStdString(name))(of(known), of(here), of(there));
        if (settings.empty())
            continue;
        Json task = Json::object();
        for (const auto& [key, value] : settings)
            task[key] = value;
        tasks.push_back(std::move(task));
    }
    if (tasks.empty())
        return result;
    const Json document = {{"data", std::move(tasks)}};
    HILO_TRY(const JsonObject root, JsonObject::of(document, ""));
    HILO_TRY(result.data.tasks, parseTasks(root, std::filesystem::current_path()));
    return result;
}

QStringList dataDifferences(const ProjectData& ours, const ProjectData& theirs)
{
    QStringList lines;
    const auto compare = [&lines](const std::string& task, const SettingsOf& here, const SettingsOf& there) {
        std::set<std::string> keys;
        for (const SettingsOf* settings : {&here, &there})
            for (const auto& [key, value] : *settings)
                keys.insert(key);
        for (const std::string& key : keys)
            if (const QString one = shownSetting(here, key), other = shownSetting(there, key); one != other)
                lines << DataMerge::tr("%1: here %2, on disk %3").arg(placeOf(task, key), one, other);
    };
    compare({}, settingsOf(ours), settingsOf(theirs));
    for (const std::string& name : namesIn({&ours, &theirs})) {
        const TaskSpec *here = taskOf(ours, name), *there = taskOf(theirs, name);
        if (here && there)
            compare(name, settingsOf(*here), settingsOf(*there));
        else
            lines << (here ? DataMerge::tr("%1: only here") : DataMerge::tr("%1: only on disk"))
                         .arg(QString::fromStdString(name));
    }
    return lines;
}

bool isSameData(const std::optional<ProjectData>& one, const std::optional<ProjectData>& other)
{
    if (!one || !other)
        return one.has_value() == other.has_value();
    if (settingsOf(*one) != settingsOf(*other) || one->tasks.size() != other->tasks.size())
        return false;
    for (std::size_t i = 0; i < one->tasks.size(); ++i)
        if (settingsOf(one->tasks[i]) != settingsOf(other->tasks[i]))
            return false;
    return true;
}

} // namespace hilo
