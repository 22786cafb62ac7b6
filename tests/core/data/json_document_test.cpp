// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_document.h"

#include "data/row_place.h"
#include "data/row_readers.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Error errorOfDocument(const std::string& text)
{
    return REQUIRE_ERROR(rowsOfBytes(text, "rows.json"));
}

} // namespace

HILO_TEST(aDocumentPassesByInBatches)
{
    for (const bool isWrapped : {false, true}) {
        std::string text = isWrapped ? R"({"info": {"data": [1, "]"]}, "data": [)" : "[";
        for (int i = 0; i < 3000; ++i)
            text += std::string(i > 0 ? "," : "") + "\n{\"a\": " + std::to_string(i) + ", \"b\": [\"}\\\"\", {}]}";
        text += isWrapped ? "], \"more\": null}\n" : "]\n";
        const auto source = REQUIRE_OK(openRowsOfBytes(text, "rows.json"));
        std::size_t rows = 0;
        int batches = 0;
        for (bool more = true; more; ++batches) {
            FileRows batch;
            more = REQUIRE_OK(source->next(batch));
            CHECK(batch.rows.size() <= RowSource::batchRows);
            for (const Row& row : batch.rows) {
                CHECK_EQ(*row.field("a"), std::to_string(rows));
                CHECK_EQ(row.line, static_cast<std::int64_t>(rows) + 2);
                ++rows;
            }
        }
        CHECK_EQ(rows, 3000u);
        CHECK(batches >= 3);
    }
}

HILO_TEST(anObjectOfObjectsIsReadByItsForm)
{
    const TemporaryFolder folder;
    RowReading reading;
    auto form = std::make_shared<RowForm>();
    form->keyColumn = "id";
    form->splitColumn = "split";
    reading.form = form;
    const auto read = [&](const std::string& text, const std::string& split = {}) {
        writeText(folder / "rows.json", text);
        reading.split = split;
        return readRows(folder / "rows.json", reading);
    };
    const std::string text = "{\n\"7\": {\"a\": 1, \"split\": \"val\"},\n\"8\": {\"a\": 2, \"id\": \"own\", "
                             "\"split\": \"train\"},\n\"9\": 3,\n\"10\": {\"a\": 4, \"split\": \"minor\"}}\n";
    const FileRows all = REQUIRE_OK(read(text));
    CHECK_EQ(all.rows.size(), 3u);
    CHECK_EQ(*all.rows[0].field("id") + *all.rows[1].field("id"), "7own");
    CHECK_EQ(all.rows[1].line, 3);
    CHECK_EQ(all.rejected.size(), 1u);
    const FileRows validation = REQUIRE_OK(read(text, "validation"));
    CHECK_EQ(validation.rows.size(), 1u);
    CHECK_EQ(validation.rejected.size(), 0u);
    const FileRows train = REQUIRE_OK(read(text, "train"));
    CHECK_EQ(train.rows.size(), 1u);
    CHECK_EQ(train.rejected.size(), 2u);
    CHECK_EQ(REQUIRE_OK(read("{}")).rows.size(), 0u);
    for (const char* damaged : {"[1]", "", "{\"1\": {}", "{\"1\" {}}", "{1: {}}", "{\"1\": {}, \"1\": {}}",
                                "{\"1\": {}} 2", "{\"1\": {} \"2\": {}}"})
        CHECK_CONTAINS(REQUIRE_ERROR(read(damaged)).file, "rows.json");
}

HILO_TEST(recordsOfOneLongLineAreCounted)
{
    const auto linesOf = [](const std::string& text) {
        const FileRows found = REQUIRE_OK(rowsOfBytes(text, "rows.json"));
        std::vector<std::int64_t> lines;
        for (const Row& row : found.rows)
            lines.push_back(row.line);
        return lines;
    };
    const auto records = [](std::vector<std::int64_t> numbers) {
        for (std::int64_t& number : numbers)
            number = recordPlace(number);
        return numbers;
    };
    const std::string oneLine = R"([{"a": 1}, {"a": 2}, 3, {"a": 4}])";
    CHECK(linesOf(oneLine) == records({1, 2, 4}));
    CHECK_EQ(placeText(REQUIRE_OK(rowsOfBytes(oneLine, "rows.json")).rejected.at(0).line), "record 3");
    CHECK(linesOf("{\"data\": [{\"a\": 1}, {\"a\": 2}]}\n") == records({1, 2}));
    // Whoever writes lines finds a record by its line.
    CHECK(linesOf("[{\"a\": 1},\n{\"a\": 2}, {\"a\": 3}]") == (std::vector<std::int64_t>{1, 2, 2}));
    CHECK(linesOf("[\n{\"a\": 1}, {\"a\": 2}]") == (std::vector<std::int64_t>{2, 2}));
    CHECK(linesOf("[{\"a\": 1}]") == (std::vector<std::int64_t>{1}));
    CHECK_EQ(errorOfDocument(R"([{"a": 1}, {"a": 2}, {"a": oops}])").place, "record 3");
    CHECK_CONTAINS(errorOfDocument("[{\"a\": 1}, {\"a\": 2} {\"a\": 3}]").message, "comma or a bracket");
}

HILO_TEST(emptyDocuments)
{
    CHECK(REQUIRE_OK(rowsOfBytes("[]", "rows.json")).rows.empty());
    CHECK(REQUIRE_OK(rowsOfBytes(" [ \n ] ", "rows.json")).rows.empty());
    CHECK(REQUIRE_OK(rowsOfBytes("{\"data\": []}", "rows.json")).rows.empty());
    CHECK_EQ(REQUIRE_OK(rowsOfBytes("[1, null, \"x\", [2]]", "rows.json")).rejected.size(), 4u);
}

HILO_TEST(brokenDocumentsNameTheLine)
{
    CHECK_EQ(errorOfDocument("[\n{\"a\": 1}\n{\"a\": 2}]").place, "line 3");
    CHECK_CONTAINS(errorOfDocument("[\n{\"a\": 1}\n{\"a\": 2}]").message, "comma");
    CHECK_EQ(errorOfDocument("[\n{\"a\": 1},\n{\"a\": oops}]").place, "line 3");
    CHECK_CONTAINS(errorOfDocument("[\n{\"a\": 1},\n{\"a\": [").message, "ends within");
    CHECK_EQ(errorOfDocument("[{\"a\": 1},]").place, "record 2");
    CHECK_EQ(errorOfDocument("[{\"a\": 1},\n]").place, "line 2");
    CHECK_CONTAINS(errorOfDocument("[{\"a\": 1}").message, "comma or a bracket");
    CHECK_CONTAINS(errorOfDocument("[{\"a\": 1}]\n[2]").message, "behind the end");
    CHECK_CONTAINS(errorOfDocument("{\n\"data\": [{}], \"data\": []}").message, "twice");
    CHECK_CONTAINS(errorOfDocument("{\n\"a\": 1, \"a\": 2, \"data\": []}").message, "twice");
    CHECK_CONTAINS(errorOfDocument("{\n\"data\" [{}]}").message, "colon");
    CHECK_CONTAINS(errorOfDocument("{\n\"data\": [{}]").message, "comma or a brace");
    CHECK_CONTAINS(errorOfDocument("{\n\"data\": {}}").message, "array of objects");
    for (const char* text : {"", "  ", "3", "\"x\"", "{", "[", "{\"data\": [", "]", "{\"data\"", "[{]}"})
        CHECK(errorOfDocument(text).code == ErrorCode::BadInput);
}
