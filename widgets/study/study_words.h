// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_view.h"

#include <QString>
#include <QStringList>

namespace hilo {

/// What core says of a study in English (study_verdict.h), in the interface's language, made of the same numbers.

/// "hilo is better than lora: +1.2 points (0.3 … 2.1), p = 0.012." row: the allocation that difference is of.
QString differenceSentence(const StudyView& study, std::size_t row, const StudyDifference& difference);
/// What the comparisons say together.
QString studySentence(const StudyView& study);
QString noteSentence(const StudyNote& note);
/// A line a note.
QString studyNotes(const StudyView& study);
/// "p = 0.012", "p < 0.001"
QString pText(double p);

} // namespace hilo
