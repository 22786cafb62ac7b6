// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/sql_condition.h"

namespace hilo {

void SqlCondition::bindTo(SQLite::Statement& statement, int firstIndex) const
{
    for (const Value& value : values) {
        if (value.number)
            statement.bind(firstIndex++, *value.number);
        else
            statement.bind(firstIndex++, value.text);
    }
}

} // namespace hilo
