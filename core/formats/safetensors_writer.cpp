// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/safetensors_writer.h"

#include "base/atomic_file.h"
#include "base/byte_reader.h"
#include "base/json.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

/// The reference writer puts the widest types first (huggingface/safetensors tensor.rs).
int alignmentOrder(DataType type)
{
    static constexpr std::array order = {DataType::I64, DataType::F64, DataType::F32, DataType::I32, DataType::BF16,
                                         DataType::F16, DataType::I16, DataType::I8,  DataType::U8,  DataType::Bool};
    return static_cast<int>(std::find(order.begin(), order.end(), type) - order.begin());
}

Result<std::string> headerText(const std::vector<TensorToWrite>& tensors,
                               const std::map<std::string, std::string>& metadata, const std::string& file)
{
    Json header = Json::object();
    Json& texts = header["__metadata__"] = Json::object();
    texts["format"] = "pt";
    for (const auto& [key, value] : metadata)
        texts[key] = value;
    std::uint64_t position = 0;
    for (const TensorToWrite& tensor : tensors) {
        if (header.contains(tensor.name))
            return failure(internalError(file + ": the tensor " + tensor.name + " stands twice."));
        std::uint64_t elements = 1;
        for (const std::int64_t size : tensor.shape)
            if (size < 0 || !checkedMultiply(elements, static_cast<std::uint64_t>(size), elements))
                return failure(internalError(file + ": the shape of " + tensor.name + " is not valid."));
        HILO_TRY(const std::uint64_t bytes, storageBytes(tensor.type, elements));
        if (bytes != tensor.bytes.size())
            return failure(internalError(file + ": " + tensor.name + " has " + std::to_string(tensor.bytes.size()) +
                                         " bytes, its shape needs " + std::to_string(bytes) + "."));
        header[tensor.name] = {{"dtype", dataTypeName(tensor.type)},
                               {"shape", tensor.shape},
                               {"data_offsets", {position, position + bytes}}};
        position += bytes;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    if (text.size() > 100'000'000)
        return failure(internalError(file + ": the header is larger than 100 MB."));
    return text;
}

} // namespace

Status writeSafetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors,
                        std::map<std::string, std::string> metadata)
{
    std::stable_sort(tensors.begin(), tensors.end(), [](const TensorToWrite& a, const TensorToWrite& b) {
        return std::pair(alignmentOrder(a.type), a.name) < std::pair(alignmentOrder(b.type), b.name);
    });
    HILO_TRY(const std::string header, headerText(tensors, metadata, path.string()));
    HILO_TRY(AtomicFileWriter writer, AtomicFileWriter::create(path));
    const std::uint64_t length = header.size();
    HILO_CHECK(writer.write(std::as_bytes(std::span(&length, 1))));
    HILO_CHECK(writer.write(std::as_bytes(std::span(header))));
    for (const TensorToWrite& tensor : tensors)
        HILO_CHECK(writer.write(tensor.bytes));
    return writer.commit();
}

} // namespace hilo
