// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/import_adapter.h"

#include "allocation/parameters.h"
#include "base/atomic_file.h"
#include "engine/export/read_adapter.h"
#include "formats/model_source.h"
#include "hub/local_place.h"

namespace hilo {
namespace fs = std::filesystem;
Result<ImportReport> importAdapter(const ImportRequest& request, const Progress& progress)
{
    HILO_TRY(AtomicFolder folder, AtomicFolder::create(request.out));
    HILO_TRY(const ModelSource model, openModel(request.model));
    HILO_TRY(const ReadAdapter read, readAdapter(request.source, request.topK, model.config));
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
