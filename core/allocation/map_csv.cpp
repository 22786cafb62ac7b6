// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_operations.h"
#include "allocation/strategy_settings.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace hilo {
namespace {

constexpr std::size_t longestRankList = 4096;

std::string numberText(double value)
{
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

std::vector<std::string> cellsOf(std::string line)
{
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    std::vector<std::string> cells{""};
    for (const char character : line) {
        if (character == ',')
            cells.emplace_back();
        else if (character != '"')
            cells.back() += character;
    }
    for (std::string& cell : cells) {
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
    }
    return cells;
}

/// A line's cells by the names of the head.
class CsvLine
{
  public:
    CsvLine(const std::vector<std::string>& head, std::vector<std::string> cells, std::string file, int line)
        : head_(head), cells_(std::move(cells)), file_(std::move(file)), line_(line)
    {
    }

    std::string text(const std::string& column) const
    {
        const auto found = std::find(head_.begin(), head_.end(), column);
        const auto index = static_cast<std::size_t>(found - head_.begin());
        return index < cells_.size() ? cells_[index] : "";
    }
    Error errorAt(const std::string& column, const std::string& message) const
    {
        return badInput(file_, "line " + std::to_string(line_) + ", " + column, message);
    }
    Result<std::int64_t> integer(const std::string& column, std::int64_t lowest, std::int64_t highest) const
    {
        const auto value = parseInteger(text(column));
        if (!value || *value < lowest || *value > highest)
            return failure(errorAt(column, "expected a whole number from " + std::to_string(lowest) + " to " +
                                               std::to_string(highest) + ", found \"" + text(column) + "\""));
        return *value;
    }
    const std::vector<std::string>& cells() const { return cells_; }

  private:
    const std::vector<std::string>& head_;
    std::vector<std::string> cells_;
    std::string file_;
    int line_ = 0;
};

Result<ModuleAllocation> moduleOf(const CsvLine& line)
{
    ModuleAllocation module;
    std::istringstream ranks(line.text("ranks"));
    for (std::string part; ranks >> part;) {
        const auto rank = parseInteger(part);
        if (!rank || *rank < 1 || *rank > 65536 || module.ranks.size() >= longestRankList)
            return failure(
                line.errorAt("ranks", "expected ranks of at least 1 with blanks between, found \"" + part + "\""));
        module.ranks.push_back(static_cast<int>(*rank));
    }
    if (!line.text("null_experts").empty()) {
        HILO_TRY(const std::int64_t nulls, line.integer("null_experts", 0, 4096));
        module.nullExperts = static_cast<int>(nulls);
    }
    const std::int64_t choices = std::max<std::int64_t>(1, module.experts() + module.nullExperts);
    module.topK = static_cast<int>(std::min<std::int64_t>(2, choices));
    if (!line.text("top_k").empty()) {
        HILO_TRY(const std::int64_t topK, line.integer("top_k", 1, choices));
        module.topK = static_cast<int>(topK);
    }
    if (!line.text("alpha").empty()) {
        const auto alpha = parseNumber(line.text("alpha"));
        if (!alpha || *alpha < 1e-6 || *alpha > 1e9)
            return failure(line.errorAt("alpha", "expected a number above 0, found \"" + line.text("alpha") + "\""));
        module.alpha = *alpha;
    }
    return module;
}

Status checkHead(const std::vector<std::string>& head, const std::string& file)
{
    for (const char* needed : {"layer", "module", "ranks"})
        if (std::find(head.begin(), head.end(), needed) == head.end())
            return failure(badInput(file, "line 1", std::string("the column \"") + needed + "\" is missing",
                                    "the first line is layer,module,ranks,top_k,alpha,null_experts"));
    for (const std::string& column : head)
        if (column != "layer" && column != "module" && column != "ranks" && column != "top_k" && column != "alpha" &&
            column != "null_experts")
            return failure(badInput(file, "line 1", "the column \"" + column + "\" is not known",
                                    "the columns are layer, module, ranks, top_k, alpha and null_experts"));
    return {};
}

} // namespace

std::string csvOfMap(const AllocationMap& map)
{
    std::string csv = "layer,module,ranks,top_k,alpha,null_experts\n";
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const auto& [name, module] : map.layers[layer]) {
            std::string ranks;
            for (const int rank : module.ranks)
                ranks += (ranks.empty() ? "" : " ") + std::to_string(rank);
            csv += std::to_string(layer) + "," + name + "," + ranks + "," + std::to_string(module.topK) + "," +
                   numberText(module.alpha) + "," + std::to_string(module.nullExperts) + "\n";
        }
    return csv;
}

Result<AllocationMap> mapFromCsv(const std::string& text, const std::string& file, const ModelConfig& model)
{
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    const std::vector<std::string> head = cellsOf(line);
    HILO_CHECK(checkHead(head, file));
    AllocationMap map;
    map.name = "imported";
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    for (int number = 2; std::getline(lines, line); ++number) {
        const CsvLine row(head, cellsOf(line), file, number);
        if (row.cells().size() == 1 && row.cells().front().empty())
            continue;
        if (row.cells().size() != head.size())
            return failure(badInput(file, "line " + std::to_string(number),
                                    "expected " + std::to_string(head.size()) + " cells, found " +
                                        std::to_string(row.cells().size())));
        HILO_TRY(const std::int64_t layer, row.integer("layer", 0, model.layers - 1));
        HILO_TRY(ModuleAllocation module, moduleOf(row));
        auto& modules = map.layers[static_cast<std::size_t>(layer)];
        if (modules.contains(row.text("module")))
            return failure(row.errorAt("module", "the module stands there twice for this layer"));
        if (!module.ranks.empty())
            modules.emplace(row.text("module"), std::move(module));
    }
    HILO_CHECK(validateAllocationMap(map, model, file));
    return map;
}

} // namespace hilo
