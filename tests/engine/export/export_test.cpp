// SPDX-License-Identifier: GPL-3.0-or-later
// Every format of every family it can hold, written and read back; what fails; what is refused.
#include "random_adapter.h"

#include "base/json.h"
#include "base/model_companions.h"
#include "engine/base/tensor_file.h"
#include "engine/export/probe.h"
#include "engine/export/rounding_noise.h"
#include "formats/model_source.h"

#include <set>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

ExportSubject subjectOf(const std::string& model, const Choose& choose)
{
    const ModelSource source = REQUIRE_OK(openModel(dataFile("models/" + model)));
    return {source.config, mapBy(source.config, choose), RouterKind::TopK, false};
}

/// All formats that hold the adapter as it is, written; gives their names.
std::set<std::string> exportAll(const std::string& model, const Choose& choose)
{
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "own", model, choose);
    const ExportSubject subject = subjectOf(model, choose);
    std::set<std::string> written;
    for (const ExportFormat& format : exportFormats()) {
        const Verdict verdict = format.judge(subject);
        if (verdict.fit == Fit::Impossible || verdict.fit == Fit::StaticApproximation)
            continue;
        const std::string name(format.name);
        const ExportReport report =
            REQUIRE_OK(exportAdapter(requestFor(folder / "own", model, name, folder / name), {}));
        CHECK_EQ(static_cast<int>(report.fit), static_cast<int>(verdict.fit));
        CHECK(report.verification.difference <= report.verification.tolerance);
        CHECK(report.verification.tolerance <= 1e-3);
        CHECK_EQ(report.verification.tokens, 54);
        std::uint64_t weights = 0;
        for (const auto& [file, bytes] : report.files) {
            CHECK_EQ(bytes, fs::file_size(folder / name / file));
            if (file.ends_with(".safetensors") || file.ends_with(".bin") || file.ends_with(".gguf"))
                weights += bytes;
        }
        // Names and descriptions come on top of the estimate; a GGUF file keeps vectors in float32.
        const std::uint64_t estimate = format.estimate(subject);
        CHECK(weights >= estimate && weights < estimate + estimate / 4 + 60000);
        const std::string readme = readText(folder / name / "README.md");
        CHECK_CONTAINS(readme, REQUIRE_OK(modelHash(REQUIRE_OK(openModel(dataFile("models/" + model))))));
        CHECK_CONTAINS(readme, "map.svg");
        CHECK_CONTAINS(readText(folder / name / "map.svg"), "<svg");
        CHECK(REQUIRE_OK(readAllocationMap(folder / name / "allocation.map.json")) == subject.map);
        written.insert(name);
    }
    return written;
}

} // namespace

HILO_TEST(aPlainAdapterGoesThroughEveryFormatThatKnowsTheFamily)
{
    const std::set<std::string> everywhere{"hilo",        "python",    "peft",  "peft-padded",
                                           "peft-static", "gguf-lora", "merged"};
    const auto and_ = [&](std::set<std::string> more) {
        more.insert(everywhere.begin(), everywhere.end());
        return more;
    };
    CHECK(exportAll("llama", variedPlain) == and_({"mola", "moe-peft", "merged-gguf"}));
    CHECK(exportAll("llama3-rope", variedPlain) == and_({"mola", "moe-peft", "merged-gguf"}));
    CHECK(exportAll("mistral", variedPlain) == and_({"moe-peft"}));
    CHECK(exportAll("qwen2", variedPlain) == and_({"moe-peft", "merged-gguf"}));
    CHECK(exportAll("qwen3", variedPlain) == and_({"merged-gguf"}));
    CHECK(exportAll("gemma", variedPlain) == and_({"moe-peft", "merged-gguf"}));
    CHECK(exportAll("gemma2", variedPlain) == and_({"moe-peft"}));
    CHECK(exportAll("gpt2", variedPlain) == and_({"merged-gguf"}));
}

