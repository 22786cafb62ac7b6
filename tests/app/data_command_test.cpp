// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo data`: what a data set is, and rows as they would be learnt.
#include "base/json.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

ProcessResult data(std::vector<std::string> arguments)
{
    std::vector<std::string> command = {HILO_BINARY_DIR "/hilo", "data"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return runProcess(command);
}

Json document(std::vector<std::string> arguments)
{
    arguments.emplace_back("--json");
    const ProcessResult result = data(std::move(arguments));
    CHECK_EQ(std::to_string(result.exitCode) + result.errors, "0");
    return REQUIRE_OK(parseJson(result.output, "output"));
}

/// A folder with a model's tokenizer and chat template, and data.
class Files
{
  public:
    Files()
    {
        fs::create_directories(folder_ / "model");
        fs::copy_file(dataFile("tokenizers/qwen/tokenizer.json"), folder_ / "model/tokenizer.json");
        writeText(folder_ / "model/chat_template.jinja",
                  "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
                  "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}");
    }
    std::string model() const { return (folder_ / "model").string(); }
    std::string write(const std::string& name, const std::string& text) const
    {
        writeText(folder_ / name, text);
        return (folder_ / name).string();
    }

  private:
    TemporaryFolder folder_;
};

const std::string twoTalks =
    R"({"messages": [{"role": "user", "content": "one two three four"}, {"role": "assistant", "content": "yes"}]})"
    "\n"
    R"({"messages": [{"role": "user", "content": "a"}, {"role": "narrator", "content": "b"}]})"
    "\n";

} // namespace

HILO_TEST(conversationsAreToldWithWhatIsTrainedMaskedAndCut)
{
    const Files files;
    const std::string path = files.write("talks.jsonl", twoTalks);
    const Json json = document({path, "--model", files.model(), "--max-length", "12"});
    CHECK_EQ(json["form"].get<std::string>(), "conversation");
    CHECK_EQ(json["template"]["name"].get<std::string>(), "chat");
    CHECK_EQ(json["learn"].get<std::string>(), "all");
    CHECK_EQ(json["columns"].dump(), R"(["messages"])");
    CHECK_EQ(json["rejected_rows"].get<int>(), 1);
    CHECK_EQ(json["rejected"][0]["line"].get<int>(), 2);
    CHECK_CONTAINS(json["rejected"][0]["reason"].get<std::string>(), "no answer");
    const Json& split = json["splits"][0];
    CHECK_EQ(split["rows"].get<int>(), 2);
    CHECK_EQ(split["usable"].get<int>(), 1);
    CHECK_EQ(split["cut"].get<int>(), 1);
    CHECK(split["tokens"]["longest"].get<int>() > 12);
    std::string all, trained, cut;
    int tokens = 0;
    for (const Json& span : split["preview"][0]["spans"]) {
        const std::string text = span["text"];
        all += text;
        tokens += span["tokens"].get<int>();
        if (span["kind"] == "trained")
            trained += text;
        if (span["kind"] == "cut")
            cut += text;
    }
    CHECK_EQ(all, "<|im_start|>user\none two three four<|im_end|>\n<|im_start|>assistant\nyes<|im_end|>\n");
    CHECK_EQ(trained, "yes<|im_end|>\n");
    CHECK(!cut.empty());
    CHECK_EQ(tokens, split["tokens"]["longest"].get<int>());
    // Without a terminal stretches stand behind their names.
    const std::string text = data({path, "--model", files.model()}).output;
    CHECK_CONTAINS(text, "[trained] yes");
    CHECK_CONTAINS(text, "[masked] <|im_start|>user");
    CHECK_CONTAINS(text, "1 row cannot be used");
    // Without a model, in ChatML.
    const Json plain = document({path, "--rows", "1"});
    CHECK_EQ(plain["template"]["name"].get<std::string>(), "chatml");
    CHECK(plain["splits"][0]["tokens"].is_null());
}

