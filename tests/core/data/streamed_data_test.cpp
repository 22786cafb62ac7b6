// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/streamed_data.h"

#include "data/labels.h"
#include "data/render.h"
#include "data/row_codec.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const Tokenizer> fileTokenizer()
{
    static const auto tokenizer =
        REQUIRE_OK(Tokenizer::load(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base"));
    return tokenizer;
}

std::string bytesOfRow(const TokenisedExample& row)
{
    std::string bytes;
    appendRow(row, bytes);
    return bytes;
}

std::string bytesOfExample(const Example& example)
{
    std::string bytes;
    appendExample(example, bytes);
    return bytes;
}

std::string listed(std::vector<RejectedRow> rejected)
{
    std::sort(rejected.begin(), rejected.end());
    std::string text;
    for (const RejectedRow& row : rejected)
        text += row.file + ":" + std::to_string(row.line) + " " + row.reason + "\n";
    return text;
}

std::string listed(const std::vector<DataNote>& notes)
{
    std::string text;
    for (const DataNote& note : notes)
        text += note.file + ": " + note.text + "\n";
    return text;
}

/// What is made of a split in memory and in passes is the same to the byte, the first time and from the cache.
void compareWays(const DataSpec& spec, RowUse use, std::int64_t maxLength, std::int64_t limit = 0)
{
    const TemporaryFolder folder;
    RowCacheSettings settings;
    settings.folder = folder.path();
    const Dataset dataset = REQUIRE_OK(readDataset(spec));
    const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, dataset, fileTokenizer()));
    const std::string source = dataset.has("train") ? "train" : dataset.splits.begin()->first;
    const auto labels = REQUIRE_OK(labelsOf(chosen.promptTemplate, dataset.splits.at(source)));
    for (int time = 0; time < 2; ++time) {
        const StreamedData streamed = REQUIRE_OK(StreamedData::open(fileTokenizer(), spec, settings));
        CHECK_EQ(toJson(streamed.chosen().spec).dump(), toJson(chosen.spec).dump());
        CHECK(streamed.labels() == labels);
        CHECK(streamed.chosen().notes == chosen.notes);
        CHECK_EQ(listed(streamed.rejected()), listed(dataset.rejected));
        CHECK_EQ(listed(streamed.notes()), listed(dataset.notes));
        CHECK(streamed.files() == dataset.files);
        CHECK_EQ(streamed.rows().size(), dataset.splits.size());
        for (const auto& [split, rows] : dataset.splits) {
            CHECK_EQ(streamed.rows().at(split), static_cast<std::int64_t>(rows.size()));
            Examples examples = REQUIRE_OK(renderExamples(rows, chosen.promptTemplate, labels));
            if (limit > 0 && examples.examples.size() > static_cast<std::size_t>(limit))
                examples.examples.resize(static_cast<std::size_t>(limit));
            const TokeniseSettings tokens{maxLength, chosen.promptTemplate.endOfText, use};
            const TokenisedRows expected = REQUIRE_OK(tokeniseAll(*fileTokenizer(), examples.examples, tokens));
            const StreamedRows found = REQUIRE_OK(streamed.training(split, tokens, limit));
            CHECK_EQ(found.rows.size(), expected.rows.size());
            for (std::size_t i = 0; i < std::min(found.rows.size(), expected.rows.size()); ++i)
                CHECK(bytesOfRow(found.rows[i]) == bytesOfRow(expected.rows[i]));
            std::vector<RejectedRow> rejected = examples.rejected;
            rejected.insert(rejected.end(), expected.rejected.begin(), expected.rejected.end());
            CHECK_EQ(listed(found.rejected), listed(rejected));
            CHECK_EQ(found.examples, static_cast<std::int64_t>(examples.examples.size()));
            CHECK_EQ(found.inWindows, expected.inWindows);
            CHECK_EQ(found.cut, std::count_if(expected.rows.begin(), expected.rows.end(),
                                              [](const TokenisedExample& row) { return row.truncated; }));
            std::vector<RejectedRow> byTemplate;
            const auto again = REQUIRE_OK(streamed.examples(split, limit, byTemplate));
            CHECK_EQ(again.size(), examples.examples.size());
            for (std::size_t i = 0; i < std::min(again.size(), examples.examples.size()); ++i)
                CHECK(bytesOfExample(again[i]) == bytesOfExample(examples.examples[i]));
        }
    }
}

std::string texts(int count)
{
    std::string rows;
    for (int i = 0; i < count; ++i)
        rows += i % 13 == 5 ? "{\"text\": \"\"}\n"
                            : "{\"text\": \"row " + std::to_string(i) +
                                  std::string(static_cast<std::size_t>(i % 40), 'x') + "\"}\n";
    return rows + "{broken\n";
}

} // namespace

HILO_TEST(heldOutTextsAreTheSame)
{
    const TemporaryFolder folder;
    writeText(folder / "rows.jsonl", texts(90));
    DataSpec spec;
    spec.template_ = "auto";
    spec.path = (folder / "rows.jsonl").string();
    spec.holdsOut = true;
    compareWays(spec, RowUse::LearnText, 12);
    compareWays(spec, RowUse::LearnText, 12, 20);
}

