// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// In a run folder: what people say of the run. run.json never changes, so that a name of theirs stands here.
inline constexpr const char* runNotesFile = "notes.json";

struct RunNotes
{
    std::string name; ///< in the place of the one in run.json; empty: that one
    std::string note;
    std::vector<std::string> tags; ///< sorted, each once
    bool starred = false;
    bool operator==(const RunNotes&) const = default;
    bool isEmpty() const { return *this == RunNotes(); }
};

/// Nothing noted where there is no file. Errors: a damaged file, with the place in it.
Result<RunNotes> readRunNotes(const std::filesystem::path& runFolder);
/// As it was normalised; notes that say nothing remove the file. Errors: as normalised, and a folder that cannot be
/// written.
Status writeRunNotes(const std::filesystem::path& runFolder, const RunNotes& notes);
/// Blanks around texts go, tags are sorted, each once. Errors: a name with a line break or of more than 200 bytes, a
/// note of more than 64 KiB, a tag that is empty, of more than 60 bytes, or has a comma or a line break; more than 64.
Result<RunNotes> normalised(RunNotes notes);

/// "a, b"
std::string joinedTags(const RunNotes& notes);
/// The tags of "a, b"; empty ones between commas are left out.
std::vector<std::string> tagsOf(const std::string& text);

} // namespace hilo
