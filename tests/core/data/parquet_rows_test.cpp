// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"
#include "data/row_place.h"
#include "data/row_readers.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(rowsOfParquetAreThoseOfTheSameRecordsInJson)
{
    const FileRows rows = REQUIRE_OK(readRows(dataFile("parquet/flat-zstd.parquet")));
    CHECK_EQ(rows.rows.size(), 60u);
    CHECK(rows.rejected.empty());
    // Of all row groups, numbered through.
    CHECK_EQ(rows.rows[59].line, recordPlace(60));
    CHECK_EQ(*rows.rows[1].field("word"), "green");
    CHECK_EQ(*rows.rows[1].field("text"), "Grüße 🌞");
    CHECK_EQ(*rows.rows[0].field("flag"), "true");
    CHECK(!rows.rows[3].field("flag"));
    CHECK_EQ(*rows.rows[0].field("longest"), "18446744073709551615");
}

HILO_TEST(conversationsInListsOfStructsAreConversations)
{
    const TemporaryFolder folder;
    std::filesystem::copy_file(dataFile("parquet/nested.parquet"), folder / "train-00000-of-00001.parquet");
    DataSpec spec;
    spec.path = folder.path().string();
    const Dataset data = REQUIRE_OK(readDataset(spec));
    const std::vector<Row>& rows = data.splits.at("train");
    CHECK_EQ(rows.size(), 4u);
    CHECK_EQ(rows[0].messages.size() + (rows[0].conversationProblem.empty() ? 0u : 2u), 2u);
    CHECK_EQ(*rows[0].field("deep.a.b.c"), "1");
}

HILO_TEST(bytesThatAreNoTextAreTold)
{
    const FileRows rows = REQUIRE_OK(readRows(dataFile("parquet/rich.parquet")));
    std::string notes;
    for (const std::string& note : rows.notes)
        notes += note + "\n";
    CHECK_CONTAINS(notes, "column \"bytes\" holds bytes");
    CHECK_EQ(*rows.rows[0].field("price"), "12.34");
    CHECK_EQ(*rows.rows[0].field("day"), "2024-02-29");
}

HILO_TEST(parquetUnderAnotherNameIsReadAndTold)
{
    const TemporaryFolder folder;
    for (const char* name : {"rows.csv", "rows.jsonl", "rows.json", "rows.txt"}) {
        std::filesystem::copy_file(dataFile("parquet/flat-zstd.parquet"), folder / name);
        const FileRows mapped = REQUIRE_OK(readRows(folder / name));
        const FileRows held = REQUIRE_OK(rowsOfBytes(readText(folder / name), name));
        for (const FileRows& rows : {mapped, held}) {
            CHECK_EQ(rows.rows.size(), 60u);
            CHECK_CONTAINS(rows.notes.back(), "it is a Parquet file and is read so");
        }
    }
    CHECK(REQUIRE_OK(readRows(dataFile("parquet/flat-zstd.parquet"))).notes.empty());
}

HILO_TEST(whatOnlyIsNamedParquetIsRefused)
{
    const TemporaryFolder folder;
    writeText(folder / "train.parquet", "{\"text\": \"a\"}\n");
    const Error error = REQUIRE_ERROR(readRows(folder / "train.parquet"));
    CHECK_CONTAINS(error.message, "Not a Parquet file");
    CHECK_EQ(error.file, (folder / "train.parquet").string());
}

HILO_TEST(textThatIsNotUtf8RejectsItsRowByNameAndNumber)
{
    for (const std::string name : {"parquet/broken-text.parquet", "arrow/broken-text.arrow"}) {
        const FileRows mapped = REQUIRE_OK(readRows(dataFile(name)));
        for (const FileRows& rows : {mapped, REQUIRE_OK(rowsOfBytes(readText(dataFile(name)), name))}) {
            CHECK_EQ(rows.rows.size(), 2u);
            CHECK_EQ(rows.rows[1].line, recordPlace(4));
            CHECK_EQ(rows.rejected.size(), 2u);
            CHECK_EQ(placeText(rows.rejected[0].line), "record 2");
            CHECK_EQ(rows.rejected[0].reason, "the text in the column \"text\" is not UTF-8");
            CHECK_EQ(placeText(rows.rejected[1].line), "record 3");
            CHECK_EQ(rows.rejected[1].reason, "the text in the column \"turns.content\" is not UTF-8");
            // Bytes that nobody called a text take no row away.
            CHECK_EQ(rows.notes.size(), 1u);
            CHECK_CONTAINS(rows.notes[0], "column \"picture\" holds bytes");
        }
        DataSpec spec;
        spec.path = dataFile(name);
        const Dataset data = REQUIRE_OK(readDataset(spec));
        CHECK_EQ(data.rejected.size(), 2u);
        CHECK_EQ(data.rejected[0].file, dataFile(name));
    }
}
