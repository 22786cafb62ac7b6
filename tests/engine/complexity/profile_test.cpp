// SPDX-License-Identifier: GPL-3.0-or-later
// Whole profiles of the tiny models and of a tiny run, as the command line makes them.
#include "engine/train/tiny_run.h"

#include "allocation/profile.h"
#include "allocation/profile_writer.h"
#include "allocation/signal_catalogue.h"
#include "base/json.h"
#include "engine/complexity/profile_model.h"
#include "formats/layer_modules.h"
#include "formats/model_source.h"
#include "formats/safetensors.h"

#include <cstring>
#include <set>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string hiloProgram = HILO_BINARY_DIR "/hilo";

ProfileRequest requestOf(const TinyRun& run, const std::string& signals)
{
    ProfileRequest request;
    request.model = run.folder() / "model";
    request.signals = REQUIRE_OK(chosenSignals(signals));
    std::erase_if(request.signals, [](const std::string& name) { return findSignalDescription(name)->needsAdapter; });
    request.data = REQUIRE_OK(readRunSpec(run.spec())).tasks[0].data;
    request.maxLength = 24;
    request.sequences = 40;
    request.gradientSequences = 12;
    request.threads = 1;
    return request;
}

/// The profile's signals without what differs from run to run.
Json signalsOf(const ComplexityProfile& profile)
{
    Json signals = toJson(profile)["signals"];
    for (auto& [name, signal] : signals.items())
        signal.erase("cost_seconds");
    return signals;
}

} // namespace

HILO_TEST(everyFamilyHasWeightSignals)
{
    for (const char* name : {"llama", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gpt2", "llama3-rope"}) {
        ProfileRequest request;
        request.model = dataFile(std::string("models/") + name);
        request.signals = REQUIRE_OK(chosenSignals("weights"));
        std::erase_if(request.signals,
                      [](const std::string& signal) { return findSignalDescription(signal)->needsAdapter; });
        request.threads = 1;
        const ComplexityProfile profile = REQUIRE_OK(profileModel(request, {}));
        CHECK_EQ(profile.signals.size(), request.signals.size());
        const ModelSource model = REQUIRE_OK(openModel(request.model));
        REQUIRE_OK(validateComplexityProfile(profile, model.config, REQUIRE_OK(modelHash(model))));
        for (const auto& [signal, values] : profile.signals)
            CHECK_EQ(values.modules.size(), layerModules(model.config, 0).size());
    }
}

HILO_TEST(aWholeProfileOfATinyRun)
{
    const TinyRun run;
    TemporaryFolder cache;
    ProfileRequest request = requestOf(run, "all");
    request.cache = cache.path();
    const ComplexityProfile profile = REQUIRE_OK(profileModel(request, {}));
    CHECK_EQ(profile.signals.size(), request.signals.size());
    for (const auto& [name, signal] : profile.signals) {
        CHECK_EQ(signal.layers.size(), 2u);
        CHECK(!signal.meaning.empty() && !signal.source.empty() && signal.seconds.has_value());
    }
    for (const char* name : {"stable_rank", "explained_variance", "whitened_gradient"}) {
        const ComplexitySignal& signal = profile.signals.at(name);
        CHECK_EQ(signal.spectra.size(), 7u);
        CHECK(!signal.spectrum.empty());
        CHECK(signal.spectra.at("q_proj")[0].size() <= 256u);
    }
    CHECK_EQ(profile.agreement.signals.size(), profile.signals.size());
    CHECK_EQ(profile.data["sequences"], 40);
    CHECK_EQ(profile.data["gradient_sequences"], 12);
    CHECK(profile.cost["cached"].empty());
    // What is read again is what was made.
    const ComplexityProfile read = REQUIRE_OK(parseComplexityProfile(toJson(profile), "p.json"));
    CHECK(toJson(read) == toJson(profile));

    // A second time all passes come from the cache, with the same numbers.
    const ComplexityProfile again = REQUIRE_OK(profileModel(request, {}));
    CHECK_EQ(again.cost["cached"].size(), 3u);
    CHECK(signalsOf(again) == signalsOf(profile));
    // Other data is another result.
    request.sequences = 20;
    CHECK_EQ(REQUIRE_OK(profileModel(request, {})).cost["cached"].size(), 2u);
}

HILO_TEST(profilesAreTheSameWithoutACache)
{
    const TinyRun run;
    const ProfileRequest request = requestOf(run, "all");
    CHECK(signalsOf(REQUIRE_OK(profileModel(request, {}))) == signalsOf(REQUIRE_OK(profileModel(request, {}))));
}

HILO_TEST(signalsDoNotDependOnWhichOthersAreMeasured)
{
    const TinyRun run;
    const Json all = signalsOf(REQUIRE_OK(profileModel(requestOf(run, "all"), {})));
    for (const char* name : {"linear_cka", "outlier_ratio", "intrinsic_dimension", "explained_variance",
                             "activation_participation_ratio", "influence_helpful", "whitened_gradient", "necessity"}) {
        const Json alone = signalsOf(REQUIRE_OK(profileModel(requestOf(run, name), {})));
        CHECK_EQ(alone.size(), 1u);
        CHECK(alone[name] == all[name]);
    }
}

HILO_TEST(cancellingAProfileEndsIt)
{
    const TinyRun run;
    for (const char* what : {"Spectra of the weights", "Activations", "Gradients", "Leaving one layer out"}) {
        std::atomic<bool> cancel{false};
        const Progress progress(
            [&](const ProgressReport& report) {
                if (report.what == what)
                    cancel = true;
            },
            &cancel);
        // The last report of the last kind of work comes when it is done.
        const auto profile = profileModel(requestOf(run, "all"), progress);
        if (std::string(what) != "Leaving one layer out")
            CHECK(REQUIRE_ERROR(profile).code == ErrorCode::Cancelled);
    }
}

HILO_TEST(theCommandWritesAProfileThatAllocateTakes)
{
    const TinyRun run;
    const std::string out = (run.folder() / "p.json").string();
    const std::string model = (run.folder() / "model").string();
    const ProcessResult made = runProcess({hiloProgram, "profile", model, "--data", run.spec().string(), "--out", out,
                                           "--no-cache", "--threads", "1", "--max-length", "24", "--sequences", "20",
                                           "--gradient-sequences", "8", "--json"});
    CHECK_EQ(made.exitCode, 0);
    CHECK(REQUIRE_OK(parseJson(made.output, "stdout")) == REQUIRE_OK(readJsonFile(out)));
    for (const std::vector<std::string>& strategy :
         {std::vector<std::string>{"alphalora", "--set", "total=8"},
          {"layerif", "--set", "total=8"},
          {"eva", "--set", "rank=2"},
          {"gora", "--set", "rank_max=16"},
          {"lora-smoe"},
          {"d-mole"},
          {"hilo", "--set", "experts_signal=whitened_gradient", "--set", "ranks_signal=explained_variance", "--set",
           "per=module"},
          {"balanced", "--budget", "20000", "--set", "spectrum=whitened_gradient", "--set",
           "weight=whitened_gradient"}}) {
        std::vector<std::string> command = {hiloProgram, "allocate", model, "--profile", out, "--strategy"};
        command.insert(command.end(), strategy.begin(), strategy.end());
        const ProcessResult allocated = runProcess(command);
        if (allocated.exitCode != 0)
            fail(strategy.front() + ": " + allocated.errors, __FILE__, __LINE__);
    }
    // Of another model with the same shape the weights differ.
    const TinyRun other;
    Json config = REQUIRE_OK(readJsonFile(other.folder() / "model/config.json"));
    config["rope_theta"] = 5000;
    REQUIRE_OK(writeJsonFile(other.folder() / "model/config.json", config));
    const ProcessResult refused = runProcess(
        {hiloProgram, "allocate", (other.folder() / "model").string(), "--profile", out, "--strategy", "gora"});
    CHECK_EQ(refused.exitCode, 3);
    CHECK_CONTAINS(refused.errors, "other weights");
}

HILO_TEST(theCommandSaysWhatIsWrong)
{
    const TinyRun run;
    const std::string model = (run.folder() / "model").string();
    const auto ran = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {hiloProgram, "profile"});
        return runProcess(arguments);
    };
    const ProcessResult unknown = ran({model, "--signals", "magic"});
    CHECK_EQ(unknown.exitCode, 2);
    CHECK_CONTAINS(unknown.errors, "no signal \"magic\"");
    const ProcessResult withoutData = ran({model, "--signals", "linear_cka"});
    CHECK_EQ(withoutData.exitCode, 2);
    CHECK_CONTAINS(withoutData.errors, "--data");
    const ProcessResult withoutAdapter = ran({model, "--signals", "expert_redundancy"});
    CHECK_EQ(withoutAdapter.exitCode, 2);
    CHECK_CONTAINS(withoutAdapter.errors, "--adapter");
    // Without a template the columns decide, and these fit none.
    writeText(run.folder() / "odd/train.jsonl", "{\"headline\": \"a\"}\n");
    const ProcessResult withoutTemplate = ran({model, "--data", (run.folder() / "odd").string()});
    CHECK_EQ(withoutTemplate.exitCode, 3);
    CHECK_CONTAINS(withoutTemplate.errors, "--template");
    const ProcessResult nothing = ran({(run.folder() / "nothing").string()});
    CHECK_EQ(nothing.exitCode, 3);
    fs::remove(run.folder() / "model/model.safetensors");
    const ProcessResult noWeights = ran({model});
    CHECK_EQ(noWeights.exitCode, 3);
    CHECK_CONTAINS(noWeights.errors, "no weights");
}

