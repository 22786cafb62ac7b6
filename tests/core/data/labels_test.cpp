// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/label_text.h"
#include "data/labels.h"
#include "data/render.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

/// Rows with the text "x" and these labels, written as JSON.
std::vector<Row> rowsOf(const std::vector<std::string>& labels)
{
    const TemporaryFolder folder;
    std::string lines;
    for (const std::string& label : labels)
        lines += "{\"text\": \"x\", \"label\": " + label + "}\n";
    writeText(folder / "rows.jsonl", lines);
    DataSpec spec;
    spec.path = (folder / "rows.jsonl").string();
    return REQUIRE_OK(readDataset(spec)).splits.at("train");
}

PromptTemplate classify()
{
    return REQUIRE_OK(loadTemplate("classify"));
}

std::vector<std::string> labelsIn(const std::vector<std::string>& labels)
{
    return REQUIRE_OK(labelsOf(classify(), rowsOf(labels)));
}

Error errorOf(const std::vector<std::string>& labels)
{
    return REQUIRE_ERROR(labelsOf(classify(), rowsOf(labels)));
}

Examples scored(const std::vector<std::string>& training, const std::vector<std::string>& test)
{
    return REQUIRE_OK(renderExamples(rowsOf(test), classify(), labelsIn(training)));
}

Error errorOfScoring(const std::vector<std::string>& training, const std::vector<std::string>& test)
{
    return REQUIRE_ERROR(renderExamples(rowsOf(test), classify(), labelsIn(training)));
}

using Labels = std::vector<std::string>;

} // namespace

HILO_TEST(oneSpellingForOneLabel)
{
    for (const auto& [text, label] : {std::pair{"1.0", "1"},
                                      {" 1 ", "1"},
                                      {"1.000", "1"},
                                      {"-1.0", "-1"},
                                      {"-0.0", "0"},
                                      {"1.50", "1.50"},
                                      {"1.", "1."},
                                      {".0", ".0"},
                                      {"v1.0", "v1.0"},
                                      {"01", "01"},
                                      {"1.0.0", "1.0.0"},
                                      {"", ""},
                                      {" \t", ""},
                                      {"a b ", "a b"}})
        CHECK_EQ(labelSpelling(text), label);
}

HILO_TEST(numbersAndTheirTextsAreOneLabel)
{
    CHECK_EQ(labelsIn({"0", "1", "1.0", "\"1\"", "\"0.0\"", "\" 1 \""}), (Labels{"0", "1"}));
    const Examples test = scored({"0", "1"}, {"0.0", "\"1.0\"", "1", "\"0\""});
    CHECK_EQ(test.rejected.size(), 0u);
    CHECK_EQ(test.examples.at(0).answer, " 0");
    CHECK_EQ(test.examples.at(1).correct, 1);
    // Also where a template says what the values mean.
    PromptTemplate prompt = classify();
    prompt.labels = {{"0", "no"}, {"1", "yes"}};
    const Examples named = REQUIRE_OK(renderExamples(rowsOf({"1.0", "\"0\"", "\"yes\""}), prompt, {"no", "yes"}));
    CHECK_EQ(named.examples.size(), 3u);
    CHECK_EQ(named.examples.at(0).answer, " yes");
}

HILO_TEST(otherSpellingsAreErrorsThatNameBoth)
{
    for (const char* label : {"true", "\"True\"", "false"}) {
        const Error error = errorOfScoring({"0", "1"}, {"0", label});
        CHECK_EQ(error.place, "line 2");
        CHECK_CONTAINS(error.message, *label == '"' ? "\"True\"" : std::string("\"") + label + "\"");
        CHECK_CONTAINS(error.message, *label == 'f' ? "\"0\"" : "\"1\"");
    }
    CHECK_CONTAINS(errorOfScoring({"true", "false"}, {"1"}).message, "\"true\"");
    CHECK_CONTAINS(errorOfScoring({"\"plant\"", "\"act\""}, {"\"Plant\""}).message, "\"plant\"");
    const Error training = errorOf({"\"plant\"", "\"act\"", "\"Plant\""});
    CHECK_CONTAINS(training.message, "\"Plant\" (");
    CHECK_CONTAINS(training.message, "line 3");
    CHECK_CONTAINS(training.message, "line 1");
    // Another class is another class.
    CHECK_EQ(scored({"0", "1"}, {"0", "2"}).rejected.at(0).line, 2);
    CHECK_CONTAINS(scored({"0", "1"}, {"0", "2"}).rejected.at(0).reason, "(0, 1)");
    PromptTemplate prompt = classify();
    prompt.labels = {{"0", "no"}, {"1", "yes"}};
    CHECK_CONTAINS(REQUIRE_ERROR(renderExamples(rowsOf({"1", "true"}), prompt, {"no", "yes"})).message, "\"1\"");
}

