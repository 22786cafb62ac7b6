// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/filters.h"

#include "tokenizer/jinja/list_filters.h"
#include "tokenizer/jinja/text_filters.h"

namespace hilo::jinja {

const Filter* findFilter(const std::string& name)
{
    static const Filters all = [] {
        Filters filters = textFilters();
        filters.merge(listFilters());
        return filters;
    }();
    const auto found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
}

Result<std::int64_t> integerArgument(const Arguments& arguments, std::size_t position, std::string_view name,
                                     std::int64_t fallback)
{
    const Value value = arguments.at(position, name, Value(fallback));
    if (!value.isInteger() && !value.isBool())
        return failure(templateError(std::string(name) + " must be int, not " + value.typeName()));
    return value.integer();
}

} // namespace hilo::jinja
