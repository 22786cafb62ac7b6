// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/post_processor.h"

namespace hilo {
namespace {

using IdOf = std::function<std::optional<std::int32_t>(const std::string&)>;

constexpr std::int64_t highestFrameId = (1 << 24) - 1;

/// "cls" and "sep" are [token, id].
Status addPair(const JsonObject& object, const char* key, std::vector<std::int32_t>& ids)
{
    HILO_TRY(const Json* pair, object.array(key));
    if (pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_number_integer() || (*pair)[1] < 0 ||
        (*pair)[1] > highestFrameId)
        return failure(object.errorAt(key, "expected [token, id]"));
    ids.push_back((*pair)[1].get<std::int32_t>());
    return {};
}

/// The ids that the processor itself has for a name of its template.
Status addSpecialToken(const JsonObject& processor, const std::string& name, const std::string& key, const IdOf& idOf,
                       std::vector<std::int32_t>& ids)
{
    if (processor.has("special_tokens")) {
        HILO_TRY(const JsonObject tokens, processor.object("special_tokens"));
        if (tokens.has(name)) {
            HILO_TRY(const JsonObject token, tokens.object(name));
            HILO_TRY(const Json* list, token.array("ids"));
            for (const Json& id : *list) {
                if (!id.is_number_integer() || id < 0 || id > highestFrameId)
                    return failure(token.errorAt("ids", "expected token ids, found " + id.dump()));
                ids.push_back(id.get<std::int32_t>());
            }
            return {};
        }
    }
    const auto id = idOf(name);
    if (!id)
        return failure(processor.errorAt(key, "the token \"" + name + "\" is not in the vocabulary"));
    ids.push_back(*id);
    return {};
}

Status addTemplate(const JsonObject& object, const IdOf& idOf, TextFrame& frame)
{
    HILO_TRY(const Json* items, object.array("single"));
    bool behind = false;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const std::string key = "single[" + std::to_string(i) + "]";
        HILO_TRY(const JsonObject item, JsonObject::of((*items)[i], object.file(), object.placeOf(key)));
        if (!item.has("SpecialToken")) {
            behind = true;
            continue;
        }
        HILO_TRY(const JsonObject special, item.object("SpecialToken"));
        HILO_TRY(const std::string name, special.text("id"));
        HILO_CHECK(addSpecialToken(object, name, key, idOf, behind ? frame.after : frame.before));
    }
    return {};
}

Status addProcessor(const Json& value, const std::string& file, const std::string& place, const IdOf& idOf,
                    TextFrame& frame)
{
    if (value.is_null())
        return {};
    HILO_TRY(const JsonObject object, JsonObject::of(value, file, place));
    HILO_TRY(const std::string type, object.text("type"));
    if (type == "ByteLevel")
        return {};
    if (type == "Sequence") {
        HILO_TRY(const Json* parts, object.array("processors"));
        for (std::size_t i = 0; i < parts->size(); ++i)
            HILO_CHECK(addProcessor((*parts)[i], file, place + ".processors[" + std::to_string(i) + "]", idOf, frame));
        return {};
    }
    if (type == "BertProcessing" || type == "RobertaProcessing") {
        HILO_CHECK(addPair(object, "cls", frame.before));
        return addPair(object, "sep", frame.after);
    }
    if (type == "TemplateProcessing")
        return addTemplate(object, idOf, frame);
    return failure(object.errorAt("type", "the post-processor \"" + type + "\" is not supported",
                                  "supported are TemplateProcessing, ByteLevel, BertProcessing, RobertaProcessing, "
                                  "Sequence"));
}

} // namespace

Result<TextFrame> parsePostProcessor(const Json& value, const std::string& file, const std::string& place,
                                     const IdOf& idOf)
{
    TextFrame frame;
    HILO_CHECK(addProcessor(value, file, place, idOf, frame));
    return frame;
}

} // namespace hilo
