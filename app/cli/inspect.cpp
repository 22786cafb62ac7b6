// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"

#include "base/counted.h"
#include "base/text_table.h"
#include "formats/layer_parts.h"
#include "formats/model_comparison.h"
#include "formats/peculiarities.h"

#include <algorithm>
#include <map>
#include <memory>

namespace hilo::cli {
namespace {

/// Rows under a heading, two blanks in: the first leftColumns stand to the left, the others, numbers, to the right.
class Table
{
  public:
    explicit Table(std::size_t leftColumns) : leftColumns_(leftColumns) {}

    void row(std::vector<std::string> cells)
    {
        cells.front().insert(0, "  ");
        rows_.push_back(std::move(cells));
    }

    void print(Console& console) const
    {
        std::string text = alignedTable(rows_, leftColumns_);
        if (text.empty())
            return;
        text.pop_back();
        console.printLines(text);
    }

  private:
    std::size_t leftColumns_;
    TextRows rows_;
};

std::string sizesText(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : " x ") + withSeparators(size);
    return text.empty() ? "scalar" : text;
}

void printSummary(const ModelInspection& inspection, Console& console)
{
    const ModelConfig& config = inspection.config;
    Table table(2);
    table.row({"model", inspection.path.string()});
    table.row({"architecture", config.architecture + ", " + withNoun(config.layers, "layer")});
    table.row({"width", withSeparators(config.hidden) + ", MLP " + withSeparators(config.intermediate)});
    table.row({"attention", withNoun(config.heads, "head") + " of " + withSeparators(config.headDimension) + ", " +
                                withSeparators(config.keyValueHeads) + " for keys and values"});
    table.row({"vocabulary", withSeparators(config.vocabulary) + " tokens, " + withSeparators(config.maximumPositions) +
                                 " positions"});
    table.row({"output head", config.tiedEmbeddings ? "tied to the embedding" : "of its own"});
    if (config.mixture.isMixture())
        table.row({"experts", withSeparators(config.mixture.experts) + " of width " +
                                  withSeparators(config.mixture.intermediate) + ", a token passes " +
                                  withSeparators(config.mixture.active)});
    table.row({"parameters",
               withSeparators(inspection.parameters) +
                   (config.mixture.isMixture() ? ", of which a token passes " + withSeparators(inspection.active)
                                               : std::string())});
    if (!inspection.quantisation.empty())
        table.row({"quantised", inspection.quantisation});
    console.print("Model");
    table.print(console);
}

void printPeculiarities(const ModelConfig& config, Console& console)
{
    const std::vector<Peculiarity> peculiarities = peculiaritiesOf(config);
    if (peculiarities.empty())
        return;
    console.printLines("\nUnlike llama");
    for (const Peculiarity& peculiarity : peculiarities)
        console.print("  " + inWords(peculiarity));
}

std::string nameOf(const LayerPart& part, const ModelInspection& inspection)
{
    std::string name;
    switch (part.kind) {
    case LayerPartKind::Module:
        name = part.name;
        break;
    case LayerPartKind::Router:
        name = "router";
        break;
    case LayerPartKind::Experts:
        name = "experts";
        break;
    case LayerPartKind::Remainder:
        name = inspection.config.attentionSinks      ? "norms and sinks"
               : inspection.config.perLayerWidth > 0 ? "norms and gates"
                                                     : "norms";
        break;
    }
    return part.layers == inspection.config.layers ? name : name + " (" + counted(part.layers, "layer") + ")";
}

void addLayerRows(const ModelInspection& inspection, Table& table)
{
    bool alike = true;
    std::int64_t sum = 0;
    for (const LayerPart& part : layerParts(inspection)) {
        const bool isModule = part.kind == LayerPartKind::Module;
        table.row({nameOf(part, inspection), isModule ? withSeparators(part.in) : "",
                   isModule ? withSeparators(part.out) : "", withSeparators(part.one), withSeparators(part.all())});
        alike = alike && part.layers == inspection.config.layers;
        sum += part.all();
    }
    table.row({alike ? "all of a layer" : "all of the layers", "", "",
               alike ? withSeparators(inspection.layers.front().parameters) : "", withSeparators(sum)});
}

void printParameters(const ModelInspection& inspection, Console& console)
{
    Table table(1);
    table.row({"", "in", "out", "one layer", "all layers"});
    addLayerRows(inspection, table);
    const auto part = [&](const std::string& name, std::int64_t count) {
        if (count > 0)
            table.row({name, "", "", "", withSeparators(count)});
    };
    part("embedding", inspection.embedding);
    part("positions", inspection.positions);
    part("final norm", inspection.finalNorm);
    part("output head", inspection.head);
    part("sum", inspection.parameters);
    console.printLines("\nParameters");
    table.print(console);
}

void printStorage(const ModelInspection& inspection, Console& console)
{
    if (!inspection.stored.empty()) {
        Table types(1);
        for (const auto& [type, amount] : inspection.stored)
            types.row({type, withSeparators(amount.tensors) + (amount.tensors == 1 ? " tensor " : " tensors"),
                       withSeparators(amount.elements) + " elements", bytes(amount.bytes)});
        console.printLines("\nStored as");
        types.print(console);
    }
    Table files(1);
    for (const InspectedFile& file : inspection.files)
        files.row({file.path.filename().string(), bytes(file.bytes)});
    console.printLines("\nFiles");
    files.print(console);
    if (!inspection.quantisation.empty() && inspection.hasWeights)
        console.print("  quantised weights, which are made plain numbers as they are read");
    else if (!inspection.quantisation.empty())
        console.print("  quantised weights, which are not read: enough for inspect, allocate and estimate");
    else if (!inspection.hasWeights)
        console.print("  no weights: enough for inspect, allocate and estimate");
    Table memory(1);
    memory.row({"float32", bytes(inspection.memoryBytes(4))});
    memory.row({"bfloat16", bytes(inspection.memoryBytes(2))});
    memory.row({"int8", bytes(inspection.memoryBytes(1))});
    console.printLines("\nMemory of the weights alone");
    memory.print(console);
}

void printTensors(const ModelInspection& inspection, Console& console)
{
    Table table(2);
    for (const TensorInfo& tensor : inspection.tensors)
        table.row({tensor.name, tensor.typeName(), sizesText(tensor.shape), bytes(tensor.bytes)});
    console.printLines("\nTensors");
    table.print(console);
}

/// "2,048", "2,048 x 512", "yes", "none"
std::string valueText(const ComparedFact& fact, const Json& value)
{
    if (value.is_null())
        return "none";
    if (value.is_array())
        return sizesText(value.get<std::vector<std::int64_t>>());
    if (value.is_boolean())
        return value.get<bool>() ? "yes" : "no";
    if (value.is_string())
        return value.get<std::string>();
    return fact.key == "weight_bytes" ? bytes(value.get<std::uint64_t>()) : withSeparators(value.get<std::int64_t>());
}

std::string titleOf(const ComparedFact& fact)
{
    static const std::map<std::string, std::string> titles = {
        {"hidden", "width"},
        {"intermediate", "MLP width"},
        {"head_dim", "width of a head"},
        {"key_value_heads", "heads of keys and values"},
        {"tied_head", "output head tied"},
        {"weight_bytes", "weights in bfloat16"},
        {"active_experts", "experts that a token passes"},
        {"expert_width", "width of an expert"},
        {"shared_expert_width", "width of the shared expert"},
    };
    const auto found = titles.find(fact.key);
    return fact.isModule || found == titles.end() ? fact.key : found->second;
}

void printBeside(const ModelInspection& first, const ModelInspection& second, Console& console)
{
    const ModelComparison comparison = compareModels(first, second);
    Json document = toJson(comparison);
    document["models"] = Json::array({first.path.string(), second.path.string()});
    console.printJson(document);
    Table table(1);
    table.row({"", first.path.filename().string(), second.path.filename().string(), ""});
    for (const ComparedFact& fact : comparison.facts)
        table.row({titleOf(fact), valueText(fact, fact.first), valueText(fact, fact.second),
                   fact.differs() ? "differs" : ""});
    table.print(console);
    for (const auto& [model, only] : {std::pair{&first, &comparison.onlyFirst}, {&second, &comparison.onlySecond}})
        if (!only->empty()) {
            console.printLines("\nOnly " + model->path.filename().string());
            for (const Peculiarity& one : *only)
                console.print("  " + inWords(one));
        }
    console.printLines(comparison.mapsFit ? "\nAllocation maps of one fit the other."
                                          : "\nAllocation maps of one do not fit the other.");
}

} // namespace

