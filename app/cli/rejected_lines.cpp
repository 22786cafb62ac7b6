// SPDX-License-Identifier: GPL-3.0-or-later
#include "rejected_lines.h"

#include "numbers.h"

namespace hilo::cli {

void printNotesAndRejected(const Json& report, Console& console)
{
    const auto text = [](const Json& value) {
        return value.is_null() ? std::string("none") : value.get<std::string>();
    };
    for (const Json& note : report["notes"])
        console.print("note: " + (text(note["file"]).empty() ? "" : text(note["file"]) + ": ") + text(note["text"]));
    if (report["rejected_rows"] != 0)
        console.print(withNoun(report["rejected_rows"].get<std::int64_t>(), "row") + " cannot be used:");
    for (const Json& row : report["rejected"])
        console.print("  " + text(row["file"]) + ", " + text(row["place"]) + ": " + text(row["reason"]));
    if (report["rejected"].size() < report["rejected_rows"].get<std::size_t>())
        console.print("  … --rejected lists all of them");
}

} // namespace hilo::cli
