// SPDX-License-Identifier: GPL-3.0-or-later
// What a user gets wrong, end to end: exit code 3, the file, the place, what was expected, and no run folder.
#include "engine/train/tiny_run.h"

#include "base/atomic_file.h"
#include "base/json.h"

#include <functional>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string hilo_program = HILO_BINARY_DIR "/hilo";

struct BadInput
{
    const char* name;
    std::function<void(const fs::path&)> spoil; ///< given the folder with tiny.run.json, model and data
    std::vector<std::string> said;              ///< each must be in the message
};

void change(const fs::path& file, const std::function<void(Json&)>& edit)
{
    Json document = REQUIRE_OK(readJsonFile(file));
    edit(document);
    REQUIRE_OK(writeJsonFile(file, document));
}

/// Edits the run spec's map: modules of its first layer.
std::function<void(const fs::path&)> withModule(const std::string& module, const Json& allocation)
{
    return [=](const fs::path& folder) {
        change(folder / "tiny.run.json", [&](Json& spec) { spec["map"]["layers"][0]["modules"][module] = allocation; });
    };
}

std::function<void(const fs::path&)> withTraining(const std::string& key, const Json& value)
{
    return [=](const fs::path& folder) {
        change(folder / "tiny.run.json", [&](Json& spec) { spec["training"][key] = value; });
    };
}

/// Replaces the header of model.safetensors by an edited one; the bytes stay.
std::function<void(const fs::path&)> withHeader(const std::function<void(Json&)>& edit)
{
    return [=](const fs::path& folder) {
        const fs::path file = folder / "model/model.safetensors";
        const std::string bytes = REQUIRE_OK(readFile(file));
        std::uint64_t size = 0;
        for (int i = 7; i >= 0; --i)
            size = size << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
        Json header = REQUIRE_OK(parseJson(bytes.substr(8, size), "header"));
        edit(header);
        const std::string text = header.dump();
        std::string changed;
        for (int i = 0; i < 8; ++i)
            changed += static_cast<char>(text.size() >> (8 * i) & 0xFF);
        writeText(file, changed + text + bytes.substr(8 + size));
    };
}

const std::string query = "model.layers.0.self_attn.q_proj.weight";

