// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"
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

HILO_TEST(twoModelsStandSideBySide)
{
    const std::string llama = dataFile("models/llama").string(), gpt2 = dataFile("models/gpt2").string();
    const ProcessResult result = inspect({llama, "--beside", gpt2});
    CHECK_EQ(result.exitCode, 0);
    for (const char* text : {"differs", "Only gpt2", "gate_proj", "none", "do not fit the other"})
        CHECK_CONTAINS(result.output, text);
    const ProcessResult json = inspect({llama, "--beside", llama, "--json"});
    CHECK_EQ(json.exitCode, 0);
    const Json document = REQUIRE_OK(parseJson(json.output, "output"));
    CHECK_EQ(document["maps_fit"], true);
    for (const Json& fact : document["facts"])
        CHECK_EQ(fact["differs"], false);
    CHECK_EQ(inspect({llama, "--beside", "/no/such/model"}).exitCode, 3);
}

HILO_TEST(namesOfFilesAndTensorsAreNeverPrintedRaw)
{
    const TemporaryFolder folder;
    const auto model = folder / "a\nb\x1b[31m";
    std::filesystem::copy(dataFile("models/llama"), model);
    const SafetensorsFile stored = REQUIRE_OK(openSafetensors(model / "model.safetensors"));
    std::vector<TensorToWrite> tensors;
    for (const TensorView& tensor : stored.tensors)
        tensors.push_back({tensor.info.name, tensor.info.shape, tensor.info.type, tensor.bytes});
    const float value = 1;
    for (const std::string& name : {std::string("evil\x1b[2J\nline\u202e"), std::string("世界"), std::string(300, 'n')})
        tensors.push_back({name, {1}, DataType::F32, std::as_bytes(std::span(&value, 1))});
    REQUIRE_OK(writeSafetensors(folder / "new.safetensors", tensors));
    std::filesystem::rename(folder / "new.safetensors", model / "model.safetensors");
    const ProcessResult result = inspect({model.string(), "--tensors"});
    CHECK_EQ(result.exitCode, 0);
    CHECK_CONTAINS(result.output, "evil\\x1b[2J\\nline\\u202e");
    CHECK_CONTAINS(result.output, "a\\nb\\x1b[31m");
    CHECK_CONTAINS(result.output, "…");
    for (const std::string& text :
         {result.output, inspect({(model / "absent").string()}).errors, inspect({"a", "\x1b[31m"}).errors}) {
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find("\u202e") == std::string::npos);
        CHECK(text.find(std::string(210, 'n')) == std::string::npos);
    }
    // The same column for the type, though 世界 has six bytes and takes four columns.
    const auto place = [&](const std::string& name) {
        const auto begin = result.output.find("  " + name + " ");
        const auto end = result.output.find('\n', begin);
        const std::string line = result.output.substr(begin, end - begin);
        return line.find_first_not_of(' ', 2 + name.size());
    };
    CHECK_EQ(place("世界"), place("lm_head.weight") + 2);
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