void addInspect(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("inspect", "architecture, parameters per layer and module, dtype, memory");
    const auto path = std::make_shared<std::string>();
    const auto tensors = std::make_shared<bool>(false);
    const auto beside = std::make_shared<std::string>();
    command->add_option("MODEL", *path, "Hugging Face folder (config.json is enough), .gguf file, or org/name")
        ->required();
    command->add_flag("--tensors", *tensors, "list every tensor");
    command->add_option("--beside", *beside, "compare with this model: sizes, modules, peculiarities")
        ->excludes("--tensors");
    command->callback([=] {
        chosen([path, tensors, beside](Console& console) -> Status {
            HILO_TRY(const ModelSource model, openModel(*path));
            HILO_TRY(const ModelInspection inspection, inspectModel(model));
            if (!beside->empty()) {
                HILO_TRY(const ModelSource other, openModel(*beside));
                HILO_TRY(const ModelInspection second, inspectModel(other));
                printBeside(inspection, second, console);
                return {};
            }
            console.printJson(toJson(inspection, *tensors));
            printSummary(inspection, console);
            printPeculiarities(inspection.config, console);
            printParameters(inspection, console);
            printStorage(inspection, console);
            if (*tensors)
                printTensors(inspection, console);
            return {};
        });
    });
}

} // namespace hilo::cli