HILO_TEST(preferencesAndQuestionsAreNamed)
{
    const Files files;
    const Json json = document({files.write("pairs.jsonl", R"({"prompt": "a", "chosen": "b", "rejected": "c"})"
                                                           "\n")});
    CHECK_EQ(json["form"].get<std::string>(), "preference");
    CHECK_EQ(json["template"]["name"].get<std::string>(), "preference");
    CHECK_EQ(json["splits"][0]["rows"].get<int>(), 1);
    const std::string pairs = files.write("pairs.jsonl", R"({"prompt": "a", "chosen": "b", "rejected": "c"})"
                                                         "\n");
    const Json chosen = document({pairs, "--template", "chosen", "--model", files.model()});
    CHECK(chosen["form"].is_null());
    CHECK_EQ(chosen["learn"].get<std::string>(), "last");
    CHECK_EQ(chosen["splits"][0]["preview"][0]["spans"][1]["text"].get<std::string>(), "b<|im_end|>\n");
    const Json question = document({files.write(
        "arc.jsonl", R"({"question": "a?", "choices": {"label": ["A", "B"], "text": ["x", "y"]}, "answerKey": "A"})"
                     "\n")});
    CHECK_EQ(question["form"].get<std::string>(), "choice");
    CHECK_CONTAINS(question["problem"].get<std::string>(), "moe-peft-arc");
}

HILO_TEST(labelsLengthsAndAllRejectedRowsAreTold)
{
    const Files files;
    std::string rows = R"({"text": "a", "label": "x"})"
                       "\n"
                       R"({"text": "b", "label": "y"})"
                       "\n"
                       R"({"text": "c", "label": "x"})"
                       "\n";
    for (int i = 0; i < 15; ++i)
        rows += "{}\n";
    const std::string path = files.write("rows.jsonl", rows);
    const Json few = document({path});
    CHECK_EQ(few["template"]["name"].get<std::string>(), "classify");
    CHECK_EQ(few["rejected"].size(), 10u);
    CHECK_EQ(few["rejected_rows"].get<int>(), 15);
    CHECK_EQ(document({path, "--rejected"})["rejected"].size(), 15u);
    CHECK_EQ(few["splits"][0]["labels"][0].dump(), R"({"label":"x","rows":2})");
    CHECK_NEAR(few["splits"][0]["majority_floor"].get<double>(), 2.0 / 3, 1e-12);
    CHECK_EQ(few["splits"][0]["preview"].size(), 3u);
}

HILO_TEST(bothAnswersOfAPairAndJudgementsAreShown)
{
    const Files files;
    const std::string pairs = files.write("pairs.jsonl", R"({"prompt": "Q: ", "chosen": "yes", "rejected": "no"})"
                                                         "\n");
    const Json pair = document({pairs})["splits"][0]["preview"][0];
    CHECK_EQ(pair["rejected_spans"][1]["text"].get<std::string>(), "no");
    CHECK_EQ(pair["rejected_spans"][1]["kind"].get<std::string>(), "trained");
    const ProcessResult shown = data({pairs});
    CHECK_CONTAINS(shown.output, "line 1, chosen");
    CHECK_CONTAINS(shown.output, "rejected:");
    const std::string judged = files.write("judged.jsonl", R"({"prompt": "Q: ", "completion": "no", "label": false})"
                                                           "\n");
    CHECK_EQ(document({judged})["splits"][0]["preview"][0]["judgement"].dump(), "false");
    CHECK_CONTAINS(data({judged}).output, "line 1, bad");
}

HILO_TEST(rowsThatWouldBeHeldOutAreTold)
{
    const Files files;
    std::string rows;
    for (int i = 0; i < 40; ++i)
        rows += "{\"text\": \"row " + std::to_string(i) + "\"}\n";
    const Json json = document({files.write("rows.jsonl", rows)});
    CHECK_EQ(json["splits"].size(), 2u);
    CHECK_EQ(json["splits"][0]["rows"].get<int>(), 38);
    CHECK_EQ(json["splits"][1]["name"].get<std::string>(), "validation");
    CHECK_EQ(json["splits"][1]["rows"].get<int>(), 2);
    CHECK_CONTAINS(json["notes"].dump(), "are kept to validate on");
    CHECK_CONTAINS(document({files.write("few.jsonl", "{\"text\": \"a\"}\n")})["notes"].dump(),
                   "none is kept to validate");
}

HILO_TEST(templatesAreListedWithTheirExamples)
{
    const Json json = document({"--templates"});
    bool found = false;
    for (const Json& one : json["templates"])
        if (one["name"] == "chat") {
            found = true;
            CHECK(one["model_turns"].get<bool>());
            CHECK_EQ(one["examples"].size(), 2u);
        }
    CHECK(found);
    CHECK_CONTAINS(data({"--templates"}).output, "dolly: Instructions");
}