HILO_TEST(aMixtureGoesThroughTheFormatsWithRouters)
{
    CHECK(exportAll("llama", levelMixture) == (std::set<std::string>{"hilo", "python", "mola"}));
    CHECK(exportAll("qwen2", freeMixture) == (std::set<std::string>{"hilo", "python"}));
    const auto even = [](std::int64_t layer, const std::string& module) -> ModuleAllocation {
        if (module == "o_proj")
            return {};
        return layer == 0 ? ModuleAllocation{{2, 3, 1, 2}, 2, 8, 0} : ModuleAllocation{{1, 4}, 1, 6, 0};
    };
    CHECK(exportAll("qwen2", even) == (std::set<std::string>{"hilo", "python", "moe-peft"}));
}

HILO_TEST(denseRoutersInTheMlpAreLoraMoe)
{
    const TemporaryFolder folder;
    AdapterSettings settings;
    settings.router = RouterKind::Dense;
    writeRandomAdapter(
        folder / "own", "llama",
        [](std::int64_t layer, const std::string& module) -> ModuleAllocation {
            if (module.ends_with("q_proj"))
                return {{4}, 1, 8, 0};
            if (module.ends_with("up_proj"))
                return layer == 0 ? ModuleAllocation{{2, 2}, 1, 8, 0} : ModuleAllocation{{1, 2, 3, 4}, 1, 8, 0};
            return {};
        },
        settings);
    const ExportReport report =
        REQUIRE_OK(exportAdapter(requestFor(folder / "own", "llama", "moe-peft", folder / "out"), {}));
    CHECK(report.verification.difference <= 1e-4);
    const Json config = REQUIRE_OK(readJsonFile(folder / "out/adapter_config.json"));
    CHECK_EQ(config["peft_type"].get<std::string>(), "LORAMOE");
    CHECK_EQ(config["num_experts"].get<int>(), 4);
}

HILO_TEST(aMergedFolderIsShardedWhereItIsLarge)
{
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "own", "qwen2", variedPlain);
    ExportRequest request = requestFor(folder / "own", "qwen2", "merged", folder / "out");
    request.shardBytes = 30000;
    const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
    CHECK(report.verification.difference <= 1e-3);
    CHECK(!fs::exists(folder / "out/model.safetensors"));
    const Json index = REQUIRE_OK(readJsonFile(folder / "out/model.safetensors.index.json"));
    const auto shards = std::count_if(report.files.begin(), report.files.end(),
                                      [](const auto& file) { return file.first.ends_with(".safetensors"); });
    CHECK(shards > 2);
    CHECK_EQ(index["weight_map"].size(), REQUIRE_OK(openModel(folder / "out")).weights->tensors().size());
}

/// A model whose only tokenizer is a tekken.json stays one that can be used.
HILO_TEST(aMergedFolderHasWhatTellsTokens)
{
    const TemporaryFolder folder;
    const fs::path model = folder / "model";
    fs::copy(dataFile("models/qwen2"), model);
    for (const std::string_view name : modelCompanions)
        if (!fs::exists(model / name))
            writeText(model / name, "{}");
    writeRandomAdapter(folder / "own", "qwen2", variedPlain);
    ExportRequest request = requestFor(folder / "own", "qwen2", "merged", folder / "out");
    request.model = model;
    REQUIRE_OK(exportAdapter(request, {}));
    for (const std::string_view name : modelCompanions)
        CHECK(fs::exists(folder / "out" / name));
}

