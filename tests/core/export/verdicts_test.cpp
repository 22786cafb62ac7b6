// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "allocation/parameters.h"
#include "export/export_format.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

AllocationMap mapOf(const ModelConfig& model, const std::map<std::string, ModuleAllocation>& everywhere)
{
    AllocationMap map;
    map.name = "map";
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.assign(static_cast<std::size_t>(model.layers), everywhere);
    return map;
}

struct Judged
{
    std::string fit;
    Verdict verdict;
};
Judged judged(const std::string& format, const ExportSubject& subject)
{
    const Verdict verdict = findExportFormat(format)->judge(subject);
    CHECK(!verdict.reason.empty());
    return {fitName(verdict.fit), verdict};
}

void checkAll(const ExportSubject& subject, const std::map<std::string, std::string>& expected)
{
    for (const ExportFormat& format : exportFormats())
        CHECK_EQ(std::string(format.name) + ": " + judged(std::string(format.name), subject).fit,
                 std::string(format.name) + ": " + expected.at(std::string(format.name)));
}

const std::string impossible = "impossible", exact = "exact", padding = "exact after padding",
                  approximation = "static approximation";

} // namespace

HILO_TEST(anAdapterOfOneRankIsExactEverywhere)
{
    const ModelConfig model = fixtureConfig("llama");
    checkAll({model, mapOf(model, {{"q_proj", {{4}, 1, 8, 0}}, {"up_proj", {{4}, 1, 8, 0}}})},
             {{"hilo", exact},
              {"python", exact},
              {"peft", exact},
              {"peft-padded", exact},
              {"peft-static", exact},
              {"peft-distilled", impossible},
              {"mola", exact},
              {"moe-peft", exact},
              {"gguf-lora", exact},
              {"merged", exact},
              {"merged-gguf", exact}});
}

HILO_TEST(ranksThatDifferArePaddedWhereAFormatHasOne)
{
    const ModelConfig model = fixtureConfig("llama");
    checkAll({model, mapOf(model, {{"q_proj", {{4}, 1, 8, 0}}, {"up_proj", {{2}, 1, 8, 0}}})},
             {{"hilo", exact},
              {"python", exact},
              {"peft", exact},
              {"peft-padded", padding},
              {"peft-static", exact},
              {"peft-distilled", impossible},
              {"mola", padding},
              {"moe-peft", padding},
              {"gguf-lora", exact},
              {"merged", exact},
              {"merged-gguf", exact}});
}

HILO_TEST(aMixtureOfOneCountFitsTheRoutedFormats)
{
    const ModelConfig model = fixtureConfig("llama");
    checkAll({model, mapOf(model, {{"q_proj", {{4, 4, 4}, 2, 8, 0}}, {"k_proj", {}}})},
             {{"hilo", exact},
              {"python", exact},
              {"peft", impossible},
              {"peft-padded", impossible},
              {"peft-static", approximation},
              {"peft-distilled", approximation},
              {"mola", exact},
              {"moe-peft", exact},
              {"gguf-lora", approximation},
              {"merged", approximation},
              {"merged-gguf", approximation}});
    CHECK_CONTAINS(judged("peft", {model, mapOf(model, {{"q_proj", {{4, 4, 4}, 2, 8, 0}}})}).verdict.reason,
                   "layer 0, q_proj: 3 experts");
}

HILO_TEST(aMapThatWouldFitIsOfferedAndFits)
{
    const ModelConfig model = fixtureConfig("llama");
    AllocationMap map = mapOf(model, {{"q_proj", {{4, 2, 4}, 2, 8, 0}}, {"v_proj", {{3}, 1, 8, 0}}, {"o_proj", {}}});
    map.layers[1]["q_proj"] = {{1, 2, 3, 4, 5}, 3, 8, 0};
    map.layers[2]["v_proj"] = {{4, 4}, 1, 8, 2};
    for (const char* format : {"mola", "moe-peft"}) {
        ExportSubject subject{model, map};
        const Judged before = judged(format, subject);
        CHECK_EQ(before.fit, impossible);
        CHECK(before.verdict.fittingMap.has_value());
        REQUIRE_OK(validateAllocationMap(*before.verdict.fittingMap, model, "fitting map"));
        const auto size = static_cast<double>(countParameters(map, model).trainable());
        const auto fitting = static_cast<double>(countParameters(*before.verdict.fittingMap, model).trainable());
        CHECK(fitting > size / 1.5 && fitting < size * 1.5);
        subject.map = *before.verdict.fittingMap;
        CHECK(judged(format, subject).verdict.fit != Fit::Impossible);
        CHECK(!subject.map.find(0, "o_proj") || subject.map.find(0, "o_proj")->experts() == 0);
    }
}

HILO_TEST(aFittingMapSaysWhereFewerExpertsAreActiveThanBefore)
{
    const ModelConfig model = fixtureConfig("llama");
    for (const char* format : {"mola", "moe-peft"}) {
        // Of four and two experts, three each.
        AllocationMap map = mapOf(model, {{"q_proj", {{2, 2, 2, 2}, 4, 8, 0}}, {"v_proj", {{2, 2}, 1, 8, 0}}});
        ExportSubject subject{model, map};
        const AllocationMap fitting = judged(format, subject).verdict.fittingMap.value();
        CHECK_EQ(fitting.notes.size(), 1u);
        CHECK_CONTAINS(fitting.notes.at(0), "top_k 4 is more than some modules have experts: in 6 of 6 modules");
        CHECK_EQ(fitting.find(0, "q_proj")->topK, fitting.find(0, "q_proj")->experts());

        map = mapOf(model, {{"q_proj", {{2, 2, 2}, 2, 8, 0}}, {"v_proj", {{2, 2}, 2, 8, 0}}});
        subject.map = map;
        CHECK(judged(format, subject).verdict.fittingMap.value().notes.empty());
    }
}

