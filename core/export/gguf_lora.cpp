// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_lora.h"

#include "export/encode_floats.h"
#include "export/gguf_names.h"
#include "export/gguf_writer.h"

#include <set>

namespace hilo {
namespace {

/// Rows of B in the order in which the base model's file has the module's outputs.
std::vector<float> rowsAsStored(const AdapterContent& content, const ModuleContent& module, const ExpertContent& expert)
{
    if (!ggufInterleaves(content.model, module.shape.name))
        return expert.b;
    std::vector<float> stored(expert.b.size());
    for (std::int64_t row = 0; row < module.shape.out; ++row)
        std::copy_n(expert.b.begin() + row * expert.rank, expert.rank,
                    stored.begin() + ggufRow(row, content.model.headDimension) * expert.rank);
    return stored;
}

} // namespace

Verdict judgeGgufLora(const ExportSubject& subject)
{
    const MapTraits traits = traitsOf(subject.map);
    if (!ggufKnows(subject.model))
        return {Fit::Impossible, "GGUF files of " + subject.model.architecture + " models are not written here.", {}};
    if (traits.routed)
        return {Fit::StaticApproximation,
                "The format has no router: mean weights on calibration data replace it; what that costs is measured.",
                {}};
    return judgePlainLora(subject);
}

Status writeGgufLora(const AdapterContent& content, const std::string& name, const std::filesystem::path& path)
{
    GgufWriter writer;
    std::set<std::int64_t> ranks;
    for (const ModuleContent& module : content.modules) {
        if (module.experts.size() != 1 || !module.router.empty())
            return failure(internalError("A routed module cannot be written as a GGUF LoRA."));
        const ExpertContent expert = withScaleFolded(module.experts[0]);
        ranks.insert(expert.rank);
        const std::string base = ggufModuleName(module.shape, module.layer);
        const auto add = [&](const char* end, std::vector<std::int64_t> shape, std::vector<float> values) {
            writer.addTensor(base + end, std::move(shape), DataType::F32,
                             [values = std::move(values)] { return encodeFloats(values, DataType::F32); });
        };
        add(".lora_a", {expert.rank, module.shape.in}, expert.a);
        add(".lora_b", {module.shape.out, expert.rank}, rowsAsStored(content, module, expert));
    }
    writer.addText("general.type", "adapter");
    writer.addText("general.architecture", ggufArchitecture(content.model));
    writer.addText("general.name", name);
    writer.addText("adapter.type", "lora");
    writer.addFloat("adapter.lora.alpha", ranks.size() == 1 ? static_cast<float>(*ranks.begin()) : 0.0f);
    return writer.write(path);
}

} // namespace hilo
