// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/column_counts.h"
#include "data/dataset.h"
#include "data/example.h"
#include "data/prompt_template.h"
#include "tokenizer/tokenizer.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// One split as a run would see it.
struct SplitReport
{
    std::string name;
    std::int64_t rows = 0;            ///< read, before the template
    std::vector<Example> examples;    ///< the rows that can be used, in order
    std::vector<std::int64_t> tokens; ///< of each example, before cutting; empty without a tokenizer
    std::int64_t cut = 0;             ///< examples longer than the maximum length that lose what is too much
    std::int64_t inWindows = 0;       ///< longer texts that go through whole, in windows (text_windows.h)
    std::int64_t windows = 0;         ///< of those, how many
    std::vector<std::pair<std::string, std::int64_t>> labels; ///< the right answers, most frequent first
    /// Accuracy of always giving the most frequent answer of the training rows; nothing without labels.
    std::optional<double> majorityFloor;
};

struct DataReport
{
    std::vector<SplitReport> splits; ///< train, validation, test: those that there are
    std::vector<RejectedRow> rejected;
    std::vector<DataNote> notes; ///< files that were not read and why, columns of one name, …
    ColumnCounts columns;        ///< of all rows that were read
    std::string majorityLabel;   ///< of the training rows; empty without labels
};

/// Renders every row by the template and counts tokens and labels, as training and evaluation would. tokenizer may be
/// null. Errors: the template's fields fit no row, cancelled.
Result<DataReport> reportData(const Dataset& dataset, const PromptTemplate& promptTemplate,
                              const std::shared_ptr<const Tokenizer>& tokenizer, std::int64_t maxLength,
                              const Progress& progress = {});

/// A note where there are more columns than are listed.
void noteManyColumns(const ColumnCounts& columns, std::vector<DataNote>& notes);

/// The columns that a template asks of the data by its own names: fields in its texts, label and choice columns.
std::vector<std::string> fieldsOf(const PromptTemplate& promptTemplate);

/// Every name by which a template looks at a row, also where it can do without: fieldsOf, what the field may be called
/// instead, of pairs and judged answers their columns, of conversations whatever one can be made of.
std::vector<std::string> knownFieldsOf(const PromptTemplate& promptTemplate);

/// The column of the row that stands for a template's field: its own name, else the first alias that the row has;
/// empty when there is none.
std::string columnFor(const PromptTemplate& promptTemplate, const std::string& field,
                      const std::vector<std::string>& columns);

} // namespace hilo