const std::vector<BadInput>& badInputs()
{
    static const std::vector<BadInput> all = {
        {"run spec that is not JSON",
         [](const fs::path& folder) { writeText(folder / "tiny.run.json", "{\"a\": "); },
         {"tiny.run.json"}},
        {"unknown setting", withTraining("learnig_rate", 1), {"tiny.run.json", "learnig_rate"}},
        {"setting of the wrong type", withTraining("batch_size", "six"), {"tiny.run.json", "batch_size"}},
        {"setting out of range", withTraining("dropout", 1.5), {"tiny.run.json", "dropout"}},
        {"unknown architecture",
         [](const fs::path& folder) {
             change(folder / "model/config.json", [](Json& config) { config["model_type"] = "mamba"; });
         },
         {"config.json", "mamba"}},
        {"missing tensor",
         withHeader([](Json& header) {
             header["renamed"] = header[query];
             header.erase(query);
         }),
         {"model: tensor", query}},
        {"wrong shape",
         [](const fs::path& folder) {
             change(folder / "model/config.json", [](Json& config) { config["intermediate_size"] = 25; });
         },
         {"model.safetensors", "mlp"}},
        {"truncated weights",
         [](const fs::path& folder) {
             const fs::path file = folder / "model/model.safetensors";
             fs::resize_file(file, fs::file_size(file) - 100);
         },
         {"model.safetensors"}},
        {"overlapping tensors",
         withHeader([](Json& header) { header[query]["data_offsets"] = header["model.norm.weight"]["data_offsets"]; }),
         {"model.safetensors"}},
        {"duplicate tensor name",
         [](const fs::path& folder) {
             const fs::path file = folder / "model/model.safetensors";
             std::string bytes = REQUIRE_OK(readFile(file));
             // Two names of the same length, so that nothing else changes.
             const auto at = bytes.find("\"model.layers.1.self_attn.q_proj.weight\"");
             bytes[at + sizeof "\"model.layers"] = '0';
             writeText(file, bytes);
         },
         {"model.safetensors", query, "twice"}},
        {"header above the limit",
         [](const fs::path& folder) {
             const fs::path file = folder / "model/model.safetensors";
             std::string bytes = REQUIRE_OK(readFile(file));
             bytes[5] = '\1';
             writeText(file, bytes);
         },
         {"model.safetensors", "HeaderTooLarge"}},
        {"shape that overflows",
         withHeader([](Json& header) {
             header[query]["shape"] = {4294967296, 4294967296, 4};
         }),
         {"model.safetensors", query, "ValidationOverflow"}},
        {"GGUF counts that overflow",
         [](const fs::path& folder) {
             writeText(folder / "model.gguf", std::string("GGUF\3\0\0\0\xff\xff\xff\xff\xff\xff\xff\x7f"
                                                          "\xff\xff\xff\xff\xff\xff\xff\x7f",
                                                          24));
             change(folder / "tiny.run.json", [](Json& spec) { spec["model"]["path"] = "model.gguf"; });
         },
         {"model.gguf", "byte 24", "metadata keys"}},
        {"escaping shard name",
         [](const fs::path& folder) {
             fs::rename(folder / "model/model.safetensors", folder / "outside.safetensors");
             REQUIRE_OK(writeJsonFile(folder / "model/model.safetensors.index.json",
                                      {{"weight_map", {{query, "../outside.safetensors"}}}}));
         },
         {"model.safetensors.index.json", "outside"}},
        {"no weights", [](const fs::path& folder) { fs::remove(folder / "model/model.safetensors"); }, {"model"}},
        {"unknown tokenizer",
         [](const fs::path& folder) {
             change(folder / "model/tokenizer.json", [](Json& tokenizer) { tokenizer["model"]["type"] = "Neural"; });
         },
         {"tokenizer.json", "Neural"}},
        {"missing column",
         [](const fs::path& folder) {
             writeText(folder / "data/train.jsonl", "{\"body\": \"a tree\", \"label\": \"plant\"}\n"
                                                    "{\"body\": \"a dog\", \"label\": \"animal\"}\n");
         },
         {"train.jsonl", "text"}},
        {"invalid UTF-8",
         [](const fs::path& folder) {
             writeText(folder / "data/train.jsonl", "{\"text\": \"a \xC3\x28 tree\", \"label\": \"plant\"}\n");
         },
         {"train.jsonl: line 1", "UTF-8"}},
        {"empty split", [](const fs::path& folder) { writeText(folder / "data/test.jsonl", ""); }, {"test"}},
        {"no such data", [](const fs::path& folder) { fs::remove_all(folder / "data"); }, {"data"}},
        {"unknown template",
         [](const fs::path& folder) {
             change(folder / "tiny.run.json", [](Json& spec) { spec["data"]["template"] = "haiku"; });
         },
         {"haiku"}},
        {"module that the model has not",
         withModule("c_attn", {{"ranks", {2}}, {"top_k", 1}, {"alpha", 8}}),
         {"tiny.run.json", "c_attn"}},
        {"layer that the model has not",
         [](const fs::path& folder) {
             change(folder / "tiny.run.json", [](Json& spec) { spec["map"]["layers"][1]["layer"] = 7; });
         },
         {"tiny.run.json", "7"}},
        {"rank 0", withModule("q_proj", {{"ranks", {2, 0}}, {"top_k", 1}, {"alpha", 8}}), {"tiny.run.json", "q_proj"}},
        {"rank above the module's width",
         withModule("q_proj", {{"ranks", {17}}, {"top_k", 1}, {"alpha", 8}}),
         {"tiny.run.json", "q_proj", "16"}},
        {"top_k above the number of experts",
         withModule("q_proj", {{"ranks", {2, 2}}, {"top_k", 3}, {"alpha", 8}}),
         {"tiny.run.json", "q_proj", "top_k"}},
        {"map of another model",
         [](const fs::path& folder) {
             change(folder / "tiny.run.json", [](Json& spec) { spec["map"]["model"]["layers"] = 5; });
         },
         {"tiny.run.json", "layers"}},
        {"start from nothing", withTraining("start_from", "nowhere"), {"nowhere"}},
    };
    return all;
}

} // namespace

