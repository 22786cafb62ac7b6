// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/merged_gguf.h"

#include "engine/export/merged_folder.h"
#include "engine/export/merged_weights.h"
#include "export/encode_floats.h"
#include "export/gguf_model_keys.h"
#include "export/gguf_names.h"
#include "export/gguf_tokenizer_keys.h"
#include "export/merged.h"
#include "formats/expected_tensors.h"
#include "formats/gguf.h"
#include "formats/gguf_experts.h"

#include <map>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t quantisedBlock = 32;

/// Vectors stay float32, and rows that are not whole blocks float16, as llama.cpp's converter has them.
DataType typeFor(const std::vector<std::int64_t>& shape, DataType wanted)
{
    if (shape.size() < 2)
        return DataType::F32;
    return wanted == DataType::Q8_0 && shape.back() % quantisedBlock != 0 ? DataType::F16 : wanted;
}

bool isWritableFloat(DataType type)
{
    return type == DataType::F32 || type == DataType::F16 || type == DataType::BF16;
}

/// Writes tensors under their GGUF names.
class GgufTensors
{
  public:
    /// Says in stored how each tensor is written.
    GgufTensors(GgufWriter& writer, const MergedWeights& merged, const ModelConfig& model, DataType type,
                StoredTypes& stored, const Progress& progress)
        : writer_(writer), merged_(merged), model_(model), type_(type), stored_(stored), progress_(progress)
    {
    }

    /// tensor: Hugging Face name and shape.
    void add(const std::string& name, const TensorInfo& tensor, const GgufPlace& place)
    {
        std::vector<std::int64_t> shape = ggufShape(tensor, place);
        const DataType type = place.isRouter || place.isKernel ? DataType::F32 : columnsInBlocks(place, shape);
        stored_[tensor.name] = type;
        writer_.addTensor(name, std::move(shape), type,
                          [this, tensor, place, type]() -> Result<std::vector<std::byte>> {
                              HILO_CHECK(step());
                              HILO_TRY(std::vector<float> values, merged_.values(tensor));
                              return encodeFloats(ggufValues(std::move(values), tensor, place, model_), type);
                          });
        ++all_;
    }

    /// The experts of a layer, whose tensors are taken apart or put together.
    void add(const GgufExpertTensor& tensor, const std::map<std::string, TensorInfo>& expected)
    {
        // Biases are no rows of a product. Blocks of values that stand in another order in the model are not counted as
        // what rounding does to it (merged_model.h), so that those are written as halves.
        const bool turned = model_.mixture.transposedExperts && type_ == DataType::Q8_0;
        const DataType type = tensor.shape.size() < 3 ? DataType::F32
                              : turned                ? DataType::F16
                                                      : typeFor(tensor.shape, type_);
        for (const std::string& source : tensor.sources)
            stored_[source] = type;
        writer_.addTensor(
            tensor.name, tensor.shape, type, [this, tensor, &expected, type]() -> Result<std::vector<std::byte>> {
                HILO_CHECK(step());
                HILO_TRY(const std::vector<float> values,
                         tensor.make([&](const std::string& name) { return merged_.values(expected.at(name)); }));
                return encodeFloats(values, type);
            });
        ++all_;
    }

    void addAsItIs(const GgufTensor& tensor)
    {
        writer_.addTensor(tensor.info.name, tensor.info.shape, tensor.info.type,
                          [this, bytes = tensor.bytes]() -> Result<std::vector<std::byte>> {
                              HILO_CHECK(step());
                              return std::vector<std::byte>(bytes.begin(), bytes.end());
                          });
        ++all_;
    }

  private:
    /// Columns that stand in another order keep their blocks only where whole blocks move; the others are halves, as
    /// what rounding does is counted by the model's order (merged_model.h).
    DataType columnsInBlocks(const GgufPlace& place, const std::vector<std::int64_t>& shape) const
    {
        const bool cuts = place.order == GgufOrder::ValueColumns && type_ == DataType::Q8_0 &&
                          model_.linearAttention.valueDimension % quantisedBlock != 0;
        return cuts ? DataType::F16 : typeFor(shape, type_);
    }

    Status step()
    {
        progress_.report({"Writing", done_++, all_, {}});
        return progress_.isCancelled() ? Status(failure(cancelled())) : Status();
    }

    GgufWriter& writer_;
    const MergedWeights& merged_;
    const ModelConfig& model_;
    DataType type_;
    StoredTypes& stored_;
    const Progress& progress_;
    std::int64_t done_ = 0, all_ = 0;
};

