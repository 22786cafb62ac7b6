// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_place.h"
#include "data/row_readers.h"
#include "data/text_reader.h"
#include "support/testing.h"

#include <zstd.h>

using namespace hilo;
using namespace hilo::testing;
using namespace std::string_literals;

namespace {

std::string zstd(const std::string& text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

std::string textOf(const FileRows& rows)
{
    std::string text;
    for (const Row& row : rows.rows) {
        text += std::to_string(row.line);
        for (const auto& [key, value] : row.fields)
            text += " " + key + "=" + value;
        text += "\n";
    }
    for (const RejectedRow& row : rows.rejected)
        text += "rejected " + std::to_string(row.line) + " " + row.reason + "\n";
    return text;
}

FileRows read(const std::string& name, const std::string& bytes, const RowReading& reading = {})
{
    return REQUIRE_OK(rowsOfBytes(bytes, name, reading));
}

} // namespace

HILO_TEST(largeFilesComeInBatches)
{
    // Long enough for several pieces of a reader, with characters, quotes and line ends on their borders.
    std::string lines, table = "text,number\r\n";
    for (int i = 0; i < 30000; ++i) {
        const std::string text =
            i % 3 == 0 ? "Grüße 🌞 " + std::to_string(i) : std::string(static_cast<std::size_t>(i % 37), 'x');
        lines += "{\"text\": \"" + text + "\", \"number\": " + std::to_string(i) + "}\n";
        table += "\"" + text + "\"\"\r\n\"," + std::to_string(i) + "\r\n";
    }
    for (const auto& [name, bytes] : {std::pair("a.jsonl"s, lines), {"a.csv"s, table}}) {
        const auto source = REQUIRE_OK(openRowsOfBytes(bytes, name));
        FileRows all;
        std::size_t batches = 0, largest = 0;
        for (bool more = true; more;) {
            const std::size_t before = all.rows.size();
            more = REQUIRE_OK(source->next(all));
            largest = std::max(largest, all.rows.size() - before);
            ++batches;
        }
        CHECK(batches > 20);
        CHECK(largest <= RowSource::batchRows + 1);
        CHECK_EQ(all.rows.size(), 30000u);
        CHECK(all.rejected.empty());
        for (int i = 0; i < 30000; ++i) {
            const Row& row = all.rows[static_cast<std::size_t>(i)];
            if (*row.field("number") != std::to_string(i) || row.line != (name == "a.csv" ? 2 + 2 * i : 1 + i)) {
                CHECK_EQ(row.line, i);
                break;
            }
        }
        CHECK_EQ(all.rows[29997].field("text")->substr(0, 9), "Grüße "s + "\xF0");
        // The same of a source that is compressed.
        CHECK(textOf(read(name + ".zst", zstd(bytes))) == textOf(all));
    }
}

HILO_TEST(compressedFilesAreToldByTheirBytes)
{
    const std::string rows = "{\"a\": 1}\n{oops\n{\"a\": 3}\n";
    const std::string plain = textOf(read("a.jsonl", rows));
    CHECK_CONTAINS(plain, "3 a=3");
    CHECK_CONTAINS(plain, "rejected 2");
    CHECK_EQ(textOf(read("a.jsonl.zst", zstd(rows))), plain);
    // Under another name, and unpacked under the name of the packed one.
    CHECK_EQ(textOf(read("a.jsonl", zstd(rows))), plain);
    CHECK_EQ(textOf(read("A.JSONL.GZ", rows)), plain);
    CHECK_EQ(textOf(read("a.json.zst", zstd("[{\"a\": 1}]"))), "1 a=1\n");
    CHECK_EQ(textOf(read("a.csv.zst", zstd("a;b\n1;2\n"))), "2 a=1 b=2\n");
    CHECK_EQ(textOf(read("a.tsv.zst", zstd("a\tb\n1\t2\n"))), "2 a=1 b=2\n");
    CHECK_EQ(textOf(read("a.txt.zst", zstd("one\n\ntwo"))), "1 text=one\n3 text=two\n");
    const Error cut = REQUIRE_ERROR(rowsOfBytes(zstd(rows).substr(0, 20), "a.jsonl.zst"));
    CHECK_CONTAINS(cut.message, "ends inside");
    CHECK_EQ(cut.file, "a.jsonl.zst");
    CHECK_CONTAINS(REQUIRE_ERROR(rowsOfBytes("PAR1", "a.parquet.gz")).message, "compressed inside");
    CHECK_CONTAINS(REQUIRE_ERROR(rowsOfBytes("x", "a.gz")).message, "Data files end in");
}

HILO_TEST(theSeparatorOfATable)
{
    const auto rowsBy = [](const std::string& table, char separator) {
        return textOf(read("a.csv", table, {false, separator, {}}));
    };
    CHECK_EQ(rowsBy("a|b\n1,5|\"x|y\"\n", '|'), "2 a=1,5 b=x|y\n");
    CHECK_EQ(rowsBy("a;b\n1;2\n", ','), "2 a;b=1;2\n");
    CHECK_EQ(textOf(read("a.tsv", "a:b\n1:\"2\n", {false, ':', {}})), "2 a=1 b=\"2\n");
    CHECK_EQ(textOf(read("a.csv", "1;2\n3;4\n", {true, '\0', {}})), "1 #0=1 #1=2\n2 #0=3 #1=4\n");
    // A comma in a header's name, and one in every row: the rows agree on the semicolons.
    const FileRows told = read("a.csv", "id;text, raw;label\n1;a river;x\n2;a, b, c;y\n");
    CHECK_EQ(*told.rows[1].field("text, raw"), "a, b, c");
    CHECK_CONTAINS(told.notes.at(0), "semicolons, told by its first rows");
    CHECK_EQ(textOf(read("a.csv", "a|b\n1|2\n")), "2 a=1 b=2\n");
    const FileRows close = read("a.csv", "a,b;c\n1,2;3\n");
    CHECK_EQ(*close.rows[0].field("b;c"), "2;3");
    CHECK_CONTAINS(close.notes.at(0), "semicolons would do as well");
    CHECK(read("a.csv", "a,b\n1,2\n").notes.empty());
}

HILO_TEST(documentsAndLinesOfText)
{
    const RowReading document{false, '\0', true}, lines{false, '\0', false};
    const std::string text = "# Title\n\nA paragraph.\n";
    CHECK_EQ(textOf(read("a.txt", text)), "1 text=# Title\n3 text=A paragraph.\n");
    CHECK_EQ(textOf(read("a.txt", text, document)), "1 text=# Title\n\nA paragraph.\n\n");
    CHECK_EQ(textOf(read("a.md", text)), textOf(read("a.txt", text, document)));
    CHECK_EQ(textOf(read("a.md", text, lines)), textOf(read("a.txt", text)));
    CHECK_EQ(textOf(read("a.md", " \n\t\n")), "rejected 1 the document has no text\n");
}

HILO_TEST(rowsOfArrowAreThoseOfTheSameRecordsInJson)
{
    const FileRows rows = REQUIRE_OK(readRows(dataFile("arrow/flat-zstd.arrow")));
    CHECK_EQ(rows.rows.size(), 30u);
    CHECK_EQ(rows.rows[29].line, recordPlace(30));
    CHECK_EQ(*rows.rows[1].field("text"), "Grüße 🌞");
    CHECK_EQ(*rows.rows[0].field("uint64"), "18446744073709551615");
    CHECK(!rows.rows[4].field("int8"));
    CHECK_CONTAINS(rows.notes.at(0), "column \"bytes\" holds bytes");
    const FileRows nested = REQUIRE_OK(readRows(dataFile("arrow/nested.arrow")));
    CHECK_EQ(*nested.rows[0].field("deep.a.b.c"), "1");
    CHECK_CONTAINS(REQUIRE_ERROR(rowsOfBytes("x", "a.feather")).message, "Not an Arrow file");
}

HILO_TEST(textIsDecodedAcrossTheBordersOfPieces)
{
    std::string text;
    for (int i = 0; i < 100000; ++i)
        text += "ä€🌞";
    const std::string marked = "\xEF\xBB\xBF" + text + "\nend";
    TextReader reader(memorySource(marked), "a.txt");
    CHECK(REQUIRE_OK(reader.nextLine()).value() == text);
    CHECK_EQ(reader.line(), 2);
    CHECK_EQ(REQUIRE_OK(reader.nextLine()).value(), "end");
    CHECK(!REQUIRE_OK(reader.nextLine()));
    // The place of what is broken counts from the file's beginning.
    const std::string broken = std::string(400000, 'x') + "\n" + std::string(400000, 'y') + "\xff\n";
    TextReader other(memorySource(broken), "a.txt");
    CHECK(REQUIRE_OK(other.nextLine()).has_value());
    const Error error = REQUIRE_ERROR(other.nextLine());
    CHECK_EQ(error.place, "line 2");
    CHECK_CONTAINS(error.message, "byte 800001");
    TextReader macintosh(memorySource("one\rtwo\r"), "a.txt");
    CHECK_EQ(REQUIRE_OK(macintosh.nextLine()).value(), "one");
    CHECK_EQ(REQUIRE_OK(macintosh.nextLine()).value(), "two");
}
