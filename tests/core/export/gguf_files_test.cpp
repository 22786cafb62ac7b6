// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/encode_floats.h"
#include "export/gguf_lora.h"
#include "export/gguf_lora_reader.h"
#include "export/gguf_names.h"
#include "export/gguf_writer.h"
#include "formats/dequantise.h"
#include "formats/half.h"

#include <bit>
#include <cstring>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::uint16_t halfOf(float value)
{
    const auto bytes = REQUIRE_OK(encodeFloats(std::span(&value, 1), DataType::F16));
    std::uint16_t stored = 0;
    std::memcpy(&stored, bytes.data(), 2);
    return stored;
}

} // namespace

HILO_TEST(everyHalfIsWrittenAsItself)
{
    for (std::uint32_t half = 0; half < 0x10000; ++half) {
        const float value = halfToFloat(static_cast<std::uint16_t>(half));
        if (!std::isnan(value))
            CHECK_EQ(halfOf(value), half);
    }
    CHECK(std::isnan(halfToFloat(halfOf(std::nanf("")))));
}

HILO_TEST(halvesAreRoundedToTheNearestTiesToEven)
{
    // Halfway between two neighbours, and just beside it, for normal and subnormal numbers.
    for (std::uint32_t half = 0; half < 0x7bff; half += 7) {
        const float low = halfToFloat(static_cast<std::uint16_t>(half));
        const float high = halfToFloat(static_cast<std::uint16_t>(half + 1));
        const float middle = low + (high - low) / 2;
        CHECK_EQ(halfOf(middle), half % 2 == 0 ? half : half + 1);
        CHECK_EQ(halfOf(std::nextafter(middle, high)), half + 1);
        CHECK_EQ(halfOf(std::nextafter(middle, low)), half);
    }
    CHECK_EQ(halfOf(65519.0f), 0x7bff);
    CHECK_EQ(halfOf(65520.0f), 0x7c00);
    CHECK_EQ(halfOf(-1e30f), 0xfc00);
}

HILO_TEST(quantisedBlocksComeBackWithinHalfAStep)
{
    std::vector<float> values(96);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>((static_cast<int>(i) * 37 % 64 - 31)) * (i < 32 ? 1.0f : i < 64 ? 1e-3f : 0.0f);
    const auto bytes = REQUIRE_OK(encodeFloats(values, DataType::Q8_0));
    CHECK_EQ(bytes.size(), 3u * 34);
    std::vector<float> back(96);
    REQUIRE_OK(dequantise(DataType::Q8_0, bytes, back));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float step = i < 32 ? 32.0f / 127 : i < 64 ? 0.032f / 127 : 0;
        CHECK_NEAR(back[i], values[i], step * 0.51f);
    }
    CHECK(!encodeFloats(std::span(values).first(33), DataType::Q8_0));
}

HILO_TEST(whatTheWriterPutsDownTheReaderFinds)
{
    const TemporaryFolder folder;
    GgufWriter writer;
    writer.addText("general.architecture", "llama");
    writer.addUnsigned("a.number", 7);
    writer.addFloat("a.real", 0.25f);
    writer.addFlag("a.flag", true);
    writer.addTexts("a.texts", {"", "ü", "x y"});
    writer.addFloats("a.floats", {1, 2.5});
    writer.addIntegers("a.integers", {-1, 3});
    const std::vector<float> values = ramp(5 * 3, 1);
    writer.addTensor("one", {5, 3}, DataType::F32, [&] { return encodeFloats(values, DataType::F32); });
    writer.addTensor("two", {3}, DataType::BF16, [] {
        return encodeFloats(std::vector<float>{1, 2, 3}, DataType::BF16);
    });
    REQUIRE_OK(writer.write(folder / "file.gguf"));
    const GgufFile file = REQUIRE_OK(openGguf(folder / "file.gguf"));
    const auto number = REQUIRE_OK(file.integer("a.number", 0, 9));
    CHECK(number.has_value() && *number == 7);
    const auto real = REQUIRE_OK(file.number("a.real"));
    CHECK(real.has_value() && *real == 0.25);
    const auto flag = REQUIRE_OK(file.flag("a.flag"));
    CHECK(flag.has_value() && *flag);
    CHECK(REQUIRE_OK(file.texts("a.texts")) == (std::vector<std::string>{"", "ü", "x y"}));
    CHECK(REQUIRE_OK(file.numbers("a.floats")) == (std::vector<double>{1, 2.5}));
    CHECK(REQUIRE_OK(file.numbers("a.integers")) == (std::vector<double>{-1, 3}));
    CHECK(file.find("one")->info.shape == (std::vector<std::int64_t>{5, 3}));
    CHECK(std::memcmp(file.find("one")->bytes.data(), values.data(), 60) == 0);
    // Copied key by key into another file, it is the same once more.
    GgufWriter copy;
    for (const auto& [key, value] : file.metadata)
        copy.addCopy(key, value);
    REQUIRE_OK(copy.write(folder / "copy.gguf"));
    const GgufFile second = REQUIRE_OK(openGguf(folder / "copy.gguf"));
    CHECK_EQ(second.metadata.size(), file.metadata.size());
    CHECK(REQUIRE_OK(second.texts("a.texts")) == REQUIRE_OK(file.texts("a.texts")));
    CHECK(REQUIRE_OK(second.numbers("a.integers")) == REQUIRE_OK(file.numbers("a.integers")));
}

