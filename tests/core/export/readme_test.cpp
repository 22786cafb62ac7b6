// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "export/serving.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

ReadmeFacts factsOf(const std::string& format)
{
    ReadmeFacts facts;
    facts.format = format;
    facts.reason = "Because.";
    facts.baseName = "base/it's \"here\"";
    facts.baseSha256 = "abcd";
    facts.modelFile = "model.gguf";
    facts.mapName = "a `map`";
    facts.parameters = 1234;
    facts.verification = {"the run's own", 2e-6, 1e-4, 54, 53};
    return facts;
}

} // namespace

HILO_TEST(everyFormatHasItsLoadingLinesAndFacts)
{
    for (const ExportFormat& format : exportFormats()) {
        const std::string text = readmeText(factsOf(std::string(format.name)));
        CHECK_CONTAINS(text, "```");
        CHECK_CONTAINS(text, "it's \"here\"");
        CHECK_CONTAINS(text, "abcd");
        CHECK_CONTAINS(text, "`` a 'map' ``, 1234 trained parameters");
        CHECK_CONTAINS(text, "(map.svg)");
        CHECK_CONTAINS(text, "2e-06 (tolerance 0.0001)");
        CHECK_CONTAINS(text, "The run has no evaluation.");
        CHECK(text.find("FAILED") == std::string::npos);
        CHECK(text.find("rounding") == std::string::npos);
    }
}

HILO_TEST(accuracyIsToldWithIntervalAndProtocol)
{
    ReadmeFacts facts = factsOf("hilo");
    facts.accuracy = MeasuredAccuracy{0.5, 0.4, 0.6, 25, 50, "test", "label-logit", 300};
    CHECK_CONTAINS(readmeText(facts), "50.0 % (95 % interval 40.0 to 60.0), 25 of 50 rows of the split test, protocol "
                                      "label-logit, after step 300.");
}

HILO_TEST(aQuantisedBaseIsToldOnlyWhereItWasOne)
{
    ReadmeFacts facts = factsOf("peft");
    CHECK(readmeText(facts).find("quantised to") == std::string::npos);
    facts.quantisation = "nf4";
    CHECK_CONTAINS(readmeText(facts), "quantised to nf4. These files were written and checked with the base as it is");
}

HILO_TEST(anApproximationTellsWhatItCosts)
{
    ReadmeFacts facts = factsOf("peft-static");
    facts.staticCost = StaticCost{"test", "label-logit", 500, 9000, 8, 0.5, 0.75, 0.9, 0.85, 0.125, {}};
    const std::string text = readmeText(facts);
    CHECK_CONTAINS(text, "This is a static approximation");
    CHECK_CONTAINS(text, "cut to rank 8");
    CHECK_CONTAINS(text, "| accuracy | 90.00 % | 85.00 % | -5.00 points |");
    CHECK(text.find("with its routers") == std::string::npos);
    facts.accuracy = MeasuredAccuracy{0.5, 0.4, 0.6, 25, 50, "test", "label-logit", 300};
    CHECK_CONTAINS(readmeText(facts), "Of the run itself, with its routers: 50.0 %");
    CHECK_CONTAINS(text, "| loss on the answers | 0.5000 | 0.7500 | +0.2500 |");
    facts.staticCost->accuracyAfter.reset();
    CHECK(readmeText(facts).find("| accuracy |") == std::string::npos);
}

HILO_TEST(roundingTellsWhatItCosts)
{
    ReadmeFacts facts = factsOf("merged-gguf");
    facts.weightType = "q8_0";
    facts.rounding = RoundingCost{0.5, 50};
    CHECK_CONTAINS(readmeText(facts),
                   "What rounding the weights to q8_0 costs: the logits differ by up to 0.5 from those "
                   "of the weights in float32, and the most likely next token is the same for 50 of "
                   "the 54 tokens.");
}

HILO_TEST(filesThatFailedTheirCheckSaySo)
{
    ReadmeFacts facts = factsOf("peft");
    facts.verification.difference = 1;
    CHECK_CONTAINS(readmeText(facts), "FAILED");
}

