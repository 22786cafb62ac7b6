// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "tokenizer/jinja/interpreter.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hilo::jinja {

/// What a template wrote.
struct Rendered
{
    std::string text;
    std::vector<Span> generated; ///< what stood inside {% generation %}, in order
};

/// A template of Jinja 3 as transformers sets it up for chats: trim_blocks, lstrip_blocks, loopcontrols, immutable
/// data, raise_exception, strftime_now, tojson as json.dumps, {% generation %}. Can be rendered by several threads at
/// once.
class Template
{
  public:
    /// Errors name the line in the template.
    static Result<Template> parse(std::string_view source);

    /// names: an object with what the template sees. now: seconds since 1970 for strftime_now. Errors: what Jinja
    /// refuses too, what the template refuses by raise_exception, and a template beyond the limits.
    Result<Rendered> render(const Json& names, std::int64_t now, const Limits& limits = {}) const;

    /// It has {% generation %} blocks.
    bool marksGeneration() const { return marksGeneration_; }

  private:
    std::shared_ptr<const Statements> statements_;
    bool marksGeneration_ = false;
};

} // namespace hilo::jinja
