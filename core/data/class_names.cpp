// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/class_names.h"

#include "base/atomic_file.h"
#include "data/dataset.h"
#include "data/label_text.h"
#include "formats/yaml_subset.h"

#include <algorithm>
#include <charconv>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largestCard = std::size_t{64} << 20;
constexpr int deepestStruct = 16;

/// ["neg", "pos"], or {"0": "neg", "1": "pos"} of a card; empty where it is neither.
std::vector<std::string> namesOf(const Json& value)
{
    std::vector<std::string> names;
    if (value.is_array()) {
        for (const Json& one : value)
            names.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    } else if (value.is_object()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto one = value.find(std::to_string(i));
            if (one == value.end())
                return {};
            names.push_back(one->is_string() ? one->get<std::string>() : one->dump());
        }
    }
    return names;
}

class FeatureWalk
{
  public:
    ClassNames names;

    /// {"label": {"names": […], "_type": "ClassLabel"}, "answer": {"label": …}}
    void object(const Json& features, const std::string& prefix, int depth)
    {
        if (!features.is_object() || depth > deepestStruct)
            return;
        for (const auto& [column, feature] : features.items()) {
            if (!feature.is_object())
                continue;
            const auto type = feature.find("_type");
            const std::string kind = type != feature.end() && type->is_string() ? type->get<std::string>() : "";
            if (kind == "ClassLabel" && feature.contains("names"))
                add(prefix + column, feature["names"]);
            else if (kind.empty())
                object(feature, prefix + column + ".", depth + 1);
        }
    }

    /// [{"name": "label", "dtype": {"class_label": {"names": {"0": "neg"}}}}, {"name": "answer", "struct": […]}]
    void list(const Json& features, const std::string& prefix, int depth)
    {
        if (!features.is_array() || depth > deepestStruct)
            return;
        for (const Json& feature : features) {
            if (!feature.is_object() || !feature.contains("name") || !feature["name"].is_string())
                continue;
            const std::string column = prefix + feature["name"].get<std::string>();
            if (feature.contains("struct"))
                list(feature["struct"], column + ".", depth + 1);
            const auto type = feature.find("dtype");
            if (type != feature.end() && type->is_object() && type->contains("class_label") &&
                (*type)["class_label"].is_object() && (*type)["class_label"].contains("names"))
                add(column, (*type)["class_label"]["names"]);
        }
    }

  private:
    void add(const std::string& column, const Json& value)
    {
        if (std::vector<std::string> found = namesOf(value); !found.empty())
            names[column] = std::move(found);
    }
};

ClassNames namesOfInfoFile(const fs::path& file)
{
    std::error_code code;
    if (!fs::is_regular_file(file, code))
        return {};
    const auto info = readJsonFile(file, pythonJson);
    if (!info || !info->is_object() || !info->contains("features"))
        return {};
    return classNamesOfFeatures((*info)["features"]);
}

/// One of the card's sets: that of the configuration, the default one, or the only one.
const Json* infoOf(const Json& infos, const std::string& config)
{
    if (infos.is_object())
        return &infos;
    if (!infos.is_array())
        return nullptr;
    const std::string wanted = config.empty() ? "default" : config;
    for (const Json& one : infos)
        if (one.is_object() && one.contains("config_name") && one["config_name"] == wanted)
            return &one;
    return config.empty() && infos.size() == 1 ? &infos[0] : nullptr;
}

} // namespace

ClassNames classNamesOfFeatures(const Json& features)
{
    FeatureWalk walk;
    walk.object(features, "", 0);
    walk.list(features, "", 0);
    return std::move(walk.names);
}

ClassNames classNamesOfMetadata(const std::string& text)
{
    if (text.empty())
        return {};
    const auto document = parseJson(text, {}, pythonJson);
    if (!document || !document->is_object() || !document->contains("info") || !(*document)["info"].is_object() ||
        !(*document)["info"].contains("features"))
        return {};
    return classNamesOfFeatures((*document)["info"]["features"]);
}

ClassNames classNamesOfFolder(const fs::path& folder, const std::string& config, std::string& problem)
{
    if (ClassNames names = namesOfInfoFile(folder / "dataset_info.json"); !names.empty())
        return names;
    std::error_code code;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(folder, code))
        if (entry.is_directory(code))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const fs::path& one : folders)
        if (ClassNames names = namesOfInfoFile(one / "dataset_info.json"); !names.empty())
            return names;
    const fs::path card = folder / "README.md";
    if (!fs::is_regular_file(card, code))
        return {};
    const auto text = readFile(card, largestCard);
    if (!text || !hasFrontMatter(*text))
        return {};
    const auto infos = frontMatterValue(*text, "dataset_info", card.string());
    if (!infos) {
        problem = "what its class labels are called cannot be read: " + infos.error().message +
                  (infos.error().place.empty() ? "" : " (" + infos.error().place + ")");
        return {};
    }
    const Json* const info = infoOf(*infos, config);
    return info && info->is_object() && info->contains("features") ? classNamesOfFeatures((*info)["features"])
                                                                   : ClassNames();
}

void nameClasses(const ClassNames& names, Row& row)
{
    for (const auto& [column, classes] : names) {
        const std::string* const value = row.field(column);
        if (!value)
            continue;
        const std::string number = labelSpelling(*value);
        std::int64_t index = -1;
        const auto [end, code] = std::from_chars(number.data(), number.data() + number.size(), index);
        if (code != std::errc() || end != number.data() + number.size())
            continue;
        const bool isNamed = index >= 0 && index < static_cast<std::int64_t>(classes.size());
        row.classNames.emplace_back(column, isNamed ? classes[static_cast<std::size_t>(index)] : std::string());
    }
}

std::string noteOfClasses(const ClassNames& names)
{
    constexpr std::size_t shown = 12;
    std::string note;
    for (const auto& [column, classes] : names) {
        note += (note.empty() ? "its column \"" : "; \"") + column + "\" numbers classes, which are called ";
        for (std::size_t i = 0; i < std::min(shown, classes.size()); ++i)
            note += (i > 0 ? ", " : "") + classes[i];
        note += classes.size() > shown ? ", …" : "";
    }
    return note;
}

} // namespace hilo
