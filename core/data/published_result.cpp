// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/published_result.h"

namespace hilo {
namespace {

constexpr std::int64_t mostPublishedParameters = std::int64_t{1} << 50;

/// The object at list[index], so that messages say where it stands.
Result<JsonObject> entryOf(const JsonObject& object, const std::string& key, const Json& list, std::size_t index)
{
    return JsonObject::of(list[index], object.file(), object.placeOf(key) + "[" + std::to_string(index) + "]");
}

Result<PublishedResult> parseResultTable(const JsonObject& table)
{
    HILO_CHECK(table.onlyKeys({"source", "read", "model", "protocol", "metric", "note", "results"}));
    PublishedResult common;
    HILO_TRY(common.source, table.text("source"));
    HILO_TRY(common.read, table.text("read"));
    if (common.read != "paper" && common.read != "code")
        return failure(table.errorAt("read", "\"" + common.read + "\" is neither \"paper\" nor \"code\"",
                                     "only what was read there is a published result"));
    HILO_TRY(common.model, table.textOr("model", "not stated"));
    HILO_TRY(common.protocol, table.text("protocol"));
    HILO_TRY(common.metric, table.text("metric"));
    HILO_TRY(common.note, table.textOr("note", ""));
    return common;
}

Result<PublishedResult> parseResultEntry(const JsonObject& entry, PublishedResult result)
{
    HILO_CHECK(entry.onlyKeys({"method", "value", "model", "trainable", "note"}));
    HILO_TRY(result.method, entry.text("method"));
    HILO_TRY(result.value, entry.number("value", -100, 100));
    HILO_TRY(result.model, entry.textOr("model", result.model));
    HILO_TRY(result.note, entry.textOr("note", result.note));
    if (entry.has("trainable")) {
        HILO_TRY(result.trainableParameters, entry.integer("trainable", 0, mostPublishedParameters));
    }
    return result;
}

} // namespace

Result<std::vector<PublishedResult>> parsePublished(const JsonObject& root)
{
    std::vector<PublishedResult> results;
    if (!root.has("published"))
        return results;
    HILO_TRY(const Json* tables, root.array("published"));
    for (std::size_t i = 0; i < tables->size(); ++i) {
        HILO_TRY(const JsonObject table, entryOf(root, "published", *tables, i));
        HILO_TRY(const PublishedResult common, parseResultTable(table));
        HILO_TRY(const Json* entries, table.array("results"));
        for (std::size_t k = 0; k < entries->size(); ++k) {
            HILO_TRY(const JsonObject entry, entryOf(table, "results", *entries, k));
            HILO_TRY(PublishedResult result, parseResultEntry(entry, common));
            results.push_back(std::move(result));
        }
    }
    return results;
}

Json toJson(const PublishedResult& result)
{
    Json json = {{"method", result.method},
                 {"model", result.model},
                 {"protocol", result.protocol},
                 {"metric", result.metric},
                 {"value", result.value},
                 {"trainable_parameters", result.trainableParameters ? Json(*result.trainableParameters) : Json()},
                 {"source", result.source},
                 {"read", result.read}};
    if (!result.note.empty())
        json["note"] = result.note;
    return json;
}

} // namespace hilo