HILO_TEST(windowsOfTextsAreTheSame)
{
    const TemporaryFolder folder;
    for (int file = 0; file < 3; ++file) {
        std::string text;
        for (int i = 0; i < 120 * file + 3; ++i)
            text += "the plants of line " + std::to_string(i) + "\n";
        writeText(folder / (std::to_string(file) + ".txt"), text);
    }
    DataSpec spec;
    spec.template_ = "auto";
    spec.path = folder.path().string();
    spec.holdsOut = true;
    compareWays(spec, RowUse::LearnAnswer, 12);
    compareWays(spec, RowUse::LearnText, 32, 2);
}

HILO_TEST(classesOfADrawnSplitAreTheSame)
{
    const TemporaryFolder folder;
    std::string rows = "sentence,label,part\n";
    for (int i = 0; i < 300; ++i)
        rows += "a sentence of " + std::to_string(i) + "," +
                (i % 17 == 0  ? ""
                 : i % 3 == 0 ? "tree"
                              : "animal") +
                "," +
                (i % 4 == 0    ? "dev"
                 : i % 50 == 1 ? "no split"
                               : "train") +
                "\n";
    writeText(folder / "rows.csv", rows);
    DataSpec spec;
    spec.template_ = "classify";
    spec.path = (folder / "rows.csv").string();
    spec.columns = {{"text", "sentence"}};
    spec.splitSeed = 3;
    spec.validationShare = 0.1;
    spec.testShare = 0.2;
    compareWays(spec, RowUse::LearnAnswer, 64);
    compareWays(spec, RowUse::CompareChoices, 64);
    spec.validationShare = spec.testShare = 0;
    spec.splitColumn = "part";
    compareWays(spec, RowUse::LearnAnswer, 8);
}

HILO_TEST(pairsAreTheSame)
{
    const TemporaryFolder folder;
    std::string rows;
    for (int i = 0; i < 60; ++i) {
        const std::string number = std::to_string(i);
        rows += R"({"prompt": "Say )" + number + R"(", "chosen": "It is )" + number + R"(", "rejected": ")" +
                (i % 9 == 0 ? "It is " + number : "no") + "\"}\n";
    }
    writeText(folder / "train.jsonl", rows);
    writeText(folder / "test.jsonl", rows);
    DataSpec spec;
    spec.template_ = "auto";
    spec.path = folder.path().string();
    compareWays(spec, RowUse::Prefer, 24);
}

HILO_TEST(changedDataAndOtherSettingsAreMadeAnew)
{
    const TemporaryFolder folder, kept;
    writeText(folder / "rows.jsonl", texts(30));
    DataSpec spec;
    spec.template_ = "text";
    spec.path = (folder / "rows.jsonl").string();
    RowCacheSettings settings;
    settings.folder = kept.path();
    const auto rowsOf = [&](std::int64_t maxLength) {
        const StreamedData data = REQUIRE_OK(StreamedData::open(fileTokenizer(), spec, settings));
        return REQUIRE_OK(data.training("train", {maxLength, true, RowUse::LearnText}, 0)).rows;
    };
    const std::size_t first = rowsOf(0).size();
    // Times say nothing: the content does.
    writeText(folder / "rows.jsonl", texts(30));
    const auto files = [&] { return std::distance(fs::directory_iterator(kept.path()), fs::directory_iterator()); };
    const auto before = files();
    CHECK_EQ(rowsOf(0).size(), first);
    CHECK_EQ(files(), before);
    for (const TokenisedExample& row : rowsOf(5))
        CHECK(row.tokens.size() <= 5);
    CHECK(files() > before);
    writeText(folder / "rows.jsonl", texts(40));
    CHECK(rowsOf(0).size() > first);
    const StreamedData data = REQUIRE_OK(StreamedData::open(fileTokenizer(), spec, settings));
    CHECK_CONTAINS(REQUIRE_ERROR(data.training("test", {0, true, RowUse::LearnText}, 0)).message, "no such split");
}

HILO_TEST(smallDataIsNotKept)
{
    const TemporaryFolder folder;
    writeText(folder / "rows.jsonl", texts(30));
    DataSpec spec;
    spec.path = (folder / "rows.jsonl").string();
    RowCacheSettings settings;
    CHECK(!REQUIRE_OK(StreamedData::isWanted(spec, *fileTokenizer(), settings)));
    settings.filesFrom = 100;
    CHECK(REQUIRE_OK(StreamedData::isWanted(spec, *fileTokenizer(), settings)));
    // Of Parquet the rows count, and packed texts take more than their files.
    settings = {};
    settings.rowsFrom = 60;
    DataSpec parquet;
    parquet.path = dataFile("parquet/flat-zstd.parquet").string();
    CHECK(REQUIRE_OK(StreamedData::isWanted(parquet, *fileTokenizer(), settings)));
    settings.rowsFrom = 61;
    CHECK(!REQUIRE_OK(StreamedData::isWanted(parquet, *fileTokenizer(), settings)));
    settings.filesFrom = 100;
    settings.when = RowCacheSettings::When::Never;
    CHECK(!REQUIRE_OK(StreamedData::isWanted(spec, *fileTokenizer(), settings)));
}
