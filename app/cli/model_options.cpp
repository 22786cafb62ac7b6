// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_options.h"

#include "hub/local_place.h"

namespace hilo::cli {

void addModelOptions(CLI::App& command, ModelChoice& choice)
{
    command.add_option("MODEL", choice.model, "Hugging Face folder, .gguf file, or org/name")->required();
    command.add_option("--adapter", choice.adapter, "adapter or run folder");
    addComputeOptions(command, choice);
}

void addComputeOptions(CLI::App& command, ModelChoice& choice)
{
    command.add_option("--dtype", choice.dtype, "")
        ->check(CLI::IsMember({"auto", "float32", "bfloat16"}))
        ->capture_default_str();
    command.add_option("--device", choice.device, "")->capture_default_str();
    command
        .add_option("--quantisation", choice.quantisation,
                    "of the base; without it that of the run which the adapter lies in, else none")
        ->check(CLI::IsMember({"none", "nf4", "int8", "fp8"}));
    command.add_option("--threads", choice.threads, "0: by measurement")
        ->check(CLI::Range(0, 4096))
        ->capture_default_str();
}

Status findModel(std::filesystem::path& model)
{
    HILO_TRY(model, localPlace(model, RepositoryKind::Model));
    return {};
}

} // namespace hilo::cli
