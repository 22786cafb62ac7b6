// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf.h"

#include "base/byte_reader.h"
#include "formats/file_kind.h"
#include "formats/gguf_split.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>

namespace hilo {
namespace {

constexpr std::uint64_t maximumLength = std::uint64_t{1} << 30;
constexpr std::uint32_t arrayType = 9;
constexpr std::uint32_t textType = 8;
constexpr const char* damaged = "The file is damaged or was not written completely; fetch it again.";

/// The tensor types of ggml by their number; those that are not read here still have a size, so that the file can be
/// walked and the type named.
struct StoredType
{
    std::uint32_t id;
    const char* name;
    std::uint64_t blockElements;
    std::uint64_t blockBytes;
    DataType type;
};

constexpr std::array storedTypes = {
    StoredType{0, "F32", 1, 4, DataType::F32},
    StoredType{1, "F16", 1, 2, DataType::F16},
    StoredType{2, "Q4_0", 32, 18, DataType::Q4_0},
    StoredType{3, "Q4_1", 32, 20, DataType::Q4_1},
    StoredType{6, "Q5_0", 32, 22, DataType::Q5_0},
    StoredType{7, "Q5_1", 32, 24, DataType::Q5_1},
    StoredType{8, "Q8_0", 32, 34, DataType::Q8_0},
    StoredType{10, "Q2_K", 256, 84, DataType::Q2_K},
    StoredType{11, "Q3_K", 256, 110, DataType::Q3_K},
    StoredType{12, "Q4_K", 256, 144, DataType::Q4_K},
    StoredType{13, "Q5_K", 256, 176, DataType::Q5_K},
    StoredType{14, "Q6_K", 256, 210, DataType::Q6_K},
    StoredType{15, "Q8_K", 256, 292, DataType::Unsupported},
    StoredType{16, "IQ2_XXS", 256, 66, DataType::IQ2_XXS},
    StoredType{17, "IQ2_XS", 256, 74, DataType::IQ2_XS},
    StoredType{18, "IQ3_XXS", 256, 98, DataType::IQ3_XXS},
    StoredType{19, "IQ1_S", 256, 50, DataType::IQ1_S},
    StoredType{20, "IQ4_NL", 32, 18, DataType::IQ4_NL},
    StoredType{21, "IQ3_S", 256, 110, DataType::IQ3_S},
    StoredType{22, "IQ2_S", 256, 82, DataType::IQ2_S},
    StoredType{23, "IQ4_XS", 256, 136, DataType::IQ4_XS},
    StoredType{24, "I8", 1, 1, DataType::Unsupported},
    StoredType{25, "I16", 1, 2, DataType::Unsupported},
    StoredType{26, "I32", 1, 4, DataType::Unsupported},
    StoredType{27, "I64", 1, 8, DataType::Unsupported},
    StoredType{28, "F64", 1, 8, DataType::F64},
    StoredType{29, "IQ1_M", 256, 56, DataType::IQ1_M},
    StoredType{30, "BF16", 1, 2, DataType::BF16},
    StoredType{34, "TQ1_0", 256, 54, DataType::TQ1_0},
    StoredType{35, "TQ2_0", 256, 66, DataType::TQ2_0},
    StoredType{39, "MXFP4", 32, 17, DataType::MXFP4},
    StoredType{40, "NVFP4", 64, 36, DataType::NVFP4},
    StoredType{41, "Q1_0", 128, 18, DataType::Unsupported},
};

const StoredType* storedTypeById(std::uint32_t id)
{
    for (const StoredType& type : storedTypes)
        if (type.id == id)
            return &type;
    return nullptr;
}

struct ScalarType
{
    std::uint32_t id;
    unsigned bytes;
    GgufArray::Kind kind;
};

constexpr std::array scalarTypes = {
    ScalarType{0, 1, GgufArray::Kind::Unsigned},  ScalarType{1, 1, GgufArray::Kind::Signed},
    ScalarType{2, 2, GgufArray::Kind::Unsigned},  ScalarType{3, 2, GgufArray::Kind::Signed},
    ScalarType{4, 4, GgufArray::Kind::Unsigned},  ScalarType{5, 4, GgufArray::Kind::Signed},
    ScalarType{6, 4, GgufArray::Kind::Float},     ScalarType{7, 1, GgufArray::Kind::Bool},
    ScalarType{10, 8, GgufArray::Kind::Unsigned}, ScalarType{11, 8, GgufArray::Kind::Signed},
    ScalarType{12, 8, GgufArray::Kind::Float},
};

const ScalarType* scalarTypeById(std::uint32_t id)
{
    for (const ScalarType& type : scalarTypes)
        if (type.id == id)
            return &type;
    return nullptr;
}

class Parser
{
  public:
    Parser(GgufFile& result, std::span<const std::byte> bytes)
        : result_(result), bytes_(bytes), reader_(bytes, result.name)
    {
    }