HILO_TEST(trainingNamesWhatIsWrongAndLeavesNothing)
{
    for (const BadInput& bad : badInputs()) {
        const TinyRun tiny;
        bad.spoil(tiny.folder());
        const ProcessResult result =
            runProcess({hilo_program, "train", tiny.spec().string(), "--out", tiny.run("run").string(), "--json"});
        const std::string what = std::string(bad.name) + " ended with " + std::to_string(result.exitCode) + ": " +
                                 result.errors + result.output;
        if (result.exitCode != 3 || !result.output.empty() || fs::exists(tiny.run("run")))
            fail(what, __FILE__, __LINE__);
        for (const std::string& part : bad.said)
            if (result.errors.find(part) == std::string::npos)
                fail("\"" + part + "\" is not said; " + what, __FILE__, __LINE__);
    }
}

HILO_TEST(anExistingRunIsNotOverwritten)
{
    const TinyRun tiny;
    fs::create_directories(tiny.run("run"));
    writeText(tiny.run("run") / "notes.txt", "mine");
    const ProcessResult result =
        runProcess({hilo_program, "train", tiny.spec().string(), "--out", tiny.run("run").string()});
    CHECK_EQ(result.exitCode, 3);
    CHECK_CONTAINS(result.errors, "not empty");
    CHECK_EQ(readText(tiny.run("run") / "notes.txt"), "mine");
}

/// The rows of the table of checks that the reference reader of safetensors makes, one file each.
HILO_TEST(everyDamageOfSafetensorsEndsWithThree)
{
    const auto file = [](std::uint64_t length, const std::string& header, std::size_t data) {
        return std::string(reinterpret_cast<const char*>(&length), 8) + header + std::string(data, '\0');
    };
    const auto with = [&](const std::string& header, std::size_t data) { return file(header.size(), header, data); };
    const auto tensor = [](const std::string& type, const std::string& shape, const std::string& offsets) {
        return R"({"a":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
    };
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"HeaderTooSmall", "1234567"},
        {"HeaderTooLarge", file(100'000'001, "{}", 0)},
        {"InvalidHeaderLength", file(3, "{}", 0)},
        {"InvalidHeader", with("{\"\xff\":1}", 0)},
        {"InvalidHeaderDeserialization", with("{\"a\":{}}", 0)},
        {"InvalidOffset", with(tensor("U8", "[1]", "[1,2]"), 2)},
        {"ValidationOverflow", with(tensor("I32", "[2,18446744073709551614]", "[0,16]"), 16)},
        {"MisalignedSlice", with(tensor("F4", "[3]", "[0,2]"), 2)},
        {"TensorInvalidInfo", with(tensor("F16", "[2]", "[0,8]"), 8)},
        {"MetadataIncompleteBuffer", with(tensor("U8", "[4]", "[0,4]"), 3)},
    };
    const TinyRun tiny;
    for (const auto& [rule, bytes] : rows) {
        writeText(tiny.folder() / "model/model.safetensors", bytes);
        const ProcessResult result =
            runProcess({hilo_program, "inspect", (tiny.folder() / "model").string(), "--json"});
        CHECK_EQ(result.exitCode, 3);
        CHECK_EQ(result.output, "");
        CHECK_CONTAINS(result.errors, "model.safetensors");
        CHECK_CONTAINS(result.errors, rule);
    }
}