HILO_TEST(aWeightThatIsNotFiniteIsNamed)
{
    const TinyRun run;
    const fs::path file = run.folder() / "model/model.safetensors";
    std::string bytes = readText(file);
    const SafetensorsFile opened = REQUIRE_OK(openSafetensors(file));
    const std::string name = "model.layers.1.self_attn.k_proj.weight";
    const TensorView& view = *opened.find(name);
    // The mapped file begins where its first byte is; the tensor's place in it follows from its bytes.
    const std::string content(reinterpret_cast<const char*>(view.bytes.data()), view.bytes.size());
    const std::size_t place = bytes.find(content);
    const float broken = NAN;
    std::memcpy(bytes.data() + place + 8, &broken, sizeof broken);
    writeText(file, bytes);
    ProfileRequest request = requestOf(run, "weights");
    const Error error = REQUIRE_ERROR(profileModel(request, {}));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(describe(error), "tensor \"" + name + "\": 1 of the weight's ");
    CHECK_CONTAINS(error.hint, "float16");
}

HILO_TEST(theListSaysWhatSignalsMean)
{
    const ProcessResult listed = runProcess({hiloProgram, "profile", "--list", "--json"});
    CHECK_EQ(listed.exitCode, 0);
    const Json document = REQUIRE_OK(parseJson(listed.output, "stdout"));
    CHECK_EQ(document["signals"].size(), signalCatalogue().size());
    std::set<std::string> names;
    for (const Json& signal : document["signals"]) {
        names.insert(signal["name"]);
        for (const char* key : {"title", "kind", "direction", "meaning", "source"})
            CHECK(!signal[key].get<std::string>().empty());
    }
    CHECK_EQ(names.size(), signalCatalogue().size());
}
