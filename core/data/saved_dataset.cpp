// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/saved_dataset.h"

#include "base/json.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

using Paths = std::vector<fs::path>;

/// A name of a file or folder that stands in the folder itself.
Status checkPlainName(const std::string& name, const std::string& file)
{
    if (!name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos)
        return {};
    return failure(badInput(file, {}, "\"" + name + "\" is no name of a file in this folder."));
}

/// state.json where it is one of a saved set.
std::optional<Json> savedState(const fs::path& folder)
{
    std::error_code code;
    if (!fs::is_regular_file(folder / "state.json", code))
        return std::nullopt;
    auto state = readJsonFile(folder / "state.json", pythonJson);
    if (!state || !state->is_object() || !state->contains("_data_files") || !(*state)["_data_files"].is_array())
        return std::nullopt;
    return std::move(*state);
}

Result<Paths> filesOfState(const Json& state, const fs::path& folder)
{
    const std::string file = (folder / "state.json").string();
    // Older versions left a selection of rows beside the rows.
    for (const char* key : {"_indices_data_files", "_indices_files"})
        if (state.contains(key) && !state[key].empty())
            return failure(badInput(file, key, "The set was saved as a selection of rows of others, which is not read.",
                                    "Save it again after flatten_indices()."));
    Paths paths;
    for (const Json& one : state["_data_files"]) {
        if (!one.is_object() || !one.contains("filename") || !one["filename"].is_string())
            return failure(badInput(file, "_data_files", "Expected a list of objects with \"filename\"."));
        const std::string name = one["filename"].get<std::string>();
        HILO_CHECK(checkPlainName(name, file));
        std::error_code code;
        if (!fs::is_regular_file(folder / name, code))
            return failure(badInput(file, "_data_files", "The file " + name + " is not there.",
                                    "Copy or download the whole folder again."));
        paths.push_back(folder / name);
    }
    if (paths.empty())
        return failure(badInput(file, "_data_files", "The saved set has no data files."));
    return paths;
}

Result<NamedSplits> splitsOfDict(const fs::path& folder)
{
    const fs::path file = folder / "dataset_dict.json";
    HILO_TRY(const Json dict, readJsonFile(file));
    if (!dict.is_object() || !dict.contains("splits") || !dict["splits"].is_array() || dict["splits"].empty())
        return failure(badInput(file.string(), "splits", "Expected a list of names."));
    NamedSplits result;
    for (const Json& one : dict["splits"]) {
        const std::string name = one.is_string() ? one.get<std::string>() : "";
        HILO_CHECK(checkPlainName(name, file.string()));
        const std::optional<Json> state = savedState(folder / name);
        if (!state)
            return failure(badInput(file.string(), "splits",
                                    "The folder of the split \"" + name + "\" has no state.json with its data files.",
                                    "Copy or download the whole folder again."));
        HILO_TRY(Paths paths, filesOfState(*state, folder / name));
        result.splits.emplace_back(name, std::move(paths));
    }
    return result;
}

} // namespace

Result<std::optional<NamedSplits>> savedSplits(const fs::path& folder)
{
    std::error_code code;
    if (fs::is_regular_file(folder / "dataset_dict.json", code)) {
        HILO_TRY(NamedSplits splits, splitsOfDict(folder));
        return splits;
    }
    const std::optional<Json> state = savedState(folder);
    if (!state)
        return std::nullopt;
    NamedSplits result;
    HILO_TRY(Paths paths, filesOfState(*state, folder));
    result.splits.emplace_back("train", std::move(paths));
    const std::string said =
        state->contains("_split") && (*state)["_split"].is_string() ? (*state)["_split"] : Json("");
    if (!said.empty() && said != "train")
        result.notes.push_back(
            {folder.string(), "it was saved as the split \"" + said + "\" and is read as \"train\""});
    return result;
}

} // namespace hilo
