// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_history.h"

#include "base/atomic_file.h"

#include <sstream>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largestHistory = std::size_t{16} << 20;
constexpr std::size_t mostKept = 200; ///< lines

std::vector<std::string> linesOf(const fs::path& file)
{
    std::vector<std::string> lines;
    const auto text = readFile(file, largestHistory);
    std::istringstream stream(text.value_or(std::string()));
    for (std::string line; std::getline(stream, line);)
        if (!line.empty())
            lines.push_back(line);
    return lines;
}

} // namespace

fs::path exportHistoryFile(const fs::path& projectFolder)
{
    return projectFolder / "exports" / "history.ndjson";
}

std::vector<EarlierExport> readExportHistory(const fs::path& file, std::size_t most)
{
    std::vector<EarlierExport> found;
    for (const std::string& line : linesOf(file)) {
        const auto document = parseJson(line, file.string());
        if (!document || !document->is_object() || !document->contains("t") || !(*document)["t"].is_string() ||
            !document->contains("report") || !(*document)["report"].is_object())
            continue;
        const QDateTime time =
            QDateTime::fromString(QString::fromStdString((*document)["t"].get<std::string>()), Qt::ISODateWithMs);
        if (time.isValid())
            found.push_back({time, (*document)["report"]});
    }
    if (found.size() > most)
        found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(most));
    return found;
}

Status addToExportHistory(const fs::path& file, const EarlierExport& made)
{
    std::vector<std::string> lines = linesOf(file);
    if (lines.size() >= mostKept)
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(mostKept - 1));
    lines.push_back(Json({{"t", made.time.toUTC().toString(Qt::ISODateWithMs).toStdString()}, {"report", made.report}})
                        .dump(-1, ' ', false, Json::error_handler_t::replace));
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    std::error_code code;
    fs::create_directories(file.parent_path(), code);
    return writeFileAtomically(file, text);
}

} // namespace hilo
