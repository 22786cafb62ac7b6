// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_steps.h"

#include <functional>

namespace hilo {

/// The rows of a data set one after another, for sets that are larger than memory: the rows that readDataset collects,
/// in the same splits and, in each, in the same order. What depends on all rows (which columns there are, a seeded
/// draw) is found in a first pass, which is left out where nothing does.
struct RowPlan
{
    DataFiles files;
    std::map<std::string, ColumnMapping> mappings; ///< by the files' split
    std::vector<std::uint8_t> drawn;               ///< of a seeded split or held-out rows, a byte a row (row_steps.h)
    bool isDrawn = false;                          ///< the splits are those of `drawn`, and no file's
    bool givesEnds = false;                        ///< the ends of the texts are held out (hold_out.h: takeEnd)
    std::vector<DataNote> notes;                   ///< of rows that are held out
};

/// The first pass. Errors: as readDataset; cancelled.
Result<RowPlan> planRows(const DataSpec& spec, const Progress& progress = {});

/// What came beside the rows.
struct RowPass
{
    std::map<std::string, std::int64_t> rows; ///< that were given, by split
    std::vector<RejectedRow> rejected;
    std::vector<DataNote> notes;
    std::vector<std::string> files; ///< that were read, in order
};

/// Gives every row to receive, whose errors end the pass. The files must be those of the plan: more or fewer rows than
/// it counted are an error.
Result<RowPass> visitRows(const DataSpec& spec, const RowPlan& plan,
                          const std::function<Status(const std::string& split, Row row)>& receive,
                          const Progress& progress = {});

} // namespace hilo
