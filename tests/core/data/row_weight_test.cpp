// SPDX-License-Identifier: GPL-3.0-or-later
// A row's own column "weight".
#include "data/row_weight.h"

#include "data/render.h"
#include "data/template_choice.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

struct Found
{
    std::string template_, notes;
    std::size_t examples = 0;
    std::vector<std::string> reasons;
};

Found found(const std::vector<std::string>& rows, const std::string& name = automaticTemplate)
{
    const TemporaryFolder folder;
    std::string lines;
    for (const std::string& row : rows)
        lines += row + "\n";
    writeText(folder / "rows.jsonl", lines);
    DataSpec spec;
    spec.path = (folder / "rows.jsonl").string();
    spec.template_ = name;
    const Dataset data = REQUIRE_OK(readDataset(spec));
    const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, data, nullptr));
    const std::vector<std::string> labels{"x", "y"};
    const Examples all = REQUIRE_OK(renderExamples(data.splits.at("train"), chosen.promptTemplate, labels));
    Found result{chosen.spec.template_, {}, all.examples.size(), {}};
    for (const std::string& note : chosen.notes)
        result.notes += note + "\n";
    for (const RejectedRow& row : all.rejected)
        result.reasons.push_back(row.reason);
    return result;
}

/// What stands in a row of each kind beside its weight.
const std::vector<std::string> answered = {
    R"("instruction": "a", "output": "b")",
    R"("prompt": "a", "completion": "b")",
    R"("messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}])",
    R"("prompt": "a", "chosen": "b", "rejected": "c")",
    R"("prompt": "a", "completion": "b", "label": true)",
};

} // namespace

HILO_TEST(aRowOfWeightZeroIsLeftOutAndTold)
{
    for (const std::string& row : answered)
        for (const char* zero : {"0", "0.0", "false", "\"0\""}) {
            const Found all = found({"{" + row + ", \"weight\": " + zero + "}", "{" + row + ", \"weight\": 1}",
                                     "{" + row + ", \"weight\": 1.0}", "{" + row + "}"});
            CHECK_EQ(all.template_ + " " + std::to_string(all.examples), all.template_ + " 3");
            CHECK_EQ(all.reasons, (std::vector<std::string>{"the row's weight is 0: it is left out"}));
            CHECK(all.notes.find("nothing is used: weight") == std::string::npos);
        }
}

HILO_TEST(otherWeightsOfRowsAreRefusedByName)
{
    for (const std::string& row : answered)
        for (const char* weight : {"0.5", "2", "-1"}) {
            const Found all = found({"{" + row + ", \"weight\": " + weight + "}", "{" + row + "}"});
            CHECK_EQ(all.examples, 1u);
            CHECK_CONTAINS(all.reasons.at(0), "the row's \"weight\" is " + std::string(weight));
            CHECK_CONTAINS(all.reasons.at(0), "only 0 (the row is left out) and 1 can be followed");
        }
}

HILO_TEST(aWeightThatIsNoNumberOrThatNothingFollowsIsAColumn)
{
    const Found words = found({"{" + answered[0] + ", \"weight\": \"heavy\"}"});
    CHECK_EQ(words.examples, 1u);
    CHECK_CONTAINS(words.notes, "nothing is used: weight");
    // Of parcels, or of animals: a feature.
    const Found classes = found({R"({"text": "a", "label": "x", "weight": 0})", R"({"text": "b", "label": "y"})"});
    CHECK_EQ(classes.template_ + " " + std::to_string(classes.examples), "classify 2");
    CHECK_CONTAINS(classes.notes, "nothing is used: weight");
    // A template that writes it.
    const TemporaryFolder folder;
    writeText(folder / "own.json", R"({"format": "hilo.prompt/1", "kind": "instruction", "prompt": "{weight} kg of ",
                                      "answer": "{answer}"})");
    CHECK_EQ(found({R"({"answer": "iron", "weight": 0})"}, (folder / "own.json").string()).examples, 1u);
}
