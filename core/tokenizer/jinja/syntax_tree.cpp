// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/syntax_tree.h"

namespace hilo::jinja {
namespace {

void takeChildren(Expression& expression, std::vector<ExpressionPointer>& taken)
{
    for (ExpressionPointer& child : expression.children)
        if (child)
            taken.push_back(std::move(child));
    for (auto& [name, child] : expression.named)
        if (child)
            taken.push_back(std::move(child));
}

} // namespace

Expression::~Expression()
{
    std::vector<ExpressionPointer> rest;
    takeChildren(*this, rest);
    while (!rest.empty()) {
        const ExpressionPointer one = std::move(rest.back());
        rest.pop_back();
        takeChildren(*one, rest);
    }
}

} // namespace hilo::jinja
