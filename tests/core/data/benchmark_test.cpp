// SPDX-License-Identifier: GPL-3.0-or-later
// Benchmarks by name: descriptions, and rows of our own in every form in which they are published
// (tests/interop/make_benchmark_fixtures.py).
#include "data/benchmark.h"

#include "base/resources.h"
#include "data/benchmark_files.h"
#include "data/data_report.h"
#include "data/render.h"
#include "data/row_pass.h"
#include "data/template_choice.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

DataSpec specOf(const std::string& name, const std::string& path)
{
    DataSpec spec;
    spec.benchmark = name;
    spec.path = fs::path(path).is_absolute() ? path : dataFile("benchmarks/" + path).string();
    return spec;
}

/// What a benchmark's folder gives: "train: a, b; validation: c", the right answers as the template writes them.
struct ReadBenchmark
{
    std::string form;
    std::string answers;
    std::map<std::string, std::vector<Example>> examples;
    std::vector<RejectedRow> rejected;
    std::string notes;
};

ReadBenchmark readBenchmark(const DataSpec& spec)
{
    const Dataset data = REQUIRE_OK(readDataset(spec));
    const ChosenTemplate chosen = REQUIRE_OK(chooseTemplate(spec, data, nullptr));
    const DataReport report = REQUIRE_OK(reportData(data, chosen.promptTemplate, nullptr, 0));
    ReadBenchmark read;
    read.form = REQUIRE_OK(findDataFiles(spec)).form->name;
    for (const SplitReport& split : report.splits) {
        std::string answers;
        for (const Example& example : split.examples)
            answers += (answers.empty() ? "" : ", ") + example.answer;
        read.answers += (read.answers.empty() ? "" : "; ") + split.name + ": " + answers;
        read.examples[split.name] = split.examples;
    }
    read.rejected = report.rejected;
    for (const DataNote& note : report.notes)
        read.notes += note.text + "\n";
    return read;
}

std::string answersOf(const std::string& name, const std::string& path)
{
    const ReadBenchmark read = readBenchmark(specOf(name, path));
    CHECK_EQ(read.rejected.size(), 0u);
    return read.form + " | " + read.answers;
}

std::string promptOf(const std::string& name, const std::string& path, const std::string& split)
{
    const ReadBenchmark read = readBenchmark(specOf(name, path));
    return read.examples.at(split).at(0).prompt;
}

Error refusalOf(const std::string& name, const std::string& path)
{
    return REQUIRE_ERROR(findDataFiles(specOf(name, path)));
}

/// The smallest description that is one.
Json description()
{
    return {{"format", "hilo.benchmark/1"},
            {"title", "T"},
            {"description", "D"},
            {"source", "S"},
            {"splits", {{"train", {{"rows", 3}}}, {"test", {{"labelled", false}}}}},
            {"scored", "train"},
            {"protocols",
             {{{"name", "own"},
               {"description", "d"},
               {"template", "text"},
               {"protocol", "loss"},
               {"metric", "loss"},
               {"source", "s"}}}},
            {"forms", {{{"name", "hub"}, {"columns", {"text"}}}}}};
}

std::string problemOf(const Json& document)
{
    const Error error = REQUIRE_ERROR(parseBenchmark(document, "t.json"));
    CHECK(error.code == ErrorCode::BadInput);
    return describe(error);
}

const std::string alpaca = "Below is an instruction that describes a task. Write a response that appropriately "
                           "completes the request.\n\n### Instruction:\n";
const std::string response = "\n\n\n### Response:\n";

} // namespace

