// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/not_finite.h"

#include "engine/base/tensor_file.h"
#include "engine/complexity/profile_model.h"
#include "engine/complexity/signal_set.h"
#include "engine/evaluate/evaluate_model.h"
#include "engine/evaluate/generate_text.h"
#include "engine/evaluate/generator.h"
#include "engine/train/tiny_run.h"
#include "engine/train/train_run.h"

#include <functional>
#include <limits>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr const char* down = "model.layers.1.mlp.down_proj.weight";

/// Puts a value into one place of one tensor of a safetensors file.
void breakTensor(const fs::path& file, const std::string& name, float value)
{
    std::vector<NamedTensor> tensors;
    for (auto& [stored, tensor] : REQUIRE_OK(readTensorFile(file)).tensors)
        tensors.push_back({stored, tensor.clone()});
    for (NamedTensor& tensor : tensors)
        if (tensor.name == name)
            tensor.value.reshape(-1)[5].fill_(value);
    REQUIRE_OK(writeTensorFile(file, tensors));
}

void checkNamed(const Error& error, const std::string& name, const fs::path& file)
{
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.place, "tensor \"" + name + "\"");
    CHECK_EQ(error.file, file.string());
    CHECK_CONTAINS(error.message, "1 of the weight's");
    CHECK_CONTAINS(error.message, "NaN or infinite");
}

ModelChoice choiceOf(const fs::path& model)
{
    ModelChoice choice;
    choice.model = model;
    choice.device = "cpu";
    choice.threads = 1;
    return choice;
}

Error evaluationError(const TinyRun& run, Protocol protocol, const fs::path& adapter = {})
{
    const RunSpec spec = REQUIRE_OK(readRunSpec(run.spec()));
    EvaluateRequest request;
    static_cast<ModelChoice&>(request) = choiceOf(spec.modelPath);
    request.adapter = adapter;
    request.data = spec.tasks[0].data;
    request.evaluation = spec.evaluation;
    request.evaluation.protocol = protocol;
    request.evaluation.maxNewTokens = 2;
    request.maxLength = 24;
    return REQUIRE_ERROR(evaluateModel(request, {}));
}

} // namespace

HILO_TEST(everyCommandNamesTheBrokenWeight)
{
    for (const auto& [name, value] :
         {std::pair{down, infinity}, {"model.embed_tokens.weight", notANumber}, {"model.norm.weight", -infinity}}) {
        const TinyRun run;
        const fs::path file = run.folder() / "model/model.safetensors";
        breakTensor(file, name, value);
        checkNamed(REQUIRE_ERROR(startRun(REQUIRE_OK(readRunSpec(run.spec())), run.run("a"), {})), name, file);
        for (const Protocol protocol : {Protocol::Auto, Protocol::LabelLogit, Protocol::ChoiceLikelihood,
                                        Protocol::Generate, Protocol::GenMatchStrict, Protocol::Loss})
            checkNamed(evaluationError(run, protocol), name, file);
        for (const double temperature : {0.0, 1.0}) {
            GenerateRequest request;
            static_cast<ModelChoice&>(request) = choiceOf(run.folder() / "model");
            request.prompt = "a river";
            request.maximumTokens = 2;
            request.temperature = temperature;
            checkNamed(REQUIRE_ERROR(generateText(request, {}, {})), name, file);
        }
    }
}

HILO_TEST(profilesNameTheBrokenWeight)
{
    const TinyRun run;
    const fs::path file = run.folder() / "model/model.safetensors";
    breakTensor(file, down, notANumber);
    const TemporaryFolder cache;
    ProfileRequest request;
    request.model = run.folder() / "model";
    request.data = REQUIRE_OK(readRunSpec(run.spec())).tasks[0].data;
    request.maxLength = 24;
    request.sequences = 8;
    request.gradientSequences = 4;
    request.threads = 1;
    request.cache = cache.path();
    for (const char* signal : {"linear_cka", "fisher", "necessity"}) {
        request.signals = {signal};
        checkNamed(REQUIRE_ERROR(profileModel(request, {})), down, file);
    }
}

HILO_TEST(aWeightIsFoundBeforeItIsQuantised)
{
    const TinyRun run;
    const fs::path file = run.folder() / "model/model.safetensors";
    breakTensor(file, down, notANumber);
    const ModelSource model = REQUIRE_OK(openModel(run.folder() / "model"));
    for (const gpu::WeightFormat format : {gpu::WeightFormat::Nf4, gpu::WeightFormat::Int8, gpu::WeightFormat::E4m3})
        checkNamed(REQUIRE_ERROR(Decoder::load(model, torch::kFloat32, torch::kCPU, {}, format)), down, file);
}

HILO_TEST(aSoundBaseIsNotBlamed)
{
    const TinyRun run(Json{{"steps", 1}});
    const ModelSource model = REQUIRE_OK(openModel(run.folder() / "model"));
    const auto decoder = REQUIRE_OK(Decoder::load(model, torch::kFloat32, torch::kCPU));
    CHECK(!decoder->brokenWeight());
    const Error error = notFiniteError(*decoder);
    CHECK_CONTAINS(error.message, "every weight of the base is finite");
    // A random decoder has no file to name.
    CHECK(!Decoder::random(model.config, 1)->brokenWeight());
}

HILO_TEST(anAdapterThatDivergedIsRefusedByTensor)
{
    const TinyRun run(Json{{"steps", 1}});
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(run.spec())), run.run("a"), {}));
    const fs::path file = run.run("a") / "adapter/adapter.safetensors";
    const std::string name = REQUIRE_OK(readTensorFile(file)).tensors.begin()->first;
    breakTensor(file, name, notANumber);
    const Error error = evaluationError(run, Protocol::LabelLogit, run.run("a"));
    CHECK_EQ(error.place, name);
    CHECK_CONTAINS(error.message, "NaN or infinite");
}
