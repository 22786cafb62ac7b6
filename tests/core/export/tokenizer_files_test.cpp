// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.json to GGUF metadata and back: both must read texts as the original does.
#include "small_content.h"

#include "export/gguf_model_keys.h"
#include "export/gguf_tokenizer_keys.h"
#include "export/tokenizer_files.h"
#include "formats/model_source.h"
#include "tokenizer/tokenizer.h"

#include <fstream>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> texts = {"Hello world",
                                        "  two  spaces and\ttabs\n\n",
                                        "Größe 模型 🦙 naïve",
                                        "it's 12345 don't",
                                        "",
                                        " x",
                                        "a<s>b</s>",
                                        "no combining marks: GGUF does not say NFC"};

void checkBoth(const fs::path& source, ModelConfig model = fixtureConfig("llama"))
{
    const TemporaryFolder folder;
    fs::create_directories(folder / "model");
    for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
        if (fs::exists(source / name))
            fs::copy_file(source / name, folder / "model" / name);
    const auto original = REQUIRE_OK(Tokenizer::load(folder / "model"));
    model.vocabulary = original->vocabularySize() + 3;
    model.bosToken = -1;
    model.eosTokens.clear();
    GgufWriter writer;
    addModelMetadata(writer, model, "name");
    REQUIRE_OK(addTokenizerMetadata(writer, model, folder / "model"));
    REQUIRE_OK(writer.write(folder / "model.gguf"));
    const auto fromGguf = REQUIRE_OK(Tokenizer::load(folder / "model.gguf"));
    CHECK_EQ(fromGguf->vocabularySize(), model.vocabulary);
    CHECK(fromGguf->specialPrefix() == original->specialPrefix());

    const GgufVocabulary vocabulary = REQUIRE_OK(readGgufVocabulary(folder / "model.gguf"));
    fs::create_directories(folder / "back");
    REQUIRE_OK(writeTokenizerFiles(vocabulary, "model.gguf", folder / "back"));
    const auto back = REQUIRE_OK(Tokenizer::load(folder / "back"));
    CHECK(back->specialPrefix() == original->specialPrefix());
    CHECK(!original->bos() || back->bos() == original->bos());
    CHECK(!original->eos() || back->eos() == original->eos());
    for (const std::string& text : texts) {
        const auto expected = REQUIRE_OK(original->encode(text));
        if (REQUIRE_OK(fromGguf->encode(text)) != expected || REQUIRE_OK(back->encode(text)) != expected)
            fail(source.string() + " reads \"" + text + "\" as " + printed(expected) + ", the GGUF file as " +
                     printed(REQUIRE_OK(fromGguf->encode(text))) + ", its tokenizer.json as " +
                     printed(REQUIRE_OK(back->encode(text))),
                 __FILE__, __LINE__);
        CHECK_EQ(back->decode(expected), original->decode(expected));
    }
}

} // namespace

HILO_TEST(byteLevelTokenizersGoThere)
{
    for (const char* name : {"gpt2", "llama3", "qwen"})
        checkBoth(dataFile(std::string("tokenizers/") + name));
}

HILO_TEST(sentencePieceTokenizersGoThereAndBack)
{
    checkBoth(dataFile("tokenizers/llama2"));
    checkBoth(fs::path(HILO_SOURCE_DIR) / "projects/gloss-classes/base");
}

HILO_TEST(theVocabularyOfGemma4GoesThereAndBack)
{
    // SentencePiece's texts without a blank in front, merged by a list.
    const TemporaryFolder folder;
    fs::create_directories(folder / "source");
    Json tokenizer = REQUIRE_OK(readJsonFile(dataFile("tokenizers/llama2/tokenizer.json")));
    tokenizer["normalizer"] = tokenizer["normalizer"]["normalizers"][1];
    tokenizer["decoder"]["decoders"].erase(3);
    REQUIRE_OK(writeJsonFile(folder / "source/tokenizer.json", tokenizer));
    const ModelConfig model = REQUIRE_OK(openModel(dataFile("families/gemma4"))).config;
    checkBoth(folder / "source", model);
    ModelConfig sized = model;
    sized.vocabulary = 600;
    GgufWriter writer;
    REQUIRE_OK(addTokenizerMetadata(writer, sized, folder / "source"));
    REQUIRE_OK(writer.write(folder / "model.gguf"));
    GgufVocabulary vocabulary = REQUIRE_OK(readGgufVocabulary(folder / "model.gguf"));
    CHECK_EQ(vocabulary.model, "gemma4");
    CHECK(!vocabulary.merges.empty());
}

HILO_TEST(aPreTokenizerWithoutANameIsRefused)
{
    const TemporaryFolder folder;
    Json tokenizer = REQUIRE_OK(readJsonFile(dataFile("tokenizers/gpt2/tokenizer.json")));
    tokenizer["pre_tokenizer"] = {
        {"type", "Sequence"},
        {"pretokenizers",
         {{{"type", "Split"}, {"pattern", {{"Regex", "\\d"}}}, {"behavior", "Isolated"}, {"invert", false}},
          {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", false}}}}};
    REQUIRE_OK(writeJsonFile(folder / "tokenizer.json", tokenizer));
    GgufWriter writer;
    const Error error = REQUIRE_ERROR(addTokenizerMetadata(writer, fixtureConfig("llama"), folder.path()));
    CHECK_CONTAINS(describe(error), "pre_tokenizer");
    GgufVocabulary vocabulary;
    vocabulary.model = "bert";
    CHECK_CONTAINS(describe(REQUIRE_ERROR(tokenizerJson(vocabulary, "x.gguf"))), "bert");
}