HILO_TEST(everyBenchmarkReadsAndNamesATemplate)
{
    const auto benchmarks = REQUIRE_OK(allBenchmarks());
    std::vector<std::string> names;
    for (const auto& benchmark : benchmarks) {
        names.push_back(benchmark->name);
        CHECK(!benchmark->source.empty());
        for (const Benchmark::Protocol& protocol : benchmark->protocols) {
            const ChosenBenchmark chosen = REQUIRE_OK(findBenchmark(protocol.name + "-" + benchmark->name));
            CHECK_EQ(chosen.protocol->template_, protocol.template_);
            REQUIRE_OK(loadTemplate(protocol.template_));
        }
        for (const PublishedResult& result : benchmark->published)
            CHECK(result.value > 0 && !result.source.empty() && !result.protocol.empty());
    }
    const std::vector<std::string> expected = {"arc-challenge", "arc-easy",  "boolq",     "cola", "commonsenseqa",
                                               "gsm8k",         "hellaswag", "mmlu",      "mrpc", "openbookqa",
                                               "piqa",          "rte",       "scienceqa", "siqa", "winogrande"};
    CHECK_EQ(names, expected);
    CHECK_EQ(REQUIRE_OK(findBenchmark("cola")).protocol->name, "mola");
    CHECK_EQ(REQUIRE_OK(findBenchmark("arc_easy")).benchmark->name, "arc-easy");
    CHECK_EQ(REQUIRE_OK(findBenchmark("moe-peft-arc-c")).benchmark->name, "arc-challenge");
    const Error unknown = REQUIRE_ERROR(findBenchmark("mola-colla"));
    CHECK_CONTAINS(unknown.message, "mola-colla");
    CHECK_CONTAINS(unknown.hint, "did you mean mola-cola?");
    CHECK_CONTAINS(unknown.hint, "winogrande");
}

HILO_TEST(aFileIsABenchmark)
{
    const TemporaryFolder folder;
    fs::create_directories(folder / "benchmarks");
    REQUIRE_OK(writeJsonFile(folder / "benchmarks/own.json", description()));
    const std::string before = resourcesFolder().string();
    setenv("HILO_RESOURCES", folder.path().c_str(), 1);
    const auto own = findBenchmark("own-own");
    const auto other = findBenchmark("cola");
    writeText(folder / "benchmarks/bad.json", "{}");
    const auto damaged = findBenchmark("own");
    setenv("HILO_RESOURCES", before.c_str(), 1);
    CHECK_EQ(REQUIRE_OK(own).benchmark->title, "T");
    CHECK_CONTAINS(REQUIRE_ERROR(other).hint, "known are own");
    CHECK_CONTAINS(REQUIRE_ERROR(damaged).file, "bad.json");
    REQUIRE_OK(findBenchmark("cola"));
}

HILO_TEST(publishedResultsAreThoseOfTheirTables)
{
    const auto resultOf = [](const std::string& benchmark, const std::string& method, const std::string& model) {
        const ChosenBenchmark chosen = REQUIRE_OK(findBenchmark(benchmark));
        for (const PublishedResult& one : chosen.benchmark->published)
            if (one.method == method && one.model == model)
                return one;
        fail("no " + method + " on " + model, __FILE__, __LINE__);
    };
    const PublishedResult diamond = resultOf("rte", "MoLA 2882", "LLaMA-2-7B");
    CHECK_EQ(diamond.value, 89.17);
    CHECK_EQ(*diamond.trainableParameters, 105'635'840);
    CHECK_EQ(diamond.source, "MoLA, arXiv 2402.08562, table 1");
    CHECK_EQ(*resultOf("openbookqa", "LoRA r=64", "LLaMA-2-7B").trainableParameters, 159'907'840);
    CHECK_EQ(resultOf("cola", "MoLA 2882", "Mistral-7B").value, 88.78);
    CHECK(!resultOf("cola", "MoLA 2882", "Mistral-7B").trainableParameters);
    CHECK_EQ(resultOf("commonsenseqa", "MoLA 2468", "Gemma").value, 82.72);
    CHECK_EQ(resultOf("openbookqa", "LayerIF, positive influence", "Mistral-7B").value, 87.40);
    CHECK_EQ(resultOf("winogrande", "MixLoRA", "LLaMA-2-7B").value, 76.8);
    CHECK_EQ(resultOf("hellaswag", "GOAT", "LLaMA-2-7B").protocol, "llm-adapters");
    CHECK_EQ(resultOf("gsm8k", "GOAT", "LLaMA-2-7B").value, 60.20);
    // Nobody read MMLU's.
    CHECK(REQUIRE_OK(findBenchmark("mmlu")).benchmark->published.empty());
}

