// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/name_pattern.h"

#include <optional>
#include <vector>

namespace hilo {

/// How compressed-tensors made the weights of a group of modules into codes.
struct WeightScheme
{
    enum class Scales { Tensor, Row, Group, Tile };

    std::string format; ///< "pack-quantized", …
    unsigned bits = 8;
    bool isFloat = false;
    bool symmetric = true;
    Scales scales = Scales::Tensor;
    std::int64_t groupSize = 0;
    std::int64_t tileRows = 0;
    std::int64_t tileColumns = 0;
};

/// The description of a checkpoint of compressed-tensors: which modules have which scheme.
class CompressionSchemes
{
  public:
    /// Bad input: keys of the wrong type. What it asks for and this program has not: refusal().
    static Result<CompressionSchemes> parse(const JsonObject& settings);
    /// A sentence; empty when the description is understood whole.
    const std::string& refusal() const { return refusal_; }
    /// Of transforms, which change the product of plain weights, too.
    bool refusesPlain() const { return refusesPlain_; }
    /// The weights may be numbers with scales beside them, not codes ("frozen").
    bool mayBePlain() const { return mayBePlain_; }
    bool quantisesActivations() const { return quantisesActivations_; }
    /// Names that stand in ignore, as they are or as a regular expression.
    Result<bool> isIgnored(const std::string& module) const;
    /// Of all groups' targets the first that fits: a name, a regular expression, "Linear". Nothing for ignored modules,
    /// those of no group and those of groups without weights.
    Result<std::optional<WeightScheme>> schemeOf(const std::string& module) const;

  private:
    /// "re:…" or a name.
    struct Target
    {
        std::string text;
        std::optional<NamePattern> pattern;
        std::size_t group = 0;
        Result<bool> fits(const std::string& module) const;
    };
    Status addGroup(const JsonObject& group, const std::string& format);
    static Result<std::vector<Target>> targetsOf(const JsonObject& object, const std::string& key, std::size_t group);

    std::string refusal_;
    bool refusesPlain_ = false;
    bool mayBePlain_ = false;
    bool quantisesActivations_ = false;
    std::vector<std::optional<WeightScheme>> groups_;
    std::vector<Target> targets_;
    std::vector<Target> ignored_;
};

} // namespace hilo
