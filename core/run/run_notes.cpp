// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_notes.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "base/text_format.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* notesFormat = "hilo.run-notes/1";
constexpr std::size_t longestName = 200, longestTag = 60, mostTags = 64, longestNote = std::size_t{64} << 10;
constexpr JsonLimits notesLimits{std::size_t{1} << 20, 8};

std::string trimmed(const std::string& text)
{
    constexpr const char* blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool hasControl(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](char sign) { return static_cast<unsigned char>(sign) < ' '; });
}

Error refused(const std::string& what, const std::string& hint)
{
    return badInput(runNotesFile, {}, what, hint);
}

} // namespace

Result<RunNotes> normalised(RunNotes notes)
{
    notes.name = trimmed(notes.name);
    notes.note = trimmed(notes.note);
    if (notes.name.size() > longestName || hasControl(notes.name))
        return failure(refused("A run's name is one line of at most " + std::to_string(longestName) + " bytes.",
                               "Put what is longer into its note."));
    if (notes.note.size() > longestNote)
        return failure(refused("A note has at most 64 KiB.", "Keep longer texts in a file beside the project."));
    for (std::string& tag : notes.tags) {
        tag = trimmed(tag);
        if (tag.empty() || tag.size() > longestTag || hasControl(tag) || tag.find(',') != std::string::npos)
            return failure(refused("\"" + tag + "\" is no tag.", "A tag is a word or a few, of at most " +
                                                                     std::to_string(longestTag) +
                                                                     " bytes, without a comma."));
    }
    std::sort(notes.tags.begin(), notes.tags.end());
    notes.tags.erase(std::unique(notes.tags.begin(), notes.tags.end()), notes.tags.end());
    if (notes.tags.size() > mostTags)
        return failure(refused("A run has at most " + std::to_string(mostTags) + " tags.", "Remove some."));
    return notes;
}

Result<RunNotes> readRunNotes(const fs::path& runFolder)
{
    const fs::path file = runFolder / runNotesFile;
    std::error_code code;
    if (!fs::exists(file, code))
        return RunNotes();
    HILO_TRY(const Json document, readJsonFile(file, notesLimits));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != notesFormat)
        return failure(root.errorAt("format", std::string("expected \"") + notesFormat + "\", found \"" + format + "\"",
                                    "The file may be of a newer version of this program."));
    RunNotes notes;
    HILO_TRY(notes.name, root.textOr("name", ""));
    HILO_TRY(notes.note, root.textOr("note", ""));
    HILO_TRY(notes.starred, root.flagOr("starred", false));
    if (root.has("tags")) {
        HILO_TRY(const Json* tags, root.array("tags"));
        for (const Json& tag : *tags) {
            if (!tag.is_string())
                return failure(root.errorAt("tags", "expected a list of texts"));
            notes.tags.push_back(tag.get<std::string>());
        }
    }
    auto whole = normalised(std::move(notes));
    if (!whole)
        return failure(badInput(file.string(), {}, whole.error().message, whole.error().hint));
    return whole;
}

Status writeRunNotes(const fs::path& runFolder, const RunNotes& wanted)
{
    HILO_TRY(const RunNotes notes, normalised(wanted));
    const fs::path file = runFolder / runNotesFile;
    if (!notes.isEmpty()) {
        Json document = {{"format", notesFormat}};
        if (!notes.name.empty())
            document["name"] = notes.name;
        if (!notes.note.empty())
            document["note"] = notes.note;
        if (!notes.tags.empty())
            document["tags"] = notes.tags;
        if (notes.starred)
            document["starred"] = true;
        return writeJsonFile(file, document);
    }
    std::error_code code;
    if (!fs::remove(file, code) && !code)
        return {};
    if (code)
        return failure(badInput(file.string(), {}, "Cannot be removed: " + code.message() + ".",
                                "Make the run's folder writable."));
    return syncPath(runFolder);
}

std::string joinedTags(const RunNotes& notes)
{
    return joined(notes.tags);
}

std::vector<std::string> tagsOf(const std::string& text)
{
    std::vector<std::string> tags;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        if (std::string tag = trimmed(text.substr(begin, end - begin)); !tag.empty())
            tags.push_back(std::move(tag));
        begin = end + 1;
    }
    return tags;
}

} // namespace hilo
