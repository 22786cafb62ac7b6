// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_source.h"

#include "base/log.h"
#include "base/sha256.h"
#include "base/text_format.h"
#include "formats/config_keys.h"
#include "formats/expert_tensors.h"
#include "formats/file_kind.h"
#include "formats/gguf_config.h"
#include "formats/gguf_foreign_keys.h"
#include "formats/gguf_weights.h"
#include "formats/quantised_parts.h"
#include "formats/quantised_weights.h"
#include "formats/safetensors_weights.h"
#include "formats/tensor_check.h"
#include "formats/tensor_layout.h"
#include "formats/tensor_names.h"
#include "hub/local_place.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Ids that stand in generation_config.json only.
void addGenerationTokens(const fs::path& folder, ModelConfig& config)
{
    const auto document = readJsonFile(folder / "generation_config.json", pythonJson);
    if (!document || !document->is_object() || !document->contains("eos_token_id"))
        return;
    const Json& value = (*document)["eos_token_id"];
    const Json list = value.is_array() ? value : Json::array({value});
    for (const Json& id : list)
        if (id.is_number_integer() && std::find(config.eosTokens.begin(), config.eosTokens.end(),
                                                id.get<std::int64_t>()) == config.eosTokens.end())
            config.eosTokens.push_back(id.get<std::int64_t>());
}

std::string ggufFilesIn(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code))
        if (fileKind(entry.path()) == FileKind::Gguf)
            names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return joined(names);
}

Error withoutConfig(const fs::path& folder)
{
    const std::string message = "The folder has no config.json";
    if (const std::string names = ggufFilesIn(folder); !names.empty())
        return badInput(folder.string(), {}, message + ", but GGUF files: " + names + ".",
                        "Give one of these files as the model; of a split model any part.");
    return badInput(folder.string(), {}, message + ".",
                    "A Hugging Face model folder holds config.json, tokenizer.json and *.safetensors.");
}

/// The weights that the folder's codes stand for, where it has codes and they can be read; else source itself, and
/// why says what is against it.
Result<std::shared_ptr<const WeightSource>> withoutCodes(std::shared_ptr<const WeightSource> source,
                                                         const DeclaredQuantisation& declared, ModelSource& model,
                                                         QuantisedReading& reading)
{
    HILO_TRY(reading, readQuantised(*source, declared));
    if (!reading.refusal.empty() || reading.weights.empty())
        return source;
    model.quantisation = declared.text;
    model.notes.insert(model.notes.end(), reading.notes.begin(), reading.notes.end());
    // A shard may hold nothing but parts of weights that begin in another.
    for (const TensorInfo& tensor : source->tensors())
        model.files.emplace_back(tensor.file);
    return dequantisedWeights(std::move(source), std::move(reading.weights), model.config.transposedWeights,
                              tensorLayout(model.config).head + ".weight");
}

/// Codes that are not read are never taken for weights: such a checkpoint has none.
Status addWeights(const JsonObject& config, ModelSource& model)
{
    const fs::path& folder = model.path;
    HILO_TRY(std::shared_ptr<const WeightSource> weights, openSafetensorsFolder(folder));
    HILO_TRY(std::optional<DeclaredQuantisation> declared, declaredQuantisation(config, folder));
    if (!weights) {
        model.quantisation = declared ? declared->text : "";
        return {};
    }
    // Blocks of MXFP4 say by their names what they are.
    if (!declared && model.config.mixture.transposedExperts && !frontsOf(*weights, "_blocks").empty())
        declared = DeclaredQuantisation{"mxfp4", "mxfp4", Json{{"quant_method", "mxfp4"}},
                                        (folder / "config.json").string(), "quantization_config"};
    QuantisedReading reading;
    if (declared) {
        HILO_TRY(weights, withoutCodes(std::move(weights), *declared, model, reading));
    }
    const bool dequantised = !model.quantisation.empty();
    HILO_TRY(weights, withExpectedNames(std::move(weights), model.config, folder.string()));
    HILO_TRY(weights, withExpectedExperts(std::move(weights), model.config));
    const auto codes = quantisedTensor(*weights, expectedTensors(model.config), declared.has_value() && !dequantised);
    if (codes || reading.refusesPlain) {
        model.quantisation = (declared ? declared->text : "by a method that config.json does not name") +
                             (codes ? "; " + *codes : "") + (reading.refusal.empty() ? "" : "; " + reading.refusal);
        model.codes = weights->tensors();
        return {};
    }
    if (declared && !dequantised)
        model.notes.push_back("config.json says that the weights are quantised (" + declared->text +
                              "), but they are plain numbers; they are used as they are.");
    HILO_CHECK(checkTensors(model.config, *weights, folder.string(), "config.json", model.notes));
    model.weights = std::move(weights);
    return {};
}

