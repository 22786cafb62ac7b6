// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_document.h"

#include "data/row_place.h"

#include <set>

namespace hilo {
namespace {

constexpr std::string_view documentBlanks = " \t\r\n";

class JsonDocumentSource : public RowSource
{
  public:
    JsonDocumentSource(TextReader text, std::string note) : text_(std::move(text)), note_(std::move(note)) {}

    /// Up to the first member of an object of records.
    Status beginKeyed(const std::string& keyColumn)
    {
        keyColumn_ = keyColumn;
        HILO_TRY(const char first, nextByte());
        if (first != '{')
            return failure(badInput(text_.file(), {}, "expected an object of objects: {\"1\": {…}, \"2\": {…}}"));
        text_.consume(1);
        HILO_TRY(const char next, nextByte());
        isBehindList_ = next == '}';
        if (isBehindList_)
            text_.consume(1);
        return {};
    }

    /// Up to the first record.
    Status begin()
    {
        HILO_TRY(char first, nextByte());
        if (first == '{') {
            text_.consume(1);
            isWrapped_ = true;
            HILO_TRY(const bool found, findList(true));
            if (!found)
                return failure(noList());
            HILO_TRY(first, nextByte());
        }
        if (first != '[')
            return failure(noList());
        text_.consume(1);
        return {};
    }

    Result<bool> next(FileRows& batch) override
    {
        if (ended_)
            return false;
        if (!note_.empty())
            batch.notes.push_back(std::move(note_));
        note_.clear();
        for (std::size_t rows = 0; rows < batchRows; ++rows) {
            HILO_TRY(const bool any, keyColumn_.empty() ? record(batch) : keyedRecord(batch));
            if (!any) {
                HILO_CHECK(finish());
                ended_ = true;
                return true;
            }
        }
        return true;
    }

  private:
    std::string placeHere() const
    {
        return isOneLine_ ? "record " + std::to_string(count_ + 1) : "line " + std::to_string(text_.line());
    }

    Error wrong(const std::string& what) const { return badInput(text_.file(), placeHere(), what); }

    Error noList() const
    {
        return badInput(text_.file(), {}, "expected an array of objects, or an object with an array \"data\"",
                        "one object a line belongs into a .jsonl file");
    }

    /// The next byte that is no blank, which is not consumed; '\0' at the end.
    Result<char> nextByte()
    {
        for (;;) {
            const std::size_t at = text_.buffered().find_first_not_of(documentBlanks);
            text_.consume(at == std::string_view::npos ? text_.buffered().size() : at);
            if (at != std::string_view::npos)
                return text_.buffered().front();
            HILO_TRY(const bool grown, text_.more());
            if (!grown)
                return '\0';
        }
    }

    /// The value that begins at the next byte, which is consumed.
    Result<Json> value()
    {
        std::string place = placeHere();
        HILO_TRY(const std::optional<std::size_t> end, endOfJsonValue(text_, 0));
        if (!end)
            return failure(wrong("The document ends within the value that begins here."));
        auto json = parseJson(text_.buffered().substr(0, *end), text_.file(), pythonJson);
        if (!json)
            return failure(
                badInput(text_.file(), std::move(place),
                         "not JSON: " + json.error().message +
                             (json.error().place.empty() ? "" : " (" + json.error().place + " of the value)")));
        text_.consume(*end);
        return json;
    }

    /// Consumes the object's members up to the value of the key "data"; false at the object's end. isFirst: no comma
    /// stands before the next one.
    Result<bool> findList(bool isFirst)
    {
        for (;; isFirst = false) {
            HILO_TRY(char byte, nextByte());
            if (byte == '}') {
                text_.consume(1);
                return false;
            }
            if (!isFirst) {
                if (byte != ',')
                    return failure(wrong("Expected a comma or a brace behind a value of the document."));
                text_.consume(1);
                HILO_TRY(byte, nextByte());
            }
            HILO_TRY(const std::string key, newKey());
            if (key == "data")
                return true;
            HILO_CHECK(value());
        }
    }

    /// The key that stands next, with its colon: one that the object has not had yet.
    Result<std::string> newKey()
    {
        HILO_TRY(char byte, nextByte());
        if (byte != '"')
            return failure(wrong("Expected a key of the document in quotes."));
        HILO_TRY(const Json json, value());
        std::string key = json.get<std::string>();
        if (!keys_.insert(key).second)
            return failure(wrong("The key \"" + key + "\" stands twice."));
        HILO_TRY(byte, nextByte());
        if (byte != ':')
            return failure(wrong("Expected a colon behind a key of the document."));
        text_.consume(1);
        HILO_CHECK(nextByte());
        return key;
    }

