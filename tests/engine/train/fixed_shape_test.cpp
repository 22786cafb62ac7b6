// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/batch_plan.h"
#include "engine/train/fixed_batch.h"

#include "support/testing.h"

#include <algorithm>
#include <numeric>

using namespace hilo;

namespace {

/// Rows of 3 to 40 tokens that end in an answer of 1 to 3.
std::vector<TokenisedExample> rows(std::int64_t count)
{
    std::vector<TokenisedExample> examples;
    for (std::int64_t row = 0; row < count; ++row) {
        TokenisedExample example;
        const std::int64_t length = 3 + row * 29 % 38;
        example.tokens.resize(static_cast<std::size_t>(length));
        std::iota(example.tokens.begin(), example.tokens.end(), static_cast<std::int32_t>(row));
        example.answerStart = length - 1 - row % std::min<std::int64_t>(3, length);
        example.answers = {{example.answerStart, length}};
        examples.push_back(std::move(example));
    }
    return examples;
}

TrainingSpec spec(bool packing, bool groupByLength, LossOn lossOn)
{
    TrainingSpec training;
    training.batchSize = 5;
    training.packing = packing;
    training.groupByLength = groupByLength;
    training.lossOn = lossOn;
    training.maxLength = 44;
    training.seed = 3;
    return training;
}

std::vector<std::int64_t> numbers(const torch::Tensor& tensor)
{
    return {tensor.data_ptr<std::int64_t>(), tensor.data_ptr<std::int64_t>() + tensor.numel()};
}

} // namespace

HILO_TEST(everyMicroBatchFitsAndThePaddingLeavesIt)
{
    for (const std::int64_t count : {3, 83})
        for (const bool packing : {false, true})
            for (const bool grouped : {false, true})
                for (const LossOn lossOn : {LossOn::Answer, LossOn::WholeText}) {
                    const TrainingSpec training = spec(packing, grouped, lossOn);
                    const std::vector<TokenisedExample> examples = rows(count);
                    std::vector<std::int64_t> lengths;
                    for (const TokenisedExample& example : examples)
                        lengths.push_back(static_cast<std::int64_t>(example.tokens.size()));
                    const FixedShape shape = FixedShape::of(training, sizesOf(examples, lossOn));
                    CHECK(shape.tokens <= 5 * 43 + 1);
                    BatchPlan plan(training, lengths);
                    FixedBatch fixed(shape, torch::kCPU);
                    const void* const place = fixed.packed().tokens.data_ptr();
                    for (std::int64_t index = 0; index < 3 * plan.microBatchesPerEpoch(); ++index) {
                        const TrainingBatch batch =
                            makeTrainingBatch(examples, plan.microBatch(index), lossOn, {index % 2 ? 0.4 : 0.0, 5});
                        fixed.load(batch, 7);
                        const PackedBatch& packed = fixed.packed();
                        CHECK(packed.tokens.data_ptr() == place);
                        const std::int64_t used = batch.packed.tokenCount();
                        CHECK_EQ(fixed.rowTokens().count, used);
                        CHECK_EQ(fixed.rowTokens().onDevice.item<std::int64_t>(), used);
                        CHECK_EQ(fixed.labelsOfStep().item<float>(), 7.0f);
                        CHECK_EQ(packed.tokenCount(), shape.tokens);
                        CHECK_EQ(packed.sequences(), shape.sequences);
                        CHECK(torch::equal(packed.tokens.narrow(0, 0, used), batch.packed.tokens));
                        CHECK(torch::equal(packed.labels.narrow(0, 0, used), batch.packed.labels));
                        CHECK((packed.labels.narrow(0, used, shape.tokens - used) == -100).all().item<bool>());
                        CHECK(
                            std::equal(batch.packed.starts.begin(), batch.packed.starts.end(), packed.starts.begin()));
                        const std::vector<std::int64_t> positions = numbers(packed.positions);
                        for (std::int64_t s = 0; s < packed.sequences(); ++s) {
                            const auto begin = packed.starts[static_cast<std::size_t>(s)];
                            const auto end = packed.starts[static_cast<std::size_t>(s) + 1];
                            CHECK(end - begin <= shape.longest);
                            CHECK_EQ(packed.bounds[s + 1].item<std::int64_t>(), end);
                            for (std::int64_t i = begin; i < end; ++i)
                                CHECK_EQ(positions[static_cast<std::size_t>(i)], i - begin);
                        }
                        // labelled and places are each other's inverse, and whatever is left over has no label.
                        const std::vector<std::int64_t> labelled = numbers(packed.labelled);
                        const std::vector<std::int64_t> places = numbers(fixed.places());
                        const std::vector<std::int64_t> targets = numbers(packed.labels);
                        for (std::int64_t i = 0; i < shape.labels; ++i) {
                            const auto token = static_cast<std::size_t>(labelled[static_cast<std::size_t>(i)]);
                            CHECK_EQ(targets[token] >= 0, i < batch.labels);
                            CHECK_EQ(places[token], i < batch.labels ? i : shape.labels);
                        }
                        for (std::size_t token = 0; token < targets.size(); ++token)
                            CHECK_EQ(places[token] < shape.labels, targets[token] >= 0);
                    }
                }
}

