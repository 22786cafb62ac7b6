// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <memory>
#include <string>

namespace hilo {

/// A regular expression for names of modules, as Python's re.match asks it: from the name's front, not to its end.
class NamePattern
{
  public:
    /// file and place: where the pattern stands, for messages. Bad input: what is no regular expression.
    static Result<NamePattern> of(const std::string& pattern, const std::string& file, const std::string& place);
    /// Bad input: a pattern that needs too many steps.
    Result<bool> matches(const std::string& name) const;

  private:
    struct Program;
    std::shared_ptr<const Program> program_;
};

} // namespace hilo
