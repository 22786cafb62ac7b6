// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace hilo {

enum class FieldKind {
    Whole,
    Number,
    Flag,
    Choice,
    Text,
    Folder, ///< a folder's path
    Data,   ///< a path of data: a file or a folder
    Offer,  ///< a word, some of which are offered
    Columns,
    Split
};

/// One setting of a run spec as people fill it in. The default comes from the core, never from here.
struct RunSpecField
{
    QString group; ///< "training"
    QString key;   ///< "batch_size"
    FieldKind kind = FieldKind::Text;
    QString title;
    QString help;             ///< meaning, range, and what special values do
    QStringList choices = {}; ///< of FieldKind::Choice, as in the file; an empty one leaves the key out
    bool advanced = false;
    bool ofTasks = false; ///< shown where a run has several tasks, however seldom it is needed else
};

/// All settings of run.json but the model, the map and the name, in the order of the form.
std::vector<RunSpecField> runSpecFields();
/// Those that a new project asks for: its data, what is learnt, how it is measured and which weights are kept.
std::vector<RunSpecField> newProjectFields();

} // namespace hilo
