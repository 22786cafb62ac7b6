// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_split.h"

#include "base/text_format.h"

#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* joinHint = "Put all parts beside one another under the names that llama-gguf-split gave them, or "
                                 "join them: llama-gguf-split --merge FIRST_FILE OUTPUT.";
constexpr std::int64_t mostParts = 65535;

struct SplitPlace
{
    std::int64_t number = 0; ///< from 0
    std::int64_t count = 1;
    std::int64_t tensors = -1; ///< of all parts; -1: not said
};

Result<SplitPlace> splitPlaceOf(const GgufFile& part)
{
    SplitPlace place;
    HILO_TRY(const auto count, part.integer("split.count", 0, mostParts));
    HILO_TRY(const auto number, part.integer("split.no", 0, mostParts));
    HILO_TRY(const auto tensors, part.integer("split.tensors.count", 0, INT64_MAX));
    place.count = count.value_or(1);
    place.number = number.value_or(0);
    place.tensors = tensors.value_or(-1);
    return place;
}

/// "-00001-of-00003.gguf"
std::string partEnding(std::int64_t number, std::int64_t count)
{
    return printed("-%05lld-of-%05lld.gguf", static_cast<long long>(number + 1), static_cast<long long>(count));
}

Result<GgufFile> openPart(const fs::path& path, std::int64_t number, std::int64_t count)
{
    std::error_code code;
    if (!fs::exists(path, code))
        return failure(badInput(path.string(), {},
                                "Part " + std::to_string(number + 1) + " of " + std::to_string(count) +
                                    " of the split model is missing.",
                                joinHint));
    HILO_TRY(const auto file, MappedFile::open(path));
    HILO_TRY(GgufFile part, parseGguf(file, file->bytes(), path.string()));
    HILO_TRY(const SplitPlace place, splitPlaceOf(part));
    if (place.count != count || place.number != number)
        return failure(part.errorAt("split.no",
                                    "The file says that it is part " + std::to_string(place.number + 1) + " of " +
                                        std::to_string(place.count) + ", but its name says " +
                                        std::to_string(number + 1) + " of " + std::to_string(count) + ".",
                                    joinHint));
    return part;
}

} // namespace

Result<GgufFile> withOtherParts(GgufFile given)
{
    HILO_TRY(const SplitPlace place, splitPlaceOf(given));
    if (place.count <= 1)
        return given;
    const fs::path path = given.name;
    const std::string name = path.filename().string();
    const std::string ending = partEnding(place.number, place.count);
    if (!name.ends_with(ending))
        return failure(given.errorAt("split.count",
                                     "The file is part " + std::to_string(place.number + 1) + " of " +
                                         std::to_string(place.count) +
                                         " of a split model, but its name does not end "
                                         "in " +
                                         ending + ", so the other parts cannot be found.",
                                     joinHint));
    const std::string stem = name.substr(0, name.size() - ending.size());
    std::vector<GgufFile> parts;
    for (std::int64_t number = 0; number < place.count; ++number) {
        HILO_TRY(GgufFile part,
                 openPart(path.parent_path() / (stem + partEnding(number, place.count)), number, place.count));
        parts.push_back(std::move(part));
    }
    GgufFile whole = parts.front();
    std::set<std::string> names;
    std::vector<std::shared_ptr<const void>> owners;
    whole.tensors.clear();
    whole.parts.clear();
    for (GgufFile& part : parts) {
        owners.push_back(part.owner);
        whole.parts.emplace_back(part.name);
        for (GgufTensor& tensor : part.tensors) {
            if (!names.insert(tensor.info.name).second)
                return failure(badInput(part.name, "tensor \"" + tensor.info.name + "\"",
                                        "The tensor stands in an earlier part too.", joinHint));
            whole.tensors.push_back(std::move(tensor));
        }
    }
    whole.owner = std::make_shared<std::vector<std::shared_ptr<const void>>>(std::move(owners));
    if (place.tensors >= 0 && place.tensors != static_cast<std::int64_t>(whole.tensors.size()))
        return failure(given.errorAt("split.tensors.count",
                                     "The model is said to have " + std::to_string(place.tensors) +
                                         " tensors, but its parts hold " + std::to_string(whole.tensors.size()) + ".",
                                     joinHint));
    return whole;
}

} // namespace hilo
