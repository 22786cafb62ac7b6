// SPDX-License-Identifier: GPL-3.0-or-later
// The folder for Python: what is in it, that other code than its writer checks it, and what is refused. What the module
// computes is checked by tests/interop/check_export_python.py.
#include "random_adapter.h"

#include "base/json.h"
#include "base/resources.h"
#include "engine/export/content.h"
#include "export/python_adapter.h"
#include "formats/model_source.h"

#include <algorithm>
#include <set>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

ModuleAllocation withNull(std::int64_t layer, const std::string& module)
{
    ModuleAllocation allocation = freeMixture(layer, module);
    if (allocation.experts() > 1)
        allocation.nullExperts = 2;
    return allocation;
}

ExportReport exported(const fs::path& folder, const char* model, const Choose& choose,
                      const AdapterSettings& settings = {})
{
    writeRandomAdapter(folder / "own", model, choose, settings);
    return REQUIRE_OK(exportAdapter(requestFor(folder / "own", model, "python", folder / "out"), {}));
}

} // namespace

HILO_TEST(theModuleIsShortAndSaysItsLicence)
{
    const std::string text(pythonModuleText());
    CHECK_EQ(text, readText(resourcesFolder() / "python/hilo_adapter.py"));
    CHECK(text.starts_with("# SPDX-License-Identifier: GPL-3.0-or-later\n"));
    CHECK(std::count(text.begin(), text.end(), '\n') <= 250);
    CHECK_CONTAINS(text, "\ndef load_hilo_adapter(base, folder):\n");
    // Nothing beside PyTorch, safetensors and Python's own.
    std::istringstream lines(text);
    std::set<std::string> packages;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first, package;
        words >> first >> package;
        if (line.starts_with("import ") || line.starts_with("from "))
            packages.insert(package.substr(0, package.find('.')));
    }
    CHECK(packages == (std::set<std::string>{"json", "math", "pathlib", "safetensors", "torch", "types"}));
}

HILO_TEST(everyKindOfRouterIsWrittenAndReadBack)
{
    for (const RouterKind router : {RouterKind::TopK, RouterKind::TopKNull, RouterKind::Dense, RouterKind::TopP})
        for (const ScalingMode scaling :
             {ScalingMode::AlphaOverRank, ScalingMode::AlphaOverSqrtRank, ScalingMode::Constant}) {
            const TemporaryFolder folder;
            AdapterSettings settings;
            settings.router = router;
            settings.scaling = scaling;
            settings.constantScale = 0.7;
            const Choose choose = router == RouterKind::TopKNull ? withNull : freeMixture;
            const ExportReport report = exported(folder.path(), "qwen2", choose, settings);
            CHECK(report.fit == Fit::Exact);
            CHECK(report.verification.difference <= 1e-4);
            std::set<std::string> names;
            for (const auto& [name, bytes] : report.files)
                names.insert(name);
            CHECK(names == (std::set<std::string>{"README.md", "adapter.json", "adapter.safetensors",
                                                  "allocation.map.json", "hilo_adapter.py", "map.svg"}));
            CHECK_EQ(readText(folder / "out/hilo_adapter.py"), std::string(pythonModuleText()));
            CHECK_CONTAINS(readText(folder / "out/README.md"), "load_hilo_adapter(base, \"PATH_OF_THIS_FOLDER\")");
        }
}

