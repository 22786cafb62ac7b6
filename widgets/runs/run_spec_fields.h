// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace hilo {

enum class FieldKind { Whole, Number, Flag, Choice, Text, Path, Columns, Split };

/// One setting of a run spec as people fill it in. The default comes from the core, never from here.
struct RunSpecField
{
    QString group; ///< "training"
    QString key;   ///< "batch_size"
    FieldKind kind = FieldKind::Text;
    QString title;
    QString help;             ///< meaning, range, and what special values do
    QStringList choices = {}; ///< of FieldKind::Choice, as in the file
    bool advanced = false;
};

/// All settings of run.json but the model, the map and the name, in the order of the form.
std::vector<RunSpecField> runSpecFields();

} // namespace hilo
