// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/data_files.h"
#include "tokenizer/tokenizer.h"

#include <string>

namespace hilo {

/// A SHA-256 over everything that decides what tokenised rows a data set gives: what is asked of it, its files by name
/// and content, the templates, and the tokenizer's files; the version of this program, because it is what renders and
/// tokenises; the day where a chat template writes it. Empty for a tokenizer that no file describes. Errors: of
/// reading, cancelled.
Result<std::string> rowIdentity(const DataSpec& spec, const DataFiles& files, const Tokenizer& tokenizer,
                                const Progress& progress = {});

} // namespace hilo
