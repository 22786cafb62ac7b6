// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_source.h"
#include "export/mola.h"
#include "export/mola_reader.h"
#include "export/peft.h"
#include "export/peft_reader.h"
#include "formats/model_source.h"

#include "formats/layer_modules.h"
#include "input_folder.h"

#include <cmath>

// The descriptions of adapters, ours and foreign ones, beside weights that fit.

namespace {

const hilo::Json modelConfig = {{"model_type", "llama"},       {"vocab_size", 16},         {"hidden_size", 8},
                                {"num_hidden_layers", 2},      {"num_attention_heads", 2}, {"intermediate_size", 12},
                                {"max_position_embeddings", 8}};

/// Every second linear module of the model with so many experts of rank 2.
hilo::AdapterContent content(const hilo::ModelConfig& model, std::size_t experts)
{
    hilo::AdapterContent result;
    result.model = model;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const hilo::ModuleShape& shape : hilo::layerModules(model, layer)) {
            hilo::ModuleContent module;
            module.layer = layer;
            module.shape = shape;
            for (std::size_t expert = 0; expert < experts; ++expert)
                module.experts.push_back({2, 1, std::vector<float>(static_cast<std::size_t>(2 * shape.in), 0.5F),
                                          std::vector<float>(static_cast<std::size_t>(shape.out * 2), 0.25F)});
            if (experts > 1)
                module.router.assign(experts * static_cast<std::size_t>(shape.in), 0.125F);
            result.modules.push_back(std::move(module));
        }
    hilo::sortModules(result);
    return result;
}

struct Folders
{
    hilo::ModelConfig model = *hilo::parseModelConfig(modelConfig, "model");
    hilo::fuzz::InputFolder base{"adapter-base"}, own{"adapter-own"}, peft{"adapter-peft"}, mola{"adapter-mola"};

    Folders()
    {
        const bool written = hilo::writeJsonFile(base.path() / "config.json", modelConfig) &&
                             hilo::writePeft(content(model, 1), hilo::PeftRanks::Exact, {}, peft.path()) &&
                             hilo::writeMola(content(model, 2), {}, mola.path());
        if (!written)
            std::abort();
    }
};

void check(const hilo::Result<hilo::AdapterContent>& read)
{
    if (!read)
        return;
    for (const hilo::ModuleContent& module : read->modules)
        for (const hilo::ExpertContent& expert : module.experts)
            if (!std::isfinite(expert.scale) || expert.a.size() != static_cast<std::size_t>(2 * module.shape.in))
                std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Folders folders;
    folders.own.write("adapter.json", data, size);
    (void)hilo::readExportSource(folders.own.path(), folders.base.path());
    folders.peft.write("adapter_config.json", data, size);
    check(hilo::readPeft(folders.peft.path(), folders.model));
    folders.mola.write("adapter_config.json", data, size);
    const auto isMola = hilo::isMola(folders.mola.path());
    if (isMola && *isMola)
        check(hilo::readMola(folders.mola.path(), folders.model, {}));
    return 0;
}