HILO_TEST(descriptionsThatCannotBeMeantAreRefused)
{
    REQUIRE_OK(parseBenchmark(description(), "t.json"));
    const auto with = [](const char* key, const Json& value) {
        Json changed = description();
        changed[key] = value;
        return problemOf(changed);
    };
    CHECK_CONTAINS(with("colour", "red"), "colour");
    CHECK_CONTAINS(with("format", "hilo.benchmark/2"), "hilo.benchmark/1");
    CHECK_CONTAINS(with("scored", "test"), "no split with labels");
    CHECK_CONTAINS(with("splits", {{"dev", Json::object()}}), "dev");
    CHECK_CONTAINS(with("protocols", Json::array()), "empty list");
    CHECK_CONTAINS(with("forms", {{{"name", "x"}}}), "forms[0].columns");
    CHECK_CONTAINS(with("forms", {{{"name", "x"}, {"columns", {"a"}}, {"protocols", {"other"}}}}), "other");
    CHECK_CONTAINS(with("forms", {{{"name", "x"}, {"columns", {"a"}}, {"labels", {{"file", "l"}, {"column", "c"}}}}}),
                   "{name}");
    CHECK_CONTAINS(with("forms", {{{"name", "x"}, {"columns", {"a"}}, {"files", {{"dev", {"d"}}}}}}), "dev");
    CHECK_CONTAINS(with("forms", {{{"name", "x"}, {"columns", {"a"}}, {"ending", ".parquet"}}}), "ending");
    CHECK_CONTAINS(with("floor", {{"value", 50}, {"kind", "guess"}}), "majority");
    const Json table = {{"source", "s"},
                        {"read", "review"},
                        {"protocol", "p"},
                        {"metric", "accuracy"},
                        {"results", {{{"method", "m"}, {"value", 1}}}}};
    CHECK_CONTAINS(with("published", Json::array({table})), "neither \"paper\" nor \"code\"");
    Json share = table;
    share["read"] = "paper";
    share["results"][0]["value"] = 812;
    CHECK_CONTAINS(with("published", Json::array({share})), "published[0].results[0].value");
}

HILO_TEST(glueIsReadInEveryForm)
{
    const std::string cola = "train: Answer: unacceptable., Answer: acceptable.; validation: Answer: acceptable., "
                             "Answer: unacceptable., Answer: unacceptable.";
    CHECK_EQ(answersOf("cola", "hub"), "hub | " + cola);
    CHECK_EQ(answersOf("mola-cola", "hub/cola"), "hub | " + cola);
    CHECK_EQ(answersOf("cola", "cola-raw"),
             "CoLA's raw tables | train: Answer: acceptable., Answer: unacceptable.; validation: Answer: acceptable., "
             "Answer: unacceptable., Answer: acceptable.");
    for (const char* path : {"glue-raw", "glue-raw/CoLA"})
        CHECK_EQ(answersOf("cola", path), "GLUE's tables | train: Answer: acceptable.; validation: Answer: "
                                          "unacceptable.");
    CHECK_EQ(answersOf("mrpc", "hub"), "hub | train: Answer: equivalent., Answer: not equivalent., Answer: "
                                       "equivalent.; validation: Answer: not equivalent.; test: Answer: equivalent., "
                                       "Answer: equivalent.");
    CHECK_EQ(answersOf("mrpc", "glue-raw"),
             "GLUE's tables | train: Answer: equivalent., Answer: not equivalent.; validation: Answer: equivalent.; "
             "test: Answer: equivalent., Answer: not equivalent.");
    CHECK_EQ(answersOf("mrpc", "msr"), "Microsoft's tables | train: Answer: equivalent., Answer: not equivalent., "
                                       "Answer: equivalent.; test: Answer: equivalent., Answer: not equivalent.");
    CHECK_EQ(answersOf("rte", "hub"), "hub | train: Answer: entailment., Answer: not entailment.; validation: Answer: "
                                      "not entailment., Answer: entailment., Answer: entailment.");
    CHECK_EQ(answersOf("rte", "glue-raw"),
             "GLUE's tables | train: Answer: entailment.; validation: Answer: not entailment.");
    CHECK_EQ(answersOf("rte", "super-glue-raw/RTE"),
             "SuperGLUE | train: Answer: entailment.; validation: Answer: not entailment.");
}

