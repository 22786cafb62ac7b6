// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_report.h"

#include <string>
#include <vector>

namespace hilo {

/// The study's table with a head, for people: an allocation a row; parameters, a column a task, mean, mean rank and the
/// difference from the first, each with its interval. What is not measured is "-".
std::vector<std::vector<std::string>> studyRows(const StudyReport& report);
/// How fair the comparison is, an allocation a row: learning rate, scaling, total rank, seeds, and what it is where the
/// report knows.
std::vector<std::vector<std::string>> fairnessRows(const StudyReport& report);
/// The allocations' curves: at how many parameters each reaches each value. Empty without curves.
std::vector<std::vector<std::string>> reachRows(const StudyReport& report);
/// What was published, a row a number. Empty without.
std::vector<std::vector<std::string>> publishedRows(const StudyReport& report);

/// For a terminal: the tables, the sentence, what follows of each comparison, and the notes.
std::string studyText(const StudyReport& report);
/// For programs and spreadsheets: all numbers in full, shares from 0 to 1.
std::string studyCsv(const StudyReport& report);

} // namespace hilo
