// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"

namespace hilo {

/// The file with the labels of a data file's rows, beside it; empty where the form has none.
std::filesystem::path labelFileOf(const RowForm& form, const std::filesystem::path& file);

/// The rows of a file as its form makes them: labels from the file beside it, columns renamed, values translated, lists
/// of options made, texts cut; rows that are none of the benchmark's are left out and told in a note. split: whose rows
/// are wanted of a file that holds several; empty: all. Errors, of next() too: a file of labels that is not there, or
/// has more or fewer labels than there are records.
Result<std::unique_ptr<RowSource>> openFormedRows(std::unique_ptr<RowSource> rows, std::shared_ptr<const RowForm> form,
                                                  const std::filesystem::path& file, const std::string& split = {});

} // namespace hilo
