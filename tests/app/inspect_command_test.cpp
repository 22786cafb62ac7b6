// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

ProcessResult inspect(std::vector<std::string> arguments)
{
    std::vector<std::string> command = {HILO_BINARY_DIR "/hilo", "inspect"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return runProcess(command);
}

} // namespace

HILO_TEST(printsOneDocument)
{
    for (const char* model : {"models/llama", "models/gpt2", "formats/tiny-llama.gguf"}) {
        const ProcessResult result = inspect({dataFile(model).string(), "--json", "--tensors"});
        CHECK_EQ(result.exitCode, 0);
        CHECK_EQ(result.errors, "");
        const Json document = REQUIRE_OK(parseJson(result.output, "output"));
        CHECK(document["parameters"].get<std::int64_t>() > 0);
        CHECK(!document["tensors"].empty());
    }
}

HILO_TEST(printsTablesForPeople)
{
    const ProcessResult result = inspect({dataFile("formats/tiny-llama.gguf").string()});
    CHECK_EQ(result.exitCode, 0);
    CHECK_CONTAINS(result.output, "107,776");
    CHECK_CONTAINS(result.output, "down_proj");
    CHECK_CONTAINS(result.output, "Q5_K");
}

HILO_TEST(endsWithThreeForBadInput)
{
    const TemporaryFolder folder;
    writeText(folder / "broken.gguf", "GGUF");
    writeText(folder / "config.json", "{\"model_type\": \"mamba\"}");
    for (const std::string& model :
         {(folder / "broken.gguf").string(), folder.path().string(), (folder / "absent").string()}) {
        const ProcessResult result = inspect({model, "--json"});
        CHECK_EQ(result.exitCode, 3);
        CHECK_EQ(result.output, "");
        CHECK_CONTAINS(result.errors, model);
    }
}

HILO_TEST(endsWithTwoForWrongUsage)
{
    CHECK_EQ(inspect({}).exitCode, 2);
    CHECK_EQ(inspect({"a", "--unknown"}).exitCode, 2);
}
