// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/request_fields.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace hilo {
namespace {

constexpr std::string_view commonKeys[] = {"model", "max_tokens", "n", "stop", "seed", "temperature", "top_p", "top_k",
                                           "min_p", "stream", "stream_options", "experts", "repetition_penalty",
                                           "presence_penalty", "frequency_penalty", "logit_bias",
                                           // Of the caller's own: nothing of the answer depends on them.
                                           "user", "metadata", "store"};

Result<std::vector<std::string>> stopsOf(const JsonObject& request, const RequestLimits& limits)
{
    std::vector<std::string> stops;
    if (!request.has("stop") || request.json().at("stop").is_null())
        return stops;
    const Json& given = request.json().at("stop");
    const Json list = given.is_array() ? given : Json::array({given});
    if (list.size() > limits.stops)
        return failure(request.errorAt("stop", "expected at most " + std::to_string(limits.stops) + " texts"));
    for (const Json& one : list) {
        if (!one.is_string() || one.get_ref<const std::string&>().empty())
            return failure(request.errorAt("stop", "expected a text that is not empty, or a list of them"));
        if (one.get_ref<const std::string&>().size() > limits.stopBytes)
            return failure(
                request.errorAt("stop", "expected texts of at most " + std::to_string(limits.stopBytes) + " bytes"));
        stops.push_back(one.get<std::string>());
    }
    return stops;
}

Result<std::vector<std::pair<std::int32_t, double>>> biasOf(const JsonObject& request, const RequestLimits& limits)
{
    std::vector<std::pair<std::int32_t, double>> bias;
    if (!request.has("logit_bias") || request.json().at("logit_bias").is_null())
        return bias;
    HILO_TRY(const JsonObject given, request.object("logit_bias"));
    if (given.json().size() > limits.biases)
        return failure(request.errorAt("logit_bias", "expected at most " + std::to_string(limits.biases) + " tokens"));
    const std::int64_t most = limits.vocabulary > 0 ? limits.vocabulary : std::numeric_limits<std::int32_t>::max();
    for (const auto& [key, value] : given.json().items()) {
        std::int32_t id = -1;
        const auto [end, code] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (code != std::errc() || end != key.data() + key.size() || id < 0 || id >= most)
            return failure(request.errorAt("logit_bias", "expected ids of tokens, below " + std::to_string(most)));
        HILO_TRY(const double amount, given.number(key, -100, 100));
        bias.emplace_back(id, amount);
    }
    return bias;
}

Status readSampling(const JsonObject& request, const RequestLimits& limits, SamplingSettings& sampling)
{
    constexpr double many = std::numeric_limits<std::int32_t>::max();
    HILO_TRY(sampling.temperature, request.numberOr("temperature", 1, 0, 100));
    HILO_TRY(sampling.topP, request.numberOr("top_p", 1, 0, 1));
    // Other servers write "all" as -1.
    HILO_TRY(const std::int64_t topK, request.integerOr("top_k", 0, -1, static_cast<std::int64_t>(many)));
    sampling.topK = std::max<std::int64_t>(0, topK);
    HILO_TRY(sampling.minP, request.numberOr("min_p", 0, 0, 1));
    HILO_TRY(sampling.repetitionPenalty, request.numberOr("repetition_penalty", 1, 0.01, 100));
    HILO_TRY(sampling.presencePenalty, request.numberOr("presence_penalty", 0, -2, 2));
    HILO_TRY(sampling.frequencyPenalty, request.numberOr("frequency_penalty", 0, -2, 2));
    HILO_TRY(sampling.bias, biasOf(request, limits));
    return {};
}

} // namespace

Status onlyKnownKeys(const JsonObject& object, std::span<const std::string_view> known)
{
    // Clients write what they were not told as null.
    for (const auto& [key, value] : object.json().items())
        if (!value.is_null() && std::find(known.begin(), known.end(), key) == known.end())
            return failure(object.errorAt(key, "This server does not know it.", "Leave it out."));
    return {};
}

Result<Json> parseRequest(std::string_view body, const RequestLimits& limits)
{
    HILO_TRY(Json document, parseJson(body, "request", {limits.bodyBytes, limits.depth, false}));
    if (!document.is_object())
        return failure(badInput("request", "", "expected a JSON object"));
    return document;
}

Result<RequestFields> readRequestFields(const JsonObject& request, const RequestLimits& limits,
                                        std::vector<std::string_view> known)
{
    known.insert(known.end(), std::begin(commonKeys), std::end(commonKeys));
    HILO_CHECK(onlyKnownKeys(request, known));
    RequestFields fields;
    HILO_TRY(fields.model, request.text("model"));
    HILO_CHECK(readSampling(request, limits, fields.sampling));
    if (request.has("max_tokens") && !request.json().at("max_tokens").is_null()) {
        HILO_TRY(fields.maximumTokens, request.integer("max_tokens", 0, std::numeric_limits<std::int32_t>::max()));
    }
    HILO_TRY(fields.choices, request.integerOr("n", 1, 1, limits.choices));
    HILO_TRY(fields.stops, stopsOf(request, limits));
    if (request.has("seed") && !request.json().at("seed").is_null()) {
        HILO_TRY(fields.seed, request.integer("seed", std::numeric_limits<std::int64_t>::min(),
                                              std::numeric_limits<std::int64_t>::max()));
    }
    HILO_TRY(fields.stream, request.flagOr("stream", false));
    if (request.has("stream_options") && !request.json().at("stream_options").is_null()) {
        HILO_TRY(const JsonObject options, request.object("stream_options"));
        constexpr std::string_view optionKeys[] = {"include_usage"};
        HILO_CHECK(onlyKnownKeys(options, optionKeys));
        HILO_TRY(fields.streamUsage, options.flagOr("include_usage", false));
        if (!fields.stream)
            return failure(request.errorAt("stream_options", "it needs \"stream\": true"));
    }
    HILO_TRY(fields.experts, request.flagOr("experts", false));
    return fields;
}

} // namespace hilo
