// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_codec.h"

#include <limits>

namespace hilo {
namespace {

/// Pairs have one rejected row, which has none.
constexpr int deepestRow = 4;

void appendNumber(std::string& bytes, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes += static_cast<char>((value & 0x7f) | 0x80);
    bytes += static_cast<char>(value);
}

void appendSigned(std::string& bytes, std::int64_t value)
{
    appendNumber(bytes, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void appendText(std::string& bytes, const std::string& text)
{
    appendNumber(bytes, text.size());
    bytes += text;
}

void appendTokens(std::string& bytes, const std::vector<std::int32_t>& tokens)
{
    appendNumber(bytes, tokens.size());
    for (const std::int32_t token : tokens)
        appendNumber(bytes, static_cast<std::uint32_t>(token));
}

/// 0: nobody said, 1: bad, 2: good.
std::uint64_t judgementCode(const std::optional<bool>& isGood)
{
    return isGood ? 1 + (*isGood ? 1 : 0) : 0;
}

template <class Pair>
void appendRanges(std::string& bytes, const std::vector<Pair>& ranges)
{
    appendNumber(bytes, ranges.size());
    for (const auto& [begin, end] : ranges) {
        appendSigned(bytes, static_cast<std::int64_t>(begin));
        appendSigned(bytes, static_cast<std::int64_t>(end));
    }
}

/// Reads on as zeros and empty lists behind the first byte that makes no sense, which isWhole() tells at the end.
class RecordReader
{
  public:
    explicit RecordReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    bool isWhole() const { return good_ && at_ == bytes_.size(); }
    void reject() { good_ = false; }

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (at_ == bytes_.size())
                break;
            const auto byte = static_cast<std::uint64_t>(bytes_[at_++]);
            if (shift == 63 && byte > 1)
                break;
            value |= (byte & 0x7f) << shift;
            if ((byte & 0x80) == 0)
                return value;
        }
        reject();
        return 0;
    }

    std::int64_t signedNumber()
    {
        const std::uint64_t folded = number();
        return static_cast<std::int64_t>(folded >> 1) ^ -static_cast<std::int64_t>(folded & 1);
    }

    /// Of things that take at least a byte each.
    std::size_t count()
    {
        const std::uint64_t value = number();
        if (value <= bytes_.size() - at_)
            return static_cast<std::size_t>(value);
        reject();
        return 0;
    }

    std::string text()
    {
        const std::size_t size = count();
        std::string value(reinterpret_cast<const char*>(bytes_.data() + at_), size);
        at_ += size;
        return value;
    }

    bool flag() { return number() == 1; }

    std::int32_t token()
    {
        const std::uint64_t value = number();
        if (value > std::numeric_limits<std::uint32_t>::max())
            reject();
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
    }

    std::vector<std::int32_t> tokens()
    {
        std::vector<std::int32_t> values(count());
        for (std::int32_t& one : values)
            one = token();
        return values;
    }

    template <class T>
    std::vector<std::pair<T, T>> ranges()
    {
        std::vector<std::pair<T, T>> values(count());
        for (auto& [begin, end] : values) {
            begin = static_cast<T>(signedNumber());
            end = static_cast<T>(signedNumber());
        }
        return values;
    }

    std::vector<std::string> texts()
    {
        std::vector<std::string> values(count());
        for (std::string& one : values)
            one = text();
        return values;
    }

    std::optional<bool> judgement()
    {
        const std::uint64_t value = number();
        return value == 0 ? std::nullopt : std::optional(value == 2);
    }

  private:
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
    bool good_ = true;
};

TokenisedExample readRow(RecordReader& reader, int depth)
{
    TokenisedExample row;
    row.tokens = reader.tokens();
    row.answerStart = reader.signedNumber();
    row.answers = reader.ranges<std::int64_t>();
    row.truncated = reader.flag();
    row.promptLost = reader.flag();
    row.special = reader.signedNumber();
    row.dropped = reader.signedNumber();
    row.labelPosition = reader.signedNumber();
    row.labelTokens = reader.tokens();
    row.choices.resize(reader.count());
    for (ChoiceTokens& choice : row.choices) {
        choice.tokens = reader.tokens();
        choice.start = reader.signedNumber();
        choice.characters = reader.signedNumber();
    }
    row.correct = static_cast<int>(reader.signedNumber());
    row.isGood = reader.judgement();
    const std::size_t rejected = reader.count();
    if (depth == deepestRow && rejected > 0) {
        reader.reject();
        return row;
    }
    for (std::size_t i = 0; i < rejected; ++i)
        row.rejected.push_back(readRow(reader, depth + 1));
    return row;
}

Example readExample(RecordReader& reader, int depth)
{
    Example example;
    example.prompt = reader.text();
    example.answer = reader.text();
    example.earlierAnswers = reader.ranges<std::size_t>();
    example.rest = reader.text();
    example.isWhole = reader.flag();
    example.choices = reader.texts();
    example.labels = reader.texts();
    example.correct = static_cast<int>(reader.signedNumber());
    example.isGood = reader.judgement();
    example.file = reader.text();
    example.line = reader.signedNumber();
    const std::size_t rejected = reader.count();
    if (depth == deepestRow && rejected > 0) {
        reader.reject();
        return example;
    }
    for (std::size_t i = 0; i < rejected; ++i)
        example.rejected.push_back(readExample(reader, depth + 1));
    return example;
}

} // namespace

void appendRow(const TokenisedExample& row, std::string& bytes)
{
    appendTokens(bytes, row.tokens);
    appendSigned(bytes, row.answerStart);
    appendRanges(bytes, row.answers);
    appendNumber(bytes, row.truncated ? 1 : 0);
    appendNumber(bytes, row.promptLost ? 1 : 0);
    appendSigned(bytes, row.special);
    appendSigned(bytes, row.dropped);
    appendSigned(bytes, row.labelPosition);
    appendTokens(bytes, row.labelTokens);
    appendNumber(bytes, row.choices.size());
    for (const ChoiceTokens& choice : row.choices) {
        appendTokens(bytes, choice.tokens);
        appendSigned(bytes, choice.start);
        appendSigned(bytes, choice.characters);
    }
    appendSigned(bytes, row.correct);
    appendNumber(bytes, judgementCode(row.isGood));
    appendNumber(bytes, row.rejected.size());
    for (const TokenisedExample& rejected : row.rejected)
        appendRow(rejected, bytes);
}

void appendExample(const Example& example, std::string& bytes)
{
    appendText(bytes, example.prompt);
    appendText(bytes, example.answer);
    appendRanges(bytes, example.earlierAnswers);
    appendText(bytes, example.rest);
    appendNumber(bytes, example.isWhole ? 1 : 0);
    for (const std::vector<std::string>* texts : {&example.choices, &example.labels}) {
        appendNumber(bytes, texts->size());
        for (const std::string& text : *texts)
            appendText(bytes, text);
    }
    appendSigned(bytes, example.correct);
    appendNumber(bytes, judgementCode(example.isGood));
    appendText(bytes, example.file);
    appendSigned(bytes, example.line);
    appendNumber(bytes, example.rejected.size());
    for (const Example& rejected : example.rejected)
        appendExample(rejected, bytes);
}

Result<DecodedRow> decodeRow(std::span<const std::byte> record)
{
    RecordReader reader(record);
    DecodedRow row;
    row.tokens = readRow(reader, 0);
    const bool isWhole = reader.isWhole();
    if (!isWhole)
        row.example = readExample(reader, 0);
    if (!reader.isWhole())
        return failure(badInput({}, {}, "The bytes are no tokenised row."));
    return row;
}

} // namespace hilo
