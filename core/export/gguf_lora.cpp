// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_lora.h"

#include "export/encode_floats.h"
#include "export/gguf_limits.h"
#include "export/gguf_names.h"
#include "export/gguf_writer.h"

#include <set>

namespace hilo {

Verdict judgeGgufLora(const ExportSubject& subject)
{
    const MapTraits traits = traitsOf(subject.map);
    if (!ggufKnows(subject.model))
        return {Fit::Impossible, "GGUF files of " + subject.model.architecture + " models are not written here.", {}};
    if (const auto refused = refusedForBaseExperts(subject))
        return *refused;
    if (const std::string reason = notLoadedByLlamaCpp(subject.model); !reason.empty())
        return {Fit::Impossible, reason, {}};
    Verdict verdict = judgePlainLora(subject);
    if (traits.routed)
        verdict = {
            Fit::StaticApproximation,
            "The format has no router: mean weights on calibration data replace it; what that costs is measured.",
            {}};
    if (const std::string note = otherwiseFromItsConverter(subject.model);
        verdict.fit != Fit::Impossible && !note.empty())
        verdict.reason += " " + note;
    return verdict;
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
        const auto add = [&](const std::string& tensor, std::vector<std::int64_t> shape, std::vector<float> values) {
            writer.addTensor(tensor, std::move(shape), DataType::F32,
                             [values = std::move(values)] { return encodeFloats(values, DataType::F32); });
        };
        // The halves of a fused weight share A. Rows of B and columns of A stand as the
        // base model's file has the module's outputs and inputs.
        for (const GgufStored& stored : ggufModule(content.model, module.shape, module.layer)) {
            add(stored.name + ".lora_a", {expert.rank, module.shape.in},
                ggufColumns(expert.a, module.shape.in, stored.place, content.model));
            add(stored.name + ".lora_b", {module.shape.out / stored.place.parts, expert.rank},
                ggufRows(expert.b, expert.rank, stored.place, content.model));
        }
    }
    writer.addText("general.type", "adapter");
    writer.addText("general.architecture", ggufArchitecture(content.model));
    writer.addText("general.name", name);
    writer.addText("adapter.type", "lora");
    writer.addFloat("adapter.lora.alpha", ranks.size() == 1 ? static_cast<float>(*ranks.begin()) : 0.0f);
    return writer.write(path);
}

} // namespace hilo