HILO_TEST(questionsAreReadInEveryForm)
{
    CHECK_EQ(answersOf("scienceqa", "scienceqa"),
             "hub | train: Answer: The answer is B.; validation: Answer: The answer is A.; test: Answer: The answer is "
             "B., Answer: The answer is A.");
    for (const char* path : {"scienceqa-raw", "scienceqa-raw/data/scienceqa/problems.json"})
        CHECK_EQ(
            answersOf("scienceqa", path),
            "authors' document | train: Answer: The answer is A., Answer: The answer is B.; validation: Answer: The "
            "answer is A.; test: Answer: The answer is B.");
    CHECK_EQ(answersOf("moe-peft-commonsenseqa", "commonsenseqa"), "hub | train:  A,  E; validation:  C");
    CHECK_EQ(answersOf("moe-peft-csqa", "commonsenseqa-raw"), "authors' JSON lines | train:  B; validation:  E,  A");
    CHECK_EQ(answersOf("moe-peft-openbookqa", "openbookqa"), "hub | train:  A; validation:  D; test:  B");
    for (const char* path : {"openbookqa-raw", "openbookqa-raw/Data/Main"})
        CHECK_EQ(answersOf("moe-peft-openbookqa", path), "authors' JSON lines | train:  A; validation:  D; test:  C");
    CHECK_EQ(answersOf("arc-easy", "arc"), "hub | train:  C,  4,  A; validation:  C,  4,  A; test:  C,  4,  A");
    CHECK_EQ(answersOf("arc-easy", "arc-raw"), "authors' JSON lines | train:  2; validation:  2; test:  2");
    CHECK_EQ(answersOf("likelihood-arc-challenge", "arc-raw"),
             "authors' JSON lines | train:  z; validation:  z; test:  z");
    CHECK_CONTAINS(promptOf("arc-challenge", "arc", "test"), "ARC-Challenge test letters?");
    CHECK_EQ(answersOf("boolq", "boolq"), "hub | train:  true,  false; validation:  false,  true,  true");
    CHECK_EQ(answersOf("boolq", "super-glue"), "SuperGLUE | train:  true,  false; validation:  false,  true,  true");
    CHECK_EQ(answersOf("likelihood-boolq", "super-glue-raw/BoolQ"), "SuperGLUE | train:  yes; validation:  no");
    CHECK_EQ(answersOf("piqa", "piqa"), "hub | train:  A,  B; validation:  B");
    CHECK_EQ(answersOf("piqa", "piqa-raw"), "JSON lines with lists of labels | train:  B,  A,  B; validation:  A,  B");
    CHECK_EQ(answersOf("likelihood-piqa", "piqa-raw"),
             "JSON lines with lists of labels | train:  push,  pull,  push; validation:  pull,  push");
    CHECK_EQ(answersOf("siqa", "siqa"), "hub | train:  A,  C; validation:  B,  A,  C");
    CHECK_EQ(answersOf("social_iqa", "siqa-raw"), "JSON lines with lists of labels | train:  C,  A; validation:  B");
    CHECK_EQ(answersOf("hellaswag", "hellaswag"), "hub | train:  A,  D; validation:  B");
    CHECK_EQ(answersOf("likelihood-hellaswag", "hellaswag-raw"), "hub | train:  sings; validation:  fries");
}

