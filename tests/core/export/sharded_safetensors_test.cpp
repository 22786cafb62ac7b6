// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/encode_floats.h"
#include "export/sharded_safetensors.h"
#include "formats/safetensors.h"

#include <atomic>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::vector<LazyTensor> fourTensors()
{
    std::vector<LazyTensor> tensors;
    for (int i = 0; i < 4; ++i)
        tensors.push_back({"t" + std::to_string(i), {10, 10}, DataType::F32, [i] {
                               return encodeFloats(ramp(100, i), DataType::F32);
                           }});
    return tensors;
}

std::vector<std::string> filesIn(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

HILO_TEST(whatFitsIsOneFile)
{
    const TemporaryFolder folder;
    REQUIRE_OK(writeShardedSafetensors(folder.path(), fourTensors(), 1600, {}));
    CHECK(filesIn(folder.path()) == std::vector<std::string>{"model.safetensors"});
    const SafetensorsFile file = REQUIRE_OK(openSafetensors(folder / "model.safetensors"));
    CHECK_EQ(file.metadata.at("format"), "pt");
    const auto expected = ramp(100, 2);
    CHECK(std::memcmp(file.find("t2")->bytes.data(), expected.data(), 400) == 0);
}

HILO_TEST(whatDoesNotFitIsCutBetweenTensors)
{
    const TemporaryFolder folder;
    REQUIRE_OK(writeShardedSafetensors(folder.path(), fourTensors(), 1599, {}));
    CHECK(filesIn(folder.path()) ==
          (std::vector<std::string>{"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors",
                                    "model.safetensors.index.json"}));
    const Json index = REQUIRE_OK(readJsonFile(folder / "model.safetensors.index.json"));
    CHECK_EQ(index["metadata"]["total_size"].get<int>(), 1600);
    for (const auto& [tensor, shard] : index["weight_map"].items())
        CHECK(REQUIRE_OK(openSafetensors(folder / shard.get<std::string>())).find(tensor) != nullptr);
    const TemporaryFolder small;
    REQUIRE_OK(writeShardedSafetensors(small.path(), fourTensors(), 1, {}));
    CHECK_EQ(filesIn(small.path()).size(), 5u);
}

HILO_TEST(cancellingAndWrongSizesLeaveNoHalfFile)
{
    const TemporaryFolder folder;
    std::atomic<bool> cancel{false};
    auto tensors = fourTensors();
    tensors[1].make = [&cancel] {
        cancel = true;
        return encodeFloats(ramp(100, 1), DataType::F32);
    };
    const Error error = REQUIRE_ERROR(writeShardedSafetensors(folder.path(), tensors, 1 << 20, Progress({}, &cancel)));
    CHECK_EQ(static_cast<int>(error.code), 130);
    tensors[1].make = [] { return encodeFloats(ramp(99, 1), DataType::F32); };
    CHECK_CONTAINS(describe(REQUIRE_ERROR(writeShardedSafetensors(folder.path(), tensors, 1 << 20, {}))), "t1");
    CHECK(fs::is_empty(folder.path()));
}
