// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

struct Base
{
    std::string name;
    std::filesystem::path folder;
    std::vector<std::int64_t> tokens;
    Tensor logits; ///< of the dequantised model in transformers, float32
};

/// tests/interop/make_quantised_fixtures.py wrote them.
std::vector<Base> bases()
{
    std::vector<Base> all;
    for (const auto& entry : std::filesystem::directory_iterator(dataFile("quantised"))) {
        Base base;
        base.folder = entry.path();
        base.name = base.folder.filename().string();
        const Json expected = REQUIRE_OK(readJsonFile(base.folder / "expected.json"));
        base.tokens = expected["tokens"].get<std::vector<std::int64_t>>();
        std::vector<float> values;
        for (const Json& row : expected["logits"])
            for (const Json& value : row)
                values.push_back(value.get<float>());
        base.logits = torch::tensor(values).view({static_cast<std::int64_t>(base.tokens.size()), -1});
        all.push_back(base);
    }
    CHECK(all.size() >= 20);
    return all;
}

} // namespace

HILO_TEST(logitsAreThoseOfTheDequantisedModel)
{
    for (const Base& base : bases()) {
        const ModelSource source = REQUIRE_OK(openModel(base.folder));
        const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
        const Tensor logits = decoder->logits(decoder->hidden(pack({base.tokens}), {}));
        const double difference = largestDifference(logits, base.logits);
        if (!(difference < 1e-4))
            fail(base.name + ": logits differ by " + std::to_string(difference), __FILE__, __LINE__);
    }
}