HILO_TEST(molaIsLoadedWithWhatItsFilesDoNotHold)
{
    ReadmeFacts facts = factsOf("mola");
    facts.details = {{"number_experts", {2, 4}}, {"top_k", {1, 2}}, {"target_modules", {"q_proj"}}};
    const std::string text = readmeText(facts);
    CHECK_CONTAINS(text, "\nnumber_experts = [2,4]\ntop_k = [1,2]\n");
    CHECK_CONTAINS(text, "config.lora_target_modules = [\"q_proj\"]");
    CHECK_CONTAINS(text, "get_new_parameters(number_experts, top_k, False)");
}

HILO_TEST(saysWhatBecameOfABaseThatIsStoredAsCodes)
{
    ReadmeFacts facts = factsOf("peft");
    CHECK(readmeText(facts).find("codes") == std::string::npos);
    facts.baseCodes = "gptq, 4 bits";
    CHECK_CONTAINS(readmeText(facts), "as codes (gptq, 4 bits). The adapter was trained on the numbers");
    facts.weightType = "bfloat16";
    CHECK_CONTAINS(readmeText(facts), "nothing is quantised any more");
}

HILO_TEST(everyFormatSaysWhatServersNeed)
{
    for (const ExportFormat& format : exportFormats())
        CHECK_CONTAINS(readmeText(factsOf(std::string(format.name))), "## Serving it\n\n");
    for (const char* format : {"hilo", "python", "mola", "moe-peft"})
        CHECK_CONTAINS(readmeText(factsOf(format)), "chooses among LoRA experts by token");
    CHECK_CONTAINS(readmeText(factsOf("python")), "`model.hilo.routing(**batch)`");
}

HILO_TEST(serversAreToldTheRankThatTheyNeed)
{
    CHECK_EQ(vllmRank(1), 1);
    CHECK_EQ(vllmRank(9), 16);
    CHECK_EQ(vllmRank(300), 320);
    CHECK_EQ(vllmRank(513), 0);
    ReadmeFacts facts = factsOf("peft-padded");
    facts.served.largest = 24;
    CHECK_CONTAINS(servingText(facts), "--max-lora-rank 32 --lora-modules NAME=PATH_OF_THIS_FOLDER");
    CHECK_CONTAINS(servingText(facts), "vllm serve 'base/it'\\''s \"here\"' --enable-lora");
    CHECK_CONTAINS(servingText(facts), "--lora-paths NAME=PATH_OF_THIS_FOLDER --max-lora-rank 24");
    CHECK_CONTAINS(servingText(facts), "--lora-adapters NAME=PATH_OF_THIS_FOLDER");
    facts.served.missing = "v_proj";
    CHECK_CONTAINS(servingText(facts),
                   "leaves out a module without a word where any layer has no adapter on it, here v_proj");
    facts.served.isOne = false;
    CHECK_CONTAINS(servingText(facts), "export `merged` or `peft-padded` for them");
    // Of a mixture there is no padded form.
    facts.staticCost = StaticCost{};
    CHECK_CONTAINS(servingText(facts), "export `merged` for them");
    facts.staticCost.reset();
    facts.served.largest = 600;
    CHECK_CONTAINS(servingText(facts), "takes ranks up to 512, and this adapter has 600");
    facts.served.ofBase = true;
    CHECK(servingText(facts).find("--enable-lora") == std::string::npos);
}

HILO_TEST(ollamasModelfileNamesTheFile)
{
    CHECK_EQ(modelfileText(factsOf("merged-gguf")), "FROM ./model.gguf\n");
    CHECK(modelfileText(factsOf("peft")).empty());
    ReadmeFacts facts = factsOf("gguf-lora");
    CHECK_EQ(modelfileText(facts), "# The base model's GGUF file, or its name in Ollama.\nFROM BASE_MODEL.gguf\n"
                                   "ADAPTER ./model.gguf\n");
    facts.baseName = "/models/base.gguf";
    CHECK_EQ(modelfileText(facts), "FROM /models/base.gguf\nADAPTER ./model.gguf\n");
    // Nothing of a name becomes an instruction.
    facts.baseName = "/models/a\nSYSTEM b.gguf";
    CHECK_CONTAINS(modelfileText(facts), "FROM BASE_MODEL.gguf");
}
