// SPDX-License-Identifier: GPL-3.0-or-later
// What a step graph does against the same work called each time. On the CPU it is called each time, too.
#include "device_under_test.h"

#include "gpu/operators/cross_entropy.h"
#include "gpu/operators/operators.h"
#include "gpu/step_graph.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

/// A loss and its backward pass: what a step reads lies still, what it adds to, too.
struct Work
{
    Tensor input;  ///< [T, width]
    Tensor labels; ///< [T]
    Tensor weight; ///< [vocabulary, width]
    Tensor scale;  ///< [width] trained
    Tensor sum;    ///< double scalar
    gpu::CrossEntropyOptions options;

    explicit Work(torch::Device device)
    {
        torch::manual_seed(3);
        const torch::Dtype type = device.is_cuda() ? torch::kBFloat16 : torch::kFloat32;
        input = torch::randn({24, 32}).to(device, type);
        labels = torch::zeros({24}, torch::kInt64).to(device);
        weight = torch::randn({501, 32}).to(device, type);
        scale = torch::ones({32}).to(device, type).set_requires_grad(true);
        scale.mutable_grad() = torch::zeros_like(scale.detach());
        sum = torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(device));
        options.labelled = torch::arange(24, torch::TensorOptions(torch::kInt64).device(device));
    }

    void load(std::int64_t step)
    {
        input.copy_(torch::randn({24, 32}) * (1 + 0.1 * static_cast<double>(step)));
        labels.copy_(torch::randint(501, {24}, torch::kInt64));
    }

    void run()
    {
        const Tensor hidden = gpu::rmsNorm(input, scale, 1e-5, false);
        const Tensor loss = gpu::chunkedCrossEntropy(hidden, weight, labels, options) / 24;
        sum.add_(loss.detach());
        loss.backward();
    }
};

} // namespace

HILO_TEST(replayedWorkIsTheWorkItself)
{
    const torch::Device device = deviceUnderTest();
    // All of the vocabulary at once, and in chunks.
    for (const std::int64_t logitBytes : {1 << 26, 1}) {
        Work called(device);
        Work replayed(device);
        called.options.logitBytes = replayed.options.logitBytes = logitBytes;
        gpu::StepGraph graph(device.is_cuda());
        std::int64_t calls = 0;
        for (std::int64_t step = 0; step < 8; ++step) {
            torch::manual_seed(100 + static_cast<std::uint64_t>(step));
            called.load(step);
            torch::manual_seed(100 + static_cast<std::uint64_t>(step));
            replayed.load(step);
            called.run();
            graph.run([&] {
                ++calls;
                replayed.run();
            });
            CHECK(called.sum.item<double>() > 0);
            CHECK_NEAR(replayed.sum.item<double>(), called.sum.item<double>(), 1e-6 * called.sum.item<double>());
            CHECK_NEAR(errorOf(replayed.scale.grad(), called.scale.grad().to(torch::kCPU, torch::kFloat64)), 0, 1e-6);
        }
        CHECK_EQ(graph.isRecorded(), device.is_cuda());
        CHECK_EQ(calls, device.is_cuda() ? 3 : 8);
    }
}

HILO_TEST(anErrorWhileItIsRecordedIsTheWorksOwn)
{
    const torch::Device device = deviceUnderTest();
    Work work(device);
    gpu::StepGraph graph(device.is_cuda());
    std::int64_t calls = 0;
    const auto failing = [&] {
        work.run();
        if (++calls == 3)
            throw std::runtime_error("the third time");
    };
    graph.run(failing);
    graph.run(failing);
    std::string message;
    try {
        graph.run(failing);
    } catch (const std::exception& error) {
        message = error.what();
    }
    CHECK_EQ(message, "the third time");
    CHECK(!graph.isRecorded());
    work.sum.zero_();
    graph.run(failing);
    CHECK(work.sum.item<double>() > 0);
    CHECK_EQ(calls, 4);
}
