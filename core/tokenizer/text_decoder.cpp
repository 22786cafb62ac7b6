// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/text_decoder.h"

#include "base/text_format.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/utf8.h"

#include <charconv>
#include <optional>

namespace hilo {
namespace {

std::optional<char> byteOf(const std::string& part)
{
    if (part.size() != 6 || !part.starts_with("<0x") || part[5] != '>')
        return std::nullopt;
    unsigned value = 0;
    const auto [end, code] = std::from_chars(part.data() + 3, part.data() + 5, value, 16);
    return code == std::errc() && end == part.data() + 5 ? std::optional(static_cast<char>(value)) : std::nullopt;
}

/// The replacements of the first part are left out altogether where one is put before a text.
DecodeStep metaspaceDecoding(const std::string& replacement, bool dropsFirst)
{
    return [replacement, dropsFirst](std::vector<std::string> parts) {
        for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i] = replaceAll(std::move(parts[i]), replacement, i == 0 && dropsFirst ? "" : " ");
        return parts;
    };
}

/// The mark of a word's end becomes a blank, nothing in the last part.
DecodeStep suffixDecoding(const std::string& suffix)
{
    return [suffix](std::vector<std::string> parts) {
        for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i] = replaceAll(std::move(parts[i]), suffix, i + 1 == parts.size() ? "" : " ");
        return parts;
    };
}

Result<DecodeStep> parseStep(const JsonObject& object, const std::string& type)
{
    if (type == "ByteLevel")
        return byteLevelDecoding();
    if (type == "ByteFallback")
        return byteFallbackDecoding();
    if (type == "Fuse")
        return fuseDecoding();
    if (type == "Strip") {
        HILO_TRY(const std::string content, object.text("content"));
        HILO_TRY(const std::int64_t start, object.integerOr("start", 0, 0, 1 << 20));
        HILO_TRY(const std::int64_t stop, object.integerOr("stop", 0, 0, 1 << 20));
        return stripDecoding(content, start, stop);
    }
    if (type == "Replace") {
        HILO_TRY(const JsonObject pattern, object.object("pattern"));
        if (!pattern.has("String"))
            return failure(object.errorAt("pattern", "a decoder that replaces a pattern is not supported; expected "
                                                     "{\"String\": …}"));
        HILO_TRY(const std::string from, pattern.text("String"));
        HILO_TRY(const std::string content, object.text("content"));
        return replaceDecoding(from, content);
    }
    if (type == "Metaspace") {
        HILO_TRY(const std::string replacement, object.textOr("replacement", "▁"));
        const bool oldPrefix = !object.has("add_prefix_space") || object.json()["add_prefix_space"] == true;
        HILO_TRY(const std::string scheme, object.textOr("prepend_scheme", oldPrefix ? "always" : "never"));
        return metaspaceDecoding(replacement, scheme != "never");
    }
    if (type == "BPEDecoder") {
        HILO_TRY(const std::string suffix, object.textOr("suffix", "</w>"));
        return suffixDecoding(suffix);
    }
    return failure(object.errorAt("type", "the decoder \"" + type + "\" is not supported",
                                  "supported are ByteLevel, ByteFallback, Fuse, Strip, Replace, Metaspace, "
                                  "BPEDecoder, Sequence"));
}

} // namespace

DecodeStep byteLevelDecoding()
{
    return [](std::vector<std::string> parts) {
        std::string bytes;
        for (const std::string& part : parts)
            bytes += charactersToBytes(part).value_or(part);
        return std::vector<std::string>{utf8::repaired(bytes)};
    };
}

DecodeStep byteFallbackDecoding()
{
    return [](std::vector<std::string> parts) {
        std::vector<std::string> result;
        std::string bytes;
        const auto flush = [&] {
            if (bytes.empty())
                return;
            const std::string text = utf8::repaired(bytes);
            // One mark for every byte when any of the run is not valid, as the reference has it.
            if (text == bytes)
                result.push_back(text);
            else
                for (std::size_t i = 0; i < bytes.size(); ++i)
                    result.emplace_back(utf8::replacement);
            bytes.clear();
        };
        for (std::string& part : parts) {
            if (const auto byte = byteOf(part)) {
                bytes += *byte;
            } else {
                flush();
                result.push_back(std::move(part));
            }
        }
        flush();
        return result;
    };
}

DecodeStep replaceDecoding(const std::string& pattern, const std::string& content)
{
    return [pattern, content](std::vector<std::string> parts) {
        for (std::string& part : parts)
            part = replaceAll(std::move(part), pattern, content);
        return parts;
    };
}

DecodeStep fuseDecoding()
{
    return [](std::vector<std::string> parts) { return std::vector<std::string>{joined(parts, "")}; };
}

DecodeStep stripDecoding(const std::string& content, std::int64_t start, std::int64_t stop)
{
    return [content, start, stop](std::vector<std::string> parts) {
        if (content.empty())
            return parts;
        for (std::string& part : parts) {
            for (std::int64_t i = 0; i < start && part.starts_with(content); ++i)
                part.erase(0, content.size());
            for (std::int64_t i = 0; i < stop && part.ends_with(content); ++i)
                part.erase(part.size() - content.size());
        }
        return parts;
    };
}

Result<std::vector<DecodeStep>> parseTextDecoder(const Json& value, const std::string& file, const std::string& place)
{
    std::vector<DecodeStep> steps;
    if (value.is_null()) {
        steps.push_back([](std::vector<std::string> parts) {
            for (std::size_t i = 1; i < parts.size(); ++i)
                parts[i].insert(0, " ");
            return parts;
        });
        return steps;
    }
    HILO_TRY(const JsonObject object, JsonObject::of(value, file, place));
    HILO_TRY(const std::string type, object.text("type"));
    if (type != "Sequence") {
        HILO_TRY(DecodeStep step, parseStep(object, type));
        steps.push_back(std::move(step));
        return steps;
    }
    HILO_TRY(const Json* parts, object.array("decoders"));
    for (std::size_t i = 0; i < parts->size(); ++i) {
        HILO_TRY(auto inner, parseTextDecoder((*parts)[i], file, place + ".decoders[" + std::to_string(i) + "]"));
        steps.insert(steps.end(), inner.begin(), inner.end());
    }
    return steps;
}

} // namespace hilo