namespace {

/// A folder of tests/data as "model", with the tokenizer of a tiny run where it has none.
void copyModel(const fs::path& folder, const std::string& name)
{
    const fs::path model = folder / "model", own = folder / "tokenizer.json";
    fs::rename(model / "tokenizer.json", own);
    fs::remove_all(model);
    fs::copy(dataFile(name), model, fs::copy_options::recursive);
    if (!fs::exists(model / "tokenizer.json"))
        fs::rename(own, model / "tokenizer.json");
}

std::function<void(const fs::path&)> ofModel(const std::string& name, const std::function<void(Json&)>& edit)
{
    return [=](const fs::path& folder) {
        copyModel(folder, name);
        change(folder / "model/config.json", edit);
    };
}

/// The tokenizer of the tiny run becomes another one, edited.
std::function<void(const fs::path&)> withTokenizer(const std::string& file, const std::function<void(Json&)>& edit)
{
    return [=](const fs::path& folder) {
        fs::remove(folder / "model/tokenizer.json");
        const fs::path target = folder / "model" / fs::path(file).filename();
        fs::copy_file(dataFile("tokenizers/" + file), target);
        change(target, edit);
    };
}

/// Linear weights of the tiny run's model renamed or retyped in the header.
std::function<void(const fs::path&)> withoutTensor(const std::string& name, const std::string& tensor)
{
    return [=](const fs::path& folder) {
        copyModel(folder, name);
        withHeader([&](Json& header) {
            header["renamed"] = header[tensor];
            header.erase(tensor);
        })(folder);
    };
}

/// What each kind of reader is given when it is spoilt; the model is inspected, its tokenizer used.
const std::vector<BadInput>& badModels()
{
    const std::string projection = "model.layers.0.self_attn.q_proj.";
    static const std::vector<BadInput> all = {
        {"rotation of a kind that nobody knows",
         ofModel("families/olmo2",
                 [](Json& config) {
                     config["rope_parameters"] = {{"rope_type", "spiral"}, {"rope_theta", 500.0}};
                 }),
         {"config.json", "rope_parameters", "spiral"}},
        {"a key that asks a family for other arithmetic",
         ofModel("families/gemma4", [](Json& config) { config["use_bidirectional_attention"] = "all"; }),
         {"config.json", "use_bidirectional_attention"}},
        {"a wrapper without its text",
         ofModel("families/gemma3-wrapped", [](Json& config) { config.erase("text_config"); }),
         {"config.json", "text_config"}},
        {"more experts for a token than there are",
         ofModel("families/mixtral", [](Json& config) { config["num_experts_per_tok"] = 9; }),
         {"config.json", "num_experts_per_tok", "9"}},
        {"an expert that is missing",
         withoutTensor("families/mixtral", "model.layers.1.block_sparse_moe.experts.2.w2.weight"),
         {"model: tensor", "experts.2.w2.weight"}},
        {"a gated delta net without its decay",
         withoutTensor("families/qwen3_5", "model.layers.0.linear_attn.A_log"),
         {"model: tensor", "linear_attn.A_log"}},
        {"MXFP4 without its scales",
         withoutTensor("families/gpt_oss-mxfp4", "model.layers.0.mlp.experts.down_proj_scales"),
         {"model.safetensors", "down_proj"}},
        {"GPTQ without its scales",
         withoutTensor("quantised/gptq-4", projection + "scales"),
         {"model.safetensors", projection + "scales"}},
        {"AWQ without its zeros",
         withoutTensor("quantised/awq", projection + "qzeros"),
         {"model.safetensors", projection + "qzeros"}},
        {"bitsandbytes without its state",
         withoutTensor("quantised/bnb-nf4", projection + "weight.quant_state.bitsandbytes__nf4"),
         {"model.safetensors", projection + "weight"}},
        {"compressed-tensors without its scales",
         withoutTensor("quantised/ct-int8", projection + "weight_scale"),
         {"model.safetensors", projection + "weight_scale"}},
        {"FP8 without its scales",
         withoutTensor("quantised/fp8", projection + "weight_scale_inv"),
         {"model.safetensors", projection + "weight"}},
        {"a Unigram piece without a score",
         withTokenizer("unigram-first/tokenizer.json",
                       [](Json& tokenizer) {
                           tokenizer["model"]["vocab"][3] = {"x", "high"};
                       }),
         {"tokenizer.json", "model.vocab[3]"}},
        {"a table of characters that is none",
         withTokenizer(
             "unigram-first/tokenizer.json",
             [](Json& tokenizer) { tokenizer["normalizer"]["normalizers"][0]["precompiled_charsmap"] = "AAAA"; }),
         {"tokenizer.json", "precompiled_charsmap"}},
        {"a Metaspace scheme that nobody knows",
         withTokenizer("unigram-first/tokenizer.json",
                       [](Json& tokenizer) { tokenizer["pre_tokenizer"]["prepend_scheme"] = "sometimes"; }),
         {"tokenizer.json", "prepend_scheme", "sometimes"}},
        {"a tekken.json of no base64",
         withTokenizer("tekken/tekken.json", [](Json& tekken) { tekken["vocab"][5]["token_bytes"] = "***"; }),
         {"tekken.json", "vocab[5].token_bytes"}},
    };
    return all;
}

} // namespace

