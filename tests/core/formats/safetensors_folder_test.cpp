// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_source.h"
#include "formats/safetensors.h"
#include "formats/safetensors_weights.h"
#include "formats/safetensors_writer.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

void writeShard(const fs::path& path, const std::vector<std::string>& names, std::vector<std::int64_t> shape = {2})
{
    std::size_t count = 1;
    for (const std::int64_t size : shape)
        count *= static_cast<std::size_t>(size);
    const std::vector<float> values(count, 1.f);
    std::vector<TensorToWrite> tensors;
    for (const std::string& name : names)
        tensors.push_back({name, shape, DataType::F32, std::as_bytes(std::span(values))});
    REQUIRE_OK(writeSafetensors(path, tensors));
}

void writeIndex(const fs::path& folder, const std::string& weightMap)
{
    writeText(folder / "model.safetensors.index.json",
              "{\"metadata\":{\"total_size\":1},\"weight_map\":" + weightMap + "}");
}

/// A fixture's config and weights in a folder that may be changed.
void copyModel(const std::string& family, const fs::path& target)
{
    for (const char* name : {"config.json", "model.safetensors"})
        fs::copy_file(dataFile("models/" + family + "/" + name), target / name);
}

/// Writes the fixture's tensors again, without one or with another shape for it.
void rewrite(const std::string& family, const fs::path& target, const std::string& tensor, bool dropped)
{
    const auto file = REQUIRE_OK(openSafetensors(dataFile("models/" + family + "/model.safetensors")));
    std::vector<TensorToWrite> tensors;
    for (const TensorView& view : file.tensors) {
        TensorToWrite written{view.info.name, view.info.shape, view.info.type, view.bytes};
        if (view.info.name == tensor && dropped)
            continue;
        if (view.info.name == tensor)
            written.shape = {static_cast<std::int64_t>(view.bytes.size() / 4), 1};
        tensors.push_back(std::move(written));
    }
    fs::remove(target);
    REQUIRE_OK(writeSafetensors(target, tensors));
}

} // namespace

HILO_TEST(readsShards)
{
    const TemporaryFolder folder;
    writeShard(folder / "model-00001-of-00002.safetensors", {"a", "b"});
    writeShard(folder / "model-00002-of-00002.safetensors", {"c"}, {2, 3});
    writeIndex(folder.path(), R"({"a":"model-00001-of-00002.safetensors","b":"model-00001-of-00002.safetensors",
                                  "c":"model-00002-of-00002.safetensors"})");
    const auto weights = REQUIRE_OK(openSafetensorsFolder(folder.path()));
    CHECK_EQ(weights->tensors().size(), 3u);
    const auto found = weights->find("c");
    CHECK(found);
    CHECK_EQ(found->shape, (std::vector<std::int64_t>{2, 3}));
    std::vector<float> values(6);
    REQUIRE_OK(weights->readFloat32("c", values));
    CHECK_EQ(values, std::vector<float>(6, 1.f));
    CHECK(weights->view("a").has_value());
    CHECK(!weights->view("d") && !weights->find("d"));
    REQUIRE_ERROR(weights->readFloat32("d", values));
}

HILO_TEST(refusesShardNamesThatEscape)
{
    const TemporaryFolder folder;
    const TemporaryFolder outside;
    writeShard(outside / "x.safetensors", {"a"});
    const std::string name = (outside / "x.safetensors").string();
    for (const std::string& escaping : {name, std::string("../x.safetensors"), std::string("sub/x.safetensors"),
                                        std::string(".."), std::string("."), std::string("")}) {
        writeIndex(folder.path(), "{\"a\":\"" + escaping + "\"}");
        const Error error = REQUIRE_ERROR(openSafetensorsFolder(folder.path()));
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_CONTAINS(error.message, "plain file name");
        CHECK_EQ(error.place, "weight_map");
    }
    fs::create_symlink(name, folder / "link.safetensors");
    writeIndex(folder.path(), R"({"a":"link.safetensors"})");
    // Both temporary folders have one parent; put the model two folders deeper, so that the link leaves them.
    const fs::path deep = folder / "one/two/three";
    fs::create_directories(deep);
    fs::create_symlink(name, deep / "link.safetensors");
    writeIndex(deep, R"({"a":"link.safetensors"})");
    CHECK_CONTAINS(REQUIRE_ERROR(openSafetensorsFolder(deep)).message, "out of the model's folder");
}