HILO_TEST(trainingSetsOfAProtocolAreItsOwn)
{
    CHECK_EQ(answersOf("moe-peft-winogrande", "winogrande"), "debiased, hub | train:  A; validation:  B,  A");
    CHECK_EQ(answersOf("moe-peft-winogrande", "winogrande-raw"),
             "debiased, authors' JSON lines | train:  B; validation:  A");
    CHECK_EQ(answersOf("likelihood-winogrande", "winogrande-raw"),
             "XL, authors' JSON lines | train: box is xl., box is xl.; validation: cup is blue.");
    CHECK_EQ(promptOf("likelihood-winogrande", "winogrande-raw", "validation"), "No, ");
    const ReadBenchmark xl = readBenchmark(specOf("likelihood-winogrande", "winogrande"));
    CHECK_EQ(xl.examples.at("train").size(), 3u);
    CHECK_EQ(xl.examples.at("validation")[0].choices[0], "cup was validation xl.");
    CHECK_EQ(answersOf("winogrande", "winogrande/winogrande_debiased"),
             "debiased, hub | train:  A; validation:  B,  A");
    // Where the protocol's own set is not there, that is told.
    const ReadBenchmark alone = readBenchmark(specOf("winogrande", "winogrande-xl-alone"));
    CHECK_EQ(alone.form + " | " + alone.answers, "XL, hub | train:  B; validation:  A");
    CHECK_CONTAINS(alone.notes, "winogrande_debiased, which MoE-PEFT trains on, is not there");
    CHECK_EQ(readBenchmark(specOf("likelihood-winogrande", "winogrande-xl-alone")).notes, "");
    // The two sets of the same authors are not taken together.
    CHECK_EQ(promptOf("gsm8k", "gsm8k", "test"), "Question: How many, plain test?\nAnswer:");
    CHECK_EQ(answersOf("gsm8k", "gsm8k-raw"), "authors' JSON lines | train:  One.\n#### 1; test:  One.\n#### 1");
}

HILO_TEST(mmluIsReadWholeAndBySubject)
{
    CHECK_EQ(answersOf("mmlu", "mmlu"), "hub | train:  C; validation:  B; test:  D,  A");
    CHECK_EQ(promptOf("mmlu", "mmlu", "test"),
             "The following are multiple choice questions (with answers) about high school physics.\n\nWhich of "
             "high_school_physics in test?\nA. p\nB. q\nC. r\nD. s\nAnswer:");
    CHECK_EQ(answersOf("mmlu", "mmlu/anatomy"), "hub | validation:  B; test:  B");
    // Without the folder of all of them the subjects' own folders.
    const TemporaryFolder subjects;
    fs::copy(dataFile("benchmarks/mmlu/anatomy"), subjects / "anatomy");
    fs::copy(dataFile("benchmarks/mmlu/anatomy"), subjects / "virology");
    CHECK_EQ(answersOf("mmlu", subjects.path().string()), "hub | validation:  B,  B; test:  B,  B");
    DataSpec missing = specOf("mmlu", subjects.path().string());
    missing.config = "physics";
    REQUIRE_ERROR(findDataFiles(missing));
    DataSpec anatomy = specOf("generation-mmlu", "mmlu");
    anatomy.config = "anatomy";
    CHECK_EQ(readBenchmark(anatomy).answers, "validation:  B; test:  B");
    CHECK_EQ(answersOf("mmlu", "mmlu-raw"), "authors' tables | validation:  C,  A,  D; test:  C,  A,  D");
    CHECK_CONTAINS(promptOf("mmlu", "mmlu-raw", "test"), "about anatomy.\n\nWhich, then?\nA. p\n");
    anatomy.path = dataFile("benchmarks/mmlu-raw").string();
    CHECK_EQ(readBenchmark(anatomy).answers, "validation:  C; test:  C");
}

