// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/object.h"

#include <functional>
#include <vector>

namespace hilo::jinja {

/// The variable "loop" inside of a for.
class Loop : public Object
{
  public:
    Loop(const std::vector<Value>& values, int depth) : values_(values), depth_(depth) {}
    std::string typeName() const override { return "LoopContext"; }
    bool isCallable() const override { return static_cast<bool>(recursion_); }
    /// loop(items) of a recursive for.
    Result<Value> call(Interpreter& interpreter, const Arguments& arguments) override;
    std::optional<Value> attribute(const std::string& name) const override;

    void moveTo(std::size_t index) { index_ = index; }
    void setRecursion(std::function<Result<Value>(const Value&)> recursion) { recursion_ = std::move(recursion); }

  private:
    std::vector<Value> values_;
    int depth_;
    std::size_t index_ = 0;
    std::function<Result<Value>(const Value&)> recursion_;
    std::shared_ptr<std::optional<Value>> last_ = std::make_shared<std::optional<Value>>(); ///< of loop.changed()
};

} // namespace hilo::jinja