HILO_TEST(followsTheLinksOfAHubCache)
{
    const TemporaryFolder folder;
    const fs::path snapshot = folder / "snapshots/abc";
    fs::create_directories(snapshot);
    fs::create_directories(folder / "blobs");
    writeShard(folder / "blobs/123", {"a"});
    fs::create_symlink("../../blobs/123", snapshot / "s.safetensors");
    writeIndex(snapshot, R"({"a":"s.safetensors"})");
    CHECK_EQ(REQUIRE_OK(openSafetensorsFolder(snapshot))->tensors().size(), 1u);
}

HILO_TEST(namesAMissingShard)
{
    const TemporaryFolder folder;
    writeIndex(folder.path(), R"({"a":"gone.safetensors"})");
    const Error error = REQUIRE_ERROR(openSafetensorsFolder(folder.path()));
    CHECK_CONTAINS(error.message, "gone.safetensors");
    CHECK_CONTAINS(error.file, "index.json");
}

HILO_TEST(namesATensorThatIsNotInItsShard)
{
    const TemporaryFolder folder;
    writeShard(folder / "one.safetensors", {"a"});
    writeShard(folder / "two.safetensors", {"b"});
    writeIndex(folder.path(), R"({"a":"one.safetensors","c":"two.safetensors"})");
    CHECK_CONTAINS(REQUIRE_ERROR(openSafetensorsFolder(folder.path())).place, "c");
    writeIndex(folder.path(), R"({"a":"two.safetensors","b":"one.safetensors"})");
    CHECK_CONTAINS(REQUIRE_ERROR(openSafetensorsFolder(folder.path())).message, "where the index says");
}

HILO_TEST(refusesATensorInTwoShardsAndABrokenIndex)
{
    const TemporaryFolder folder;
    writeShard(folder / "one.safetensors", {"a"});
    writeShard(folder / "two.safetensors", {"a", "b"});
    writeIndex(folder.path(), R"({"a":"one.safetensors","b":"two.safetensors"})");
    CHECK_CONTAINS(REQUIRE_ERROR(openSafetensorsFolder(folder.path())).message, "two shards");
    for (const char* map : {"1", "{\"a\":1}", "[\"a\"]"}) {
        writeIndex(folder.path(), map);
        CHECK(REQUIRE_ERROR(openSafetensorsFolder(folder.path())).code == ErrorCode::BadInput);
    }
    writeText(folder / "model.safetensors.index.json", "{}");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(openSafetensorsFolder(folder.path()))), "weight_map");
}

HILO_TEST(saysWhatToDoWithPickledWeights)
{
    const TemporaryFolder folder;
    CHECK(REQUIRE_OK(openSafetensorsFolder(folder.path())) == nullptr);
    writeText(folder / "pytorch_model.bin", "x");
    CHECK_CONTAINS(REQUIRE_ERROR(openSafetensorsFolder(folder.path())).hint, "safe_serialization");
}