HILO_TEST(theSixPromptsOfMolaAreToTheByteThose)
{
    CHECK_EQ(promptOf("mola-cola", "cola-raw", "train"),
             alpaca + "Tell me if the statement unacceptable, acceptable.\nSentence: He said \"no" + response);
    CHECK_EQ(promptOf("mola-mrpc", "msr", "test"),
             alpaca +
                 "Tell me if the statements equivalent, not equivalent.\nSentence 1: He called it \"great.\n"
                 "Sentence 2: He praised it." +
                 response);
    CHECK_EQ(promptOf("mola-rte", "glue-raw", "validation"),
             alpaca +
                 "Tell me if the statements entailment, not entailment.\nSentence 1: A dog ran.\nSentence 2: A "
                 "cat sat." +
                 response);
    CHECK_EQ(promptOf("mola-scienceqa", "scienceqa", "train"),
             alpaca + "Context: N/A\nQuestion: Which is hot?\nOptions: (A) ice (B) fire" + response);
    CHECK_EQ(promptOf("mola-scienceqa", "scienceqa", "test"),
             alpaca + "Context: Wings help.\nLook up.\nQuestion: Which flies?\nOptions: (A) stone (B) bird (C) tree" +
                 response);
    CHECK_EQ(promptOf("mola-commonsenseqa", "commonsenseqa", "validation"),
             alpaca + "Question: Where validation 0?\nOptions: (A) a (B) b (C) c (D) d (E) e" + response);
    CHECK_EQ(promptOf("mola-openbookqa", "openbookqa", "test"),
             alpaca + "Question: A plant test\nOptions: (A) w (B) x (C) y (D) z" + response);
}

HILO_TEST(rowsWithAPictureAreLeftOutAndTold)
{
    const ReadBenchmark read = readBenchmark(specOf("scienceqa", "scienceqa"));
    CHECK_EQ(read.examples.at("test").size(), 2u);
    CHECK_CONTAINS(read.notes, "1 row whose column \"image\" is not empty is no part of the benchmark");
}

HILO_TEST(splitsWithoutLabelsAreNotReadAndNamedWhenAskedFor)
{
    const DataFiles files = REQUIRE_OK(findDataFiles(specOf("cola", "hub")));
    CHECK(!files.splits.contains("test"));
    CHECK_EQ(files.unlabelled.size(), 1u);
    const ChosenBenchmark cola = REQUIRE_OK(findBenchmark("cola"));
    REQUIRE_OK(checkSplitOf(cola, "validation"));
    REQUIRE_OK(checkSplitOf(cola, "train"));
    const Error test = REQUIRE_ERROR(checkSplitOf(cola, "test"));
    CHECK_CONTAINS(test.message, "without labels");
    CHECK_CONTAINS(test.message, "scored on its split \"validation\"");
    CHECK_CONTAINS(REQUIRE_ERROR(checkSplitOf(REQUIRE_OK(findBenchmark("gsm8k")), "validation")).message,
                   "has no split \"validation\"");
    // A file of such a split alone is nothing.
    const std::string alone = describe(refusalOf("cola", "hub/cola/test-00000-of-00001.parquet"));
    CHECK_CONTAINS(alone, "none of its files has labels; it is scored on its split \"validation\"");
    const Dataset one = REQUIRE_OK(readDataset(specOf("cola", "hub/cola/validation-00000-of-00001.parquet")));
    CHECK(one.splits.size() == 1 && one.has("validation"));
}

HILO_TEST(dataOfSomethingElseAreRefused)
{
    // The same columns, other classes.
    const std::string mrpc = describe(refusalOf("rte", "hub/mrpc"));
    CHECK_CONTAINS(mrpc, "not_equivalent, equivalent");
    CHECK_CONTAINS(mrpc, "entailment, not_entailment");
    const std::string other = describe(refusalOf("piqa", "siqa"));
    CHECK_CONTAINS(other, "This is not PIQA");
    CHECK_CONTAINS(other, "no column goal, sol1, sol2");
    CHECK_CONTAINS(other, "there is no");
    CHECK_CONTAINS(other, "hilo benchmark show piqa");
    CHECK_CONTAINS(describe(refusalOf("piqa", "nowhere")), "hilo fetch --dataset baber/piqa");
}