HILO_TEST(smallerTypesOfWholeModelsHoldTheRoundedWeights)
{
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "own", "llama", variedPlain);
    double last = 0;
    for (const char* type : {"float32", "float16", "bfloat16", "q8_0"}) {
        ExportRequest request = requestFor(folder / "own", "llama", "merged-gguf", folder / type);
        request.weightType = type;
        const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
        CHECK_EQ(report.weightType, type);
        CHECK(report.verification.difference <= 1e-3);
        CHECK_EQ(report.rounding.has_value(), type != std::string("float32"));
        if (!report.rounding)
            continue;
        if (type != std::string("q8_0"))
            CHECK(report.rounding->difference > last);
        last = report.rounding->difference;
        CHECK_CONTAINS(readText(folder / type / "README.md"), "What rounding the weights to " + std::string(type));
    }
    // What was exported is a base model like any other: once more, now from the GGUF file.
    ExportRequest again = requestFor(folder / "own", "llama", "merged-gguf", folder / "again");
    again.model = folder / "float32/model.gguf";
    again.weightType = "float32";
    CHECK(REQUIRE_OK(exportAdapter(again, {})).verification.difference <= 1e-3);
    // From a quantised one: what the adapter leaves alone stays as it is stored.
    again.model = folder / "q8_0/model.gguf";
    again.out = folder / "once more";
    again.weightType = "q8_0";
    CHECK(REQUIRE_OK(exportAdapter(again, {})).verification.difference <= 1e-3);
}

HILO_TEST(aLargeAdapterIsRoundedLikeASmallOne)
{
    // Rounding moves these logits by more than a tenth of the largest, and nothing is wrong with the files.
    const TemporaryFolder folder;
    const auto adapter = writeRandomAdapter(folder / "own", "llama", variedPlain);
    {
        const torch::NoGradGuard noGradients;
        for (const auto& [name, tensor] : adapter->namedTensors())
            tensor.mul_(3);
    }
    REQUIRE_OK(adapter->save(folder / "own"));
    ExportRequest request = requestFor(folder / "own", "llama", "merged-gguf", folder / "out");
    request.weightType = "q8_0";
    const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
    CHECK(report.verification.difference <= 1e-3);
    CHECK(report.rounding->difference > 0.5);
}

HILO_TEST(aFailedCheckPutsTheFilesAside)
{
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "own", "llama", levelMixture);
    ExportRequest request = requestFor(folder / "own", "llama", "mola", folder / "out");
    request.tolerance = 1e-30;
    const Error error = REQUIRE_ERROR(exportAdapter(request, {}));
    CHECK_EQ(static_cast<int>(error.code), 5);
    CHECK_CONTAINS(describe(error), "out.failed");
    CHECK(!fs::exists(folder / "out"));
    CHECK(fs::exists(folder / "out.failed/adapter_model.safetensors"));
    CHECK_CONTAINS(readText(folder / "out.failed/README.md"), "FAILED");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(exportAdapter(request, {}))), "out.failed-2");
}

HILO_TEST(aModelThatMagnifiesRoundingsIsNotTakenForWrongFiles)
{
    // Logits a hundred times as large have a hundred times the roundings.
    const TemporaryFolder folder;
    const fs::path model = folder / "model";
    fs::copy(dataFile("models/llama"), model, fs::copy_options::recursive);
    TensorFile file = REQUIRE_OK(readTensorFile(model / "model.safetensors"));
    std::vector<NamedTensor> tensors;
    for (const auto& [name, value] : file.tensors)
        tensors.push_back({name, name == "model.norm.weight" ? value * 100 : value});
    REQUIRE_OK(writeTensorFile(model / "model.safetensors", tensors));
    writeRandomAdapter(folder / "own", model.string(), variedPlain);
    for (const char* const format : {"peft", "merged"}) {
        const ExportRequest request = requestFor(folder / "own", model.string(), format, folder / format);
        const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
        CHECK(report.verification.difference > 1e-4);
        CHECK(report.verification.tolerance <= 1e-2);
        CHECK_EQ(report.verification.sameChoice, 54);
        if (report.verification.tolerance > 1e-3)
            CHECK_CONTAINS(readText(folder / format / "README.md"), "roundings of float32 alone move");
    }
    // Whoever asks for a tolerance gets that one.
    ExportRequest request = requestFor(folder / "own", model.string(), "peft", folder / "asked");
    request.tolerance = 1e-4;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(exportAdapter(request, {}))), "tolerance of 0.0001");
}