HILO_TEST(numbersAndTextsMixedAreRefused)
{
    const Error error = errorOf({"0", "1", "\"positive\""});
    CHECK_CONTAINS(error.message, "numbers and texts");
    CHECK_CONTAINS(error.message, "\"positive\"");
    CHECK_CONTAINS(error.hint, "template");
    CHECK_CONTAINS(errorOf({"0", "true"}).message, "numbers and texts");
    PromptTemplate prompt = classify();
    prompt.labels = {{"0", "negative"}, {"positive", "positive"}};
    CHECK_EQ(REQUIRE_OK(labelsOf(prompt, rowsOf({"0", "\"positive\""}))).size(), 2u);
}

HILO_TEST(emptyAndMissingLabelsAreNoClass)
{
    const std::vector<std::string> rows = {"\"a\"", "\"b\"", "\"\"", "\"  \"", "null", "[]"};
    CHECK_EQ(labelsIn(rows), (Labels{"a", "b"}));
    const Examples examples = scored({"\"a\"", "\"b\""}, rows);
    CHECK_EQ(examples.examples.size(), 2u);
    CHECK_EQ(examples.rejected.size(), 4u);
    CHECK_CONTAINS(examples.rejected[0].reason, "empty");
    CHECK_CONTAINS(examples.rejected[1].reason, "empty");
    CHECK_CONTAINS(examples.rejected[2].reason, "null");
    CHECK_CONTAINS(examples.rejected[3].reason, "empty");
    CHECK_CONTAINS(errorOf({"\"\"", "null"}).message, "no row has a label");
}

HILO_TEST(oneClassOnlyIsRefused)
{
    const Error error = errorOf({"\"a\"", "\"a\"", "\"\""});
    CHECK_CONTAINS(error.message, "\"a\"");
    CHECK_CONTAINS(error.message, "same label");
    CHECK_CONTAINS(error.place, "label");
}

HILO_TEST(listsOfLabelsAreRefusedAndListsOfOneAreThatOne)
{
    CHECK_EQ(labelsIn({"[\"a\"]", "\"b\"", "[\"b\"]"}), (Labels{"a", "b"}));
    CHECK_EQ(labelsIn({"[3]", "4", "[4.0]", "\"['3']\"", "\"[\\\"4\\\"]\""}), (Labels{"3", "4"}));
    for (const char* several : {"[\"a\", \"b\"]", "[1, 2]", "\"['a', 'b']\""}) {
        const Examples examples = scored({"\"a\"", "\"b\""}, {"\"a\"", several});
        CHECK_EQ(examples.rejected.at(0).line, 2);
        CHECK_CONTAINS(examples.rejected.at(0).reason, "list of 2 labels");
        CHECK_CONTAINS(errorOf({several, several}).message, "list of 2 labels");
    }
    CHECK_CONTAINS(errorOf({"{\"name\": \"a\"}"}).message, "\"label.name\"");
    // No list: a text that begins with a bracket.
    CHECK_EQ(labelsIn({"\"[a\"", "\"[b c]\""}), (Labels{"[a", "[b c]"}));
}

HILO_TEST(optionsThatAreMissingDoNotMoveTheOthers)
{
    PromptTemplate prompt = REQUIRE_OK(loadTemplate("moe-peft-siqa"));
    const auto reasonOf = [&](const std::string& json) {
        const TemporaryFolder folder;
        const std::string good =
            R"({"context": "c", "question": "q", "answerA": "x", "answerB": "y", "answerC": "z", "label": "1"})";
        writeText(folder / "rows.jsonl", good + "\n" + json + "\n");
        DataSpec spec;
        spec.path = (folder / "rows.jsonl").string();
        const Examples examples =
            REQUIRE_OK(renderExamples(REQUIRE_OK(readDataset(spec)).splits.at("train"), prompt, {}));
        return examples.rejected.empty() ? "(not rejected)" : examples.rejected[0].reason;
    };
    CHECK_EQ(reasonOf(R"({"context": "c", "question": "q", "answerA": "x", "answerB": "y", "label": "2"})"),
             "(not rejected)");
    CHECK_CONTAINS(reasonOf(R"({"context": "c", "question": "q", "answerB": "y", "answerC": "z", "label": "2"})"),
                   "answerA");
    CHECK_CONTAINS(reasonOf(R"({"context": "c", "question": "q", "answerA": "x", "label": "1"})"), "one option");
    CHECK_CONTAINS(reasonOf(R"({"context": "c", "question": "q", "answerA": "x", "answerB": "y", "label": "3"})"),
                   "none of the options");
    CHECK_EQ(reasonOf(R"({"context": "c", "question": "q", "answerA": "x", "answerB": "y", "label": 2.0})"),
             "(not rejected)");
}