HILO_TEST(theShapeIsThatOfTheLargestRows)
{
    const std::vector<RowSize> sizes{{9, 2}, {4, 4}, {7, 1}, {2, 1}};
    TrainingSpec training;
    training.batchSize = 2;
    FixedShape shape = FixedShape::of(training, sizes);
    CHECK_EQ(shape.tokens, 9 + 7 + 1);
    CHECK_EQ(shape.longest, 9);
    CHECK_EQ(shape.labels, 4 + 2);
    CHECK_EQ(shape.sequences, 2 + 2);
    CHECK_EQ(shape.padding(8), (std::vector<std::int64_t>{9}));
    CHECK_EQ(shape.padding(1), (std::vector<std::int64_t>{9, 7}));
    training.packing = true;
    training.maxLength = 10;
    shape = FixedShape::of(training, sizes);
    // Two budgets of nine tokens; three of the rows (3, 5 and 8 with their last tokens) fit into them.
    CHECK_EQ(shape.tokens, 18 + 1);
    CHECK_EQ(shape.sequences, 3 + 3);
    CHECK_EQ(shape.labels, 4 + 2 + 1);
    training.batchSize = 100;
    CHECK_EQ(FixedShape::of(training, sizes).tokens, 9 + 4 + 7 + 2 + 1);
}

HILO_TEST(whatAModelDoesThatCannotBeRecordedIsRefused)
{
    ModelConfig model;
    model.headDimension = 64;
    model.maximumPositions = 512;
    TrainingSpec training;
    training.cudaGraph = true;
    Compute gpu;
    gpu.device = "cuda:0";
    gpu.dtype = "bfloat16";
    const auto refuses = [&](const ModelConfig& config, const Compute& compute, const std::string& why) {
        const Error error = REQUIRE_ERROR(checkFixedShape(training, config, compute));
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_EQ(error.place, "training.cuda_graph");
        CHECK_CONTAINS(error.message, why);
    };
    REQUIRE_OK(checkFixedShape(training, model, gpu));
    Compute wide = gpu;
    wide.dtype = "float32";
    refuses(model, wide, "float32");
    ModelConfig capped = model;
    capped.attentionSoftcap = 50;
    refuses(capped, gpu, "cap");
    REQUIRE_OK(checkFixedShape(training, capped, Compute()));
    ModelConfig odd = model;
    odd.headDimension = 20;
    refuses(odd, gpu, "20 values");
    ModelConfig dynamic = model;
    dynamic.rope.kind = RopeKind::Dynamic;
    REQUIRE_OK(checkFixedShape(training, dynamic, gpu));
    training.maxLength = 513;
    refuses(dynamic, gpu, "512 tokens");
    refuses(dynamic, Compute(), "512 tokens");
    // Of layers that rotate by themselves, too; and of no layer that does not turn by it.
    ModelConfig local = model;
    local.layers = 1;
    local.layerRopes = {LayerRope::Local};
    local.localRope.kind = RopeKind::Dynamic;
    refuses(local, gpu, "512 tokens");
    local.localRope.kind = RopeKind::LongRope;
    local.localRope.originalMaximumPositions = 64;
    refuses(local, gpu, "64 tokens");
    local.layerRopes = {LayerRope::Main};
    REQUIRE_OK(checkFixedShape(training, local, gpu));
    training.cudaGraph = false;
    REQUIRE_OK(checkFixedShape(training, dynamic, wide));
}
