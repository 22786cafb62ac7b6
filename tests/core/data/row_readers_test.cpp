// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_row.h"
#include "data/row_readers.h"
#include "support/testing.h"

#include <cmath>
#include <limits>

using namespace hilo;
using namespace hilo::testing;
using namespace std::string_literals;

namespace {

FileRows read(const std::string& name, const std::string& bytes, bool withoutHeader = false)
{
    return REQUIRE_OK(rowsOfBytes(bytes, name, {withoutHeader, '\0', {}}));
}

std::string at(const FileRows& file, std::size_t row, const std::string& field)
{
    if (row >= file.rows.size())
        return "(no row)";
    const std::string* value = file.rows[row].field(field);
    return value ? *value : "(none)";
}

std::string noteOf(const FileRows& file)
{
    return file.notes.empty() ? "(none)" : file.notes.front();
}

/// Text of ASCII and U+1F333 ("T") in another encoding.
std::string wide(const std::string& text, std::size_t width, bool lowFirst)
{
    const auto unit = [&](std::uint32_t value) {
        std::string bytes;
        for (std::size_t i = 0; i < width; ++i) {
            const std::size_t byte = lowFirst ? i : width - 1 - i;
            bytes += static_cast<char>(value >> (8 * byte) & 0xFF);
        }
        return bytes;
    };
    std::string bytes = unit(0xFEFF);
    for (const char c : text)
        bytes += c != 'T'     ? unit(static_cast<unsigned char>(c))
                 : width == 4 ? unit(0x1F333)
                              : unit(0xD83C) + unit(0xDF33);
    return bytes;
}

constexpr const char* tree = "\xF0\x9F\x8C\xB3";

} // namespace

HILO_TEST(everyUnicodeEncodingWithAMarkIsRead)
{
    for (const auto& [name, text] : {std::pair{"a.jsonl"s, "{\"text\": \"T\"}\n{\"text\": \"b\"}\n"s},
                                     {"a.csv"s, "text,n\r\nT,1\r\nb,2\r\n"s},
                                     {"a.tsv"s, "text\tn\nT\t1\nb\t2\n"s},
                                     {"a.json"s, "[{\"text\": \"T\"}, {\"text\": \"b\"}]"s}}) {
        for (const std::size_t width : {2, 4})
            for (const bool lowFirst : {false, true}) {
                const FileRows file = read(name, wide(text, width, lowFirst));
                CHECK_EQ(file.rows.size(), 2u);
                CHECK_EQ(at(file, 0, "text"), tree);
                CHECK_EQ(at(file, 1, "text"), "b");
                CHECK_EQ(file.rejected.size(), 0u);
            }
        const auto utf8 = [&, text = text] {
            std::string bytes = text;
            bytes.replace(bytes.find('T'), 1, tree);
            return bytes;
        }();
        CHECK_EQ(at(read(name, "\xEF\xBB\xBF" + utf8), 0, "text"), tree);
        CHECK_EQ(at(read(name, utf8), 0, "text"), tree);
    }
}

HILO_TEST(brokenEncodingsAreErrorsWithTheirPlace)
{
    const auto errorOf = [](const std::string& bytes) { return REQUIRE_ERROR(rowsOfBytes(bytes, "a.csv")); };
    CHECK_CONTAINS(errorOf("\xFF\xFE"
                           "a\0b"s)
                       .message,
                   "UTF-16");
    CHECK_EQ(errorOf("\xFF\xFE"
                     "a\0b"s)
                 .place,
             "byte 4");
    CHECK_CONTAINS(errorOf("\xFF\xFE\x3C\xD8"s).message, "UTF-16");
    CHECK_CONTAINS(errorOf("\xFF\xFE\x3C\xD8"
                           "a\0"s)
                       .message,
                   "UTF-16");
    CHECK_CONTAINS(errorOf("\xFF\xFE\0\0\0\0\x11\0"s).message, "UTF-32");
    CHECK_CONTAINS(errorOf("\xFF\xFE\0\0\0\xD8\0\0"s).message, "UTF-32");
    // UTF-16 without a mark, and binary files.
    const Error zero = errorOf("t\0e\0x\0t\0\n\0"s);
    CHECK_CONTAINS(zero.message, "zero byte");
    CHECK_CONTAINS(zero.hint, "UTF-16");
    CHECK_EQ(errorOf("a,b\n1,\xE4\n").place, "line 2");
}

HILO_TEST(carriageReturnsAloneEndLines)
{
    CHECK_EQ(read("a.jsonl", "{\"a\": 1}\r{\"a\": 2}\r").rows.size(), 2u);
    const FileRows table = read("a.csv", "a,b\r1,2\r3,\"4\r5\"\r");
    CHECK_EQ(table.rows.size(), 2u);
    CHECK_EQ(table.rows[1].line, 3);
    CHECK_EQ(at(table, 1, "b"), "4\n5");
    CHECK_EQ(read("a.txt", "one\rtwo").rows.size(), 2u);
    // A lone one inside of a text with line feeds belongs to the text.
    CHECK_EQ(at(read("a.tsv", "a\tb\nx\ry\tz\n"), 0, "a"), "x\ry");
}