HILO_TEST(badInputAndWrongUsageEndWithTheirCodes)
{
    const Files files;
    const std::string talks = files.write("talks.jsonl", twoTalks);
    const auto code = [](std::vector<std::string> arguments, const std::string& message) {
        const ProcessResult result = data(std::move(arguments));
        CHECK_CONTAINS(result.errors, message);
        CHECK_EQ(result.output, "");
        return result.exitCode;
    };
    CHECK_EQ(code({}, "--templates"), 2);
    CHECK_EQ(code({talks, "--template", "chat"}, "--model"), 2);
    CHECK_EQ(code({talks, "--learn", "some"}, "some"), 2);
    CHECK_EQ(code({talks, "--chat-variables", "[1]"}, "--chat-variables"), 2);
    CHECK_EQ(
        code({talks, "--model", files.model(), "--chat-variables", "{\"enable_thinking\": false}"}, "enable_thinking"),
        3);
    CHECK_EQ(code({talks, "--model", files.model(), "--chat-template", "rag"}, "rag"), 3);
    CHECK_EQ(code({talks, "--template", "haiku"}, "haiku"), 3);
    CHECK_EQ(code({files.write("odd.jsonl", "{\"headline\": \"a\"}\n")}, "headline"), 3);
    CHECK_EQ(code({files.write("torn.jsonl", "{\"text\": \n")}, "line 1"), 3);
    CHECK_EQ(code({"/nowhere"}, "/nowhere"), 3);
    const std::string own =
        files.write("own.jinja", "{% for m in messages %}{{ raise_exception('never') }}{% endfor %}");
    CHECK_EQ(code({talks, "--model", files.model(), "--chat-template", own}, "never"), 3);
}

HILO_TEST(columnsOfAllRowsAreToldWithTheirCounts)
{
    const Files files;
    const std::string path = files.write("rows.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\", \"source\": \"x\"}\n"
                                                       "{\"topic\": \"y\", \"text\": \"c\"}\n");
    const Json json = document({path});
    CHECK_EQ(json["columns"].dump(), R"(["text","source","topic"])");
    CHECK_EQ(json["column_rows"].dump(), R"({"source":1,"topic":1})");
    CHECK_CONTAINS(data({path}).output, "columns   text, source (1 of 3 rows), topic (1 of 3 rows)");
    // Also where no template fits.
    const std::string arc = R"({"question": "a?", "choices": {"label": ["A", "B"], "text": ["x", "y"]}, )";
    const Json choice = document(
        {files.write("arc.jsonl", arc + "\"answerKey\": \"A\"}\n" + arc + "\"answerKey\": \"A\", \"extra\": 1}\n")});
    CHECK(choice["template"].is_null());
    CHECK_EQ(choice["column_rows"].dump(), R"({"extra":1})");
}

HILO_TEST(aRecordIsCalledSoWhereLinesAreNoPlace)
{
    const Files files;
    const std::string path =
        files.write("rows.json", R"([{"prompt": "a", "completion": "b"}, 7, {"prompt": "c", "completion": ""}])");
    const Json json = document({path});
    CHECK_EQ(json["rejected"][0]["line"].get<int>(), 2);
    CHECK_EQ(json["rejected"][0]["place"].get<std::string>(), "record 2");
    CHECK_EQ(json["splits"][0]["preview"][0]["place"].get<std::string>(), "record 1");
    const std::string text = data({path}).output;
    CHECK_CONTAINS(text, "rows.json, record 2: expected an object");
    CHECK_CONTAINS(text, "rows.json, record 3: the answer is empty");
    CHECK_CONTAINS(text, "rows.json, record 1\n");
    const std::string parquet = data({dataFile("parquet/broken-text.parquet").string(), "--template", "text"}).output;
    CHECK_CONTAINS(parquet, "broken-text.parquet, record 2: the text in the column \"text\" is not UTF-8");
    // A document of several lines keeps its lines.
    const std::string lines = files.write("lines.json", "[\n{\"prompt\": \"a\", \"completion\": \"b\"},\n7]\n");
    CHECK_CONTAINS(data({lines}).output, "lines.json, line 3: expected an object");
}
