// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_spec.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Result<RunSpec> parsed(const Json& document)
{
    return parseRunSpec(document, "spec.json", "/somewhere");
}

Json with(const std::string& group, const std::string& key, const Json& value)
{
    Json document = runDocument("test");
    document[group][key] = value;
    return document;
}

std::string refusal(const Json& document)
{
    const Error error = REQUIRE_ERROR(parsed(document));
    CHECK(error.code == ErrorCode::BadInput);
    return describe(error);
}

} // namespace

HILO_TEST(defaultsAreWrittenOutInFullAndReadBackTheSame)
{
    const RunSpec spec = REQUIRE_OK(parsed(runDocument("test", {{"seed", 7}, {"schedule", "cosine"}})));
    CHECK_EQ(spec.training.seed, 7);
    CHECK_EQ(spec.modelPath, "/somewhere/model");
    const Json full = toJson(spec);
    for (const char* key : {"batch_size", "learning_rate", "warmup_steps", "max_length", "dtype", "router", "scaling",
                            "auxiliary_loss", "checkpoint_every", "keep_checkpoints", "log_every"})
        CHECK(full["training"].contains(key));
    CHECK_EQ(full["training"]["schedule"].get<std::string>(), "cosine");
    const RunSpec again = REQUIRE_OK(parseRunSpec(full, "spec.json", "/elsewhere"));
    CHECK_EQ(toJson(again).dump(), full.dump());
}

HILO_TEST(unknownKeysAreErrorsThatNameThemAndThePlace)
{
    Json document = runDocument("test");
    document["colour"] = 1;
    CHECK_CONTAINS(refusal(document), "colour");
    CHECK_CONTAINS(refusal(with("training", "learning_rat", 1)), "training.learning_rat");
    CHECK_CONTAINS(refusal(with("training", "learning_rat", 1)), "learning_rate");
    CHECK_CONTAINS(refusal(with("evaluation", "splt", "test")), "evaluation.splt");
    CHECK_CONTAINS(refusal(with("data", "files", 1)), "data.files");
    CHECK_CONTAINS(refusal(with("model", "name", "x")), "model.name");
    document = runDocument("test");
    document["map"]["layers"][1]["modules"]["q_proj"]["rank"] = 3;
    CHECK_CONTAINS(refusal(document), "rank");
}

HILO_TEST(wrongTypesAndValuesOutOfRangeAreErrors)
{
    for (const auto& [key, value] : std::vector<std::pair<std::string, Json>>{{"steps", "many"},
                                                                              {"steps", 1.5},
                                                                              {"steps", -1},
                                                                              {"batch_size", 0},
                                                                              {"learning_rate", -0.1},
                                                                              {"learning_rate", true},
                                                                              {"dropout", 1},
                                                                              {"router_learning_rate_factor", -1},
                                                                              {"max_length", 1},
                                                                              {"packing", "yes"},
                                                                              {"seed", -1},
                                                                              {"seed", 18446744073709551615ULL},
                                                                              {"schedule", "circular"},
                                                                              {"dtype", "float64"},
                                                                              {"router", 3},
                                                                              {"keep_checkpoints", 0},
                                                                              {"checkpoint_minutes", -1},
                                                                              {"log_every", 0}})
        CHECK_CONTAINS(refusal(with("training", key, value)), "training." + key);
    CHECK_CONTAINS(refusal(with("evaluation", "protocol", "guess")), "evaluation.protocol");
    CHECK_CONTAINS(refusal(with("evaluation", "split", "all")), "evaluation.split");
    CHECK_CONTAINS(refusal(with("training", "schedule", "circular")), "linear, cosine, constant");
}