HILO_TEST(jsonLinesAndArraysAreReadWhateverTheyAreCalled)
{
    const FileRows lines = read("train.json", "{\"a\": 1}\n{\"a\": 2}\n{oops\n");
    CHECK_EQ(lines.rows.size(), 2u);
    CHECK_EQ(lines.rows[1].line, 2);
    CHECK_EQ(lines.rejected.at(0).line, 3);
    CHECK_CONTAINS(noteOf(lines), "one JSON object a line");
    const FileRows array = read("train.jsonl", "[\n {\"a\": 1},\n {\"a\":\n 2}\n]\n");
    CHECK_EQ(array.rows.size(), 2u);
    CHECK_EQ(at(array, 1, "a"), "2");
    CHECK_CONTAINS(noteOf(array), "JSON array");
    CHECK_EQ(read("a.jsonl", "{\"a\": 1}\n[1]\n").rejected.at(0).line, 2);
    // One object on one line, and one on several, are documents.
    CHECK_EQ(read("a.json", "{\"data\": [{\"a\": 1}]}\n").rows.size(), 1u);
    CHECK_EQ(read("a.json", "{\n\"data\": [{\"a\": 1}]}\n").rows.size(), 1u);
    CHECK_CONTAINS(REQUIRE_ERROR(rowsOfBytes("{\"eval_loss\": 0.5}", "a.json")).message, "array of objects");
    CHECK_EQ(read("a.json", "{\"a\": 1}\n]").rejected.at(0).line, 2);
}

HILO_TEST(recordsOfADocumentKnowTheirLines)
{
    const FileRows array =
        read("a.json", "[\n  {\"a\": [1,\n 2], \"b\": \"x],\\\"{\"},\n  3, {\"a\":\n {\"c\": 1}}\n,\n7]");
    CHECK_EQ(array.rows.size(), 2u);
    CHECK_EQ(array.rows[0].line, 2);
    CHECK_EQ(array.rows[1].line, 4);
    CHECK_EQ(array.rejected.size(), 2u);
    CHECK_EQ(array.rejected[0].line, 4);
    CHECK_EQ(array.rejected[1].line, 7);
    const FileRows wrapped =
        read("a.json", "{\"version\": [1,\n2], \"data\":\n [\n{\"a\": 1},\n\n{\"a\": 2}], \"more\": {\"x\": []}}");
    CHECK_EQ(wrapped.rows.at(0).line, 4);
    CHECK_EQ(wrapped.rows.at(1).line, 6);
}

HILO_TEST(numbersThatJsonHasNoFormFor)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const Json record = {
        {"text", "a river"}, {"score", std::nan("")}, {"limits", {{"low", -infinity}, {"high", infinity}}}};
    const Row row = rowFromJson(record, "a.jsonl", 1).value_or(Row());
    CHECK(row.field("score") == nullptr);
    CHECK_EQ(*row.field("limits.low"), "-Infinity");
    CHECK_EQ(*row.field("limits.high"), "Infinity");
}

HILO_TEST(aSecondColumnOfANameGetsOneOfItsOwn)
{
    const FileRows file = read("a.csv", "text,label,text, text ,text.1\n1001,location,a river,x,y\n");
    CHECK_EQ(at(file, 0, "text"), "1001");
    CHECK_EQ(at(file, 0, "text.2"), "a river");
    CHECK_EQ(at(file, 0, "text.3"), "x");
    CHECK_EQ(at(file, 0, "text.1"), "y");
    CHECK_EQ(file.notes.size(), 2u);
    CHECK_CONTAINS(file.notes[0], "\"text\"");
    CHECK_CONTAINS(file.notes[0], "\"text.2\"");
    const FileRows json = read("a.jsonl", "{\"a\": {\"b\": 1}, \"a.b\": 2}\n{\"a\": 1, \"a\": 2}\n{\"a\": 1}\n");
    CHECK_EQ(json.rows.size(), 1u);
    CHECK_CONTAINS(json.rejected.at(0).reason, "\"a.b\"");
    CHECK_CONTAINS(json.rejected.at(1).reason, "twice");
}

HILO_TEST(headersWithBlanksAndOtherSeparators)
{
    CHECK_EQ(at(read("a.csv", "text, label\na river, location\n"), 0, "label"), " location");
    const FileRows semicolons = read("A.CSV", "text;label\na river, wide;location\n\"a;b\";animal\n");
    CHECK_EQ(at(semicolons, 0, "text"), "a river, wide");
    CHECK_EQ(at(semicolons, 1, "text"), "a;b");
    CHECK_CONTAINS(noteOf(semicolons), "semicolons");
    CHECK_EQ(at(read("a.csv", "text\tlabel\na, b\tc\n"), 0, "label"), "c");
    const FileRows said = read("a.csv", "sep=|\r\ntext|label\r\na,b|c\r\nd\r\n");
    CHECK_EQ(at(said, 0, "text"), "a,b");
    CHECK_EQ(said.rows[0].line, 3);
    CHECK_EQ(said.rejected.at(0).line, 4);
    CHECK_EQ(noteOf(read("a.csv", "\"a;b\",c\n1,2\n")), "(none)");
    CHECK_EQ(read("a.csv", "text\nno separator; at all\n").rows.size(), 1u);
}

HILO_TEST(quotesThatDoNotEndSayWhatTheyTake)
{
    const FileRows file = read("a.csv", "text,label\nok,x\n\"open,y\nlost,z\nlost,z\n");
    CHECK_EQ(file.rows.size(), 1u);
    CHECK_EQ(file.rejected.at(0).line, 3);
    CHECK_CONTAINS(file.rejected.at(0).reason, "line 5");
}
