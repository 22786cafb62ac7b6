// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_split.h"

#include "formats/gguf_vocabulary.h"
#include "formats/inspection.h"
#include "tiny_gguf.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A part's place in the split; without one the numbers lie.
GgufBuilder& placed(GgufBuilder& builder, std::uint16_t number, std::uint16_t count, std::int32_t tensors = 11)
{
    return builder.value("split.no", 2, GgufBuilder::raw(number))
        .value("split.count", 2, GgufBuilder::raw(count))
        .value("split.tensors.count", 5, GgufBuilder::raw(tensors));
}

GgufBuilder firstPart(std::uint16_t count = 2)
{
    TinyModel model;
    placed(model.builder, 0, count);
    model.builder.words("tokenizer.ggml.model", "gpt2").texts("tokenizer.ggml.tokens", {"a", "b", "c"});
    return model.tensors().builder;
}

GgufBuilder secondPart(std::uint16_t number = 1, std::int32_t tensors = 11)
{
    GgufBuilder builder;
    placed(builder, number, 2, tensors);
    std::vector<float> values(hidden * hidden, 0.25f);
    return builder.floats("blk.0.attn_q.weight", {hidden, hidden}, values);
}

struct Parts
{
    TemporaryFolder folder;
    fs::path first = folder / "m-00001-of-00002.gguf";
    fs::path second = folder / "m-00002-of-00002.gguf";

    Parts(const GgufBuilder& one, const GgufBuilder& two)
    {
        writeText(first, one.bytes());
        writeText(second, two.bytes());
    }
};

} // namespace

HILO_TEST(opensAllPartsFromAnyOfThem)
{
    const Parts parts(firstPart(), secondPart());
    std::string hash;
    for (const fs::path& path : {parts.first, parts.second}) {
        const ModelSource model = REQUIRE_OK(openModel(path));
        std::vector<float> values(hidden * hidden);
        REQUIRE_OK(model.weights->readFloat32("model.layers.0.self_attn.q_proj.weight", values));
        CHECK_EQ(values, std::vector<float>(hidden * hidden, 0.25f));
        CHECK_CONTAINS(model.weights->find("model.layers.0.self_attn.q_proj.weight")->file, "m-00002-of-00002.gguf");
        CHECK_EQ(REQUIRE_OK(inspectModel(model)).files.size(), 2u);
        CHECK_EQ(REQUIRE_OK(readGgufVocabulary(path)).tokens.size(), 3u);
        const std::string one = REQUIRE_OK(modelHash(model));
        CHECK(hash.empty() || hash == one);
        hash = one;
    }
}

HILO_TEST(theHashSeesEveryPart)
{
    const Parts parts(firstPart(), secondPart());
    const std::string before = REQUIRE_OK(modelHash(REQUIRE_OK(openModel(parts.first))));
    std::string bytes = readText(parts.second);
    bytes.back() = '\x7f';
    writeText(parts.second, bytes);
    CHECK(REQUIRE_OK(modelHash(REQUIRE_OK(openModel(parts.first)))) != before);
}

HILO_TEST(namesTheMissingPart)
{
    const Parts parts(firstPart(), secondPart());
    fs::remove(parts.second);
    const Error error = REQUIRE_ERROR(openModel(parts.first));
    CHECK_CONTAINS(error.file, "m-00002-of-00002.gguf");
    CHECK_CONTAINS(error.message, "Part 2 of 2");
    CHECK_CONTAINS(error.hint, "--merge");
}

HILO_TEST(refusesPartsUnderOtherNames)
{
    const Parts parts(firstPart(), secondPart());
    const fs::path renamed = parts.folder / "first.gguf";
    fs::copy_file(parts.first, renamed);
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(renamed)).message, "-00001-of-00002.gguf");
}

HILO_TEST(refusesPartsThatDoNotBelongTogether)
{
    // Another place than the name says.
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(Parts(firstPart(), secondPart(0)).first)).message, "part 1 of 2");
    // Tensors are missing.
    TinyModel fewer;
    placed(fewer.builder, 0, 2, 20);
    const Parts short_(fewer.tensors().builder, secondPart(1, 20));
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(short_.first)).message, "20 tensors, but its parts hold 11");
    // One stands in both.
    const Parts twice(firstPart(), placed(*std::make_unique<GgufBuilder>(), 1, 2)
                                       .floats("output_norm.weight", {hidden}, std::vector<float>(hidden, 1.f)));
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(twice.second)).place, "output_norm.weight");
}
