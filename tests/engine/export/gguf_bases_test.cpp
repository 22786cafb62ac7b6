// SPDX-License-Identifier: GPL-3.0-or-later
// Every GGUF file that llama.cpp's converter made (tests/interop/make_gguf_fixtures.py), as the base of what is
// written.
#include "random_adapter.h"

#include "base/json.h"
#include "formats/gguf.h"
#include "formats/model_source.h"

#include <algorithm>
#include <cstring>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> ggufFiles()
{
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(dataFile("gguf")))
        if (file.path().extension() == ".gguf")
            names.push_back(file.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// No rank above the smallest width of these models' modules.
ModuleAllocation smallPlain(std::int64_t layer, const std::string& module)
{
    ModuleAllocation allocation = variedPlain(layer, module);
    for (int& rank : allocation.ranks)
        rank = 1 + rank % 2;
    return allocation;
}

} // namespace

HILO_TEST(everyFamilyThatIsReadFromGgufIsWritten)
{
    for (const std::string& name : ggufFiles()) {
        const TemporaryFolder folder;
        const std::string place = "../gguf/" + name;
        const ModelSource base = REQUIRE_OK(openModel(dataFile("gguf/" + name)));
        writeRandomAdapter(folder / "own", place, smallPlain);
        for (const std::string format : {"merged", "merged-gguf", "gguf-lora"}) {
            ExportRequest request = requestFor(folder / "own", place, format, folder / format);
            if (format != "gguf-lora")
                request.weightType = "float32";
            const auto report = exportAdapter(request, {});
            if (!report)
                fail(name + ", " + format + ": " + describe(report.error()), __FILE__, __LINE__);
            CHECK(report->verification.difference <= report->verification.tolerance);
        }
        const ModelConfig merged = REQUIRE_OK(openModel(folder / "merged")).config;
        CHECK_EQ(merged.architecture, base.config.architecture);
        // Llama 3.1's numbers are words again.
        const bool isNumbers = base.config.rope.kind == RopeKind::Factors;
        CHECK(merged.rope.kind == (isNumbers ? RopeKind::Llama3 : base.config.rope.kind));
    }
}

HILO_TEST(factorsThatNoRotationHasAreRefusedByName)
{
    const TemporaryFolder folder;
    const GgufFile file = REQUIRE_OK(openGguf(dataFile("gguf/apertus.gguf")));
    const GgufTensor* factors = file.find("rope_freqs.weight");
    CHECK(factors != nullptr && factors->bytes.size() == 4 * sizeof(float));
    // The same numbers but for the last, in the place that they have in the file.
    std::string bytes = readText(dataFile("gguf/apertus.gguf"));
    const auto begin =
        bytes.find(std::string(reinterpret_cast<const char*>(factors->bytes.data()), factors->bytes.size()));
    CHECK(begin != std::string::npos);
    const float other = 5;
    std::memcpy(bytes.data() + begin + 3 * sizeof(float), &other, sizeof(float));
    writeText(folder / "odd.gguf", bytes);
    writeRandomAdapter(folder / "own", "../gguf/apertus.gguf", smallPlain);
    ExportRequest request = requestFor(folder / "own", "../gguf/apertus.gguf", "merged", folder / "out");
    request.model = folder / "odd.gguf";
    request.weightType = "float32";
    const Error error = REQUIRE_ERROR(exportAdapter(request, {}));
    CHECK_CONTAINS(error.message, "RoPE factors that config.json cannot express");
    CHECK_CONTAINS(error.message, "merged-gguf can");
    request.format = "merged-gguf";
    CHECK(REQUIRE_OK(exportAdapter(request, {})).verification.difference <= 1e-3);
}

HILO_TEST(halvesAndBlocksOfLayersThatDifferAreCounted)
{
    for (const char* name : {"../families/gemma4-shared", "../gguf/qwen3_5", "../gguf/qwen3_5.gguf"})
        for (const char* type : {"float32", "q8_0"}) {
            const TemporaryFolder folder;
            writeRandomAdapter(folder / "own", name, smallPlain);
            ExportRequest request = requestFor(folder / "own", name, "merged-gguf", folder / "out");
            request.weightType = type;
            CHECK(REQUIRE_OK(exportAdapter(request, {})).verification.difference <= 1e-3);
        }
}

HILO_TEST(whatLlamaCppRoundsOfYarnIsTold)
{
    for (const char* type : {"float32", "float16"}) {
        const TemporaryFolder folder;
        fs::copy(dataFile("gguf/gpt_oss"), folder / "model");
        Json config = REQUIRE_OK(readJsonFile(folder / "model/config.json"));
        config["rope_parameters"]["truncate"] = false;
        // The fixture's own ramp ends before the second pair, rounded or not.
        config["rope_parameters"]["original_max_position_embeddings"] = 256;
        REQUIRE_OK(writeJsonFile(folder / "model/config.json", config));
        writeRandomAdapter(folder / "own", "../gguf/gpt_oss", smallPlain);
        ExportRequest request = requestFor(folder / "own", "../gguf/gpt_oss", "merged-gguf", folder / "out");
        request.model = folder / "model";
        request.weightType = type;
        const ExportReport report = REQUIRE_OK(exportAdapter(request, {}));
        CHECK_CONTAINS(report.reason, "rounds the ends of YaRN's ramp");
        CHECK(report.verification.difference <= 1e-3);
        CHECK_CONTAINS(report.verification.against, "as llama.cpp does");
        CHECK(report.rounding && report.rounding->difference > 1e-5);
        if (std::string(type) == "float32")
            CHECK_CONTAINS(readText(folder / "out/README.md"), "What rounding the ends of YaRN's ramp costs");
    }
}
