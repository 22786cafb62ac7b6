// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/load_model.h"

#include "engine/torch_device.h"

namespace hilo {
namespace fs = std::filesystem;

Result<LoadedModel> loadModel(const fs::path& model, const fs::path& adapter, const std::string& device,
                              const std::string& dtype, int threads, const Progress& progress)
{
    HILO_TRY(const ModelSource source, openModel(model));
    if (!source.weights)
        return failure(badInput(model.string(), {}, "The folder has no weights.",
                                "config.json alone is enough for inspect, allocate and estimate only."));
    LoadedModel loaded;
    HILO_TRY(loaded.tokenizer, Tokenizer::load(model));
    HILO_TRY(loaded.compute, chooseCompute(source.config, device, dtype, threads));
    applyCompute(loaded.compute);
    const torch::Device place = torchDevice(loaded.compute);
    if (!adapter.empty()) {
        std::error_code code;
        const fs::path folder = fs::exists(adapter / "adapter" / "adapter.json", code) ? adapter / "adapter" : adapter;
        HILO_TRY(loaded.adapter, MixtureAdapter::load(folder, source.config, place));
        const std::string& wanted = loaded.adapter->baseModel().sha256;
        if (!wanted.empty()) {
            HILO_TRY(const std::string hash, modelHash(source, progress));
            if (hash != wanted)
                return failure(
                    badInput(folder.string(), "base_model.sha256",
                             "The adapter was trained on other weights than those of " + model.string() + ".",
                             "Use its base model, " + loaded.adapter->baseModel().name + "."));
        }
        loaded.adapter->startEvaluation();
    }
    HILO_TRY(loaded.decoder, Decoder::load(source, torchType(loaded.compute), place, progress));
    return loaded;
}

} // namespace hilo
