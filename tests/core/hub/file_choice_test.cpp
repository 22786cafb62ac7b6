// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/model_companions.h"
#include "data/data_endings.h"
#include "hub/file_choice.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const RepositoryName model{RepositoryKind::Model, "acme", "tiny", ""};

Result<FileChoice> choose(const std::vector<std::string>& names, const std::vector<std::string>& include = {},
                          const std::vector<std::string>& exclude = {}, const RepositoryName& name = model)
{
    std::vector<RepositoryFile> files;
    for (const std::string& file : names)
        files.push_back({file, 1, ""});
    return chooseFiles(name, files, include, exclude);
}

std::vector<std::string> wanted(const FileChoice& choice)
{
    std::vector<std::string> names;
    for (const RepositoryFile& file : choice.wanted)
        names.push_back(file.name);
    return names;
}

using Names = std::vector<std::string>;

} // namespace

/// The hub lies below the data, so that it has a list of its own.
HILO_TEST(everyDataFileThatIsReadIsFetched)
{
    const RepositoryName data{RepositoryKind::Dataset, "acme", "rows", ""};
    for (const std::string& pattern : dataFilePatterns()) {
        const std::string name = "data/train-00000-of-00001" + pattern.substr(1);
        CHECK_EQ(wanted(REQUIRE_OK(choose({name, "picture.png"}, {}, {}, data))), (Names{name}));
    }
}

/// A model whose only tokenizer is a tekken.json is of no use without it.
HILO_TEST(whateverTellsTokensIsFetched)
{
    for (const std::string_view name : modelCompanions)
        CHECK_EQ(wanted(REQUIRE_OK(choose({std::string(name), "model.safetensors", "notes.pdf"}))).size(), 2u);
}

HILO_TEST(takesWhatIsReadAndNoSecondCopyOfTheWeights)
{
    CHECK_EQ(wanted(REQUIRE_OK(choose(
                 {".gitattributes", "LICENSE", "README.md", "config.json", "consolidated.safetensors",
                  "generation_config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors",
                  "model.safetensors.index.json", "onnx/model.onnx", "original/consolidated.00.pth",
                  "pytorch_model.bin", "tf_model.h5", "tiny.gguf", "tokenizer.json", "tokenizer_config.json"}))),
             (Names{"model.safetensors.index.json", "generation_config.json", "model-00001-of-00002.safetensors",
                    "model-00002-of-00002.safetensors", "tokenizer.json", "tokenizer_config.json", "config.json"}));
    CHECK_EQ(wanted(REQUIRE_OK(choose({"config.json", "model.fp16.safetensors", "model.safetensors"}))),
             (Names{"model.safetensors", "config.json"}));
    CHECK_EQ(wanted(REQUIRE_OK(choose({"config.json", "weights.safetensors"}))),
             (Names{"weights.safetensors", "config.json"}));
    CHECK_EQ(wanted(REQUIRE_OK(choose({"adapter_config.json", "adapter_model.safetensors", "training_args.bin"}))),
             (Names{"adapter_config.json", "adapter_model.safetensors"}));
}

HILO_TEST(patternsReplaceTheChoice)
{
    const Names files = {"a.gguf", "b.gguf", "config.json", "onnx/model.onnx", "tokenizer.json", "x.safetensors"};
    CHECK_EQ(wanted(REQUIRE_OK(choose(files, {"*.gguf"}))), (Names{"a.gguf", "b.gguf"}));
    CHECK_EQ(wanted(REQUIRE_OK(choose(files, {"*.gguf", "onnx/"}, {"b*"}))), (Names{"a.gguf", "onnx/model.onnx"}));
    CHECK_EQ(wanted(REQUIRE_OK(choose(files, {}, {"*.safetensors"}))), (Names{"tokenizer.json", "config.json"}));
    CHECK_EQ(REQUIRE_OK(choose(files, {"*.gguf"})).left.size(), 4u);
    const Error error = REQUIRE_ERROR(choose(files, {"*.txt"}));
    CHECK_CONTAINS(error.message, "patterns");
    CHECK_CONTAINS(error.hint, "a.gguf");
}

HILO_TEST(ofSeveralGgufFilesOneHasToBeChosen)
{
    const Error error = REQUIRE_ERROR(choose({"README.md", "a-Q4.gguf", "a-Q8.gguf", "config.json"}));
    CHECK_CONTAINS(error.hint, "hilo fetch acme/tiny --include NAME");
    CHECK_CONTAINS(error.hint, "a-Q8.gguf");
    REQUIRE_ERROR(choose({"README.md", "logo.png"}));
    REQUIRE_ERROR(choose({}));
}

HILO_TEST(dataSetsBringTheirRowsAndCard)
{
    const RepositoryName data{RepositoryKind::Dataset, "acme", "rows", ""};
    CHECK_EQ(wanted(REQUIRE_OK(choose({".gitattributes", ".hidden/x.json", "README.md", "data/train-0.parquet",
                                       "images/1.png", "rows.py", "test.jsonl.gz", "train.csv"},
                                      {}, {}, data))),
             (Names{"README.md", "data/train-0.parquet", "test.jsonl.gz", "train.csv"}));
}
