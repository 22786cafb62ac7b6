// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_csv.h"

#include "allocation/ranks_text.h"
#include "allocation/strategy_settings.h"
#include "base/table.h"
#include "base/text_format.h"
#include "formats/base_expert_modules.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <string_view>

namespace hilo {
namespace {

using Cells = std::vector<std::string>;

char separatorOf(std::string_view head)
{
    return head.find('\t') != std::string_view::npos ? '\t' : head.find(';') != std::string_view::npos ? ';' : ',';
}

Cells trimmed(Cells cells)
{
    for (std::string& cell : cells) {
        cell.erase(0, cell.find_first_not_of(" \r"));
        cell.erase(cell.find_last_not_of(" \r") + 1);
    }
    return cells;
}

/// A line's cells by the names of the head.
class CsvLine
{
  public:
    CsvLine(const Cells& head, Cells cells, std::string file, std::int64_t line)
        : head_(head), cells_(std::move(cells)), file_(std::move(file)), line_(line)
    {
    }

    std::string text(const std::string& column) const
    {
        const auto found = std::find(head_.begin(), head_.end(), column);
        const auto index = static_cast<std::size_t>(found - head_.begin());
        return index < cells_.size() ? cells_[index] : "";
    }
    Error errorAt(const std::string& column, const std::string& message, const std::string& hint = {}) const
    {
        return badInput(file_, "line " + std::to_string(line_) + ", " + column, message, hint);
    }
    Result<std::int64_t> integer(const std::string& column, std::int64_t lowest, std::int64_t highest) const
    {
        const auto value = parseInteger(text(column));
        if (!value || *value < lowest || *value > highest)
            return failure(errorAt(column, "expected a whole number from " + std::to_string(lowest) + " to " +
                                               std::to_string(highest) + ", found \"" + text(column) + "\""));
        return *value;
    }
    Result<std::vector<int>> ranks(const std::string& column) const
    {
        auto ranks = ranksFromText(text(column), static_cast<std::size_t>(mostExpertsOfModule));
        if (!ranks)
            return failure(errorAt(column, ranks.error().message, ranks.error().hint));
        return ranks;
    }
    const Cells& cells() const { return cells_; }

