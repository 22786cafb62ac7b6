// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// A compiled pattern (PCRE2 with Unicode properties), shared between threads. A match that takes more than a hundred
/// million steps or two gibibytes is an error, never the end of the text.
class Regex
{
  public:
    /// A pattern in PCRE2's syntax; file and place name where it was read.
    static Result<Regex> compile(const std::string& pattern, const std::string& file, const std::string& place);
    /// A tokenizer's pattern, which is Oniguruma's (tokenizer/oniguruma.h).
    static Result<Regex> compileOniguruma(const std::string& pattern, const std::string& file,
                                          const std::string& place);

    using Found = std::function<void(std::size_t begin, std::size_t end)>;
    /// Calls found for each match, left to right. An empty match counts, but not where the match before it ended. text
    /// must be valid UTF-8.
    Status forEachMatch(std::string_view text, const Found& found) const;

    /// The first group of each match (the whole match where the pattern has no group).
    Result<std::vector<std::string>> firstGroups(std::string_view text) const;

  private:
    struct Program;
    explicit Regex(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
    static Result<Regex> compiled(const std::string& pattern, const std::string& written, std::uint32_t options,
                                  const std::string& file, const std::string& place);

    std::shared_ptr<const Program> program_;
};

} // namespace hilo
