// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_writer.h"

#include "base/atomic_file.h"

#include <cstring>
#include <limits>
#include <map>

namespace hilo {
namespace {

constexpr std::uint64_t alignment = 32;
enum ValueType : std::uint32_t {
    Uint8,
    Int8,
    Uint16,
    Int16,
    Uint32,
    Int32,
    Float32,
    Bool,
    Text,
    Array,
    Uint64,
    Int64,
    Float64,
};

std::uint32_t arrayElementType(const GgufArray& array)
{
    switch (array.kind) {
    case GgufArray::Kind::Text:
        return Text;
    case GgufArray::Kind::Bool:
        return Bool;
    case GgufArray::Kind::Float:
        return array.elementBytes == 4 ? Float32 : Float64;
    case GgufArray::Kind::Unsigned:
        return array.elementBytes == 1   ? Uint8
               : array.elementBytes == 2 ? Uint16
               : array.elementBytes == 4 ? Uint32
                                         : Uint64;
    case GgufArray::Kind::Signed:
        break;
    }
    return array.elementBytes == 1 ? Int8 : array.elementBytes == 2 ? Int16 : array.elementBytes == 4 ? Int32 : Int64;
}

/// ggml.h's numbers of the types that are known.
Result<std::uint32_t> tensorType(DataType type)
{
    static const std::map<DataType, std::uint32_t> numbers = {
        {DataType::F32, 0},   {DataType::F16, 1},   {DataType::Q4_0, 2},  {DataType::Q4_1, 3},
        {DataType::Q5_0, 6},  {DataType::Q5_1, 7},  {DataType::Q8_0, 8},  {DataType::Q4_K, 12},
        {DataType::Q5_K, 13}, {DataType::Q6_K, 14}, {DataType::BF16, 30},
    };
    const auto found = numbers.find(type);
    if (found == numbers.end())
        return failure(internalError("GGUF files are not written with tensors of type " + dataTypeName(type) + "."));
    return found->second;
}

std::uint64_t padded(std::uint64_t bytes)
{
    return (bytes + alignment - 1) / alignment * alignment;
}

Status writeText(AtomicFileWriter& writer, std::string_view text)
{
    return writer.write(std::as_bytes(std::span(text)));
}

} // namespace

template <class T>
void GgufWriter::put(T value)
{
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    metadata_.append(bytes, sizeof(T));
}

void GgufWriter::putText(std::string_view text)
{
    put(static_cast<std::uint64_t>(text.size()));
    metadata_ += text;
}

void GgufWriter::startValue(const std::string& key, std::uint32_t type)
{
    putText(key);
    put(type);
    ++keys_;
}

void GgufWriter::startArray(const std::string& key, std::uint32_t elementType, std::uint64_t count)
{
    startValue(key, Array);
    put(elementType);
    put(count);
}

void GgufWriter::addText(const std::string& key, const std::string& value)
{
    startValue(key, Text);
    putText(value);
}

void GgufWriter::addUnsigned(const std::string& key, std::uint32_t value)
{
    startValue(key, Uint32);
    put(value);
}

void GgufWriter::addFloat(const std::string& key, float value)
{
    startValue(key, Float32);
    put(value);
}

void GgufWriter::addFlag(const std::string& key, bool value)
{
    startValue(key, Bool);
    put(static_cast<std::uint8_t>(value));
}

void GgufWriter::addTexts(const std::string& key, const std::vector<std::string>& values)
{
    startArray(key, Text, values.size());
    for (const std::string& value : values)
        putText(value);
}

void GgufWriter::addFloats(const std::string& key, const std::vector<float>& values)
{
    startArray(key, Float32, values.size());
    for (const float value : values)
        put(value);
}

void GgufWriter::addFlags(const std::string& key, const std::vector<bool>& values)
{
    startArray(key, Bool, values.size());
    for (const bool value : values)
        put<std::uint8_t>(value ? 1 : 0);
}

void GgufWriter::addIntegers(const std::string& key, const std::vector<std::int32_t>& values)
{
    startArray(key, Int32, values.size());
    for (const std::int32_t value : values)
        put(value);
}

void GgufWriter::addCopy(const std::string& key, const GgufValue& value)
{
    if (const auto* number = std::get_if<std::uint64_t>(&value)) {
        const bool fits = *number <= std::numeric_limits<std::uint32_t>::max();
        startValue(key, fits ? Uint32 : Uint64);
        fits ? put(static_cast<std::uint32_t>(*number)) : put(*number);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        const bool fits = *whole >= INT32_MIN && *whole <= INT32_MAX;
        startValue(key, fits ? Int32 : Int64);
        fits ? put(static_cast<std::int32_t>(*whole)) : put(*whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        addFloat(key, static_cast<float>(*real));
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        addFlag(key, *flag);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
        startValue(key, Text);
        putText(*text);
    } else {
        const GgufArray& array = std::get<GgufArray>(value);
        startArray(key, arrayElementType(array), array.count);
        metadata_.append(reinterpret_cast<const char*>(array.bytes.data()), array.bytes.size());
    }
}

void GgufWriter::addTensor(const std::string& name, std::vector<std::int64_t> shape, DataType type, MakeBytes make)
{
    tensors_.push_back({name, std::move(shape), type, 0, std::move(make)});
}

Status GgufWriter::write(const std::filesystem::path& path) const
{
    GgufWriter header;
    header.metadata_ = "GGUF";
    header.put(std::uint32_t{3});
    header.put(static_cast<std::uint64_t>(tensors_.size()));
    header.put(keys_);
    header.metadata_ += metadata_;
    std::uint64_t offset = 0;
    std::vector<std::uint64_t> sizes;
    for (const Tensor& tensor : tensors_) {
        HILO_TRY(const std::uint32_t type, tensorType(tensor.type));
        if (tensor.name.size() >= 64)
            return failure(internalError("The tensor name " + tensor.name + " is too long for a GGUF file."));
        header.putText(tensor.name);
        header.put(static_cast<std::uint32_t>(tensor.shape.size()));
        std::uint64_t elements = 1;
        for (std::size_t i = tensor.shape.size(); i-- > 0;) {
            header.put(static_cast<std::uint64_t>(tensor.shape[i]));
            elements *= static_cast<std::uint64_t>(tensor.shape[i]);
        }
        header.put(type);
        header.put(offset);
        HILO_TRY(const std::uint64_t bytes, storageBytes(tensor.type, elements));
        sizes.push_back(bytes);
        offset += padded(bytes);
    }
    header.metadata_.resize(padded(header.metadata_.size()), '\0');
    HILO_TRY(AtomicFileWriter writer, AtomicFileWriter::create(path));
    HILO_CHECK(writeText(writer, header.metadata_));
    for (std::size_t i = 0; i < tensors_.size(); ++i) {
        HILO_TRY(const std::vector<std::byte> bytes, tensors_[i].make());
        if (bytes.size() != sizes[i])
            return failure(internalError("The tensor " + tensors_[i].name + " has " + std::to_string(bytes.size()) +
                                         " bytes, its shape needs " + std::to_string(sizes[i]) + "."));
        HILO_CHECK(writer.write(bytes));
        HILO_CHECK(writeText(writer, std::string(padded(sizes[i]) - sizes[i], '\0')));
    }
    return writer.commit();
}

} // namespace hilo