  private:
    const Cells& head_;
    Cells cells_;
    std::string file_;
    std::int64_t line_ = 0;
};

Result<ModuleAllocation> moduleOf(const CsvLine& line)
{
    ModuleAllocation module;
    HILO_TRY(module.ranks, line.ranks("ranks"));
    if (!line.text("null_experts").empty()) {
        HILO_TRY(const std::int64_t nulls, line.integer("null_experts", 0, 4096));
        module.nullExperts = static_cast<int>(nulls);
    }
    if (const std::string router = line.text("router"); !router.empty()) {
        if (router != "base")
            return failure(line.errorAt("router", "expected nothing or \"base\", found \"" + router + "\""));
        module.ofBase = true;
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

/// "layer,module,ranks,…" needs its columns; in "layer,q_proj,…" every other column is a module of the model.
Status checkHead(const Cells& head, const ModelConfig& model, const std::string& file)
{
    const char* forms = "the first line is layer,module,ranks,top_k,alpha,null_experts (and router, which is \"base\" "
                        "for the base's own experts), or layer and the model's modules";
    const auto has = [&](const char* column) { return std::find(head.begin(), head.end(), column) != head.end(); };
    if (!has("layer") || head.size() < 2)
        return failure(badInput(file, "line 1", "the column \"layer\" is missing", forms));
    if (!has("module") && !has("ranks")) {
        const ModuleGrid modules = mapGrid(model);
        for (const std::string& column : head)
            if (column != "layer" && !modules.columnOf(column))
                return failure(badInput(file, "line 1", "the model has no module \"" + column + "\"",
                                        forms + ("; " + modulesHint(model))));
        return {};
    }
    for (const char* needed : {"module", "ranks"})
        if (!has(needed))
            return failure(badInput(file, "line 1", std::string("the column \"") + needed + "\" is missing", forms));
    for (const std::string& column : head)
        if (column != "layer" && column != "module" && column != "ranks" && column != "top_k" && column != "alpha" &&
            column != "null_experts" && column != "router")
            return failure(badInput(file, "line 1", "the column \"" + column + "\" is not known", forms));
    return {};
}

/// One module of a layer.
Status takeModule(const CsvLine& row, std::map<std::string, ModuleAllocation>& modules)
{
    HILO_TRY(ModuleAllocation module, moduleOf(row));
    if (modules.contains(row.text("module")))
        return failure(row.errorAt("module", "the module stands there twice for this layer"));
    if (!module.ranks.empty())
        modules.emplace(row.text("module"), std::move(module));
    return {};
}

/// A layer with a cell for each module, as spreadsheets hold it.
Status takeLayer(const CsvLine& row, const Cells& head, const ModelConfig& model,
                 std::map<std::string, ModuleAllocation>& modules)
{
    HILO_TRY(const std::int64_t layer, row.integer("layer", 0, model.layers - 1));
    const std::vector<ModuleShape> ofBase = baseExpertModules(model, layer);
    for (const std::string& column : head) {
        if (column == "layer")
            continue;
        ModuleAllocation module;
        HILO_TRY(module.ranks, row.ranks(column));
        module.topK = std::min(2, std::max(1, module.experts()));
        for (const ModuleShape& shape : ofBase)
            if (shape.name == column) {
                module.ofBase = true;
                module.topK = static_cast<int>(model.mixture.active);
            }
        if (!module.ranks.empty())
            modules[column] = std::move(module);
    }
    return {};
}

} // namespace

std::string csvOfMap(const AllocationMap& map)
{
    bool ofBase = false;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            ofBase = ofBase || module.ofBase;
    std::string csv = "layer,module,ranks,top_k,alpha,null_experts";
    csv += ofBase ? ",router\n" : "\n";
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const auto& [name, module] : map.layers[layer]) {
            std::string ranks;
            for (const int rank : module.ranks)
                ranks += (ranks.empty() ? "" : " ") + std::to_string(rank);
            csv += std::to_string(layer) + "," + name + "," + ranks + "," + std::to_string(module.topK) + "," +
                   shortestNumber(module.alpha) + "," + std::to_string(module.nullExperts);
            csv += ofBase ? module.ofBase ? ",base\n" : ",\n" : "\n";
        }
    return csv;
}

Result<AllocationMap> mapFromCsv(const std::string& text, const std::string& file, const ModelConfig& model)
{
    const std::string_view byteOrderMark = "\xEF\xBB\xBF";
    std::string_view content = text;
    if (content.starts_with(byteOrderMark))
        content.remove_prefix(byteOrderMark.size());
    const char separator = separatorOf(content.substr(0, content.find('\n')));
    const std::vector<TableRecord> records = parseTable(content, separator, true);
    const Cells head = records.empty() || records.front().line > 1 ? Cells() : trimmed(records.front().cells);
    HILO_CHECK(checkHead(head, model, file));
    const bool isTable = std::find(head.begin(), head.end(), "module") == head.end();
    AllocationMap map;
    map.name = "imported";
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    for (auto record = records.begin() + 1; record != records.end(); ++record) {
        const std::string place = "line " + std::to_string(record->line);
        const CsvLine row(head, trimmed(record->cells), file, record->line);
        if (row.cells().size() == 1 && row.cells().front().empty())
            continue;
        if (record->unterminated)
            return failure(badInput(file, place, "a quote is not closed"));
        if (row.cells().size() > head.size() || (row.cells().size() < head.size() && !isTable))
            return failure(badInput(file, place,
                                    "expected " + std::to_string(head.size()) + " cells, found " +
                                        std::to_string(row.cells().size()),
                                    "ranks with commas between them need quotes"));
        HILO_TRY(const std::int64_t layer, row.integer("layer", 0, model.layers - 1));
        auto& modules = map.layers[static_cast<std::size_t>(layer)];
        HILO_CHECK(isTable ? takeLayer(row, head, model, modules) : takeModule(row, modules));
    }
    HILO_CHECK(validateAllocationMap(map, model, file));
    return map;
}

} // namespace hilo
