// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/merged_folder.h"

#include "base/atomic_file.h"
#include "base/log.h"
#include "base/model_companions.h"
#include "engine/export/merged_weights.h"
#include "export/config_json.h"
#include "export/encode_floats.h"
#include "export/merged.h"
#include "export/sharded_safetensors.h"
#include "export/tokenizer_files.h"
#include "formats/gguf.h"

#include <array>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Result<Json> mergedConfig(const ExportJob& job)
{
    Json config;
    if (job.source.modelIsGguf) {
        HILO_TRY(config, configJsonOfGguf(job.model.path));
    } else {
        // Of a wrapper the text model alone is written.
        HILO_TRY(const Json whole, readJsonFile(job.model.path / "config.json"));
        config = textConfig(whole);
        config.erase("dtype");
        // Weights that were codes are written as what the codes stand for.
        for (const char* key : {"quantization_config", "compression_config", "quantization"})
            config.erase(key);
    }
    // A folder without a head of its own uses its embedding, whatever it says.
    if (job.model.config.tiedEmbeddings)
        config["tie_word_embeddings"] = true;
    // transformers 5 calls it dtype and still reads the name of version 4.
    config["torch_dtype"] = job.weightType;
    return config;
}

Status copyCompanions(const ExportJob& job, const fs::path& folder)
{
    if (job.source.modelIsGguf) {
        HILO_TRY(const GgufFile file, openGguf(job.model.path));
        HILO_TRY(const auto kind, file.text("tokenizer.ggml.model"));
        if (kind.value_or("none") == "none") {
            logger("export")->warn("{}: the file has no tokenizer; the folder is written without one", file.name);
            return {};
        }
        HILO_TRY(const GgufVocabulary vocabulary, ggufVocabulary(file));
        return writeTokenizerFiles(vocabulary, job.model.path.string(), folder);
    }
    std::error_code code;
    for (const std::string_view name : modelCompanions) {
        const fs::path source = job.model.path / name;
        if (!fs::exists(source, code))
            continue;
        // Not fs::copy_file: where a disk fills up in the middle of a file, it tells of an input/output error.
        HILO_TRY(const std::string content, readFile(source));
        HILO_CHECK(writeFileAtomically(folder / name, content));
    }
    return {};
}

} // namespace

Status writeMergedFolder(ExportJob& job, const fs::path& folder)
{
    job.decoder.reset();
    const DataType type = mergedType(job.weightType);
    const MergedWeights merged(job.model, job.content);
    HILO_TRY(const Json config, mergedConfig(job));
    HILO_CHECK(writeJsonFile(folder / "config.json", config));
    HILO_CHECK(copyCompanions(job, folder));
    std::vector<LazyTensor> tensors;
    for (const TensorInfo& tensor : expectedTensors(job.model.config)) {
        job.stored[tensor.name] = type;
        tensors.push_back(
            {tensor.name, tensor.shape, type, [&merged, tensor, type]() -> Result<std::vector<std::byte>> {
                 HILO_TRY(const std::vector<float> values, merged.values(tensor));
                 return encodeFloats(values, type);
             }});
    }
    return writeShardedSafetensors(folder, tensors, job.request.shardBytes, job.progress);
}

Result<torch::Tensor> readMergedFolder(ExportJob& job, const fs::path& folder)
{
    HILO_TRY(const ModelSource model, openModel(folder));
    HILO_TRY(const auto decoder, Decoder::load(model, torch::kFloat32, torch::kCPU, job.progress));
    return probeLogits(*decoder, nullptr, job.probe);
}

} // namespace hilo