Result<ModelSource> openFolder(const fs::path& folder)
{
    const fs::path configFile = folder / "config.json";
    std::error_code code;
    if (!fs::exists(configFile, code))
        return failure(withoutConfig(folder));
    HILO_TRY(const Json document, readJsonFile(configFile, pythonJson));
    ModelSource model;
    model.path = folder;
    model.files = {configFile};
    HILO_TRY(model.config, parseModelConfig(document, configFile.string()));
    model.notes = passedOverKeys(textConfig(document), model.config);
    addGenerationTokens(folder, model.config);
    HILO_TRY(const JsonObject config, JsonObject::of(document, configFile.string()));
    HILO_CHECK(addWeights(config, model));
    return model;
}

Result<ModelSource> openGgufFile(const fs::path& path)
{
    HILO_TRY(const GgufFile file, openGguf(path));
    ModelSource model;
    model.path = path;
    model.files = file.parts;
    HILO_TRY(model.config, ggufModelConfig(file));
    model.notes = notesOnGgufKeys(file, model.config);
    HILO_TRY(model.weights, ggufWeights(file, model.config));
    HILO_CHECK(checkTensors(model.config, *model.weights, path.string(), "the metadata", model.notes));
    return model;
}

Result<ModelSource> openPath(const fs::path& path)
{
    std::error_code code;
    if (fs::is_directory(path, code))
        return openFolder(path);
    if (!fs::exists(path, code))
        return failure(badInput(
            path.string(), {}, "There is no such file or folder.",
            std::string("Give a Hugging Face folder (config.json and *.safetensors), a .gguf file, or the name of "
                        "a model on the hub, org/name. ") +
                fetchInstead(path.string(), RepositoryKind::Model)));
    return openGgufFile(path);
}

} // namespace

Result<ModelSource> openModel(const fs::path& given)
{
    HILO_TRY(const fs::path path, localPlace(given, RepositoryKind::Model));
    auto model = openPath(path);
    if (model)
        for (const std::string& note : model->notes)
            logger("formats")->warn("{}: {}", path.string(), note);
    return model;
}

std::set<fs::path> modelFiles(const ModelSource& model)
{
    std::set<fs::path> files(model.files.begin(), model.files.end());
    if (model.weights)
        for (const TensorInfo& tensor : model.weights->tensors())
            files.insert(tensor.file);
    for (const TensorInfo& tensor : model.codes)
        files.insert(tensor.file);
    return files;
}

Error weightsMissing(const ModelSource& model, const std::string& purpose)
{
    if (!model.quantisation.empty())
        return badInput(model.path.string(), {},
                        "The model's weights are quantised (" + model.quantisation + "); " + purpose +
                            " needs plain ones.",
                        "Give the unquantised model (float32, float16 or bfloat16); training.quantisation \"nf4\" "
                        "quantises it here in the same way.");
    return badInput(model.path.string(), {},
                    "The folder has no weights; " + purpose + " needs *.safetensors or a GGUF file.",
                    "config.json alone is enough for inspect, allocate and estimate only.");
}

Result<std::string> modelHash(const ModelSource& model, const Progress& progress)
{
    const std::set<fs::path> files = modelFiles(model);
    std::string all;
    for (const fs::path& file : files) {
        HILO_TRY(const std::string hash, sha256File(file, progress));
        all += hash;
    }
    return files.size() == 1 ? all : sha256(all);
}

} // namespace hilo