    /// Takes the record that began in this line; behind it stands a comma or what closes its list.
    Status endRecord(const Json& json, std::int64_t line, char closing, const char* closingName, FileRows& batch)
    {
        HILO_TRY(const char byte, nextByte());
        if (byte != ',' && byte != closing)
            return failure(wrong(std::string("Expected a comma or a ") + closingName + " behind a record."));
        text_.consume(1);
        isBehindList_ = byte == closing;
        if (!isBehindList_)
            HILO_CHECK(nextByte());
        ++count_;
        if (count_ == 1)
            isOneLine_ = !isBehindList_ && line == 1 && text_.line() == 1;
        // Of a list that is one long line, its place in the line's list is what finds a record.
        addRecord(json, text_.file(), isOneLine_ ? recordPlace(count_) : line, batch);
        return {};
    }

    /// False at the end of the list.
    Result<bool> record(FileRows& batch)
    {
        if (count_ == 0) {
            HILO_TRY(const char byte, nextByte());
            isBehindList_ = byte == ']';
            if (isBehindList_)
                text_.consume(1);
        }
        if (isBehindList_)
            return false;
        const std::int64_t line = text_.line();
        HILO_TRY(const Json json, value());
        HILO_CHECK(endRecord(json, line, ']', "bracket", batch));
        return true;
    }

    /// False at the end of the object.
    Result<bool> keyedRecord(FileRows& batch)
    {
        if (isBehindList_)
            return false;
        const std::int64_t line = text_.line();
        HILO_TRY(const std::string key, newKey());
        HILO_TRY(Json json, value());
        if (json.is_object() && !json.contains(keyColumn_))
            json[keyColumn_] = key;
        HILO_CHECK(endRecord(json, line, '}', "brace", batch));
        return true;
    }

    /// What stands behind the list.
    Status finish()
    {
        if (isWrapped_)
            HILO_CHECK(findList(false));
        HILO_TRY(const char byte, nextByte());
        if (byte != '\0')
            return failure(wrong("Something stands behind the end of the JSON document."));
        return {};
    }

    TextReader text_;
    std::string note_;
    std::string keyColumn_; ///< empty: the records are a list
    std::set<std::string> keys_;
    std::int64_t count_ = 0; ///< of the records
    bool isWrapped_ = false, isOneLine_ = false, isBehindList_ = false, ended_ = false;
};

} // namespace

Result<std::optional<std::size_t>> endOfJsonValue(TextReader& text, std::size_t begin, std::size_t mostBytes)
{
    std::size_t depth = 0;
    bool isText = false, isEscaped = false, isScalar = false;
    for (std::size_t at = begin;; ++at) {
        if (at == text.buffered().size()) {
            if (mostBytes > 0 && at - begin > mostBytes)
                return std::nullopt;
            HILO_TRY(const bool grown, text.more());
            if (!grown)
                return isScalar && at > begin ? std::optional(at) : std::nullopt;
        }
        const char c = text.buffered()[at];
        if (isEscaped) {
            isEscaped = false;
        } else if (isText) {
            isEscaped = c == '\\';
            isText = c != '"';
            if (!isText && depth == 0)
                return at + 1;
        } else if (c == '"' && !isScalar) {
            isText = true;
        } else if ((c == '[' || c == '{') && !isScalar) {
            ++depth;
        } else if (depth > 0) {
            depth -= c == ']' || c == '}';
            if (depth == 0)
                return at + 1;
        } else if (c == ',' || c == ']' || c == '}' || c == ':' || documentBlanks.find(c) != std::string_view::npos) {
            // Of nothing the parser says what is missing.
            return at;
        } else {
            isScalar = true;
        }
    }
}

Result<std::unique_ptr<RowSource>> openKeyedJson(TextReader text, const std::string& keyColumn)
{
    auto source = std::make_unique<JsonDocumentSource>(std::move(text), "");
    HILO_CHECK(source->beginKeyed(keyColumn));
    return source;
}

Result<std::unique_ptr<RowSource>> openJsonDocument(TextReader text, std::string note)
{
    auto source = std::make_unique<JsonDocumentSource>(std::move(text), std::move(note));
    HILO_CHECK(source->begin());
    return source;
}

} // namespace hilo
