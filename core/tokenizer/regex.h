// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// A compiled pattern of a tokenizer (PCRE2 with Unicode properties), shared between threads.
class Regex
{
  public:
    /// file and place name where the pattern was read.
    static Result<Regex> compile(const std::string& pattern, const std::string& file, const std::string& place);

    /// Calls found(begin, end) for each non-empty match, left to right. text must be valid UTF-8.
    void forEachMatch(std::string_view text,
                      const std::function<void(std::size_t begin, std::size_t end)>& found) const;

    /// The first group of each match (the whole match where the pattern has no group).
    std::vector<std::string> firstGroups(std::string_view text) const;

  private:
    explicit Regex(std::shared_ptr<const void> code) : code_(std::move(code)) {}
    std::shared_ptr<const void> code_;
};

} // namespace hilo
