// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/load/load_model.h"

#include "engine/base/torch_device.h"
#include "run/adapter_place.h"

namespace hilo {
namespace fs = std::filesystem;

Result<std::string> chooseQuantisation(const ModelChoice& choice)
{
    if (!choice.quantisation.empty()) {
        if (choice.quantisation != "none" && !weightFormat(choice.quantisation))
            return failure(
                wrongUsage("the quantisation \"" + choice.quantisation + "\" is not one of none, nf4, int8, fp8"));
        return choice.quantisation;
    }
    if (choice.adapter.empty())
        return std::string("none");
    HILO_TRY(const std::optional<RunSpec> run, runOfAdapter(choice.adapter));
    return run ? run->training.quantisation : std::string("none");
}

Result<std::shared_ptr<MixtureAdapter>> loadAdapter(const fs::path& place, const ModelSource& source,
                                                    torch::Device device, const Progress& progress)
{
    const fs::path folder = adapterFolder(place);
    HILO_TRY(auto adapter, MixtureAdapter::load(folder, source.config, device));
    const std::string& wanted = adapter->baseModel().sha256;
    if (!wanted.empty()) {
        HILO_TRY(const std::string hash, modelHash(source, progress));
        if (hash != wanted)
            return failure(
                badInput(folder.string(), "base_model.sha256",
                         "The adapter was trained on other weights than those of " + source.path.string() + ".",
                         "Use its base model, " + adapter->baseModel().name + "."));
    }
    adapter->startEvaluation();
    return adapter;
}

std::optional<gpu::WeightFormat> weightFormat(const std::string& quantisation)
{
    if (quantisation == "nf4")
        return gpu::WeightFormat::Nf4;
    if (quantisation == "int8")
        return gpu::WeightFormat::Int8;
    if (quantisation == "fp8")
        return gpu::WeightFormat::E4m3;
    return std::nullopt;
}

Result<LoadedModel> loadModel(const ModelChoice& choice, const Progress& progress)
{
    HILO_TRY(const ModelSource source, openModel(choice.model));
    if (!source.weights)
        return failure(weightsMissing(source, "running the model"));
    LoadedModel loaded;
    HILO_TRY(loaded.quantisation, chooseQuantisation(choice));
    HILO_TRY(loaded.tokenizer, Tokenizer::load(choice.model));
    HILO_TRY(loaded.compute, chooseCompute(source.config, choice.device, choice.dtype, choice.threads));
    applyCompute(loaded.compute);
    const torch::Device device = torchDevice(loaded.compute);
    if (!choice.adapter.empty()) {
        HILO_TRY(loaded.adapter, loadAdapter(choice.adapter, source, device, progress));
    }
    HILO_TRY(loaded.decoder,
             Decoder::load(source, torchType(loaded.compute), device, progress, weightFormat(loaded.quantisation)));
    return loaded;
}

} // namespace hilo
