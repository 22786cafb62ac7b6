// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/data_spec.h"

#include <string>

namespace hilo {

/// What data turns out to be, by the first rows of its first file.
struct DataGlance
{
    std::string form;      ///< recognise.h's word; empty where a template was named
    std::string template_; ///< that writes it
    std::size_t files = 0; ///< of all splits
};

/// Reads a batch of rows, however large the data is. model: whose tokenizer decides on templates of its own turns; may
/// be empty. Errors: those of reading data and of choosing its template.
Result<DataGlance> glanceAt(const DataSpec& spec, const std::string& model);

} // namespace hilo
