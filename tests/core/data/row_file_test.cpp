// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_file.h"

#include "data/row_digest.h"
#include "data/token_rows.h"
#include "support/testing.h"

#include <fstream>

using namespace hilo;
using namespace hilo::testing;

namespace {

TokenisedExample rowOf(std::int32_t seed)
{
    TokenisedExample row;
    for (std::int32_t i = 0; i < 3 + seed % 5; ++i)
        row.tokens.push_back(seed * 131 + i * 70'001);
    row.answerStart = 1;
    row.answers = {{1, 2}, {2, 3}};
    row.truncated = seed % 2 == 0;
    row.promptLost = seed % 3 == 0;
    row.special = 1;
    row.dropped = seed * 300;
    row.labelPosition = 2;
    row.labelTokens = {7, 250'000};
    row.choices = {{{1, 2, 3}, 2, 9}, {{4}, 0, 0}};
    row.correct = seed % 3 - 1;
    return row;
}

Example textsOf(std::int32_t seed)
{
    Example example;
    example.prompt = std::string("a\0b", 3) + std::to_string(seed) + "Grüße";
    example.answer = " yes";
    example.earlierAnswers = {{0, 2}, {3, 500}};
    example.rest = "\n";
    example.isWhole = true;
    example.choices = {"a", ""};
    example.labels = {"A"};
    example.correct = -1;
    example.isGood = false;
    example.file = "rows.jsonl";
    example.line = 9'000'000'000;
    Example rejected = example;
    rejected.answer = " no";
    rejected.isGood.reset();
    example.rejected = {rejected};
    return example;
}

std::string encoded(const TokenisedExample& row)
{
    std::string bytes;
    appendRow(row, bytes);
    return bytes;
}

std::string encoded(const Example& example)
{
    std::string bytes;
    appendExample(example, bytes);
    return bytes;
}

constexpr const char* key = "0123abcd";

void writeRows(const std::filesystem::path& file, std::int32_t rows)
{
    RowFileWriter writer = REQUIRE_OK(RowFileWriter::create(file, key));
    for (std::int32_t i = 0; i < rows; ++i) {
        const Example texts = textsOf(i);
        REQUIRE_OK(writer.add(rowOf(i), i % 2 == 0 ? &texts : nullptr));
    }
    REQUIRE_OK(writer.finish({{"rejected", 3}}));
}

std::string bytesIn(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

HILO_TEST(everythingOfARowComesBack)
{
    const TemporaryFolder folder;
    writeRows(folder / "a.rows", 7);
    const auto file = REQUIRE_OK(RowFile::open(folder / "a.rows", key));
    CHECK_EQ(file->size(), 7u);
    CHECK_EQ(file->facts()["rejected"].get<int>(), 3);
    for (std::int32_t i = 0; i < 7; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const DecodedRow row = REQUIRE_OK(file->row(index));
        const TokenisedExample expected = rowOf(i);
        CHECK(row.tokens.tokens == expected.tokens);
        CHECK(row.tokens.answers == expected.answers);
        CHECK_EQ(row.tokens.correct, expected.correct);
        CHECK_EQ(row.tokens.dropped, expected.dropped);
        CHECK_EQ(row.tokens.truncated, expected.truncated);
        CHECK(!row.tokens.isGood);
        CHECK_EQ(encoded(row.tokens), encoded(expected));
        CHECK_EQ(file->digest(index), rowDigest(expected));
        CHECK_EQ(file->tokens(index), static_cast<std::int64_t>(expected.tokens.size()));
        CHECK_EQ(row.example.has_value(), i % 2 == 0);
        if (row.example)
            CHECK_EQ(encoded(*row.example), encoded(textsOf(i)));
    }
    const DecodedRow first = REQUIRE_OK(file->row(0));
    CHECK_EQ(first.example->prompt.size(), textsOf(0).prompt.size());
    CHECK_EQ(first.example->line, 9'000'000'000);
    CHECK(first.example->isGood == false);
    CHECK_EQ(first.example->rejected.at(0).answer, " no");
}

HILO_TEST(pairsAndJudgementsComeBack)
{
    const TemporaryFolder folder;
    TokenisedExample pair = rowOf(1);
    pair.rejected = {rowOf(4)};
    TokenisedExample judged = rowOf(2);
    judged.isGood = true;
    RowFileWriter writer = REQUIRE_OK(RowFileWriter::create(folder / "a.rows", key));
    REQUIRE_OK(writer.add(pair));
    REQUIRE_OK(writer.add(judged));
    REQUIRE_OK(writer.finish({}));
    const TokenRows rows(REQUIRE_OK(RowFile::open(folder / "a.rows", key)));
    CHECK_EQ(encoded(rows[0]), encoded(pair));
    CHECK_EQ(encoded(rows[1]), encoded(judged));
    CHECK_EQ(rows.tokens(0), static_cast<std::int64_t>(pair.tokens.size()));
    CHECK_EQ(rows.tokensOfAll(0), static_cast<std::int64_t>(pair.tokens.size() + pair.rejected[0].tokens.size()));
    CHECK_EQ(rows.hash(1), rowDigest(judged));
}

HILO_TEST(moreRowsThanABlockHolds)
{
    const TemporaryFolder folder;
    constexpr std::int32_t count = 140'000;
    TokenisedExample row;
    row.tokens = {0, 1};
    RowFileWriter writer = REQUIRE_OK(RowFileWriter::create(folder / "a.rows", key));
    for (std::int32_t i = 0; i < count; ++i) {
        row.tokens[0] = i;
        REQUIRE_OK(writer.add(row));
    }
    REQUIRE_OK(writer.finish({}));
    const auto file = REQUIRE_OK(RowFile::open(folder / "a.rows", key));
    for (const std::int32_t i : {0, 1, 65'535, 65'536, 131'071, 131'072, count - 1})
        CHECK_EQ(REQUIRE_OK(file->row(static_cast<std::size_t>(i))).tokens.tokens[0], i);
}

HILO_TEST(rowsOfFilesAndOfMemoryStandBehindOneAnother)
{
    const TemporaryFolder folder;
    writeRows(folder / "a.rows", 3);
    const std::vector<TokenisedExample> memory{rowOf(10), rowOf(11)};
    TokenRows rows(memory);
    rows.append(TokenRows(REQUIRE_OK(RowFile::open(folder / "a.rows", key))));
    rows.append(TokenRows());
    rows.append(TokenRows::viewOf(memory));
    CHECK_EQ(rows.size(), 7u);
    std::vector<std::int32_t> seeds{10, 11, 0, 1, 2, 10, 11};
    std::size_t at = 0;
    for (const TokenisedExample& row : rows)
        CHECK_EQ(encoded(row), encoded(rowOf(seeds[at++])));
    CHECK_EQ(rows.lengths()[3], static_cast<std::int64_t>(rowOf(1).tokens.size()));
}

HILO_TEST(everyChangedByteIsNoticed)
{
    const TemporaryFolder folder;
    writeRows(folder / "a.rows", 3);
    const std::string whole = bytesIn(folder / "a.rows");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string broken = whole;
        broken[at] = static_cast<char>(broken[at] ^ 0x10);
        writeText(folder / "b.rows", broken);
        CHECK(REQUIRE_ERROR(RowFile::open(folder / "b.rows", key)).code == ErrorCode::BadInput);
    }
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        writeText(folder / "b.rows", whole.substr(0, size));
        CHECK(REQUIRE_ERROR(RowFile::open(folder / "b.rows", key)).code == ErrorCode::BadInput);
    }
    writeText(folder / "b.rows", whole + "x");
    REQUIRE_ERROR(RowFile::open(folder / "b.rows", key));
    CHECK_CONTAINS(REQUIRE_ERROR(RowFile::open(folder / "a.rows", "another")).message, "other rows");
}

HILO_TEST(whatIsNotFinishedLeavesNothing)
{
    const TemporaryFolder folder;
    {
        RowFileWriter writer = REQUIRE_OK(RowFileWriter::create(folder / "a.rows", key));
        REQUIRE_OK(writer.add(rowOf(1)));
    }
    CHECK(std::filesystem::is_empty(folder.path()));
}