HILO_TEST(loraOnTheBasesOwnExpertsIsWrittenAndReadBack)
{
    const std::string model = dataFile("families/mixtral").string();
    const ModelSource source = REQUIRE_OK(openModel(model));
    const TemporaryFolder folder;
    AllocationMap map = mapBy(source.config, [](std::int64_t, const std::string& module) {
        return module == "q_proj" ? ModuleAllocation{{2, 3}, 1, 4, 0} : ModuleAllocation{};
    });
    for (auto& layer : map.layers)
        for (const char* name : {"experts.gate_up_proj", "experts.down_proj"})
            layer[name] = {std::vector<int>(5, 2), 2, 4, 0, true};
    const auto adapter = MixtureAdapter::create(source.config, map, {}, torch::kCPU);
    {
        const torch::NoGradGuard noGradients;
        adapter->parameters().copy_(torch::randn_like(adapter->parameters()) * 0.2);
    }
    fs::create_directories(folder / "own");
    REQUIRE_OK(adapter->save(folder / "own"));
    const ExportReport report =
        REQUIRE_OK(exportAdapter(requestFor(folder / "own", model, "python", folder / "out"), {}));
    CHECK(report.verification.difference <= 1e-4);
    const AdapterContent content = REQUIRE_OK(readPython(folder / "out", source.config));
    CHECK_EQ(content.modules.size(), contentOf(*adapter, source.config).modules.size());
}

HILO_TEST(theFolderIsReadByHiloToo)
{
    const TemporaryFolder folder;
    exported(folder.path(), "llama", freeMixture);
    const ModelSource source = REQUIRE_OK(openModel(dataFile("models/llama")));
    const auto own = REQUIRE_OK(MixtureAdapter::load(folder / "own", source.config, torch::kCPU));
    const auto again = REQUIRE_OK(MixtureAdapter::load(folder / "out", source.config, torch::kCPU));
    CHECK(own->map() == again->map());
    CHECK(torch::equal(own->parameters(), again->parameters()));
}

HILO_TEST(whatTheModuleWouldRefuseIsRefusedWhenReadBack)
{
    const TemporaryFolder folder;
    exported(folder.path(), "llama", freeMixture);
    const ModelConfig model = REQUIRE_OK(openModel(dataFile("models/llama"))).config;
    const auto refused = [&](const std::string& file, const std::string& content, const std::string& part) {
        const std::string before = readText(folder / "out" / file);
        writeText(folder / "out" / file, content);
        CHECK_CONTAINS(describe(REQUIRE_ERROR(readPython(folder / "out", model))), part);
        writeText(folder / "out" / file, before);
    };
    refused("hilo_adapter.py", "print()\n", "not the module of this program");
    const Json description = REQUIRE_OK(readJsonFile(folder / "out/adapter.json"));
    Json changed = description;
    changed["settings"]["router"] = "soft";
    refused("adapter.json", changed.dump(), "\"soft\" is not known");
    changed = description;
    Json& modules = changed["map"]["layers"][0]["modules"];
    modules.erase(modules.begin());
    refused("adapter.json", changed.dump(), "no place for this tensor");
    changed = description;
    for (Json& layer : changed["map"]["layers"])
        for (Json& module : layer["modules"])
            module["ranks"].push_back(1);
    refused("adapter.json", changed.dump(), "The tensor is missing");
    const ModelConfig other = REQUIRE_OK(openModel(dataFile("models/qwen2"))).config;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readPython(folder / "out", other))), "qwen2");
}

HILO_TEST(aGgufBaseIsRefusedByName)
{
    const TemporaryFolder folder;
    writeRandomAdapter(folder / "plain", "llama", variedPlain);
    ExportRequest merged = requestFor(folder / "plain", "llama", "merged-gguf", folder / "gguf");
    merged.weightType = "float32";
    REQUIRE_OK(exportAdapter(merged, {}));
    CHECK_EQ(readText(folder / "gguf/Modelfile"), "FROM ./model.gguf\n");
    writeRandomAdapter(folder / "own", "llama", freeMixture);
    ExportRequest request = requestFor(folder / "own", "llama", "python", folder / "out");
    request.model = folder / "gguf/model.gguf";
    const Error error = REQUIRE_ERROR(exportAdapter(request, {}));
    CHECK_EQ(static_cast<int>(error.code), 3);
    CHECK_CONTAINS(describe(error), "GGUF");
    CHECK(!fs::exists(folder / "out"));
}