HILO_TEST(aTensorOfTheWrongSizeLeavesNoFile)
{
    const TemporaryFolder folder;
    GgufWriter writer;
    writer.addTensor("one", {4}, DataType::F32, [] { return encodeFloats(std::vector<float>{1, 2}, DataType::F32); });
    CHECK(!writer.write(folder / "file.gguf"));
    CHECK(std::filesystem::is_empty(folder.path()));
}

HILO_TEST(loraFilesKeepRanksScalesAndTheOrderOfRows)
{
    for (const char* name : {"llama", "qwen2", "gpt2"}) {
        const ModelConfig model = fixtureConfig(name);
        AdapterContent content;
        content.model = model;
        const bool gpt2 = model.family == Family::Gpt2;
        content.modules = {moduleContent(model, 0, gpt2 ? "c_attn" : "q_proj", {2}, 4),
                           moduleContent(model, 1, gpt2 ? "mlp.c_proj" : "k_proj", {5}, 0.5)};
        const TemporaryFolder folder;
        REQUIRE_OK(writeGgufLora(content, "name", folder / "a.gguf"));
        const AdapterContent back = REQUIRE_OK(readGgufLora(folder / "a.gguf", model));
        CHECK_EQ(back.modules.size(), 2u);
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK_EQ(back.modules[i].experts[0].rank, content.modules[i].experts[0].rank);
            CHECK_EQ(
                greatestDifference(back.modules[i].experts[0], content.modules[i].experts[0], content.modules[i].shape),
                0.0);
        }
        // llama's q rows are interleaved in the file, the others' are not.
        const GgufFile file = REQUIRE_OK(openGguf(folder / "a.gguf"));
        const GgufTensor* b = file.find(gpt2 ? "blk.0.attn_qkv.weight.lora_b" : "blk.0.attn_q.weight.lora_b");
        float second = 0;
        std::memcpy(&second, b->bytes.data() + 2 * sizeof(float), sizeof second);
        const std::size_t row = std::string(name) == "llama" ? static_cast<std::size_t>(model.headDimension / 2) : 1;
        CHECK_EQ(second, content.modules[0].experts[0].b[row * 2] * 4);
        const auto alpha = REQUIRE_OK(file.number("adapter.lora.alpha"));
        CHECK(alpha.has_value() && *alpha == 0.0);
    }
}

HILO_TEST(loraFilesOfAnotherModelAreRefused)
{
    const TemporaryFolder folder;
    AdapterContent content;
    content.model = fixtureConfig("llama");
    content.modules = {moduleContent(content.model, 2, "q_proj", {2}, 1)};
    REQUIRE_OK(writeGgufLora(content, "name", folder / "a.gguf"));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readGgufLora(folder / "a.gguf", fixtureConfig("qwen2")))), "for llama");
    ModelConfig shallow = content.model;
    shallow.layers = 2;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readGgufLora(folder / "a.gguf", shallow))), "blk.2.attn_q");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readGgufLora(dataFile("formats/tiny-llama.gguf"), content.model))),
                   "not a LoRA adapter");
}

HILO_TEST(loraFilesThatMeanMoreAreRefusedByKey)
{
    const ModelConfig model = fixtureConfig("llama");
    const auto readWith = [&](const char* key) {
        const TemporaryFolder folder;
        const ModuleContent module = moduleContent(model, 0, "v_proj", {2}, 1);
        const ExpertContent& expert = module.experts[0];
        GgufWriter writer;
        writer.addText("general.type", "adapter");
        writer.addText("general.architecture", "llama");
        writer.addText("adapter.type", "lora");
        writer.addFloat("adapter.lora.alpha", 4);
        writer.addTexts(key, {"one"});
        writer.addTensor("blk.0.attn_v.weight.lora_a", {2, module.shape.in}, DataType::F32,
                         [&] { return encodeFloats(expert.a, DataType::F32); });
        writer.addTensor("blk.0.attn_v.weight.lora_b", {module.shape.out, 2}, DataType::F32,
                         [&] { return encodeFloats(expert.b, DataType::F32); });
        REQUIRE_OK(writer.write(folder / "a.gguf"));
        return readGgufLora(folder / "a.gguf", model);
    };
    CHECK_NEAR(REQUIRE_OK(readWith("adapter.lora.task_name")).modules[0].experts[0].scale, 2, 1e-12);
    REQUIRE_OK(readWith("general.tags"));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readWith("adapter.alora.invocation_tokens"))), "invocation tokens");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readWith("adapter.lora.of_tomorrow"))), "adapter.lora.of_tomorrow");
}