HILO_TEST(whatWouldChangeWhatIsScoredIsRefused)
{
    const auto refused = [](const std::function<void(DataSpec&)>& change) {
        DataSpec spec = specOf("cola", "hub");
        change(spec);
        const Error error = REQUIRE_ERROR(findDataFiles(spec));
        CHECK_EQ(REQUIRE_ERROR(readDataset(spec)).place, error.place);
        return error.place;
    };
    CHECK_EQ(refused([](DataSpec& spec) { spec.template_ = "classify"; }), "data.template");
    CHECK_EQ(refused([](DataSpec& spec) { spec.columns = {{"sentence", "text"}}; }), "data.columns");
    CHECK_EQ(refused([](DataSpec& spec) { spec.separator = ';'; }), "data.separator");
    CHECK_EQ(refused([](DataSpec& spec) { spec.documents = true; }), "data.documents");
    CHECK_EQ(refused([](DataSpec& spec) { spec.splitColumn = "s"; }), "data.split");
    CHECK_EQ(refused([](DataSpec& spec) { spec.testShare = 0.1; }), "data.split");
    CHECK_EQ(refused([](DataSpec& spec) { spec.holdsOut = true; }), "data.split");
    CHECK_EQ(refused([](DataSpec& spec) { spec.config = "mrpc"; }), "data.config");
    DataSpec same = specOf("cola", "hub");
    same.template_ = "mola-cola";
    same.config = "cola";
    REQUIRE_OK(findDataFiles(same));
}

HILO_TEST(listsOfLabelsMustFitTheirRows)
{
    const TemporaryFolder folder;
    const std::string rows = R"({"goal": "g", "sol1": "a", "sol2": "b"})"
                             "\n";
    writeText(folder / "train.jsonl", rows + "not JSON\n\n" + rows);
    const auto labelsAre = [&](const std::string& labels) {
        writeText(folder / "train-labels.lst", labels);
        return readDataset(specOf("piqa", folder.path().string()));
    };
    // The damaged row has a label, too.
    const Dataset data = REQUIRE_OK(labelsAre("0\n1\n1\n\n"));
    CHECK_EQ(data.rejected.size(), 1u);
    CHECK_EQ(*data.splits.at("train")[1].field("label"), "1");
    CHECK_CONTAINS(REQUIRE_ERROR(labelsAre("0\n1\n")).message, "2 labels");
    const Error more = REQUIRE_ERROR(labelsAre("0\n1\n1\n0\n"));
    CHECK_CONTAINS(more.message, "has 4 labels, and the rows that they are of are 3");
    CHECK_CONTAINS(more.file, "train-labels.lst");
    fs::remove(folder / "train-labels.lst");
    CHECK_CONTAINS(REQUIRE_ERROR(readDataset(specOf("piqa", folder.path().string()))).message, "is not there");
}

HILO_TEST(rowsThatPassByAreTheSame)
{
    for (const auto& [name, path] : {std::pair{"piqa", "piqa-raw"},
                                     {"scienceqa", "scienceqa"},
                                     {"scienceqa", "scienceqa-raw"},
                                     {"mmlu", "mmlu-raw"}}) {
        const DataSpec spec = specOf(name, path);
        const Dataset data = REQUIRE_OK(readDataset(spec));
        std::map<std::string, std::vector<Row>> passed;
        const RowPlan plan = REQUIRE_OK(planRows(spec));
        REQUIRE_OK(visitRows(spec, plan, [&](const std::string& split, Row row) -> Status {
            passed[split].push_back(std::move(row));
            return {};
        }));
        CHECK_EQ(passed.size(), data.splits.size());
        for (const auto& [split, rows] : data.splits) {
            CHECK_EQ(passed.at(split).size(), rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i)
                CHECK(passed.at(split)[i].fields == rows[i].fields);
        }
    }
}
