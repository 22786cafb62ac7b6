// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/row_comparison.h"

#include "core/project/project_fixture.h"
#include "run/run_spec.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::string line(int number, const std::string& right, const std::string& given, const std::string& task = "kinds")
{
    return Json({{"task", task},
                 {"split", "test"},
                 {"file", "test.jsonl"},
                 {"place", "line " + std::to_string(number)},
                 {"right", right},
                 {"given", given}})
               .dump() +
           "\n";
}

} // namespace

HILO_TEST(rowsAreHeldAgainstOneAnother)
{
    const TemporaryFolder folder;
    const auto a = folder.path() / "a", b = folder.path() / "b";
    std::filesystem::create_directories(a);
    std::filesystem::create_directories(b);
    std::string left, right;
    // Both right on 5 rows, the first alone on 8, the second alone on 1, both wrong on 2; another order in b.
    std::vector<std::string> others;
    for (int i = 1; i <= 16; ++i) {
        left += line(i, "yes", i <= 13 ? "yes" : "no");
        others.push_back(line(i, "yes", i <= 5 || i == 14 ? "yes" : i == 16 ? "maybe" : "no"));
    }
    for (auto one = others.rbegin(); one != others.rend(); ++one)
        right += *one;
    writeText(a / predictionsFile, left + line(17, "yes", "yes"));
    writeText(b / predictionsFile, right + line(3, "yes", "yes", "other"));
    const RowComparison rows = REQUIRE_OK(compareRows(a, b));
    CHECK_EQ(rows.rows.size(), 16u);
    CHECK_EQ(rows.bothRight, 5);
    CHECK_EQ(rows.onlyFirst, 8);
    CHECK_EQ(rows.onlySecond, 1);
    CHECK_EQ(rows.bothWrong, 2);
    CHECK_EQ(rows.unshared, 2);
    // Binomial(9, 1/2): 2 * (1 + 9) / 512.
    CHECK_NEAR(rows.test.p, 20.0 / 512, 1e-12);
    CHECK(rows.isClear());
    CHECK_EQ(rows.rows[15].first, "no");
    CHECK_EQ(rows.rows[15].second, "maybe");
    CHECK(!rows.rows[15].isEqual());
    const RowComparison back = REQUIRE_OK(compareRows(b, a, "kinds"));
    CHECK_EQ(back.onlySecond, 8);
    CHECK_EQ(back.unshared, 1);
    CHECK_NEAR(back.test.p, rows.test.p, 1e-12);
}

HILO_TEST(textsCountWhenTheyAreTheWantedOnes)
{
    const TemporaryFolder folder;
    const auto a = folder.path() / "a", b = folder.path() / "b";
    std::filesystem::create_directories(a);
    std::filesystem::create_directories(b);
    const auto text = [](const std::string& written) {
        return Json({{"task", "t"},
                     {"split", "test"},
                     {"file", "f"},
                     {"place", "record 1"},
                     {"wanted", "42"},
                     {"written", written}})
                   .dump() +
               "\n";
    };
    writeText(a / predictionsFile, text("42"));
    writeText(b / predictionsFile, text("41"));
    const RowComparison rows = REQUIRE_OK(compareRows(a, b));
    CHECK_EQ(rows.onlyFirst, 1);
    CHECK_EQ(rows.rows[0].expected, "42");
    CHECK_EQ(rows.rows[0].second, "41");
    CHECK_EQ(rows.test.p, 1.0);
}

HILO_TEST(runsThatCannotBeComparedByRowsSayWhy)
{
    const TemporaryFolder folder;
    const auto a = folder.path() / "a", b = folder.path() / "b";
    std::filesystem::create_directories(a);
    std::filesystem::create_directories(b);
    CHECK(!compareRows(a, b));
    writeText(a / predictionsFile, line(1, "yes", "no"));
    CHECK_CONTAINS(compareRows(a, b).error().message, "kept no answers");
    writeText(b / predictionsFile, line(2, "yes", "no"));
    CHECK_CONTAINS(compareRows(a, b).error().message, "no row in common");
    CHECK_CONTAINS(compareRows(a, b, "none").error().message, "none");
    writeText(b / predictionsFile, "{");
    CHECK(!compareRows(a, b));
}

HILO_TEST(theDataSaysWhatARowIs)
{
    ProjectFixture fixture;
    Json document = runDocument("a");
    const auto data = fixture.project().folder() / "rows";
    std::filesystem::create_directories(data);
    document["data"]["path"] = data.string();
    fixture.addRun("a", document);
    writeText(data / "test.jsonl", "{\"text\": \"one\", \"label\": \"x\"}\r\nplain\n");
    RowComparison comparison;
    const std::string task = REQUIRE_OK(readRunSpec(fixture.folder("a") / "run.json")).tasks.front().name;
    for (const char* place : {"line 1", "line 2", "line 3", "record 1"})
        comparison.rows.push_back({task, "test.jsonl", place, {}, {}, {}, {}, false, false});
    readRowTexts(comparison, fixture.folder("a"));
    CHECK_EQ(comparison.rows[0].text, "text: one; label: x");
    CHECK_EQ(comparison.rows[1].text, "plain");
    CHECK_EQ(comparison.rows[2].text, "");
    CHECK_EQ(comparison.rows[3].text, "");
    std::filesystem::remove_all(data);
    comparison.rows[0].text.clear();
    readRowTexts(comparison, fixture.folder("a")); // gone: nothing is said, nothing fails
    CHECK_EQ(comparison.rows[0].text, "");
}
