// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/format_files.h"

#include "engine/export/content.h"
#include "engine/export/merged_folder.h"
#include "engine/export/merged_gguf.h"
#include "engine/export/plain_adapter.h"
#include "export/gguf_lora.h"
#include "export/gguf_lora_reader.h"
#include "export/moe_peft.h"
#include "export/moe_peft_check.h"
#include "export/mola.h"
#include "export/mola_reader.h"
#include "export/peft.h"
#include "export/peft_reader.h"
#include "export/python_adapter.h"

#include <array>
#include <set>

namespace hilo {
namespace {

namespace fs = std::filesystem;

Result<torch::Tensor> logitsOf(const ExportJob& job, Result<AdapterContent> content)
{
    HILO_CHECK(content);
    PlainAdapter adapter(*content);
    return probeLogits(*job.decoder, &adapter, job.probe);
}

Status writeHilo(ExportJob& job, const fs::path& folder)
{
    if (job.adapter->baseModel().sha256.empty())
        job.adapter->setBaseModel({job.base.name, job.base.sha256});
    return job.adapter->save(folder);
}

Result<torch::Tensor> readHilo(ExportJob& job, const fs::path& folder)
{
    HILO_TRY(const auto adapter, MixtureAdapter::load(folder, job.model.config, torch::kCPU));
    return logitsOf(job, contentOf(*adapter, job.model.config));
}

Status writePythonFolder(ExportJob& job, const fs::path& folder)
{
    HILO_CHECK(writeHilo(job, folder));
    return writePythonModule(folder);
}

Result<torch::Tensor> readPythonBack(ExportJob& job, const fs::path& folder)
{
    return logitsOf(job, readPython(folder, job.model.config));
}

Status writePeftExact(ExportJob& job, const fs::path& folder)
{
    return writePeft(job.content, PeftRanks::Exact, job.base, folder);
}

Status writePeftPadded(ExportJob& job, const fs::path& folder)
{
    return writePeft(job.content, PeftRanks::Padded, job.base, folder);
}

Result<torch::Tensor> readPeftBack(ExportJob& job, const fs::path& folder)
{
    return logitsOf(job, readPeft(folder, job.model.config));
}

Status writeMolaFiles(ExportJob& job, const fs::path& folder)
{
    HILO_TRY(const MolaCounts counts, writeMola(job.content, job.base, folder));
    std::set<std::string> names;
    for (const ModuleContent& module : job.content.modules)
        names.insert(module.shape.name);
    job.details = {
        {"number_experts", counts.experts}, {"top_k", counts.topK}, {"r", counts.ranks}, {"target_modules", names}};
    return {};
}

Result<torch::Tensor> readMolaBack(ExportJob& job, const fs::path& folder)
{
    return logitsOf(job, readMola(folder, job.model.config, job.details["top_k"].get<std::vector<int>>()));
}

Status writeMoePeftFiles(ExportJob& job, const fs::path& folder)
{
    return writeMoePeft(job.content, job.base, folder);
}

Result<torch::Tensor> readMoePeftBack(ExportJob& job, const fs::path& folder)
{
    return logitsOf(job, readBackMoePeft(folder, job.model.config));
}

Status writeGgufLoraFile(ExportJob& job, const fs::path& folder)
{
    job.modelFile = "adapter.gguf";
    return writeGgufLora(job.content, job.source.map.name, folder / job.modelFile);
}

Result<torch::Tensor> readGgufLoraBack(ExportJob& job, const fs::path& folder)
{
    return logitsOf(job, readGgufLora(folder / job.modelFile, job.model.config));
}

constexpr std::array formats{
    FormatFiles{"hilo", writeHilo, readHilo},
    FormatFiles{"python", writePythonFolder, readPythonBack},
    FormatFiles{"peft", writePeftExact, readPeftBack},
    FormatFiles{"peft-padded", writePeftPadded, readPeftBack},
    FormatFiles{"peft-static", writePeftExact, readPeftBack},
    FormatFiles{"peft-distilled", writePeftExact, readPeftBack},
    FormatFiles{"mola", writeMolaFiles, readMolaBack},
    FormatFiles{"moe-peft", writeMoePeftFiles, readMoePeftBack},
    FormatFiles{"gguf-lora", writeGgufLoraFile, readGgufLoraBack},
    FormatFiles{"merged", writeMergedFolder, readMergedFolder, 1e-3, true},
    FormatFiles{"merged-gguf", writeMergedGguf, readMergedGguf, 1e-3, true},
};

} // namespace

const FormatFiles* findFormatFiles(std::string_view name)
{
    for (const FormatFiles& format : formats)
        if (format.name == name)
            return &format;
    return nullptr;
}

} // namespace hilo
