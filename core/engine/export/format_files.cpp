// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/content.h"
#include "engine/export/export_job.h"
#include "engine/export/plain_adapter.h"
#include "export/peft.h"

#include <array>

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
    return job.adapter->save(folder);
}

Result<torch::Tensor> readHilo(ExportJob& job, const fs::path& folder)
{
    HILO_TRY(const auto adapter, MixtureAdapter::load(folder, job.model.config, torch::kCPU));
    return logitsOf(job, contentOf(*adapter, job.model.config));
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

constexpr std::array formats{
    FormatFiles{"hilo", writeHilo, readHilo},
    FormatFiles{"peft", writePeftExact, readPeftBack},
    FormatFiles{"peft-padded", writePeftPadded, readPeftBack},
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