HILO_TEST(countsInProportionFitMoePeft)
{
    const ModelConfig model = fixtureConfig("qwen2");
    AllocationMap map = mapOf(model, {{"q_proj", {{2, 2}, 1, 8, 0}}});
    map.layers[1]["q_proj"] = {{2, 2, 2, 2}, 2, 8, 0};
    const Judged fits = judged("moe-peft", {model, map});
    CHECK_EQ(fits.fit, padding);
    CHECK_CONTAINS(fits.verdict.reason, "4 experts, top-k 2");
    map.layers[1]["q_proj"].topK = 1;
    CHECK_EQ(judged("moe-peft", {model, map}).fit, impossible);
}

HILO_TEST(modelsThatAFormatDoesNotKnow)
{
    const ModelConfig gpt2 = fixtureConfig("gpt2");
    const ExportSubject plain{gpt2, mapOf(gpt2, {{"c_attn", {{4}, 1, 8, 0}}})};
    checkAll(plain, {{"hilo", exact},
                     {"python", exact},
                     {"peft", exact},
                     {"peft-padded", exact},
                     {"peft-static", exact},
                     {"peft-distilled", impossible},
                     {"mola", impossible},
                     {"moe-peft", impossible},
                     {"gguf-lora", exact},
                     {"merged", exact},
                     {"merged-gguf", exact}});
    const ModelConfig window = fixtureConfig("mistral");
    CHECK_CONTAINS(judged("merged-gguf", {window, mapOf(window, {{"q_proj", {{4}, 1, 8, 0}}})}).verdict.reason,
                   "sliding window");
}

HILO_TEST(aModelThatMolasOwnCodeIsTooOldForIsSaid)
{
    ModelConfig model = fixtureConfig("llama");
    const AllocationMap map = mapOf(model, {{"q_proj", {{4, 4, 4}, 2, 8, 0}}});
    CHECK_CONTAINS(judged("mola", {model, map}).verdict.reason, "(keys and values shared by heads)");
    model.keyValueHeads = model.heads;
    CHECK(judged("mola", {model, map}).verdict.reason.ends_with("the same within each layer."));
    model.rope.theta = 5e5;
    CHECK_CONTAINS(judged("mola", {model, map}).verdict.reason, "another rotary base");
}

HILO_TEST(anEmptyMapIsNothingToWrite)
{
    const ModelConfig model = fixtureConfig("llama");
    for (const char* format : {"python", "peft", "mola", "moe-peft", "gguf-lora", "merged"})
        CHECK_EQ(judged(format, {model, mapOf(model, {{"q_proj", {}}})}).fit, impossible);
}

HILO_TEST(aRouterThatTakesAsManyAsItNeedsIsExactInPythonAlone)
{
    const ModelConfig model = fixtureConfig("llama");
    std::map<std::string, ModuleAllocation> modules;
    for (const char* name : {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"})
        modules[name] = {{4, 4}, 2, 8, 0};
    const ExportSubject subject{model, mapOf(model, modules), RouterKind::TopP};
    CHECK_EQ(judged("python", subject).fit, exact);
    for (const char* format : {"mola", "moe-peft"}) {
        CHECK_EQ(judged(format, subject).fit, impossible);
        CHECK_CONTAINS(judged(format, subject).verdict.reason, "top_p");
    }
}

HILO_TEST(whatTransformersDoesNotLoadIsRefusedForPython)
{
    const ModelConfig model = fixtureConfig("llama");
    ExportSubject subject{model, mapOf(model, {{"q_proj", {{4, 2}, 1, 8, 1}}}), RouterKind::TopKNull};
    CHECK_EQ(judged("python", subject).fit, exact);
    subject.modelIsGguf = true;
    CHECK_EQ(judged("python", subject).fit, impossible);
    CHECK_CONTAINS(judged("python", subject).verdict.reason, "GGUF");
}

HILO_TEST(aRankThatServersMustBeToldOfIsSaidBeforeTheExport)
{
    ModelConfig model = fixtureConfig("llama");
    const auto reasonOf = [&model](const char* format, const ModuleAllocation& module) {
        return judged(format, {model, mapOf(model, {{"q_proj", module}})}).verdict.reason;
    };
    CHECK(reasonOf("peft", {{16}, 1, 8, 0}).find("vLLM") == std::string::npos);
    CHECK_CONTAINS(reasonOf("peft", {{17}, 1, 8, 0}), "Its rank is 17: vLLM serves it with --max-lora-rank 32.");
    CHECK_CONTAINS(reasonOf("peft-padded", {{17}, 1, 8, 0}), "--max-lora-rank 32");
    // A mixture's experts become one, as wide as the module at most.
    CHECK_CONTAINS(reasonOf("peft-static", {{12, 8}, 1, 8, 0}), "Its rank is 20");
    CHECK_CONTAINS(reasonOf("peft-static", {{30, 30}, 1, 8, 0}), "Its rank is 32");
    // Of a distilled one as many as a token uses.
    CHECK_CONTAINS(reasonOf("peft-distilled", {{20, 12, 8}, 1, 8, 0}), "Its rank is 20");
    model.hidden = model.headDimension = 4096;
    CHECK_CONTAINS(reasonOf("peft", {{200}, 1, 8, 0}), "--max-lora-rank 256, TGI slowly; merged has no such limit.");
    CHECK_CONTAINS(reasonOf("peft", {{600}, 1, 8, 0}), "more than the 512 that vLLM serves; merged has no such limit.");
    CHECK_CONTAINS(reasonOf("peft-static", {{300, 300}, 1, 8, 0}),
                   "more than the 512 that vLLM serves; --rank cuts it.");
}
