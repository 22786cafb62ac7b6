// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/object.h"
#include "tokenizer/jinja/syntax_tree.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hilo::jinja {

/// What a template may take. One that needs more ends with an error that says so.
struct Limits
{
    std::int64_t steps = 20'000'000;                    ///< evaluated expressions, loop passes, handled bytes / 64
    std::int64_t outputBytes = std::int64_t{64} << 20;  ///< of one text
    std::int64_t memoryBytes = std::int64_t{512} << 20; ///< of all texts and lists made, whether they live or not
    int depth = 100;                                    ///< calls, and lists inside lists
};

/// A stretch of the output, in bytes.
struct Span
{
    std::size_t begin = 0, end = 0;
};

/// Names and their values; an inner scope sees the outer ones.
class Scope
{
  public:
    explicit Scope(const Scope* outer = nullptr) : outer_(outer) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    const Value* find(const std::string& name) const;
    void set(const std::string& name, Value value) { values_[name] = std::move(value); }
    /// Is gone when the scope is: for macros, which may be kept longer than what they see.
    std::weak_ptr<const bool> alive() const;

  private:
    const Scope* outer_;
    std::map<std::string, Value> values_;
    mutable std::shared_ptr<const bool> alive_;
};

/// Runs a template. Evaluates expressions as Python does.
class Interpreter
{
  public:
    Interpreter(const Limits& limits, const Scope& globals);

    Status run(const Statements& statements);
    const std::string& output() const { return output_; }
    /// What stood inside {% generation %}.
    const std::vector<Span>& generated() const { return generated_; }

    Result<Value> evaluate(const Expression& expression, const Scope& scope);
    Result<Value> call(const Value& callee, const Arguments& arguments);
    /// Jinja's filter and test by name, for map, select and the others that take a name.
    Result<Value> filter(const std::string& name, const Value& input, const Arguments& arguments);
    Result<bool> test(const std::string& name, const Value& input, const std::vector<Value>& arguments);
    /// Python's iteration: a list's items, a dict's keys, a text's characters. Errors: not iterable.
    Result<std::vector<Value>> items(const Value& value);
    /// value.name; undefined when there is none.
    Result<Value> attribute(const Value& value, const std::string& name);
    /// value[index]; undefined when there is none.
    Result<Value> subscript(const Value& value, const Value& index);

    /// Counts work and memory, and looks how deep the calls are inside one another; an error when a limit is passed.
    Status spend(std::int64_t steps, std::int64_t bytes = 0);
    /// The value, when its texts and lists are within the limits.
    Result<Value> checked(Value value);

    /// What a macro writes; parameters are set in a scope of their own.
    Result<Value> runMacro(const Statement& macro, const Scope& definedIn, const Arguments& arguments,
                           const Value* caller);

  private:
    enum class Flow { Normal, Break, Continue };
    Result<Flow> execute(const Statements& statements, Scope& scope);
    Result<Flow> executeOne(const Statement& statement, Scope& scope);
    Result<Flow> runFor(const Statement& loop, const std::vector<Value>& values, const Scope& scope, int depth);
    Status assign(const Expression& target, const Value& value, Scope& scope);
    Status write(const std::string& text);
    /// What the statements write, instead of writing it.
    Result<std::string> captured(const Statements& statements, Scope& scope);

    Limits limits_;
    const Scope& globals_;
    const std::uintptr_t stack_; ///< where it began to be used
    std::string output_;
    std::vector<Span> generated_;
    std::int64_t steps_ = 0;
    std::int64_t bytes_ = 0;
    int depth_ = 0;
    int captures_ = 0;
};

} // namespace hilo::jinja
