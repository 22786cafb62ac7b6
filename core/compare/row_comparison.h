// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/mcnemar.h"
#include "run/predictions.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// One row that two runs have answered.
struct RowPair
{
    std::string task, file, place;
    std::string text;          ///< what the data holds there; empty where that is not known
    std::string expected;      ///< the right label, or the wanted text
    std::string first, second; ///< what each run gave; empty: no answer
    bool firstRight = false, secondRight = false;
    bool isEqual() const { return first == second; }
};

/// Two runs row by row: which rows one answers rightly and the other does not.
struct RowComparison
{
    std::vector<RowPair> rows; ///< in the order of the first run
    std::int64_t bothRight = 0, onlyFirst = 0, onlySecond = 0, bothWrong = 0;
    std::int64_t unshared = 0; ///< rows that one of the runs alone has answered; not compared
    RowTest test;              ///< McNemar's, of the rows that are shared
    bool isClear() const { return test.p < 0.05; }
};

/// From the predictions.ndjson of two run folders; a label counts as right when it is the right one, a text when it is
/// the wanted one (exact_match). task: only its rows; empty: those of all tasks. Errors: a run that kept no
/// predictions, or none of that task; runs without a row in common; a damaged file.
Result<RowComparison> compareRows(const std::filesystem::path& first, const std::filesystem::path& second,
                                  const std::string& task = {});

/// Fills in what the data holds at the rows' places, where it is text in lines that is still where run.json says (JSON
/// Lines, CSV, TSV, text; not compressed, at most 64 MiB a file). A row whose data cannot be read stays without.
void readRowTexts(RowComparison& comparison, const std::filesystem::path& runFolder);

} // namespace hilo