    Status parse()
    {
        HILO_CHECK(readVersion());
        HILO_TRY(const auto tensorCount, reader_.read<std::uint64_t>("the number of tensors"));
        HILO_TRY(const auto keyCount, reader_.read<std::uint64_t>("the number of metadata keys"));
        // The smallest key is one letter with a one-byte value; the smallest tensor has one letter and no dimensions.
        HILO_CHECK(checkCount(keyCount, 8 + 1 + 4 + 1, "metadata keys"));
        HILO_CHECK(checkCount(tensorCount, 8 + 1 + 4 + 4 + 8, "tensors"));
        for (std::uint64_t i = 0; i < keyCount; ++i)
            HILO_CHECK(readKey());
        HILO_CHECK(readAlignment());
        result_.tensors.reserve(static_cast<std::size_t>(tensorCount));
        for (std::uint64_t i = 0; i < tensorCount; ++i)
            HILO_CHECK(readTensorInfo());
        return placeTensors();
    }

  private:
    Status readVersion()
    {
        HILO_TRY(const std::string_view magic, reader_.takeText(4, "the file's mark"));
        if (magic != "GGUF") {
            const FileKind kind = fileKindOf(bytes_);
            const std::string found = kind == FileKind::Unknown ? "" : "; it is " + fileKindName(kind);
            return failure(badInput(result_.name, "byte 0", "The file does not begin with \"GGUF\"" + found + ".",
                                    kind == FileKind::Unknown
                                        ? "A .gguf file of llama.cpp or a Hugging Face folder was expected."
                                        : fileKindHint(kind)));
        }
        HILO_TRY(result_.version, reader_.read<std::uint32_t>("the version"));
        const std::string version = "GGUF version " + std::to_string(result_.version);
        if ((result_.version & 0xffffu) == 0)
            return failure(badInput(result_.name, "byte 4", "The file was written for the other byte order.",
                                    "Convert it with the gguf package: gguf-convert-endian."));
        if (result_.version != 2 && result_.version != 3)
            return failure(badInput(result_.name, "byte 4", version + " is not read; 2 and 3 are.",
                                    "Convert the model again with a current llama.cpp."));
        return {};
    }

    Status checkCount(std::uint64_t count, std::uint64_t smallest, const std::string& what)
    {
        if (count <= reader_.remaining() / smallest)
            return {};
        return failure(reader_.error("The file is said to hold " + std::to_string(count) + " " + what + ", but only " +
                                         std::to_string(reader_.remaining()) + " bytes follow.",
                                     damaged));
    }

    Result<std::string_view> readText(const std::string& what)
    {
        HILO_TRY(const auto length, reader_.read<std::uint64_t>("the length of " + what));
        if (length > maximumLength)
            return failure(reader_.error("The length of " + what + " is " + std::to_string(length) +
                                             "; at most 1073741824 is allowed.",
                                         damaged));
        return reader_.takeText(length, what);
    }

    Status readKey()
    {
        HILO_TRY(const std::string_view key, readText("a metadata key"));
        if (key.empty())
            return failure(reader_.error("A metadata key is empty.", damaged));
        const std::string what = "the metadata \"" + std::string(key) + "\"";
        HILO_TRY(const auto type, reader_.read<std::uint32_t>("the type of " + what));
        HILO_TRY(const GgufValue value, readValue(type, what));
        if (!result_.metadata.emplace(key, value).second)
            return failure(reader_.error("The metadata key \"" + std::string(key) + "\" stands twice.", damaged));
        return {};
    }

