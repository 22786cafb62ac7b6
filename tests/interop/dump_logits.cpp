// SPDX-License-Identifier: GPL-3.0-or-later
// dump_logits MODEL ADAPTER|- OUT.safetensors TOKEN...: the float32 logits of one sequence, for the scripts here.
#include "engine/adapter/adapter.h"
#include "engine/base/tensor_file.h"
#include "engine/base/torch_border.h"
#include "engine/model/decoder.h"

#include <cstdlib>
#include <iostream>

using namespace hilo;

namespace {

Status dumpLogits(int count, char** arguments)
{
    HILO_TRY(const ModelSource model, openModel(arguments[1]));
    std::shared_ptr<MixtureAdapter> adapter;
    if (std::string(arguments[2]) != "-") {
        HILO_TRY(adapter, MixtureAdapter::load(arguments[2], model.config, torch::kCPU));
        adapter->startEvaluation();
    }
    HILO_TRY(const auto decoder, Decoder::load(model, torch::kFloat32, torch::kCPU));
    std::vector<std::int64_t> tokens;
    for (int i = 4; i < count; ++i)
        tokens.push_back(std::strtoll(arguments[i], nullptr, 10));
    return atTorchBorder([&]() -> Status {
        const torch::NoGradGuard noGradients;
        PackedBatch batch;
        batch.tokens = torch::tensor(tokens, torch::kInt64);
        batch.positions = torch::arange(static_cast<std::int64_t>(tokens.size()), torch::kInt64);
        batch.starts = {0, static_cast<std::int64_t>(tokens.size())};
        ForwardOptions options;
        options.adapter = adapter.get();
        return writeTensorFile(arguments[3], {{"logits", decoder->logits(decoder->hidden(batch, options))}});
    });
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 5) {
        std::cerr << "dump_logits MODEL ADAPTER|- OUT.safetensors TOKEN...\n";
        return 2;
    }
    const Status status = dumpLogits(count, arguments);
    if (status)
        return 0;
    std::cerr << describe(status.error()) << '\n';
    return static_cast<int>(status.error().code);
}
