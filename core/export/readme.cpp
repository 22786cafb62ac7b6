// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/readme.h"

#include "base/shown_text.h"
#include "base/text_format.h"
#include "export/serving.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

/// A Python string literal; JSON's spelling is one, and what escaped writes out Python reads back.
std::string literal(const std::string& text)
{
    return escaped(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Inside of a line of Markdown: nothing of the text may end the code span or the line.
std::string codeSpan(const std::string& text)
{
    std::string line = escaped(text);
    std::replace(line.begin(), line.end(), '`', '\'');
    return "`` " + line + " ``";
}

std::string peftLines(const ReadmeFacts& facts)
{
    return "```python\n"
           "from peft import PeftModel\n"
           "from transformers import AutoModelForCausalLM\n\n"
           "base = AutoModelForCausalLM.from_pretrained(" +
           literal(facts.baseName) +
           ")\n"
           "model = PeftModel.from_pretrained(base, \"PATH_OF_THIS_FOLDER\")\n```\n";
}

std::string hiloLines(const ReadmeFacts& facts)
{
    return "```sh\nhilo generate BASE_MODEL --adapter THIS_FOLDER --prompt \"...\"\n```\n\nBASE_MODEL is " +
           codeSpan(facts.baseName) + ".\n";
}

std::string pythonLines(const ReadmeFacts& facts)
{
    return "`hilo_adapter.py` needs PyTorch (2.2 or later) and safetensors, and transformers for the base model:\n\n"
           "```python\n"
           "from transformers import AutoModelForCausalLM\n"
           "from hilo_adapter import load_hilo_adapter  # this folder on the path: sys.path.append(...)\n\n"
           "base = AutoModelForCausalLM.from_pretrained(" +
           literal(facts.baseName) +
           ")\n"
           "model = load_hilo_adapter(base, \"PATH_OF_THIS_FOLDER\")\n```\n\n"
           "`model` is the base itself, for calls, `generate()` and training of `model.hilo.parameters()`. "
           "`model.hilo.routing(**batch)` tells which experts each token took, `model.hilo.merge_static(batches)` puts "
           "the experts into the weights, `model.hilo.save(folder)` writes what `hilo` reads. `hilo generate` reads "
           "this folder, too. The module stands under the GNU General Public License, version 3 or later.\n";
}

std::string molaLines(const ReadmeFacts& facts)
{
    const auto listed = [&facts](const char* key) { return facts.details.value(key, Json::array()).dump(); };
    return "MoLA does not store the numbers of experts and of chosen experts; its loader must be told:\n\n"
           "```python\n"
           "from src.mola_modeling_llama_hacked import LlamaForCausalLM_d\n"
           "from src.mola_peft_model_hacked import PeftModel\n"
           "from transformers import AutoConfig\n\n"
           "number_experts = " +
           listed("number_experts") + "\ntop_k = " + listed("top_k") + "\nconfig = AutoConfig.from_pretrained(" +
           literal(facts.baseName) + ")\nconfig.lora_target_modules = " + listed("target_modules") +
           "\nbase = LlamaForCausalLM_d.from_pretrained(" + literal(facts.baseName) +
           ", config=config)\n"
           "model = PeftModel.from_pretrained(base, \"PATH_OF_THIS_FOLDER\",\n"
           "                                  number_experts=number_experts, top_k=top_k)\n"
           "model.get_new_parameters(number_experts, top_k, False)\n```\n\n"
           "`src` is that of https://github.com/GCYZSL/MoLA. AlphaLoRA uses the same classes.\n";
}

std::string moePeftLines(const ReadmeFacts& facts)
{
    return "```python\n"
           "import moe_peft\n\n"
           "model = moe_peft.LLMModel.from_pretrained(" +
           literal(facts.baseName) +
           ", device=\"cuda:0\")\n"
           "model.load_adapter(\"PATH_OF_THIS_FOLDER\", \"default\")\n```\n\n"
           "MoE-PEFT leaves dropout on when it evaluates, and wants one above 0: adapter_config.json names one that "
           "drops nothing. To train on, set your own `lora_dropout` there.\n";
}

std::string ggufLoraLines(const ReadmeFacts& facts)
{
    return "```sh\nllama-cli -m BASE_MODEL.gguf --lora " + facts.modelFile +
           " -p \"...\"\n```\n\nBASE_MODEL.gguf is the GGUF file of the base model, of any quantisation.\n";
}

std::string mergedLines(const ReadmeFacts&)
{
    return "```python\n"
           "from transformers import AutoModelForCausalLM, AutoTokenizer\n\n"
           "model = AutoModelForCausalLM.from_pretrained(\"PATH_OF_THIS_FOLDER\")\n"
           "tokenizer = AutoTokenizer.from_pretrained(\"PATH_OF_THIS_FOLDER\")\n```\n";
}

std::string mergedGgufLines(const ReadmeFacts& facts)
{
    return "```sh\nllama-cli -m " + facts.modelFile + " -p \"...\"\n```\n";
}

struct LoadingLines
{
    const char* format;
    std::string (*text)(const ReadmeFacts&);
};
constexpr std::array<LoadingLines, 11> loadingLines{{{"hilo", hiloLines},
                                                     {"python", pythonLines},
                                                     {"peft", peftLines},
                                                     {"peft-padded", peftLines},
                                                     {"peft-static", peftLines},
                                                     {"peft-distilled", peftLines},
                                                     {"mola", molaLines},
                                                     {"moe-peft", moePeftLines},
                                                     {"gguf-lora", ggufLoraLines},
                                                     {"merged", mergedLines},
                                                     {"merged-gguf", mergedGgufLines}}};

std::string accuracyText(const MeasuredAccuracy& measured)
{
    return printed("%.1f %% (95 %% interval %.1f to %.1f), %lld of %lld rows of the split %s, protocol %s, after step "
                   "%lld.",
                   measured.accuracy * 100, measured.low * 100, measured.high * 100,
                   static_cast<long long>(measured.correct), static_cast<long long>(measured.total),
                   escaped(measured.split).c_str(), escaped(measured.protocol).c_str(),
                   static_cast<long long>(measured.step));
}

std::string meanWeightsText(const StaticCost& cost)
{
    return "Each router was replaced by its mean weights over " +
           printed("%lld tokens of training data", static_cast<long long>(cost.calibrationTokens)) +
           (cost.rank > 0 ? printed(", and the sum of the experts cut to rank %lld by singular values.",
                                    static_cast<long long>(cost.rank))
                          : std::string("."));
}

std::string distilledText(const StaticCost& cost)
{
    const DistilledCost& how = *cost.distilled;
    std::string text =
        printed("One LoRA a module, of at most rank %lld, was trained from the routers' mean weights to give the "
                "probabilities that the mixture gives at %s of the training split: %lld steps over %lld rows, learning "
                "rate %g, seed %lld, %.0f seconds.",
                static_cast<long long>(cost.rank), how.allTokens ? "all tokens" : "the answers' tokens",
                static_cast<long long>(how.steps), static_cast<long long>(how.rows), how.learningRate,
                static_cast<long long>(how.seed), how.seconds);
    if (how.layerWeight > 0)
        text += printed(" The hidden states behind each layer were matched, too (weight %g).", how.layerWeight);
    if (how.rowsKeptBack > 0)
        text +=
            printed(" On %lld rows of it that were kept back the divergence from the mixture fell from %.4f to %.4f "
                    "nats a token; the weights are those after step %lld.",
                    static_cast<long long>(how.rowsKeptBack), how.divergenceBefore, how.divergenceAfter,
                    static_cast<long long>(how.keptStep));
    return text;
}

std::string costRow(const char* what, const StaticCost& cost, const std::optional<double>& before,
                    const std::optional<double>& ofMeans, const std::optional<double>& after, bool isShare)
{
    if (!before || !after)
        return {};
    const double scale = isShare ? 100 : 1;
    const char* const number = isShare ? "%.2f %%" : "%.4f";
    const auto cell = [&](double value) { return printed(number, value * scale) + " | "; };
    std::string row = "| " + std::string(what) + " | " + cell(*before);
    if (cost.distilled)
        row += ofMeans ? cell(*ofMeans) : std::string("| ");
    return row + cell(*after) + printed(isShare ? "%+.2f points |\n" : "%+.4f |\n", (*after - *before) * scale);
}

std::string staticText(const StaticCost& cost)
{
    std::string text =
        "## This is a static approximation\n\nThe adapter chooses experts by token; this format cannot. " +
        (cost.distilled ? distilledText(cost) : meanWeightsText(cost)) +
        printed(" What that costs, on %lld rows of the split %s (%s):\n\n", static_cast<long long>(cost.rows),
                cost.split.c_str(), cost.protocol.c_str());
    text += cost.distilled ? "| | with routers | mean weights | in this folder, distilled | difference |\n"
                             "| --- | --- | --- | --- | --- |\n"
                           : "| | with routers | in this folder | difference |\n| --- | --- | --- | --- |\n";
    std::optional<double> accuracyOfMeans, lossOfMeans;
    if (cost.distilled) {
        accuracyOfMeans = cost.distilled->accuracyOfMeans;
        lossOfMeans = cost.distilled->lossOfMeans;
    }
    text += costRow("accuracy", cost, cost.accuracyBefore, accuracyOfMeans, cost.accuracyAfter, true);
    text += costRow("loss on the answers", cost, cost.lossBefore, lossOfMeans, cost.lossAfter, false);
    text += printed("\nOn the probe batch the logits differ by at most %.4g.\n\n", cost.logitDifference);
    return text;
}

} // namespace

std::string readmeText(const ReadmeFacts& facts)
{
    const bool failed = !(facts.verification.difference <= facts.verification.tolerance);
    std::string text = "# Adapter in the format " + facts.format + "\n\n" +
                       (failed ? "**These files FAILED their check (see Verification). Do not use them.**\n\n" : "") +
                       "Exported by HILO Workbench: " + fitName(facts.fit) + ". " + facts.reason +
                       "\n\n## Loading it\n\n";
    for (const LoadingLines& lines : loadingLines)
        if (facts.format == lines.format)
            text += lines.text(facts);
    text += "\n" + servingText(facts) + "## Base model\n\n" + codeSpan(facts.baseName) +
            "\n\nSHA-256 of its configuration and weights: " +
            codeSpan(facts.baseSha256.empty() ? "unknown" : facts.baseSha256) + "\n\n";
    if (!facts.baseCodes.empty())
        text += "The base's files hold its weights as codes (" + facts.baseCodes + "). " +
                (facts.weightType.empty() ? "The adapter was trained on the numbers that the codes stand for.\n\n"
                                          : "The weights here are the numbers that the codes stand for, with the "
                                            "adapter added; nothing is quantised any more.\n\n");
    if (facts.quantisation != "none")
        text +=
            "The run was trained, and its accuracy below measured, on this base with the linear weights of its layers "
            "quantised to " +
            facts.quantisation +
            ". These files were written and checked with the base as it is, not quantised: what they compute is near "
            "to what the run computed, not the same.\n\n";
    if (!facts.weightType.empty())
        text += "Weights are stored as " + facts.weightType + ".\n\n";
    if (facts.staticCost)
        text += staticText(*facts.staticCost);
    text += "## The allocation map\n\n" + codeSpan(facts.mapName) +
            printed(", %lld trained parameters. The map itself is in `allocation.map.json`.\n\n",
                    static_cast<long long>(facts.parameters)) +
            "![experts and ranks by layer and module](map.svg)\n\n## Accuracy\n\n";
    if (facts.accuracy && facts.staticCost)
        text += "Of the run itself, with its routers: ";
    text += facts.accuracy ? accuracyText(*facts.accuracy) : std::string("The run has no evaluation.");
    const Verification& check = facts.verification;
    text += "\n\n## Verification\n\nThe files were read back by other code than what wrote them, and run on a probe "
            "batch of " +
            printed("%lld tokens in float32: the greatest difference of the logits from %s is %.3g (tolerance %.3g); "
                    "the most likely next token is the same for %lld of them.\n",
                    static_cast<long long>(check.tokens), check.against.c_str(), check.difference, check.tolerance,
                    static_cast<long long>(check.sameChoice));
    if (const auto& rounding = facts.rounding)
        text += printed(
            "\nWhat rounding %s costs: the logits differ by up to %.3g from those of the weights "
            "in float32, and the most likely next token is the same for %lld of the %lld tokens.\n",
            // Without smaller weights it is the ramp of YaRN that is rounded (gguf_limits.h).
            facts.weightType == "float32" ? "the ends of YaRN's ramp" : ("the weights to " + facts.weightType).c_str(),
            rounding->difference, static_cast<long long>(rounding->sameChoice), static_cast<long long>(check.tokens));
    return text;
}

} // namespace hilo
