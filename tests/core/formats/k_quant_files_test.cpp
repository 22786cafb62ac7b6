// SPDX-License-Identifier: GPL-3.0-or-later
// Whole models in llama.cpp's K-quants, against the gguf package and tokenizers
// (tests/interop/make_k_quant_fixtures.py).
#include "base/json.h"
#include "formats/inspection.h"
#include "formats/model_source.h"
#include "support/testing.h"
#include "tokenizer/tokenizer.h"
#include "value_bits.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

Json expectedDocument()
{
    return REQUIRE_OK(readJsonFile(dataFile("k-quants/expected.json")));
}

/// Every tensor, of a model that any of its files opens.
void checkTensors(const ModelSource& model, const Json& expected)
{
    std::int64_t parameters = 0;
    for (const auto& [name, facts] : expected["tensors"].items()) {
        const auto info = model.weights->find(name);
        if (!info)
            fail(name + " is not there", __FILE__, __LINE__);
        CHECK_EQ(info->shape, facts["shape"].get<std::vector<std::int64_t>>());
        CHECK_EQ(name + " " + dataTypeName(info->type), name + " " + facts["type"].get<std::string>());
        std::int64_t count = 1;
        for (const std::int64_t size : info->shape)
            count *= size;
        parameters += count;
        std::vector<float> values(static_cast<std::size_t>(count));
        REQUIRE_OK(model.weights->readFloat32(name, values));
        const auto first = facts["first"].get<std::vector<float>>();
        CHECK_EQ(std::vector<float>(values.begin(), values.begin() + 3), first);
        CHECK_EQ(name + " " + bitsOf(values), name + " " + facts["bits"].get<std::string>());
    }
    CHECK_EQ(parameterCount(model.config), parameters);
}

} // namespace

HILO_TEST(modelsInKQuantsAreWhatTheGgufPackageSays)
{
    for (const auto& [name, expected] : expectedDocument()["models"].items()) {
        const auto files = expected["files"].get<std::vector<std::string>>();
        CHECK_EQ(files.size(), name == "split" ? 3u : 1u);
        for (const std::string& file : files) {
            const ModelSource model = REQUIRE_OK(openModel(dataFile("k-quants/" + file)));
            CHECK_EQ(model.config.tiedEmbeddings, !expected["untied"].get<bool>());
            CHECK_EQ(model.config.queryKeyValueBias, expected["biased"].get<bool>());
            CHECK(!model.config.outputBias && !model.config.mlpBias);
            checkTensors(model, expected);
            CHECK_EQ(REQUIRE_OK(inspectModel(model)).files.size(), files.size());
        }
    }
}

/// Parts hold what their own header lists: the first one the metadata, each some of the tensors.
HILO_TEST(theThreePartsOfAModelHoldItsTensorsTogether)
{
    const Json expected = expectedDocument()["models"]["split"];
    const ModelSource model = REQUIRE_OK(openModel(dataFile("k-quants/split-00002-of-00003.gguf")));
    std::map<std::string, int> byFile;
    for (const auto& [name, facts] : expected["tensors"].items())
        ++byFile[model.weights->find(name)->file];
    CHECK_EQ(byFile.size(), 3u);
    const TemporaryFolder folder;
    for (const auto& file : expected["files"])
        fs::copy_file(dataFile("k-quants/" + file.get<std::string>()), folder / file.get<std::string>());
    CHECK_EQ(REQUIRE_OK(modelHash(REQUIRE_OK(openModel(folder / "split-00003-of-00003.gguf")))),
             REQUIRE_OK(modelHash(model)));
    fs::remove(folder / "split-00003-of-00003.gguf");
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder / "split-00001-of-00003.gguf")).message, "Part 3 of 3");
}

HILO_TEST(theirVocabulariesCutTextsAsTokenizersDoes)
{
    const Json document = expectedDocument();
    for (const auto& [name, expected] : document["models"].items())
        for (const auto& file : expected["files"]) {
            const auto tokenizer = REQUIRE_OK(Tokenizer::load(dataFile("k-quants/" + file.get<std::string>())));
            for (const Json& row : document["texts"])
                CHECK_EQ(REQUIRE_OK(tokenizer->encode(row["text"].get<std::string>())),
                         row["ids"].get<std::vector<std::int32_t>>());
        }
}
