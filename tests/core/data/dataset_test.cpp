// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/table.h"
#include "data/dataset.h"
#include "data/row_readers.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;

namespace {

Dataset readOne(const TemporaryFolder& folder, const std::string& name, const std::string& content, DataSpec spec = {})
{
    writeText(folder / name, content);
    spec.path = (folder / name).string();
    return REQUIRE_OK(readDataset(spec));
}

Error errorOf(const std::string& name, const std::string& content, DataSpec spec = {})
{
    const TemporaryFolder folder;
    writeText(folder / name, content);
    spec.path = (folder / name).string();
    const Error error = REQUIRE_ERROR(readDataset(spec));
    CHECK_EQ(static_cast<int>(error.code), 3);
    CHECK_CONTAINS(describe(error), name);
    return error;
}

std::string at(const Dataset& data, std::size_t row, const std::string& field)
{
    const std::string* value = data.splits.at("train")[row].field(field);
    return value ? *value : "(none)";
}

} // namespace

HILO_TEST(csvWithQuotesLineEndsAndMark)
{
    const TemporaryFolder folder;
    const Dataset data = readOne(
        folder, "rows.csv", "\xEF\xBB\xBFtext,label\r\n\"a, \"\"b\"\"\r\nc\",x\r\n\r\nplain,y\r\ntoo,many,cells\r\n");
    CHECK_EQ(data.splits.at("train").size(), 2u);
    CHECK_EQ(at(data, 0, "text"), "a, \"b\"\r\nc");
    CHECK_EQ(at(data, 1, "label"), "y");
    CHECK_EQ(data.splits.at("train")[1].line, 5);
    CHECK_EQ(data.rejected.size(), 1u);
    CHECK_EQ(data.rejected[0].line, 6);
    CHECK_CONTAINS(data.rejected[0].reason, "expected 2 columns, found 3");
}

HILO_TEST(tsvTakesQuotesAsTheyAre)
{
    const TemporaryFolder folder;
    const Dataset data = readOne(folder, "rows.tsv", "a\tb\n\"x\ty\"\n");
    CHECK_EQ(at(data, 0, "a"), "\"x");
    CHECK_EQ(at(data, 0, "b"), "y\"");
}

HILO_TEST(tablesWithoutAHeader)
{
    const TemporaryFolder folder;
    DataSpec spec;
    spec.columns = {{"sentence", "#3"}, {"label", "#1"}};
    const Dataset data = readOne(folder, "cola.tsv", "gj04\t1\t\tGood one.\ngj04\t0\t*\tBad one.\n", spec);
    CHECK_EQ(at(data, 0, "sentence"), "Good one.");
    CHECK_EQ(at(data, 1, "label"), "0");
}

HILO_TEST(jsonLinesNameBrokenLines)
{
    const TemporaryFolder folder;
    const Dataset data =
        readOne(folder, "rows.jsonl", "{\"a\": 1}\n\n{oops\n[1]\n{\"a\": {\"b\": true}, \"n\": null}\n");
    CHECK_EQ(data.splits.at("train").size(), 2u);
    CHECK_EQ(at(data, 1, "a.b"), "true");
    CHECK_EQ(at(data, 1, "n"), "(none)");
    CHECK_EQ(data.rejected.size(), 2u);
    CHECK_EQ(data.rejected[0].line, 3);
    CHECK_EQ(data.rejected[1].line, 4);
}

HILO_TEST(conversationsOfBothKinds)
{
    const TemporaryFolder folder;
    const Dataset data = readOne(
        folder, "talk.jsonl",
        R"({"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": [{"type": "text", "text": "Hello"}]}]})"
        "\n"
        R"({"system": "Be brief.", "conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Yes"}]})"
        "\n");
    const auto& rows = data.splits.at("train");
    CHECK_EQ(rows[0].messages.size(), 2u);
    CHECK_EQ(rows[0].messages[1].content, "Hello");
    CHECK_EQ(rows[1].messages.size(), 3u);
    CHECK_EQ(rows[1].messages[0].content, "Be brief.");
    CHECK_EQ(rows[1].messages[2].role, "assistant");
}

