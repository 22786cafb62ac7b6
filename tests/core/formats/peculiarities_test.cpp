// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a model that is no plain llama.
#include "formats/inspection.h"
#include "formats/peculiarities.h"
#include "support/testing.h"

#include <algorithm>
#include <set>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<std::string> wordsOf(const ModelConfig& config)
{
    std::vector<std::string> words;
    for (const Peculiarity& peculiarity : peculiaritiesOf(config))
        words.push_back(inWords(peculiarity));
    return words;
}

ModelConfig configOf(const std::string& folder)
{
    return REQUIRE_OK(openModel(dataFile(folder))).config;
}

void checkSays(const std::string& folder, const std::vector<std::string>& sentences)
{
    const std::vector<std::string> words = wordsOf(configOf(folder));
    for (const std::string& sentence : sentences)
        if (std::find(words.begin(), words.end(), sentence) == words.end())
            CHECK_EQ(folder + " says: " + Json(words).dump(), sentence);
}

} // namespace

HILO_TEST(aPlainLlamaHasNone)
{
    ModelConfig config = configOf("models/llama");
    config.tiedEmbeddings = false;
    CHECK(wordsOf(config).empty());
}

HILO_TEST(numbersAsRanges)
{
    CHECK_EQ(rangesText({}), "");
    CHECK_EQ(rangesText({3}), "3");
    CHECK_EQ(rangesText({0, 1, 3, 4, 5, 9}), "0, 1, 3-5, 9");
}

HILO_TEST(familiesSayWhatTheyAre)
{
    checkSays("models/gpt2",
              {"Positions are learned vectors, added to the embeddings.", "LayerNorm instead of RMSNorm.",
               "q, k and v are one weight, c_attn: an adapter adapts them together.", "The MLP has no gate.",
               "The MLP has biases."});
    checkSays("models/qwen2", {"q, k and v have biases."});
    checkSays("models/gemma2", {"Norms stand before and behind attention and MLP.", "Norms multiply by 1 + weight.",
                                "Embeddings are multiplied by the square root of the width."});
    checkSays("families/gemma3", {"Positions are divided by 3 (linear scaling).",
                                  "This scaling is not that of the layers with a window."});
    checkSays("families/gemma4", {"Values are normed too, without a weight.",
                                  "2 of 4 layers have heads of 10 values, 1 of them for keys and values: 1, 3.",
                                  "In 2 of 4 layers the keys are the values too, so there is no v_proj: 1, 3.",
                                  "RoPE turns the first 2 of a head's 5 pairs, by the frequencies of the whole head.",
                                  "What a layer gives is multiplied by a number of its own."});
    checkSays("families/gemma4-shared",
              {"2 of 4 layers attend to the keys and values of an earlier layer and have no k_proj and v_proj: 2, 3.",
               "2 of 4 layers have an MLP of width 18: 2, 3.",
               "Each layer takes 5 values of a second embedding of its token in, through a gate that stays frozen."});
    checkSays("families/phi3", {"q, k and v are one weight, qkv_proj: an adapter adapts them together.",
                                "gate and up are one weight, gate_up_proj: an adapter adapts them together."});
    checkSays("families/qwen3_moe",
              {"The MLP is a mixture of 5 experts of width 5; a token passes 3 of them. They stay "
               "frozen; each may get a LoRA of its own.",
               "1 of 3 layers have one MLP of width 18 instead of experts: 0.",
               "The weights of a token's experts sum to one."});
    checkSays("families/olmoe",
              {"Queries, keys and values are held within ±0.8.",
               "The weights of a token's experts are shares of all experts' and sum to less than one."});
    checkSays("families/gpt_oss",
              {"Each head has a learned score that takes attention from all tokens (a sink).",
               "The experts' gate is x·sigmoid(1.3·x), its product is with up + 1, and both are held within 0.5.",
               "Router and experts have biases."});
    checkSays("families/phi", {"Attention and MLP read the same input, side by side.", "The output head has a bias."});
    checkSays("families/gpt_neox", {"Attention and MLP read the same input, side by side."});
    checkSays("families/qwen3_5",
              {"2 of 3 layers have a gated delta net (linear attention) in attention's place: 0, 1.",
               "A gated delta net keeps 6 matrices of 3 × 4 values, whatever the length of the text, and what its "
               "convolution sees of the last 3 tokens.",
               "What attention gives is multiplied by the sigmoid of a gate, the second half of each head in q_proj."});
    checkSays("families/olmo2", {"Norms stand behind attention and MLP, none before them.",
                                 "Queries and keys are normed over all heads together."});
}

HILO_TEST(equalNumbersAreNoDifference)
{
    ModelConfig config = configOf("families/gemma3");
    config.localRope.theta = config.rope.theta;
    for (const std::string& sentence : wordsOf(config))
        CHECK(!sentence.starts_with("Layers with a window turn"));
}

HILO_TEST(layersAreNamed)
{
    ModelConfig config = configOf("models/llama");
    config.layers = 6;
    config.windows = {8, 8, 0, 8, 8, 0};
    config.layerRopes = {LayerRope::Main, LayerRope::Main, LayerRope::None,
                         LayerRope::Main, LayerRope::Main, LayerRope::None};
    const auto words = wordsOf(config);
    const auto says = [&](const std::string& text) {
        return std::find(words.begin(), words.end(), text) != words.end();
    };
    CHECK(says("4 of 6 layers see the last 8 tokens alone: 0, 1, 3, 4."));
    CHECK(says("2 of 6 layers do not turn queries and keys (no RoPE): 2, 5."));
    config.windows.assign(6, 16);
    config.layerRopes.assign(6, LayerRope::None);
    const auto others = wordsOf(config);
    CHECK(std::find(others.begin(), others.end(), "Every layer sees the last 16 tokens alone.") != others.end());
    CHECK(std::find(others.begin(), others.end(),
                    "No layer turns its queries and keys: attention does not know positions.") != others.end());
}

/// Each sentence has as many values as places, in every family that uses it; and every family but llama has a sentence.
HILO_TEST(everySentenceIsWhole)
{
    std::set<std::string> known;
    for (const std::string& text : peculiarityTexts())
        CHECK(known.insert(text).second);
    for (const char* kind : {"models", "families"})
        for (const auto& folder : std::filesystem::directory_iterator(dataFile(kind))) {
            if (!std::filesystem::exists(folder.path() / "config.json"))
                continue;
            const auto model = openModel(folder.path());
            if (!model)
                continue;
            for (const Peculiarity& peculiarity : peculiaritiesOf(model->config)) {
                CHECK(known.contains(peculiarity.text));
                CHECK(inWords(peculiarity).find('%') == std::string::npos);
                for (const std::string& value : peculiarity.values)
                    CHECK(!value.empty());
            }
        }
}
