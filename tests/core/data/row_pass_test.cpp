// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_pass.h"
#include "support/testing.h"

#include <algorithm>
#include <atomic>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::string textOf(const Row& row)
{
    std::string text = row.file + ":" + std::to_string(row.line);
    for (const auto& [key, value] : row.fields)
        text += " " + key + "=" + value;
    return text + " " + std::to_string(row.messages.size()) + "\n";
}

std::string textOf(std::vector<RejectedRow> rejected)
{
    // The ways differ in when a row is rejected that its column rejects.
    std::sort(rejected.begin(), rejected.end());
    std::string text;
    for (const RejectedRow& row : rejected)
        text += row.file + ":" + std::to_string(row.line) + " " + row.reason + "\n";
    return text;
}

std::string textOf(const std::vector<DataNote>& notes)
{
    std::string text;
    for (const DataNote& note : notes)
        text += note.file + ": " + note.text + "\n";
    return text;
}

/// Both ways give the same rows in the same splits and order, and tell the same beside them.
void compare(const DataSpec& spec, std::size_t splits)
{
    const Dataset collected = REQUIRE_OK(readDataset(spec));
    const RowPlan plan = REQUIRE_OK(planRows(spec));
    std::map<std::string, std::string> passed, expected;
    const RowPass pass = REQUIRE_OK(visitRows(spec, plan, [&](const std::string& split, Row row) -> Status {
        passed[split] += textOf(row);
        return {};
    }));
    for (const auto& [split, rows] : collected.splits) {
        CHECK_EQ(pass.rows.at(split), static_cast<std::int64_t>(rows.size()));
        for (const Row& row : rows)
            expected[split] += textOf(row);
    }
    CHECK_EQ(expected.size(), splits);
    CHECK(passed == expected);
    CHECK_EQ(textOf(pass.rejected), textOf(collected.rejected));
    CHECK_EQ(textOf(pass.notes), textOf(collected.notes));
    CHECK(pass.files == collected.files);
}

std::string csv(int from, int to)
{
    std::string text = "part,sentence,label\n";
    for (int i = from; i < to; ++i)
        text += std::string(i % 7 == 0   ? "else"
                            : i % 3 == 0 ? "test"
                                         : "train") +
                ",row " + std::to_string(i) + "," + std::to_string(i % 2) + (i % 11 == 0 ? ",more" : "") + "\n";
    return text;
}

} // namespace

HILO_TEST(rowsThatPassByAreThoseThatAreCollected)
{
    const TemporaryFolder folder;
    writeText(folder / "train-1.csv", csv(0, 3000));
    writeText(folder / "train-2.csv", csv(3000, 3100));
    writeText(folder / "dev.csv", csv(0, 20));
    writeText(folder / "notes.jsonl", "{}\n");
    DataSpec spec;
    spec.path = folder.path().string();
    compare(spec, 2);
    spec.columns = {{"text", " sentence "}, {"label", "label"}, {"sentence", "part"}};
    compare(spec, 2);
    spec.splitSeed = 7;
    spec.validationShare = 0.1;
    spec.testShare = 0.2;
    compare(spec, 3);
    spec.validationShare = spec.testShare = 0;
    spec.splitColumn = "part";
    compare(spec, 2);
}

HILO_TEST(heldOutRowsPassByLikeThoseThatAreCollected)
{
    const TemporaryFolder folder;
    DataSpec spec;
    spec.path = (folder / "rows.csv").string();
    spec.holdsOut = true;
    writeText(folder / "rows.csv", csv(0, 3000));
    compare(spec, 2);
    spec.columns = {{"text", "sentence"}};
    compare(spec, 2);
    // Too few, and told so.
    writeText(folder / "rows.csv", csv(1, 9));
    compare(spec, 1);
    spec.path = folder.path().string();
    writeText(folder / "test.csv", csv(0, 60));
    writeText(folder / "train.csv", csv(0, 60));
    compare(spec, 2);
}

HILO_TEST(endsOfTextsPassByLikeThoseThatAreCollected)
{
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "line " + std::to_string(i) + "\n";
    writeText(folder / "a.txt", text);
    writeText(folder / "b.txt", "short");
    DataSpec spec;
    spec.path = folder.path().string();
    spec.holdsOut = true;
    compare(spec, 2);
    spec.columns = {{"text", "text"}};
    compare(spec, 1);
    spec.columns.clear();
    for (int i = 0; i < 12; ++i)
        writeText(folder / (std::to_string(i) + ".txt"), text);
    compare(spec, 2);
}

HILO_TEST(conversationsPassByLikeOtherRows)
{
    const TemporaryFolder folder;
    writeText(folder / "talk.jsonl",
              R"({"chat": [{"role": "user", "content": "Hi", "odd": 1}, {"role": "assistant", "content": "Yes"}]})"
              "\n{broken\n");
    DataSpec spec;
    spec.path = (folder / "talk.jsonl").string();
    spec.columns = {{"messages", "chat"}};
    compare(spec, 1);
}

HILO_TEST(bothWaysFailAlike)
{
    const TemporaryFolder folder;
    writeText(folder / "a.csv", csv(1, 5));
    writeText(folder / "empty.jsonl", "{broken\n");
    const auto fails = [](const DataSpec& spec) {
        const auto plan = planRows(spec);
        const auto ignore = [](const std::string&, Row) -> Status { return {}; };
        const Error streamed = plan ? REQUIRE_ERROR(visitRows(spec, *plan, ignore)) : plan.error();
        CHECK_EQ(describe(streamed), describe(REQUIRE_ERROR(readDataset(spec))));
        return streamed;
    };
    DataSpec spec;
    spec.path = (folder / "a.csv").string();
    spec.columns = {{"text", "absent"}};
    CHECK_CONTAINS(fails(spec).message, "\"absent\"");
    spec.columns.clear();
    spec.splitColumn = "absent";
    CHECK_CONTAINS(fails(spec).message, "to split by");
    spec.splitColumn.clear();
    spec.path = (folder / "empty.jsonl").string();
    CHECK_CONTAINS(fails(spec).message, "no usable row; line 1");
}

HILO_TEST(aPassEndsWhereItIsToldTo)
{
    const TemporaryFolder folder;
    writeText(folder / "a.csv", csv(1, 3000));
    DataSpec spec;
    spec.path = (folder / "a.csv").string();
    spec.testShare = 0.5;
    const RowPlan plan = REQUIRE_OK(planRows(spec));
    int rows = 0;
    const auto count = [&rows](const std::string&, Row) -> Status {
        return ++rows < 10 ? Status() : failure(noSpace("The disk is full."));
    };
    CHECK_EQ(REQUIRE_ERROR(visitRows(spec, plan, count)).message, "The disk is full.");
    CHECK_EQ(rows, 10);
    std::atomic<bool> cancel = true;
    const Progress progress({}, &cancel);
    CHECK(REQUIRE_ERROR(planRows(spec, progress)).code == ErrorCode::Cancelled);
    CHECK(REQUIRE_ERROR(visitRows(spec, plan, count, progress)).code == ErrorCode::Cancelled);
    writeText(folder / "a.csv", csv(1, 2000));
    const auto ignore = [](const std::string&, Row) -> Status { return {}; };
    CHECK_CONTAINS(REQUIRE_ERROR(visitRows(spec, plan, ignore)).message, "other rows than a moment ago");
}
