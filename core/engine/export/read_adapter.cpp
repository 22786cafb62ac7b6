// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/read_adapter.h"

#include "engine/export/content.h"
#include "export/gguf_lora_reader.h"
#include "export/mola_reader.h"
#include "export/peft_reader.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

Status checkTopKIsMeant(const std::vector<int>& topK, const std::string& format)
{
    if (topK.empty() || format == "mola")
        return {};
    return failure(wrongUsage("--top-k is for MoLA adapters, whose files do not tell it; this one is " + format,
                              "leave it out: the adapter's files say how many experts are chosen"));
}

} // namespace

Result<ReadAdapter> readAdapter(const fs::path& source, const std::vector<int>& topK, const ModelConfig& model)
{
    std::error_code code;
    const std::string name =
        source.has_filename() ? source.filename().string() : source.parent_path().filename().string();
    if (fs::exists(source / "adapter.json", code)) {
        HILO_CHECK(checkTopKIsMeant(topK, "hilo"));
        HILO_TRY(auto adapter, MixtureAdapter::load(source, model, torch::kCPU));
        return ReadAdapter{"hilo", std::move(adapter), {}};
    }
    ReadAdapter read;
    AdapterContent content;
    if (fs::is_regular_file(source, code)) {
        read.format = "gguf-lora";
        HILO_CHECK(checkTopKIsMeant(topK, read.format));
        HILO_TRY(content, readGgufLora(source, model));
    } else if (!fs::exists(source / "adapter_config.json", code)) {
        return failure(badInput(source.string(), {}, "No adapter was found here.",
                                "Give a folder with adapter_config.json or adapter.json, or a GGUF LoRA file."));
    } else {
        HILO_TRY(const bool mola, isMola(source));
        read.format = mola ? "mola" : "peft";
        HILO_CHECK(checkTopKIsMeant(topK, read.format));
        HILO_TRY(content, mola ? readMola(source, model, topK) : readPeft(source, model));
    }
    read.notes = std::move(content.notes);
    HILO_TRY(read.adapter, adapterOf(std::move(content), name));
    return read;
}

} // namespace hilo
