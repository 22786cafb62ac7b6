// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hold_out.h"

#include "support/testing.h"

#include <set>

using namespace hilo;
using namespace hilo::testing;

namespace {

DataSpec rowsIn(const TemporaryFolder& folder, int count)
{
    std::string rows;
    for (int i = 0; i < count; ++i)
        rows += R"({"text": "row )" + std::to_string(i) + "\"}\n";
    writeText(folder / "rows.jsonl", rows);
    DataSpec spec;
    spec.path = (folder / "rows.jsonl").string();
    spec.holdsOut = true;
    return spec;
}

std::size_t sizeOf(const Dataset& dataset, const std::string& split)
{
    return dataset.has(split) ? dataset.splits.at(split).size() : 0;
}

} // namespace

HILO_TEST(aTwentiethIsKeptAndToldOf)
{
    const TemporaryFolder folder;
    const DataSpec spec = rowsIn(folder, 60);
    const Dataset first = REQUIRE_OK(readDataset(spec));
    const Dataset second = REQUIRE_OK(readDataset(spec));
    CHECK_EQ(sizeOf(first, "train"), 57u);
    CHECK_EQ(sizeOf(first, "validation"), 3u);
    CHECK_CONTAINS(first.notes.back().text, "3 of them, drawn by the seed 1, are kept to validate on");
    std::set<std::string> seen;
    for (const auto& [split, rows] : first.splits)
        for (std::size_t i = 0; i < rows.size(); ++i) {
            seen.insert(*rows[i].field("text"));
            CHECK_EQ(*rows[i].field("text"), *second.splits.at(split)[i].field("text"));
        }
    CHECK_EQ(seen.size(), 60u);
}

HILO_TEST(atMostAThousandAreKept)
{
    const TemporaryFolder folder;
    const Dataset dataset = REQUIRE_OK(readDataset(rowsIn(folder, 40'000)));
    CHECK_EQ(sizeOf(dataset, "validation"), 1000u);
}

HILO_TEST(fewTextsGiveTheirEnds)
{
    const TemporaryFolder folder;
    std::string lines, words, letters;
    for (int i = 0; i < 200; ++i) {
        lines += "line " + std::to_string(i) + "\n";
        words += "word" + std::to_string(i) + " ";
        letters += "\u00e4\u6728"; // two and three bytes, no blank
    }
    writeText(folder / "a.txt", lines);
    writeText(folder / "b.md", words);
    writeText(folder / "c.txt", letters);
    writeText(folder / "d.txt", "too short to give anything");
    DataSpec spec;
    spec.path = folder.path().string();
    spec.holdsOut = true;
    const Dataset dataset = REQUIRE_OK(readDataset(spec));
    CHECK_EQ(sizeOf(dataset, "train"), 4u);
    CHECK_EQ(sizeOf(dataset, "validation"), 3u);
    CHECK_CONTAINS(dataset.notes.back().text, "the last twentieth of 3 of them is kept");
    const auto& train = dataset.splits.at("train");
    const auto& ends = dataset.splits.at("validation");
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string whole = *train[i].field("text") + *ends[i].field("text");
        CHECK_EQ(whole, i == 0 ? lines : i == 1 ? words : letters);
        CHECK(ends[i].field("text")->size() * 10 <= whole.size() && ends[i].field("text")->size() * 25 >= whole.size());
    }
    CHECK(train[0].field("text")->ends_with("\n"));
    CHECK_EQ("line " + std::to_string(ends[0].line - 1) + "\n", ends[0].field("text")->substr(0, 9));
    CHECK(train[1].field("text")->ends_with(" "));
    CHECK((static_cast<unsigned char>(ends[2].field("text")->front()) & 0xC0U) != 0x80U);
    DataSpec all = spec;
    all.holdsOut = false;
    CHECK_EQ(sizeOf(REQUIRE_OK(readDataset(all)), "validation"), 0u);
}

HILO_TEST(fewRowsOtherSplitsAndPlainReadingAreLeftAlone)
{
    const TemporaryFolder folder;
    const Dataset few = REQUIRE_OK(readDataset(rowsIn(folder, 9)));
    CHECK_EQ(sizeOf(few, "train"), 9u);
    CHECK_CONTAINS(few.notes.back().text, "9 of them, fewer than 10, so that none is kept to validate on");
    for (const int rows : {10, 11, 19, 29})
        CHECK_EQ(sizeOf(REQUIRE_OK(readDataset(rowsIn(folder, rows))), "validation"), 1u);
    DataSpec plain = rowsIn(folder, 40);
    plain.holdsOut = false;
    CHECK_EQ(sizeOf(REQUIRE_OK(readDataset(plain)), "train"), 40u);
    const TemporaryFolder both;
    for (const char* name : {"train.jsonl", "test.jsonl"}) {
        std::string rows;
        for (int i = 0; i < 40; ++i)
            rows += "{\"text\": \"x\"}\n";
        writeText(both / name, rows);
    }
    DataSpec split;
    split.path = both.path().string();
    split.holdsOut = true;
    const Dataset dataset = REQUIRE_OK(readDataset(split));
    CHECK_EQ(sizeOf(dataset, "train"), 40u);
    CHECK(!dataset.has("validation"));
}

HILO_TEST(whatARunSpecSaysOfItIsWrittenOutAndReadBack)
{
    const auto read = [](const std::string& split) {
        const Json document = Json::parse(R"({"path": "rows.jsonl")" + split + "}");
        return REQUIRE_OK(parseDataSpec(REQUIRE_OK(JsonObject::of(document, "run.json")), "/data"));
    };
    CHECK(read("").holdsOut);
    CHECK(read(R"(, "split": "auto")").holdsOut);
    CHECK(!read(R"(, "split": "none")").holdsOut);
    CHECK(!read(R"(, "split": {"seed": 1, "validation": 0.1})").holdsOut);
    CHECK_EQ(toJson(read(""))["split"].get<std::string>(), "auto");
    CHECK_EQ(toJson(read(R"(, "split": "none")"))["split"].get<std::string>(), "none");
}