/// The base file's metadata, and its tensors with the adapter in those that it changes.
Status takeOver(const GgufFile& file, const ExportJob& job, const MergedWeights& merged, DataType type,
                const std::map<std::string, TensorInfo>& expected, GgufWriter& writer, GgufTensors& tensors)
{
    for (const auto& [key, value] : file.metadata)
        if (key != "general.file_type" && key != "general.alignment" && !key.starts_with("split."))
            writer.addCopy(key, value);
    writer.addUnsigned("general.file_type", ggufFileType(type));
    std::map<std::string, GgufExpertTensor> experts;
    for (GgufExpertTensor& tensor : ggufExpertTensors(job.model.config))
        experts.emplace(tensor.name, std::move(tensor));
    for (const GgufTensor& tensor : file.tensors) {
        const auto name = findGgufName(tensor.info.name, job.model.config);
        const auto known = name ? expected.find(name->huggingFace) : expected.end();
        const bool isMatrix = tensor.info.shape.size() > 1;
        const bool keepsBlocks = type == DataType::Q8_0 && !isWritableFloat(tensor.info.type);
        if (const auto found = experts.find(tensor.info.name);
            found != experts.end() && isMatrix && !(type == DataType::Q8_0 && !isWritableFloat(tensor.info.type))) {
            tensors.add(found->second, expected);
            continue;
        }
        if (known != expected.end() && (merged.isChanged(name->huggingFace) || (isMatrix && !keepsBlocks)))
            tensors.add(tensor.info.name, known->second, name->place);
        else
            tensors.addAsItIs(tensor);
    }
    return {};
}

/// Apertus's activation stands in the metadata, a number for each layer.
Status addXielu(const ModelConfig& model, const MergedWeights& merged, GgufWriter& writer)
{
    if (model.activation != Activation::Xielu)
        return {};
    for (const char* name : {"alpha_n", "alpha_p", "beta", "eps"}) {
        std::vector<float> numbers;
        for (const TensorInfo& tensor : expectedTensors(model))
            if (tensor.name.ends_with(std::string(".act_fn.") + name)) {
                HILO_TRY(const std::vector<float> value, merged.values(tensor));
                numbers.insert(numbers.end(), value.begin(), value.end());
            }
        writer.addFloats(std::string("xielu.") + name, numbers);
    }
    return {};
}

Status makeAnew(const ExportJob& job, const MergedWeights& merged, DataType type,
                const std::map<std::string, TensorInfo>& expected, GgufWriter& writer, GgufTensors& tensors)
{
    const ModelConfig& model = job.model.config;
    addModelMetadata(writer, model, job.source.map.name);
    writer.addUnsigned("general.file_type", ggufFileType(type));
    HILO_CHECK(addTokenizerMetadata(writer, model, job.model.path));
    HILO_CHECK(addXielu(model, merged, writer));
    for (auto& [name, factors] : ropeFactors(model))
        writer.addTensor(name, {static_cast<std::int64_t>(factors.size())}, DataType::F32,
                         [factors = factors] { return encodeFloats(factors, DataType::F32); });
    const auto names = ggufTensorNames(model);
    std::set<std::string> ofExperts;
    for (const GgufExpertTensor& tensor : ggufExpertTensors(model)) {
        ofExperts.insert(tensor.sources.begin(), tensor.sources.end());
        tensors.add(tensor, expected);
    }
    for (const TensorInfo& tensor : expectedTensors(model)) {
        if (ofExperts.contains(tensor.name))
            continue;
        const auto found = names.find(tensor.name);
        if (found == names.end() && tensor.name.find(".act_fn.") != std::string::npos)
            continue;
        if (found == names.end())
            return failure(internalError("GGUF has no name for the tensor " + tensor.name + "."));
        for (const GgufStored& stored : found->second)
            tensors.add(stored.name, tensor, stored.place);
    }
    return {};
}

} // namespace

Status writeMergedGguf(ExportJob& job, const fs::path& folder)
{
    job.decoder.reset();
    job.modelFile = "model.gguf";
    const DataType type = mergedType(job.weightType);
    const MergedWeights merged(job.model, job.content);
    // Outlives the writing, which asks for values one tensor at a time.
    std::map<std::string, TensorInfo> expected;
    for (TensorInfo& tensor : expectedTensors(job.model.config))
        expected.emplace(tensor.name, std::move(tensor));
    GgufWriter writer;
    GgufTensors tensors(writer, merged, job.model.config, type, job.stored, job.progress);
    if (!job.source.modelIsGguf) {
        HILO_CHECK(makeAnew(job, merged, type, expected, writer, tensors));
        return writer.write(folder / job.modelFile);
    }
    HILO_TRY(const GgufFile file, openGguf(job.model.path));
    HILO_CHECK(takeOver(file, job, merged, type, expected, writer, tensors));
    return writer.write(folder / job.modelFile);
}

Result<torch::Tensor> readMergedGguf(ExportJob& job, const fs::path& folder)
{
    return readMergedFolder(job, folder / job.modelFile);
}

} // namespace hilo
