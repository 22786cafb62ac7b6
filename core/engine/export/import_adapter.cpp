// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/import_adapter.h"

#include "allocation/parameters.h"
#include "base/atomic_file.h"
#include "engine/export/content.h"
#include "export/gguf_lora_reader.h"
#include "export/mola_reader.h"
#include "export/peft_reader.h"
#include "formats/model_source.h"
#include "hub/local_place.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

struct Read
{
    std::string format;
    std::shared_ptr<MixtureAdapter> adapter;
    std::vector<std::string> notes;
};

Status checkTopKIsMeant(const ImportRequest& request, const std::string& format)
{
    if (request.topK.empty() || format == "mola")
        return {};
    return failure(wrongUsage("--top-k is for MoLA adapters, whose files do not tell it; this one is " + format,
                              "leave it out: the adapter's files say how many experts are chosen"));
}

Result<Read> readForeign(const ImportRequest& request, const ModelConfig& model)
{
    std::error_code code;
    const fs::path& source = request.source;
    const std::string name =
        source.has_filename() ? source.filename().string() : source.parent_path().filename().string();
    if (fs::exists(source / "adapter.json", code)) {
        HILO_CHECK(checkTopKIsMeant(request, "hilo"));
        HILO_TRY(auto adapter, MixtureAdapter::load(source, model, torch::kCPU));
        return Read{"hilo", std::move(adapter), {}};
    }
    Read read;
    AdapterContent content;
    if (fs::is_regular_file(source, code)) {
        read.format = "gguf-lora";
        HILO_CHECK(checkTopKIsMeant(request, read.format));
        HILO_TRY(content, readGgufLora(source, model));
    } else if (!fs::exists(source / "adapter_config.json", code)) {
        return failure(badInput(source.string(), {}, "No adapter was found here.",
                                "Give a folder with adapter_config.json or adapter.json, or a GGUF LoRA file."));
    } else {
        HILO_TRY(const bool mola, isMola(source));
        read.format = mola ? "mola" : "peft";
        HILO_CHECK(checkTopKIsMeant(request, read.format));
        HILO_TRY(content, mola ? readMola(source, model, request.topK) : readPeft(source, model));
    }
    read.notes = std::move(content.notes);
    HILO_TRY(read.adapter, adapterOf(std::move(content), name));
    return read;
}

} // namespace

Result<ImportReport> importAdapter(const ImportRequest& request, const Progress& progress)
{
    HILO_TRY(AtomicFolder folder, AtomicFolder::create(request.out));
    HILO_TRY(const ModelSource model, openModel(request.model));
    HILO_TRY(const Read read, readForeign(request, model.config));
    if (model.weights) {
        HILO_TRY(const std::string hash, modelHash(model, progress));
        const std::string& known = read.adapter->baseModel().sha256;
        if (!known.empty() && known != hash)
            return failure(
                badInput(request.source.string(), "base_model.sha256",
                         "The adapter was trained on other weights than those of " + request.model.string() + ".",
                         "Give its base model, " + read.adapter->baseModel().name + "."));
        read.adapter->setBaseModel({modelTitle(model.path.string()), hash});
    }
    HILO_CHECK(read.adapter->save(folder.path()));
    AllocationMap map = read.adapter->map();
    map.notes.insert(map.notes.end(), read.notes.begin(), read.notes.end());
    HILO_CHECK(writeAllocationMap(folder.path() / "allocation.map.json", map));
    HILO_CHECK(folder.commit());
    const std::int64_t parameters = countParameters(map, model.config).trainable();
    return ImportReport{read.format, request.out, std::move(map), parameters};
}

Json toJson(const ImportReport& report)
{
    std::int64_t modules = 0, experts = 0;
    for (const auto& layer : report.map.layers)
        for (const auto& [name, module] : layer) {
            ++modules;
            experts += module.experts();
        }
    return {{"format", report.format}, {"folder", report.folder.string()},          {"modules", modules},
            {"experts", experts},      {"trainable_parameters", report.parameters}, {"notes", report.map.notes}};
}

} // namespace hilo
