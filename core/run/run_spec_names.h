// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <array>
#include <string>
#include <utility>

namespace hilo {

/// The words of run.json for the enumerations of a run spec; the first of each is the default.
inline constexpr std::array<std::pair<Schedule, const char*>, 3> scheduleNames{{
    {Schedule::Linear, "linear"},
    {Schedule::Cosine, "cosine"},
    {Schedule::Constant, "constant"},
}};
inline constexpr std::array<std::pair<LossOn, const char*>, 2> lossOnNames{{
    {LossOn::Answer, "answer"},
    {LossOn::WholeText, "whole_text"},
}};
inline constexpr std::array<std::pair<ScalingMode, const char*>, 3> scalingNames{{
    {ScalingMode::AlphaOverRank, "alpha_over_rank"},
    {ScalingMode::AlphaOverSqrtRank, "alpha_over_sqrt_rank"},
    {ScalingMode::Constant, "constant"},
}};
inline constexpr std::array<std::pair<RouterKind, const char*>, 4> routerNames{{
    {RouterKind::TopK, "top_k"},
    {RouterKind::Dense, "dense"},
    {RouterKind::TopKNull, "top_k_null"},
    {RouterKind::TopP, "top_p"},
}};
inline constexpr std::array<std::pair<Mixing, const char*>, 3> mixingNames{{
    {Mixing::Proportional, "proportional"},
    {Mixing::Equal, "equal"},
    {Mixing::Temperature, "temperature"},
}};
inline constexpr std::array<std::pair<Selection, const char*>, 2> selectionNames{{
    {Selection::Last, "last"},
    {Selection::Best, "best"},
}};
inline constexpr std::array<std::pair<Protocol, const char*>, 6> protocolNames{{
    {Protocol::Auto, "auto"},
    {Protocol::LabelLogit, "label-logit"},
    {Protocol::ChoiceLikelihood, "choice-likelihood"},
    {Protocol::Generate, "generate"},
    {Protocol::GenMatchStrict, "gen-match-strict"},
    {Protocol::Loss, "loss"},
}};

template <class Names, class Value>
std::string nameOf(const Names& names, Value value)
{
    for (const auto& [known, name] : names)
        if (known == value)
            return name;
    return names.front().second;
}

/// The value that a key's word stands for; a missing key is the first one.
template <class Value, class Names>
Result<Value> named(const JsonObject& object, const std::string& key, const Names& names)
{
    HILO_TRY(const std::string text, object.textOr(key, names.front().second));
    std::string all;
    for (const auto& [value, name] : names) {
        if (text == name)
            return value;
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    return failure(object.errorAt(key, "\"" + text + "\" is not known; expected one of " + all));
}

inline Result<std::string> oneOf(const JsonObject& object, const std::string& key, const std::string& fallback,
                                 std::initializer_list<const char*> words)
{
    HILO_TRY(const std::string text, object.textOr(key, fallback));
    std::string all;
    for (const char* word : words) {
        if (text == word)
            return text;
        all += (all.empty() ? "" : ", ") + std::string(word);
    }
    return failure(object.errorAt(key, "\"" + text + "\" is not known; expected one of " + all));
}

} // namespace hilo
