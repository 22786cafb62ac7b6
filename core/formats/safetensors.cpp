// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/safetensors.h"

#include "base/byte_reader.h"
#include "formats/file_kind.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace hilo {
namespace {

constexpr std::uint64_t maximumHeaderBytes = 100'000'000;

struct SafetensorsType
{
    const char* name;
    unsigned bits;
    DataType type;
};

/// In the writer's order, from the least alignment to the greatest (huggingface/safetensors tensor.rs).
constexpr std::array safetensorsTypes = {
    SafetensorsType{"BOOL", 8, DataType::Bool},
    SafetensorsType{"F4", 4, DataType::Unsupported},
    SafetensorsType{"F6_E2M3", 6, DataType::Unsupported},
    SafetensorsType{"F6_E3M2", 6, DataType::Unsupported},
    SafetensorsType{"U8", 8, DataType::U8},
    SafetensorsType{"I8", 8, DataType::I8},
    SafetensorsType{"F8_E5M2", 8, DataType::F8_E5M2},
    SafetensorsType{"F8_E4M3", 8, DataType::F8_E4M3},
    SafetensorsType{"F8_E8M0", 8, DataType::F8_E8M0},
    SafetensorsType{"F8_E4M3FNUZ", 8, DataType::Unsupported},
    SafetensorsType{"F8_E5M2FNUZ", 8, DataType::Unsupported},
    SafetensorsType{"I16", 16, DataType::I16},
    SafetensorsType{"U16", 16, DataType::Unsupported},
    SafetensorsType{"F16", 16, DataType::F16},
    SafetensorsType{"BF16", 16, DataType::BF16},
    SafetensorsType{"I32", 32, DataType::I32},
    SafetensorsType{"U32", 32, DataType::Unsupported},
    SafetensorsType{"F32", 32, DataType::F32},
    SafetensorsType{"C64", 64, DataType::Unsupported},
    SafetensorsType{"F64", 64, DataType::F64},
    SafetensorsType{"I64", 64, DataType::I64},
    SafetensorsType{"U64", 64, DataType::Unsupported},
};

const SafetensorsType* safetensorsTypeByName(const std::string& name)
{
    const auto found = std::find_if(safetensorsTypes.begin(), safetensorsTypes.end(),
                                    [&](const auto& type) { return name == type.name; });
    return found == safetensorsTypes.end() ? nullptr : &*found;
}

Error headerError(const std::string& file, const std::string& place, const std::string& rule,
                  const std::string& message)
{
    return badInput(file, place, message + " (" + rule + ")",
                    "The file is damaged or was not written completely; fetch it again.");
}

struct HeaderEntry
{
    std::string name;
    const SafetensorsType* stored = nullptr;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

Result<std::uint64_t> unsignedNumber(const Json& value, const std::string& file, const std::string& place)
{
    if (!value.is_number_unsigned())
        return failure(headerError(file, place, "InvalidHeaderDeserialization",
                                   "A whole number from 0 was expected, not " + value.dump() + "."));
    return value.get<std::uint64_t>();
}

Result<HeaderEntry> readEntry(const std::string& name, const Json& value, const std::string& file)
{
    const std::string place = "tensor \"" + name + "\"";
    const auto invalid = [&](const std::string& message) {
        return failure(headerError(file, place, "InvalidHeaderDeserialization", message));
    };
    if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") || !value.contains("data_offsets"))
        return invalid("An object with dtype, shape and data_offsets was expected.");
    if (!value["dtype"].is_string() || !value["shape"].is_array() || !value["data_offsets"].is_array() ||
        value["data_offsets"].size() != 2)
        return invalid("dtype must be a text, shape a list and data_offsets two numbers.");
    HeaderEntry entry;
    entry.name = name;
    entry.stored = safetensorsTypeByName(value["dtype"].get<std::string>());
    if (!entry.stored)
        return invalid("The dtype " + value["dtype"].dump() + " is not known.");
    for (const Json& size : value["shape"]) {
        HILO_TRY(const std::uint64_t number, unsignedNumber(size, file, place));
        // Above this the product could not be held in memory anyway; the sign of int64 stays clear.
        if (number > static_cast<std::uint64_t>(INT64_MAX))
            return failure(headerError(file, place, "ValidationOverflow", "The shape overflows."));
        entry.shape.push_back(static_cast<std::int64_t>(number));
    }
    HILO_TRY(entry.begin, unsignedNumber(value["data_offsets"][0], file, place));
    HILO_TRY(entry.end, unsignedNumber(value["data_offsets"][1], file, place));
    return entry;
}

/// Size rules of one tensor, in the reference reader's order.
Status checkSize(const HeaderEntry& entry, const std::string& file)
{
    const std::string place = "tensor \"" + entry.name + "\"";
    std::uint64_t bits = entry.stored->bits;
    std::uint64_t elements = 1;
    for (const std::int64_t size : entry.shape)
        if (!checkedMultiply(elements, static_cast<std::uint64_t>(size), elements))
            return failure(headerError(file, place, "ValidationOverflow", "The number of elements overflows 64 bits."));
    if (!checkedMultiply(elements, bits, bits))
        return failure(headerError(file, place, "ValidationOverflow", "The size overflows 64 bits."));
    if (bits % 8 != 0)
        return failure(headerError(file, place, "MisalignedSlice", "The tensor does not end at a whole byte."));
    if (entry.end - entry.begin != bits / 8)
        return failure(headerError(file, place, "TensorInvalidInfo",
                                   "Shape and dtype need " + std::to_string(bits / 8) +
                                       " bytes, but data_offsets hold " + std::to_string(entry.end - entry.begin) +
                                       "."));
    return {};
}

Result<std::vector<HeaderEntry>> readHeader(const Json& header, const std::string& file,
                                            std::map<std::string, std::string>& metadata)
{
    if (!header.is_object())
        return failure(headerError(file, "header", "InvalidHeaderDeserialization", "A JSON object was expected."));
    std::vector<HeaderEntry> entries;
    for (const auto& [name, value] : header.items()) {
        if (name != "__metadata__") {
            HILO_TRY(HeaderEntry entry, readEntry(name, value, file));
            entries.push_back(std::move(entry));
            continue;
        }
        // The reference reader's metadata are optional, and null is one way to leave them out.
        if (value.is_null())
            continue;
        if (!value.is_object())
            return failure(
                headerError(file, "__metadata__", "InvalidHeaderDeserialization", "An object of texts was expected."));
        for (const auto& [key, text] : value.items()) {
            if (!text.is_string())
                return failure(
                    headerError(file, "__metadata__." + key, "InvalidHeaderDeserialization", "A text was expected."));
            metadata[key] = text.get<std::string>();
        }
    }
    std::sort(entries.begin(), entries.end(), [](const HeaderEntry& a, const HeaderEntry& b) {
        return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
    });
    return entries;
}

} // namespace

const TensorView* SafetensorsFile::find(const std::string& name) const
{
    const auto found =
        std::find_if(tensors.begin(), tensors.end(), [&](const TensorView& view) { return view.info.name == name; });
    return found == tensors.end() ? nullptr : &*found;
}

Result<SafetensorsFile> parseSafetensors(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes,
                                         const std::string& name)
{
    if (bytes.size() < 8)
        return failure(
            headerError(name, "byte 0", "HeaderTooSmall",
                        "A safetensors file has at least 8 bytes; this one has " + std::to_string(bytes.size()) + "."));
    ByteReader reader(bytes, name);
    HILO_TRY(const auto headerBytes, reader.read<std::uint64_t>("the header's length"));
    if (headerBytes > maximumHeaderBytes)
        return failure(headerError(name, "byte 0", "HeaderTooLarge",
                                   "The header is said to have " + std::to_string(headerBytes) +
                                       " bytes; at most 100000000 are allowed."));
    if (headerBytes > reader.remaining())
        return failure(headerError(name, "byte 0", "InvalidHeaderLength",
                                   "The header is said to have " + std::to_string(headerBytes) + " bytes, but only " +
                                       std::to_string(reader.remaining()) + " follow."));
    HILO_TRY(const std::string_view text, reader.takeText(headerBytes, "the header"));
    auto parsed = parseJson(text, name, {maximumHeaderBytes, 128});
    if (!parsed) {
        Error error = parsed.error();
        const bool encoding = error.message.find("UTF-8") != std::string::npos;
        error.message += encoding ? " (InvalidHeader)" : " (InvalidHeaderDeserialization)";
        error.place = "header, " + error.place;
        return failure(error);
    }
    SafetensorsFile result;
    HILO_TRY(const auto entries, readHeader(*parsed, name, result.metadata));
    const auto data = bytes.subspan(reader.position());
    std::uint64_t position = 0;
    for (const HeaderEntry& entry : entries) {
        if (entry.begin != position || entry.end < entry.begin)
            return failure(headerError(name, "tensor \"" + entry.name + "\"", "InvalidOffset",
                                       "The data must start at byte " + std::to_string(position) +
                                           " without hole or overlap, but data_offsets are " +
                                           std::to_string(entry.begin) + " to " + std::to_string(entry.end) + "."));
        HILO_CHECK(checkSize(entry, name));
        position = entry.end;
    }
    if (position != data.size())
        return failure(headerError(
            name, "byte " + std::to_string(reader.position() + std::min<std::uint64_t>(position, data.size())),
            "MetadataIncompleteBuffer",
            "The header describes " + std::to_string(position) + " bytes of data, but the file holds " +
                std::to_string(data.size()) + "."));
    result.file = file;
    result.tensors.reserve(entries.size());
    for (const HeaderEntry& entry : entries) {
        const std::uint64_t size = entry.end - entry.begin;
        TensorInfo info{entry.name, entry.shape, entry.stored->type, size, name};
        if (info.type == DataType::Unsupported)
            info.storedAs = entry.stored->name;
        result.tensors.push_back({std::move(info), data.subspan(entry.begin, size), file});
    }
    return result;
}

Result<SafetensorsFile> openSafetensors(const std::filesystem::path& path)
{
    HILO_TRY(const auto file, MappedFile::open(path));
    const FileKind kind = fileKindOf(file->bytes());
    if (kind != FileKind::Safetensors && kind != FileKind::Unknown)
        return failure(badInput(path.string(), "byte 0",
                                "A safetensors file was expected; this is " + fileKindName(kind) + ".",
                                fileKindHint(kind)));
    return parseSafetensors(file, file->bytes(), path.string());
}

} // namespace hilo