HILO_TEST(noiseHidesNoWrongTensor)
{
    // A llama magnifies nothing: what is allowed stays what it was, and a sign that is wrong is found.
    const ModelSource source = REQUIRE_OK(openModel(dataFile("models/llama")));
    const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    const TemporaryFolder folder;
    const auto adapter = writeRandomAdapter(folder / "own", "llama", variedPlain);
    adapter->startEvaluation();
    const PackedBatch batch = probeBatch(source.config);
    const torch::Tensor expected = probeLogits(*decoder, adapter.get(), batch);
    const double noise = roundingNoise(*decoder, adapter.get(), batch, expected);
    CHECK(noise > 0 && noise < 1e-5);
    CHECK_EQ(toleranceBesideNoise(1e-4, noise), 1e-4);
    CHECK_EQ(roundingNoise(*decoder, nullptr, batch, expected), 0.0);
    // However much a model magnifies, what one would see in a text is not allowed.
    CHECK_EQ(toleranceBesideNoise(1e-4, 1), 1e-2);
    const torch::NoGradGuard noGradients;
    adapter->namedTensors().front().second.neg_();
    CHECK(compareLogits(probeLogits(*decoder, adapter.get(), batch), expected).greatest > 1e-3);
}

HILO_TEST(namesOfEveryKindAreKept)
{
    const std::vector<std::string> names = {"it's \"quoted\" `here`", "with spaces  and	tab", "Größe 模型 🦙",
                                            std::string(200, 'n')};
    for (const std::string& name : names) {
        const TemporaryFolder folder;
        writeRandomAdapter(folder / name, "llama", variedPlain);
        for (const char* format : {"hilo", "peft", "gguf-lora"}) {
            const std::string target = name.substr(0, 190) + "-" + format;
            ExportRequest request = requestFor(folder / name, "llama", format, folder / target);
            request.baseName = name;
            REQUIRE_OK(exportAdapter(request, {}));
            CHECK(fs::exists(folder / target / "README.md"));
        }
        const Json config = REQUIRE_OK(readJsonFile(folder / (name.substr(0, 190) + "-peft") / "adapter_config.json"));
        CHECK_EQ(config["base_model_name_or_path"].get<std::string>(), name);
    }
}

HILO_TEST(whatCannotBeWrittenIsRefusedBeforeAnythingIsMade)
{
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "own", "llama", freeMixture);
    const auto refused = [&](const ExportRequest& request, int code, const std::string& part) {
        const Error error = REQUIRE_ERROR(exportAdapter(request, {}));
        CHECK_EQ(static_cast<int>(error.code), code);
        CHECK_CONTAINS(describe(error), part);
        CHECK(!fs::exists(request.out));
    };
    refused(requestFor(folder / "own", "llama", "peft", folder / "out"), 3, "no router");
    refused(requestFor(folder / "own", "llama", "moe-peft", folder / "out"), 3, "--fitting-map");
    refused(requestFor(folder / "own", "llama", "peft-static", folder / "out"), 2, "run's data");
    refused(requestFor(folder / "own", "llama", "flac", folder / "out"), 2, "flac");
    ExportRequest typed = requestFor(folder / "own", "llama", "hilo", folder / "out");
    typed.weightType = "q8_0";
    refused(typed, 2, "float32");
    ExportRequest other = requestFor(folder / "own", "llama", "hilo", folder / "out");
    other.model = dataFile("models/qwen2");
    refused(other, 3, "qwen2");
}

HILO_TEST(theAdapterOfAnotherBaseModelIsRefused)
{
    const TemporaryFolder folder;
    const auto adapter = writeRandomAdapter(folder / "own", "llama", variedPlain);
    adapter->setBaseModel({"other", std::string(64, '0')});
    REQUIRE_OK(adapter->save(folder / "own"));
    const Error error = REQUIRE_ERROR(exportAdapter(requestFor(folder / "own", "llama", "peft", folder / "out"), {}));
    CHECK_EQ(static_cast<int>(error.code), 3);
    CHECK_CONTAINS(describe(error), "other weights");
}