    Result<GgufValue> readValue(std::uint32_t type, const std::string& what)
    {
        if (type == arrayType)
            return readArray(what);
        if (type == textType) {
            HILO_TRY(const std::string_view text, readText(what));
            return text;
        }
        switch (type) {
        case 0:
            return readAs<std::uint8_t, std::uint64_t>(what);
        case 1:
            return readAs<std::int8_t, std::int64_t>(what);
        case 2:
            return readAs<std::uint16_t, std::uint64_t>(what);
        case 3:
            return readAs<std::int16_t, std::int64_t>(what);
        case 4:
            return readAs<std::uint32_t, std::uint64_t>(what);
        case 5:
            return readAs<std::int32_t, std::int64_t>(what);
        case 6:
            return readAs<float, double>(what);
        case 7:
            return readAs<std::uint8_t, bool>(what);
        case 10:
            return readAs<std::uint64_t, std::uint64_t>(what);
        case 11:
            return readAs<std::int64_t, std::int64_t>(what);
        case 12:
            return readAs<double, double>(what);
        default:
            return failure(
                reader_.error("The type " + std::to_string(type) + " of " + what + " is not known.", damaged));
        }
    }

    template <class Stored, class Value>
    Result<GgufValue> readAs(const std::string& what)
    {
        HILO_TRY(const auto stored, reader_.read<Stored>(what));
        return GgufValue(std::in_place_type<Value>, static_cast<Value>(stored));
    }

    Result<GgufValue> readArray(const std::string& what)
    {
        HILO_TRY(const auto elementType, reader_.read<std::uint32_t>("the element type of " + what));
        HILO_TRY(const auto count, reader_.read<std::uint64_t>("the length of " + what));
        if (elementType == arrayType)
            return failure(reader_.error("Lists inside of lists (" + what + ") are not allowed.", damaged));
        if (count > maximumLength)
            return failure(reader_.error("The length of " + what + " is " + std::to_string(count) +
                                             "; at most 1073741824 is allowed.",
                                         damaged));
        GgufArray array;
        array.count = count;
        if (elementType == textType) {
            array.kind = GgufArray::Kind::Text;
            HILO_CHECK(checkCount(count, 8, "texts in " + what));
            const std::size_t begin = reader_.position();
            for (std::uint64_t i = 0; i < count; ++i)
                HILO_CHECK(readText("element " + std::to_string(i) + " of " + what));
            array.bytes = bytes_.subspan(begin, reader_.position() - begin);
            return array;
        }
        const ScalarType* scalar = scalarTypeById(elementType);
        if (!scalar)
            return failure(
                reader_.error("The type " + std::to_string(elementType) + " of " + what + " is not known.", damaged));
        array.kind = scalar->kind;
        array.elementBytes = scalar->bytes;
        HILO_TRY(array.bytes, reader_.take(count * scalar->bytes, what));
        return array;
    }

    Status readAlignment()
    {
        HILO_TRY(const auto alignment, result_.integer("general.alignment", 0, UINT32_MAX));
        if (!alignment)
            return {};
        result_.alignment = static_cast<std::uint64_t>(*alignment);
        if (!std::has_single_bit(result_.alignment))
            return failure(result_.errorAt("general.alignment",
                                           "A power of two was expected, not " + std::to_string(*alignment) + "."));
        return {};
    }

    Status readTensorInfo()
    {
        HILO_TRY(const std::string_view name, readText("a tensor's name"));
        const std::string what = "tensor \"" + std::string(name.substr(0, 64)) + "\"";
        if (name.size() >= 64)
            return failure(reader_.error("The name of " + what + "… has " + std::to_string(name.size()) +
                                             " bytes; at most 63 are allowed.",
                                         damaged));
        if (!names_.insert(name).second)
            return failure(reader_.error("The " + what + " stands twice.", damaged));
        GgufTensor tensor;
        tensor.info.name = name;
        tensor.info.file = result_.name;
        HILO_TRY(const std::uint64_t elements, readShape(what, tensor.info.shape));
        HILO_TRY(const auto type, reader_.read<std::uint32_t>("the type of " + what));
        const StoredType* stored = storedTypeById(type);
        if (!stored)
            return failure(reader_.error("The type " + std::to_string(type) + " of " + what + " is not known.",
                                         "Convert or quantise the model again with a current llama.cpp."));
        tensor.info.type = stored->type;
        if (stored->type == DataType::Unsupported)
            tensor.info.storedAs = stored->name;
        const std::uint64_t row = tensor.info.shape.empty() ? 1 : static_cast<std::uint64_t>(tensor.info.shape.back());
        if (row % stored->blockElements != 0)
            return failure(reader_.error("A row of " + what + " has " + std::to_string(row) +
                                             " elements, which is not a multiple of " + stored->name + "'s block of " +
                                             std::to_string(stored->blockElements) + ".",
                                         damaged));
        if (!checkedMultiply(elements / stored->blockElements, stored->blockBytes, tensor.info.bytes))
            return failure(reader_.error("The size of " + what + " overflows 64 bits.", damaged));
        HILO_TRY(const auto offset, reader_.read<std::uint64_t>("the offset of " + what));
        // The reference allows one order only: as listed, without gaps. So no two tensors can share bytes.
        if (offset != dataBytes_)
            return failure(reader_.error("The data of " + what + " is said to start at byte " + std::to_string(offset) +
                                             " of the data; " + std::to_string(dataBytes_) + " was expected.",
                                         damaged));
        const std::uint64_t padding = (result_.alignment - tensor.info.bytes % result_.alignment) % result_.alignment;
        if (!checkedAdd(dataBytes_, tensor.info.bytes, dataBytes_) || !checkedAdd(dataBytes_, padding, dataBytes_))
            return failure(reader_.error("The end of " + what + " overflows 64 bits.", damaged));
        offsets_.push_back(offset);
        result_.tensors.push_back(std::move(tensor));
        return {};
    }

