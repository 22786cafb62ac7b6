// SPDX-License-Identifier: GPL-3.0-or-later
// dump_gradients MODEL ADAPTER OUT.safetensors TOKEN... [/ TOKEN...]: the loss of one training step on sequences of
// tokens
// ("/" between them), the mean cross-entropy of each next token with the adapter's auxiliary loss, the logits, and the
// loss' gradients by the adapter's tensors under the own format's names, for the scripts here.
#include "engine/adapter/adapter.h"
#include "engine/base/tensor_file.h"
#include "engine/base/torch_border.h"
#include "engine/model/decoder.h"

#include <cstdlib>
#include <iostream>

using namespace hilo;

namespace {

/// Sequences behind one another, and for each token the next one; -100 at a sequence's end.
PackedBatch batchOf(int count, char** arguments, std::vector<std::int64_t>& next)
{
    std::vector<std::int64_t> tokens, positions;
    PackedBatch batch;
    batch.starts = {0};
    const auto endSequence = [&] {
        next.push_back(-100);
        batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    };
    for (int i = 4; i < count; ++i) {
        if (std::string(arguments[i]) == "/") {
            endSequence();
            continue;
        }
        const auto begin = static_cast<std::size_t>(batch.starts.back());
        if (tokens.size() > begin)
            next.push_back(std::strtoll(arguments[i], nullptr, 10));
        positions.push_back(static_cast<std::int64_t>(tokens.size() - begin));
        tokens.push_back(std::strtoll(arguments[i], nullptr, 10));
    }
    endSequence();
    batch.tokens = torch::tensor(tokens, torch::kInt64);
    batch.positions = torch::tensor(positions, torch::kInt64);
    return batch;
}

Status dumpGradients(int count, char** arguments)
{
    HILO_TRY(const ModelSource model, openModel(arguments[1]));
    HILO_TRY(const auto adapter, MixtureAdapter::load(arguments[2], model.config, torch::kCPU));
    HILO_TRY(const auto gradients, MixtureAdapter::load(arguments[2], model.config, torch::kCPU));
    HILO_TRY(const auto decoder, Decoder::load(model, torch::kFloat32, torch::kCPU));
    return atTorchBorder([&]() -> Status {
        std::vector<std::int64_t> next;
        const PackedBatch batch = batchOf(count, arguments, next);
        adapter->startTraining(1, 0, batch.starts);
        ForwardOptions options;
        options.adapter = adapter.get();
        const torch::Tensor logits = decoder->logits(decoder->hidden(batch, options));
        torch::Tensor loss = torch::nll_loss(torch::log_softmax(logits, 1), torch::tensor(next, torch::kInt64));
        if (const torch::Tensor auxiliary = adapter->takeAuxiliaryLoss(); auxiliary.defined())
            loss = loss + auxiliary;
        loss.backward();
        {
            // Its views have the names.
            const torch::NoGradGuard noGradients;
            gradients->parameters().copy_(adapter->parameters().grad());
        }
        std::vector<NamedTensor> tensors{{"loss", loss.detach().reshape({1})}, {"logits", logits.detach()}};
        for (const auto& [name, tensor] : gradients->namedTensors())
            tensors.push_back({name, tensor.contiguous()});
        return writeTensorFile(arguments[3], tensors);
    });
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 6) {
        std::cerr << "dump_gradients MODEL ADAPTER OUT.safetensors TOKEN... [/ TOKEN...]\n";
        return 2;
    }
    const Status status = dumpGradients(count, arguments);
    if (status)
        return 0;
    std::cerr << describe(status.error()) << '\n';
    return static_cast<int>(status.error().code);
}
