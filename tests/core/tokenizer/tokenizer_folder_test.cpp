// SPDX-License-Identifier: GPL-3.0-or-later
// What the files beside a tokenizer.json change.
#include "base/json.h"
#include "support/testing.h"
#include "tokenizer/tokenizer.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::int32_t>;

/// "a" 0, "b" 1, "ab" 2, and the special tokens <s> 3, </s> 4, <end> 5; a text begins with <s>.
class Model
{
  public:
    Model()
    {
        Json added = Json::array();
        for (const auto& [text, id] : std::vector<std::pair<std::string, int>>{{"<s>", 3}, {"</s>", 4}, {"<end>", 5}})
            added.push_back({{"id", id}, {"content", text}, {"special", true}, {"normalized", false}});
        document = {
            {"added_tokens", added},
            {"post_processor",
             {{"type", "TemplateProcessing"},
              {"single", {{{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}}, {{"Sequence", {{"id", "A"}}}}}}}},
            {"model", {{"type", "BPE"}, {"vocab", {{"a", 0}, {"b", 1}, {"ab", 2}}}, {"merges", {"a b"}}}}};
    }
    void write(const std::string& name, const Json& json) { REQUIRE_OK(writeJsonFile(folder / name, json)); }
    Result<std::shared_ptr<const Tokenizer>> load()
    {
        write("tokenizer.json", document);
        return Tokenizer::load(folder.path());
    }

    TemporaryFolder folder;
    Json document;
};

bool endsWith(const Tokenizer& tokenizer, std::int32_t id)
{
    const auto ends = tokenizer.endTokens();
    return std::find(ends.begin(), ends.end(), id) != ends.end();
}

} // namespace

HILO_TEST(aTextThatHasItsBosGetsNoSecondOne)
{
    Model model;
    const auto tokenizer = REQUIRE_OK(model.load());
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("ab", true)), (Ids{3, 2}));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("<s>ab", true)), (Ids{3, 2}));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("<s>", true)), (Ids{3}));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("ab<s>", true)), (Ids{3, 2, 3}));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("", true)), (Ids{3}));
}

HILO_TEST(whatAFileIsSaysItsBytesAndNotItsName)
{
    Model model;
    model.write("tokenizer.json", model.document);
    // A folder that is called like a file of another kind, and a tokenizer under another name.
    for (const char* name : {"model.gguf", "model.json", "model.safetensors"}) {
        fs::create_directories(model.folder / name);
        fs::copy_file(model.folder / "tokenizer.json", model.folder / name / "tokenizer.json");
        CHECK_EQ(REQUIRE_OK(REQUIRE_OK(Tokenizer::load(model.folder / name))->encode("ab", false)), (Ids{2}));
    }
    fs::copy_file(model.folder / "tokenizer.json", model.folder / "words");
    CHECK_EQ(REQUIRE_OK(REQUIRE_OK(Tokenizer::load(model.folder / "words"))->encode("ab", false)), (Ids{2}));
    writeText(model.folder / "pickled.json", std::string("PK\x03\x04") + std::string(80, 'x'));
    const Error error = REQUIRE_ERROR(Tokenizer::load(model.folder / "pickled.json"));
    CHECK_CONTAINS(error.message, "a PyTorch archive; expected tokenizer.json");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(Tokenizer::load(model.folder / "nowhere"))), "there is no such file");
}

HILO_TEST(aTextThatHasItsEndGetsNoSecondOne)
{
    Model model;
    model.document["post_processor"] = {{"type", "RobertaProcessing"}, {"cls", {"<s>", 3}}, {"sep", {"</s>", 4}}};
    const auto tokenizer = REQUIRE_OK(model.load());
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("ab", true)), (Ids{3, 2, 4}));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("<s>ab</s>", true)), (Ids{3, 2, 4}));
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("</s>", true)), (Ids{3, 4}));
}

HILO_TEST(thePostProcessorsOwnIdsCount)
{
    Model model;
    model.document["post_processor"]["special_tokens"] = {{"<s>", {{"id", "<s>"}, {"ids", {5, 4}}}}};
    const auto tokenizer = REQUIRE_OK(model.load());
    CHECK_EQ(REQUIRE_OK(tokenizer->encode("a", true)), (Ids{5, 4, 0}));
    model.document["post_processor"]["special_tokens"]["<s>"]["ids"] = {-1};
    CHECK_CONTAINS(REQUIRE_ERROR(model.load()).place, "ids");
}

HILO_TEST(namesOfBosAndEosComeFromEveryFile)
{
    {
        Model model;
        model.write("tokenizer_config.json", {{"bos_token", "<s>"}, {"eos_token", {{"content", "</s>"}}}});
        model.write("config.json", {{"eos_token_id", 5}});
        const auto tokenizer = REQUIRE_OK(model.load());
        CHECK_EQ(tokenizer->bos().value_or(-1), 3);
        CHECK_EQ(tokenizer->eos().value_or(-1), 4);
        CHECK(endsWith(*tokenizer, 4) && endsWith(*tokenizer, 5));
    }
    {
        Model model;
        model.write("special_tokens_map.json", {{"bos_token", {{"content", "<s>"}}}, {"eos_token", "<end>"}});
        const auto tokenizer = REQUIRE_OK(model.load());
        CHECK_EQ(tokenizer->bos().value_or(-1), 3);
        CHECK_EQ(tokenizer->eos().value_or(-1), 5);
    }
    for (const char* file : {"config.json", "generation_config.json"}) {
        Model model;
        model.write(file, {{"bos_token_id", 3}, {"eos_token_id", {5, 4}}, {"pad_token_id", 4}});
        const auto tokenizer = REQUIRE_OK(model.load());
        CHECK_EQ(tokenizer->bos().value_or(-1), 3);
        CHECK_EQ(tokenizer->eos().value_or(-1), 5);
        CHECK_EQ(tokenizer->padding().value_or(-1), 4);
        CHECK(endsWith(*tokenizer, 4) && endsWith(*tokenizer, 5));
    }
}

