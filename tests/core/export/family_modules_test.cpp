// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/export_format.h"
#include "export/peft.h"
#include "export/peft_reader.h"
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

/// Peft takes every target of qwen3_moe that ends in gate_proj for the experts; a layer's own MLP it finds by its
/// weights.
HILO_TEST(mlpsInTheExpertsPlaceAreTargetedByTheirWeights)
{
    for (const auto& [family, byWeight] : {std::pair{"qwen3_moe-dense", true}, {"qwen2_moe-dense", false}}) {
        AdapterContent content;
        content.model = REQUIRE_OK(openModel(dataFile(std::string("families/") + family))).config;
        int rank = 1;
        for (const ModuleShape& shape : layerModules(content.model, 1))
            content.modules.push_back(moduleContent(content.model, 1, shape.name, {1 + rank++ % 3}, 1));
        const TemporaryFolder out;
        REQUIRE_OK(writePeft(content, PeftRanks::Exact, {"base", ""}, out.path()));
        Json config = REQUIRE_OK(readJsonFile(out / "adapter_config.json"));
        CHECK_EQ(config["target_modules"].size(), byWeight ? 4u : 7u);
        CHECK_EQ(config.contains("target_parameters"), byWeight);
        const std::string gate = "model.layers.1.mlp.gate_proj";
        if (byWeight)
            CHECK_EQ(config["target_parameters"][0].get<std::string>(), gate + ".weight");
        // Read again, also where the older form names the modules themselves.
        const auto same = [&](const AdapterContent& read) {
            CHECK_EQ(read.modules.size(), content.modules.size());
            for (std::size_t index = 0; index < read.modules.size(); ++index) {
                CHECK_EQ(read.modules[index].shape.name, content.modules[index].shape.name);
                CHECK_EQ(read.modules[index].experts[0].rank, content.modules[index].experts[0].rank);
                CHECK_NEAR(read.modules[index].experts[0].scale, 1, 1e-12);
            }
        };
        same(REQUIRE_OK(readPeft(out.path(), content.model)));
        if (!byWeight)
            continue;
        const Json written = config;
        for (Json& target : config["target_parameters"]) {
            const std::string name = target.get<std::string>();
            config["target_modules"].push_back(name.substr(0, name.size() - 7));
        }
        config.erase("target_parameters");
        for (const char* pattern : {"rank_pattern", "alpha_pattern"}) {
            Json renamed = Json::object();
            for (const auto& [name, value] : config[pattern].items())
                renamed[name.ends_with(".weight") ? name.substr(0, name.size() - 7) : name] = value;
            config[pattern] = renamed;
        }
        REQUIRE_OK(writeJsonFile(out / "adapter_config.json", config));
        same(REQUIRE_OK(readPeft(out.path(), content.model)));
        config = written;
        config["target_parameters"].erase(0);
        REQUIRE_OK(writeJsonFile(out / "adapter_config.json", config));
        CHECK_CONTAINS(REQUIRE_ERROR(readPeft(out.path(), content.model)).message, gate);
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