HILO_TEST(choicesOfThreeKinds)
{
    const TemporaryFolder folder;
    const Dataset data = readOne(folder, "choice.json",
                                 R"({"data": [{"choices": {"label": ["1", "2"], "text": ["x", "y"]}},
                                     {"choices": ["x", "y"]},
                                     {"question": {"choices": [{"label": "C", "text": "x"}]}}]})");
    const auto& rows = data.splits.at("train");
    CHECK_EQ(rows[0].choicesOf("choices")->at(1).label, "2");
    CHECK_EQ(rows[1].choicesOf("choices")->at(1).label, "B");
    CHECK_EQ(rows[2].choicesOf("question.choices")->at(0).label, "C");
}

HILO_TEST(aFolderIsReadByItsFilesNames)
{
    const TemporaryFolder folder;
    writeText(folder / "train.jsonl", "{\"a\": 1}\n");
    writeText(folder / "dev.jsonl", "{\"a\": 2}\n");
    writeText(folder / "my_test.csv", "a\n3\n");
    writeText(folder / "notes.md", "nothing");
    DataSpec spec;
    spec.path = folder.path().string();
    const Dataset data = REQUIRE_OK(readDataset(spec));
    CHECK_EQ(data.splits.size(), 3u);
    CHECK_EQ(*data.splits.at("validation")[0].field("a"), "2");
    CHECK_CONTAINS(REQUIRE_ERROR(data.split("other")).hint, "test, train, validation");
}

HILO_TEST(splitByColumn)
{
    const TemporaryFolder folder;
    DataSpec spec;
    spec.splitColumn = "part";
    const Dataset data = readOne(folder, "rows.csv", "part,a\ntrain,1\ndev,2\nTest,3\nelse,4\n", spec);
    CHECK_EQ(data.splits.at("validation").size(), 1u);
    CHECK_EQ(data.splits.at("test").size(), 1u);
    CHECK_EQ(data.rejected.size(), 1u);
    CHECK_EQ(data.rejected[0].line, 5);
}

HILO_TEST(seededSplitsAreTheSameEveryTimeAndDoNotOverlap)
{
    std::string content = "a\n";
    for (int i = 0; i < 100; ++i)
        content += std::to_string(i) + "\n";
    const auto split = [&](std::int64_t seed) {
        const TemporaryFolder folder;
        DataSpec spec;
        spec.splitSeed = seed;
        spec.validationShare = 0.1;
        spec.testShare = 0.25;
        const Dataset data = readOne(folder, "rows.csv", content, spec);
        std::vector<std::string> all;
        for (const char* name : {"train", "validation", "test"})
            for (const Row& row : data.splits.at(name))
                all.push_back(*row.field("a"));
        CHECK_EQ(data.splits.at("validation").size(), 10u);
        CHECK_EQ(data.splits.at("test").size(), 25u);
        return all;
    };
    const auto first = split(3);
    CHECK_EQ(first, split(3));
    CHECK(first != split(4));
    auto sorted = first;
    std::sort(sorted.begin(), sorted.end());
    CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
    CHECK_EQ(sorted.size(), 100u);
}

HILO_TEST(badDataSaysWhereAndWhat)
{
    CHECK_CONTAINS(errorOf("rows.jsonl", "{\"a\": \"\xff\"}\n").message, "not UTF-8");
    CHECK_EQ(errorOf("rows.csv", "a\nok\nb\xc3\x28\n").place, "line 3");
    CHECK_CONTAINS(errorOf("rows.jsonl", "\n\n").message, "no usable row");
    CHECK_CONTAINS(errorOf("rows.jsonl", "{broken\n").message, "line 1");
    CHECK_CONTAINS(errorOf("rows.json", "{\"a\": 1}").message, "array");
    errorOf("rows.parquet", "PAR1");
    DataSpec spec;
    spec.columns = {{"text", "sentence"}};
    const Error error = errorOf("rows.csv", "a,b\n1,2\n", spec);
    CHECK_EQ(error.place, "line 2");
    CHECK_CONTAINS(error.message, "\"sentence\"");
    CHECK_CONTAINS(error.hint, "a, b");
    DataSpec missing;
    missing.path = "/nowhere/rows.csv";
    CHECK_CONTAINS(REQUIRE_ERROR(readDataset(missing)).message, "no such data file");
}

HILO_TEST(unterminatedQuotesAreRejected)
{
    const auto records = parseTable("a,\"b\nc", ',', true);
    CHECK_EQ(records.size(), 1u);
    CHECK(records[0].unterminated);
}