HILO_TEST(whatARecordedStepCannotDoIsRefused)
{
    const auto graph = [](Json training) {
        training["cuda_graph"] = true;
        return runDocument("test", training);
    };
    CHECK(REQUIRE_OK(parsed(graph({{"prompt_dropout", 0.2}, {"packing", true}, {"auxiliary_loss", 0.1}})))
              .training.cudaGraph);
    CHECK(!RunSpec().training.cudaGraph);
    for (const Json& training : {Json{{"dropout", 0.1}}, Json{{"activation_checkpointing", true}},
                                 Json{{"router", "dense"}, {"auxiliary_loss", 0.1}}}) {
        CHECK_CONTAINS(refusal(graph(training)), "training.cuda_graph");
        // The first key in the alphabet is the one to change.
        CHECK_CONTAINS(refusal(graph(training)), training.begin().key());
        REQUIRE_OK(parsed(runDocument("test", training)));
    }
    REQUIRE_OK(parsed(graph({{"router", "dense"}})));
}

HILO_TEST(missingPartsAreErrors)
{
    for (const char* part : {"format", "model", "data", "map"}) {
        Json document = runDocument("test");
        document.erase(part);
        CHECK_CONTAINS(refusal(document), part);
    }
    Json document = runDocument("test");
    document["format"] = "hilo.run/9";
    CHECK_CONTAINS(refusal(document), "hilo.run/1");
    document = runDocument("test");
    document["data"].erase("path");
    CHECK_CONTAINS(refusal(document), "data.path");
    document = runDocument("test", {{"steps", 0}, {"epochs", 0}});
    CHECK_CONTAINS(refusal(document), "both 0");
    CHECK(!parsed(Json::array()));
    CHECK(!parsed(Json("text")));
}

HILO_TEST(splitsAreSharesAColumnOrFiles)
{
    const RunSpec shares = REQUIRE_OK(parsed(with("data", "split", {{"seed", 3}, {"validation", 0.1}, {"test", 0.2}})));
    CHECK_EQ(shares.tasks[0].data.splitSeed, 3);
    CHECK_EQ(shares.tasks[0].data.testShare, 0.2);
    CHECK_EQ(REQUIRE_OK(parsed(with("data", "split", {{"column", "part"}}))).tasks[0].data.splitColumn, "part");
    const RunSpec files = REQUIRE_OK(parsed(with("data", "split", {{"train", "a.csv"}, {"test", "/b.csv"}})));
    CHECK_EQ(files.tasks[0].data.splitFiles.at("train"), "/somewhere/data/a.csv");
    CHECK_EQ(files.tasks[0].data.splitFiles.at("test"), "/b.csv");
    CHECK_CONTAINS(refusal(with("data", "split", {{"seed", 1}, {"validation", 0.5}, {"test", 0.5}})), "data.split");
    CHECK_CONTAINS(refusal(with("data", "split", {{"column", "part"}, {"train", "x"}})), "train");
}

HILO_TEST(filesThatAreNoJsonAreErrorsWithTheirPlace)
{
    const TemporaryFolder folder;
    writeText(folder / "torn.json", R"({"format": "hilo.run/1", "name": )");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readRunSpec(folder / "torn.json"))), "torn.json");
    writeText(folder / "zero.json", std::string(4096, '\0'));
    CHECK(REQUIRE_ERROR(readRunSpec(folder / "zero.json")).code == ErrorCode::BadInput);
    writeText(folder / "twice.json", R"({"format": "hilo.run/1", "format": "hilo.run/1"})");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readRunSpec(folder / "twice.json"))), "format");
    writeText(folder / "deep.json", std::string(100000, '['));
    CHECK(REQUIRE_ERROR(readRunSpec(folder / "deep.json")).code == ErrorCode::BadInput);
    CHECK(!readRunSpec(folder / "absent.json"));
    CHECK(!readRunSpec(folder.path()));
}

HILO_TEST(aMapMayBeTheNameOfAFile)
{
    const TemporaryFolder folder;
    Json document = runDocument("test");
    REQUIRE_OK(writeJsonFile(folder / "m.map.json", document["map"]));
    document["map"] = "m.map.json";
    REQUIRE_OK(writeJsonFile(folder / "spec.json", document));
    CHECK_EQ(REQUIRE_OK(readRunSpec(folder / "spec.json")).map.layers.size(), 2u);
    document["map"] = "other.map.json";
    REQUIRE_OK(writeJsonFile(folder / "spec.json", document));
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readRunSpec(folder / "spec.json"))), "other.map.json");
}
