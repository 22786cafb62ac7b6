// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/export_format.h"
#include "export/peft.h"
#include "formats/layer_modules.h"
#include "formats/safetensors.h"

#include <set>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// What peft called its tensors when it was put on all linear modules of layer 1 of this model.
std::set<std::string> namesOfPeft(const std::filesystem::path& model)
{
    const SafetensorsFile file = REQUIRE_OK(openSafetensors(model / "expected.safetensors"));
    std::set<std::string> names;
    for (const TensorView& tensor : file.tensors)
        if (tensor.info.name.starts_with("lora."))
            names.insert("base_model.model." + tensor.info.name.substr(5) + ".weight " + printed(tensor.info.shape));
    return names;
}

} // namespace

HILO_TEST(modulesOfEveryFamilyHaveTheNamesThatPeftGivesThem)
{
    for (const auto& folder : std::filesystem::directory_iterator(dataFile("families"))) {
        const TemporaryFolder out;
        AdapterContent content;
        content.model = REQUIRE_OK(openModel(folder.path())).config;
        for (const ModuleShape& shape : layerModules(content.model, 1))
            content.modules.push_back(moduleContent(content.model, 1, shape.name, {1}, 1));
        REQUIRE_OK(writePeft(content, PeftRanks::Exact, {"base", ""}, out.path()));
        const SafetensorsFile file = REQUIRE_OK(openSafetensors(out / "adapter_model.safetensors"));
        std::set<std::string> written;
        for (const TensorView& tensor : file.tensors)
            written.insert(tensor.info.name + " " + printed(tensor.info.shape));
        CHECK_EQ(written, namesOfPeft(folder.path()));
    }
}

HILO_TEST(ggufIsRefusedForFamiliesThatItIsNotWrittenFor)
{
    ExportSubject subject;
    subject.model = REQUIRE_OK(openModel(dataFile("families/ministral"))).config;
    subject.map.layers.resize(3);
    for (const char* format : {"gguf-lora", "merged-gguf"}) {
        const Verdict verdict = findExportFormat(format)->judge(subject);
        CHECK(verdict.fit == Fit::Impossible);
        CHECK_CONTAINS(verdict.reason, "ministral");
    }
}