    /// Number of elements; shape gets the dimensions outermost first.
    Result<std::uint64_t> readShape(const std::string& what, std::vector<std::int64_t>& shape)
    {
        HILO_TRY(const auto dimensions, reader_.read<std::uint32_t>("the number of dimensions of " + what));
        if (dimensions > 4)
            return failure(reader_.error("The " + what + " is said to have " + std::to_string(dimensions) +
                                             " dimensions; at most 4 are allowed.",
                                         damaged));
        std::uint64_t elements = 1;
        shape.resize(dimensions);
        for (std::size_t i = 0; i < dimensions; ++i) {
            HILO_TRY(const auto size, reader_.read<std::int64_t>("the shape of " + what));
            if (size < 0)
                return failure(reader_.error("The " + what + " has a negative size.", damaged));
            if (!checkedMultiply(elements, static_cast<std::uint64_t>(size), elements) || elements > INT64_MAX)
                return failure(reader_.error("The number of elements of " + what + " overflows 64 bits.", damaged));
            shape[dimensions - 1 - i] = size;
        }
        return elements;
    }

    Status placeTensors()
    {
        if (result_.tensors.empty())
            return {};
        const std::uint64_t padding = (result_.alignment - reader_.position() % result_.alignment) % result_.alignment;
        HILO_CHECK(reader_.take(padding, "the padding before the data"));
        const auto data = bytes_.subspan(reader_.position());
        for (std::size_t i = 0; i < result_.tensors.size(); ++i) {
            GgufTensor& tensor = result_.tensors[i];
            if (offsets_[i] > data.size() || tensor.info.bytes > data.size() - offsets_[i])
                return failure(badInput(result_.name, "tensor \"" + tensor.info.name + "\"",
                                        "The file ends inside the data: " +
                                            std::to_string(reader_.position() + offsets_[i] + tensor.info.bytes) +
                                            " bytes are needed, the file has " + std::to_string(bytes_.size()) + ".",
                                        damaged));
            tensor.bytes = data.subspan(offsets_[i], tensor.info.bytes);
        }
        return {};
    }

    GgufFile& result_;
    std::span<const std::byte> bytes_;
    ByteReader reader_;
    std::set<std::string_view> names_;
    std::vector<std::uint64_t> offsets_;
    std::uint64_t dataBytes_ = 0;
};

} // namespace

const GgufTensor* GgufFile::find(std::string_view tensor) const
{
    const auto found = std::find_if(tensors.begin(), tensors.end(),
                                    [&](const GgufTensor& entry) { return entry.info.name == tensor; });
    return found == tensors.end() ? nullptr : &*found;
}

Result<GgufFile> parseGguf(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes,
                           const std::string& name)
{
    GgufFile result;
    result.name = name;
    result.owner = std::move(file);
    result.parts = {name};
    HILO_CHECK(Parser(result, bytes).parse());
    return result;
}

Result<GgufFile> openGguf(const std::filesystem::path& path)
{
    HILO_TRY(const auto file, MappedFile::open(path));
    HILO_TRY(GgufFile part, parseGguf(file, file->bytes(), path.string()));
    return withOtherParts(std::move(part));
}

} // namespace hilo
