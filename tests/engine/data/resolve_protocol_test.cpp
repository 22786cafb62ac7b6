// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/resolve_protocol.h"

#include "data/labels.h"
#include "data/render.h"
#include "engine/data/evaluation_data.h"
#include "engine/data/run_data.h"
#include "run/run_spec_names.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::shared_ptr<const Tokenizer> sampleTokenizer()
{
    static const auto tokenizer =
        REQUIRE_OK(Tokenizer::load(std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes/base"));
    return tokenizer;
}

/// A template and rows that it can write.
struct Kind
{
    const char* name;
    const char* template_;
    const char* rows;
    Protocol automatic;
    bool hasChoices;
    bool hasPrompt;
};

const std::vector<Kind>& kinds()
{
    static const std::vector<Kind> all{
        {"text", R"({"kind": "text", "answer": "{text}"})", R"({"text": "a river"}
{"text": "a tree"})",
         Protocol::Loss, false, false},
        {"instruction", R"({"kind": "instruction", "prompt": "{q}:", "answer": " {a}"})", R"({"q": "one", "a": "two"})",
         Protocol::Loss, false, true},
        {"conversation",
         R"({"kind": "conversation", "turns": {"user": "{content}", "assistant": "{content}"}, "assistant_start": "> "})",
         R"({"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]})", Protocol::Loss,
         false, true},
        {"classes", R"({"kind": "classification", "prompt": "{text}:", "answer": " {label}", "label_column": "label"})",
         R"({"text": "a river", "label": "plant"}
{"text": "a tree", "label": "act"})",
         Protocol::LabelLogit, true, true},
        {"alike", R"({"kind": "classification", "prompt": "{text}:", "answer": " {label}", "label_column": "label"})",
         R"({"text": "a river", "label": "plant life"}
{"text": "a tree", "label": "plant food"}
{"text": "a cat", "label": "animal"})",
         Protocol::ChoiceLikelihood, true, true},
        {"letters",
         R"({"kind": "choice", "prompt": "{q} {choices}", "answer": " {label}", "label_column": "right",
             "choice_column": "options"})",
         R"({"q": "which", "options": ["plant life", "plant food"], "right": "B"})", Protocol::LabelLogit, true, true},
        {"options",
         R"({"kind": "choice", "prompt": "{q}", "answer": " {text}", "label_column": "right",
             "choice_column": "options"})",
         R"({"q": "which", "options": ["plant life", "plant food", "animal"], "right": "B"})",
         Protocol::ChoiceLikelihood, true, true},
    };
    return all;
}

struct Loaded
{
    TemporaryFolder folder;
    DataSpec spec;
};

void write(const Kind& kind, Loaded& loaded)
{
    Json document = Json::parse(kind.template_);
    document["format"] = "hilo.prompt/1";
    document["name"] = kind.name;
    REQUIRE_OK(writeJsonFile(loaded.folder.path() / "prompt.json", document));
    std::filesystem::create_directories(loaded.folder.path() / "data");
    writeText(loaded.folder.path() / "data/test.jsonl", std::string(kind.rows) + "\n");
    loaded.spec.path = (loaded.folder.path() / "data").string();
    loaded.spec.template_ = (loaded.folder.path() / "prompt.json").string();
}

Result<EvaluationData> evaluationOf(const Kind& kind, Protocol protocol)
{
    Loaded loaded;
    write(kind, loaded);
    RunData data = REQUIRE_OK(RunData::load(sampleTokenizer(), loaded.spec));
    EvaluationSpec spec;
    spec.protocol = protocol;
    return data.evaluation("test", spec, 64);
}

} // namespace

HILO_TEST(autoTakesWhatTheRowsAllow)
{
    for (const Kind& kind : kinds()) {
        const EvaluationData data = REQUIRE_OK(evaluationOf(kind, Protocol::Auto));
        CHECK_EQ(nameOf(protocolNames, data.protocol), nameOf(protocolNames, kind.automatic));
        CHECK(!data.tokenised.empty());
        for (const TokenisedExample& row : data.tokenised) {
            CHECK_EQ(!row.labelTokens.empty(), kind.automatic == Protocol::LabelLogit);
            CHECK_EQ(!row.choices.empty(), kind.automatic == Protocol::ChoiceLikelihood);
        }
    }
    CHECK(EvaluationSpec().protocol == Protocol::Auto);
}

HILO_TEST(whatCannotBeScoredIsRefusedWithWhatCan)
{
    for (const Kind& kind : kinds()) {
        for (const Protocol protocol : {Protocol::LabelLogit, Protocol::ChoiceLikelihood}) {
            const auto data = evaluationOf(kind, protocol);
            if (kind.hasChoices && (protocol == Protocol::ChoiceLikelihood || kind.automatic == Protocol::LabelLogit)) {
                CHECK(REQUIRE_OK(data).protocol == protocol);
                continue;
            }
            const Error error = REQUIRE_ERROR(data);
            CHECK(error.code == ErrorCode::BadInput);
            CHECK_CONTAINS(error.message + error.hint, kind.hasChoices ? "choice-likelihood" : "generate or loss");
            if (!kind.hasChoices)
                CHECK_CONTAINS(error.message, std::string("\"") + kind.name + "\"");
        }
        const auto generated = evaluationOf(kind, Protocol::Generate);
        if (kind.hasPrompt)
            CHECK(REQUIRE_OK(generated).protocol == Protocol::Generate);
        else
            CHECK_CONTAINS(REQUIRE_ERROR(generated).hint, "loss");
        CHECK(REQUIRE_OK(evaluationOf(kind, Protocol::Loss)).protocol == Protocol::Loss);
        // None of these templates has a pattern.
        CHECK(!evaluationOf(kind, Protocol::GenMatchStrict));
    }
}

HILO_TEST(theLossIsOfWhatTrainingLearns)
{
    CHECK(rowUseOf(Protocol::Loss, LossOn::Answer) == RowUse::LearnAnswer);
    CHECK(rowUseOf(Protocol::Loss, LossOn::WholeText) == RowUse::LearnText);
    CHECK(rowUseOf(Protocol::Generate, LossOn::WholeText) == RowUse::Generate);
}