HILO_TEST(everyReaderOfModelsNamesWhatIsWrong)
{
    for (const BadInput& bad : badModels()) {
        const TinyRun tiny;
        bad.spoil(tiny.folder());
        const ProcessResult result = runProcess({hilo_program, "generate", (tiny.folder() / "model").string(),
                                                 "--prompt", "a tree", "--max-tokens", "1", "--json"});
        const std::string what = std::string(bad.name) + " ended with " + std::to_string(result.exitCode) + ": " +
                                 result.errors + result.output;
        if (result.exitCode != 3 || !result.output.empty())
            fail(what, __FILE__, __LINE__);
        for (const std::string& part : bad.said)
            if (result.errors.find(part) == std::string::npos)
                fail("\"" + part + "\" is not said; " + what, __FILE__, __LINE__);
    }
}

HILO_TEST(partsOfAGgufFileThatAreMissingAreNamed)
{
    const TemporaryFolder folder;
    for (const char* part : {"00001", "00003"})
        fs::copy_file(dataFile("k-quants/split-" + std::string(part) + "-of-00003.gguf"),
                      folder / ("split-" + std::string(part) + "-of-00003.gguf"));
    for (const char* part : {"00001", "00003"}) {
        const ProcessResult result = runProcess(
            {hilo_program, "inspect", (folder / ("split-" + std::string(part) + "-of-00003.gguf")).string(), "--json"});
        CHECK_EQ(result.exitCode, 3);
        CHECK_EQ(result.output, "");
        CHECK_CONTAINS(result.errors, "Part 2 of 3");
    }
}

HILO_TEST(aNameThatIsNotInTheCacheSaysHowToFetchIt)
{
    const ProcessResult result = runProcess({hilo_program, "inspect", "nobody/nothing", "--json"});
    CHECK_EQ(result.exitCode, 3);
    CHECK_EQ(result.output, "");
    CHECK_CONTAINS(result.errors, "hilo fetch nobody/nothing");
}

/// In a mount namespace of its own, on a file system of 100 KiB that this run fills.
HILO_TEST(aFullDiskEndsTheRunAndKeepsItsLastCheckpoint)
{
    const TinyRun tiny;
    const fs::path mount = tiny.folder() / "small";
    fs::create_directories(mount);
    const std::string inside =
        "mount -t tmpfs -o size=100k tmpfs \"$1\" || exit 77; \"$0\" train \"$2\" --out \"$1/run\"; "
        "code=$?; ls \"$1/run/checkpoints\" | tr '\\n' ' '; "
        "tail -c 300 \"$1/run/events.ndjson\"; exit $code";
    const ProcessResult result = runProcess({"unshare", "--map-root-user", "--mount", "sh", "-c", inside, hilo_program,
                                             mount.string(), tiny.spec().string()});
    if (result.exitCode == 77 || result.errors.starts_with("unshare"))
        SKIP("no file system can be mounted here");
    CHECK_EQ(result.exitCode, 4);
    CHECK_CONTAINS(result.errors, "space");
    CHECK_CONTAINS(result.output, "step-");
}