HILO_TEST(specialIdsOfConfigurationsThatAreNoTokensAreIgnored)
{
    Model model;
    model.write("config.json", {{"bos_token_id", -1}, {"eos_token_id", 99}, {"pad_token_id", nullptr}});
    const auto tokenizer = REQUIRE_OK(model.load());
    CHECK(!tokenizer->bos() && !tokenizer->eos() && !tokenizer->padding());
    CHECK(!endsWith(*tokenizer, 99));
}

HILO_TEST(aTokenBeyondTheEmbeddingIsRefusedByNameOnlyWhereItIsUsed)
{
    for (const Json& config : {Json{{"vocab_size", 5}}, Json{{"text_config", {{"vocab_size", 5}}}}}) {
        Model model;
        model.write("config.json", config);
        const auto tokenizer = REQUIRE_OK(model.load());
        CHECK_EQ(REQUIRE_OK(tokenizer->encode("ab</s>", true)), (Ids{3, 2, 4}));
        const Error error = REQUIRE_ERROR(tokenizer->encode("ab<end>"));
        CHECK_CONTAINS(error.message, "\"<end>\" has the id 5");
        CHECK_CONTAINS(error.message, "5 rows");
        CHECK_CONTAINS(error.file, "tokenizer.json");
        REQUIRE_ERROR(tokenizer->checkIds(Ids{0, 5}));
        REQUIRE_OK(tokenizer->checkIds(Ids{0, 4}));
    }
    Model model;
    REQUIRE_OK(REQUIRE_OK(model.load())->encode("<end>"));
}

HILO_TEST(aTokenThatOnlyTheConfigurationHasCountsOnFromTheVocabulary)
{
    Model model;
    model.write("tokenizer_config.json", {{"pad_token", "[PAD]"}});
    model.write("config.json", {{"vocab_size", 6}});
    const auto tokenizer = REQUIRE_OK(model.load());
    CHECK_EQ(tokenizer->padding().value_or(-1), 6);
    REQUIRE_OK(tokenizer->encode("ab"));
    CHECK_CONTAINS(REQUIRE_ERROR(tokenizer->encode("a[PAD]")).message, "[PAD]");
}

HILO_TEST(brokenFilesBesideTheTokenizerAreNamed)
{
    for (const char* name : {"tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "config.json"}) {
        Model model;
        writeText(model.folder / name, "[1]");
        CHECK_CONTAINS(REQUIRE_ERROR(model.load()).file, name);
    }
    Model model;
    model.write("tokenizer_config.json", {{"added_tokens_decoder", {{"x", {{"content", "<x>"}}}}}});
    CHECK_EQ(REQUIRE_ERROR(model.load()).place, "added_tokens_decoder.x");
    model.write("tokenizer_config.json", {{"added_tokens_decoder", {{"7", {{"special", true}}}}}});
    CHECK_EQ(REQUIRE_ERROR(model.load()).place, "added_tokens_decoder.7.content");
    fs::remove(model.folder / "tokenizer_config.json");
    model.write("added_tokens.json", {{"<x>", "seven"}});
    CHECK_CONTAINS(REQUIRE_ERROR(model.load()).place, "<x>");
}

HILO_TEST(aTemplateInAFileOfItsOwnCountsMore)
{
    Model model;
    model.write("tokenizer_config.json", {{"chat_template", "old"}});
    CHECK_EQ(REQUIRE_OK(model.load())->chatTemplate(), "old");
    writeText(model.folder / "chat_template.jinja", "new");
    CHECK_EQ(REQUIRE_OK(model.load())->chatTemplate(), "new");
    // Named ones stand in a folder, or in a list; files take the place of everything in tokenizer_config.json.
    const Json listed =
        Json::array({{{"name", "default"}, {"template", "one"}}, {{"name", "rag"}, {"template", "two"}}});
    model.write("tokenizer_config.json", {{"chat_template", listed}});
    CHECK_EQ(REQUIRE_OK(model.load())->chatTemplates().size(), 1u);
    fs::create_directories(model.folder / "additional_chat_templates");
    writeText(model.folder / "additional_chat_templates/tool_use.jinja", "tools");
    CHECK_EQ(REQUIRE_OK(model.load())->chatTemplates().at("tool_use"), "tools");
    fs::remove(model.folder / "chat_template.jinja");
    CHECK_EQ(REQUIRE_OK(model.load())->chatTemplate(), "");
    fs::remove_all(model.folder / "additional_chat_templates");
    CHECK_EQ(REQUIRE_OK(model.load())->chatTemplate(), "one");
    CHECK_EQ(REQUIRE_OK(model.load())->chatTemplates().at("rag"), "two");
}