HILO_TEST(opensEveryFamilysFolder)
{
    for (const char* family : {"llama", "llama3-rope", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gpt2"}) {
        const ModelSource model = REQUIRE_OK(openModel(dataFile("models/" + std::string(family))));
        CHECK(model.weights != nullptr);
        CHECK_EQ(REQUIRE_OK(modelHash(model)).size(), 64u);
        const TemporaryFolder folder;
        fs::copy_file(dataFile("models/" + std::string(family) + "/config.json"), folder / "config.json");
        const ModelSource planned = REQUIRE_OK(openModel(folder.path()));
        CHECK(planned.weights == nullptr);
        CHECK_EQ(parameterCount(planned.config), parameterCount(model.config));
    }
}

HILO_TEST(namesAMissingTensorAndAWrongShape)
{
    for (const char* family : {"llama", "gpt2"}) {
        const bool gpt2 = std::string(family) == "gpt2";
        const std::string name = gpt2 ? "transformer.h.1.mlp.c_fc.weight" : "model.layers.1.mlp.up_proj.weight";
        const TemporaryFolder folder;
        copyModel(family, folder.path());
        rewrite(family, folder / "model.safetensors", name, true);
        const Error missing = REQUIRE_ERROR(openModel(folder.path()));
        CHECK(missing.code == ErrorCode::BadInput);
        CHECK_CONTAINS(missing.place, name);
        CHECK_CONTAINS(missing.message, "missing");
        rewrite(family, folder / "model.safetensors", name, false);
        const Error shape = REQUIRE_ERROR(openModel(folder.path()));
        CHECK_CONTAINS(shape.place, name);
        CHECK_CONTAINS(shape.message, "shape");
    }
}

HILO_TEST(refusesAModelWithoutItsHead)
{
    const TemporaryFolder folder;
    copyModel("llama", folder.path());
    CHECK(!REQUIRE_OK(openModel(folder.path())).config.tiedEmbeddings);
    rewrite("llama", folder / "model.safetensors", "lm_head.weight", true);
    // transformers makes a new one at random; the embedding is another matrix.
    const Error error = REQUIRE_ERROR(openModel(folder.path()));
    CHECK_CONTAINS(error.place, "lm_head.weight");
    CHECK_CONTAINS(error.hint, "tie_word_embeddings");
    Json config = REQUIRE_OK(readJsonFile(folder / "config.json"));
    config["tie_word_embeddings"] = true;
    REQUIRE_OK(writeJsonFile(folder / "config.json", config));
    CHECK(REQUIRE_OK(openModel(folder.path())).config.tiedEmbeddings);
}

HILO_TEST(readsShardsWithoutTheirIndex)
{
    const TemporaryFolder folder;
    writeShard(folder / "model-00001-of-00002.safetensors", {"a"});
    const Error missing = REQUIRE_ERROR(openSafetensorsFolder(folder.path()));
    CHECK_CONTAINS(missing.message, "model-00002-of-00002.safetensors is missing");
    writeShard(folder / "model-00002-of-00002.safetensors", {"b", "c"});
    // The same weights in one file, as Mistral's repositories have them beside the shards.
    writeShard(folder / "consolidated.safetensors", {"a", "b", "c"});
    writeShard(folder / "adapter_model.safetensors", {"x"});
    CHECK_EQ(REQUIRE_OK(openSafetensorsFolder(folder.path()))->tensors().size(), 3u);
    writeShard(folder / "other-00001-of-00001.safetensors", {"d"});
    CHECK_CONTAINS(REQUIRE_ERROR(openSafetensorsFolder(folder.path())).message, "shards of two models");
}

HILO_TEST(readsTheOnlyFileWhateverItsName)
{
    const TemporaryFolder folder;
    writeShard(folder / "adapter_model.safetensors", {"x"});
    CHECK(REQUIRE_OK(openSafetensorsFolder(folder.path())) == nullptr);
    writeShard(folder / "consolidated.safetensors", {"a", "b"});
    CHECK_EQ(REQUIRE_OK(openSafetensorsFolder(folder.path()))->tensors().size(), 2u);
    writeShard(folder / "weights.safetensors", {"c"});
    CHECK_CONTAINS(REQUIRE_ERROR(openSafetensorsFolder(folder.path())).message,
                   "consolidated.safetensors, weights.safetensors");
    writeText(folder / "weights.safetensors.index.json", R"({"weight_map": {"c": "weights.safetensors"}})");
    CHECK_EQ(REQUIRE_OK(openSafetensorsFolder(folder.path()))->tensors().size(), 1u);
}

HILO_TEST(tellsWhatAFileIsThatHasTheWrongName)
{
    const TemporaryFolder folder;
    copyModel("llama", folder.path());
    const fs::path weights = folder / "model.safetensors";
    writeText(weights, "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n");
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder.path())).hint, "git lfs pull");
    writeText(weights, std::string("PK\3\4", 4) + std::string(40, 'x'));
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder.path())).message, "PyTorch archive");
    writeText(weights, "GGUF" + std::string(40, 'x'));
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder.path())).message, "GGUF");
    const TemporaryFolder other;
    copyModel("llama", other.path());
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(other / "model.safetensors")).hint, "folder");
}

HILO_TEST(namesTheGgufFilesOfAFolderWithoutConfig)
{
    const TemporaryFolder folder;
    writeText(folder / "sha256-12", "GGUF1234");
    writeText(folder / "README.md", "about GGUF files");
    const Error error = REQUIRE_ERROR(openModel(folder.path()));
    CHECK_CONTAINS(error.message, "GGUF files: sha256-12.");
}

HILO_TEST(refusesWhatIsNoModel)
{
    const TemporaryFolder folder;
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder / "absent")).message, "no such file");
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder.path())).message, "config.json");
    writeText(folder / "model.txt", "hello, world");
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder / "model.txt")).hint, ".gguf");
    writeText(folder / "config.json", "{\"model_type\":\"llama\"");
    CHECK(REQUIRE_ERROR(openModel(folder.path())).code == ErrorCode::BadInput);
}
