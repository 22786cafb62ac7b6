// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_report.h"
#include "data/tokenise.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::string sample = std::string(HILO_SOURCE_DIR) + "/projects/gloss-classes";

DataSpec specOf(const TemporaryFolder& folder)
{
    writeText(folder / "train.jsonl", "{\"text\": \"a bird\", \"label\": \"animal\"}\n"
                                      "{\"text\": \"a tree of the tropics with broad leaves\", \"label\": \"plant\"}\n"
                                      "{\"text\": \"a fish\", \"label\": \"animal\"}\n"
                                      "{\"text\": \"no label\"}\n"
                                      "not json\n");
    writeText(folder / "test.jsonl", "{\"text\": \"a moss\", \"label\": \"plant\"}\n"
                                     "{\"text\": \"a fern\", \"label\": \"plant\"}\n"
                                     "{\"text\": \"a worm\", \"label\": \"animal\"}\n"
                                     "{\"text\": \"a car\", \"label\": \"artifact\"}\n");
    DataSpec spec;
    spec.path = folder.path().string();
    spec.template_ = "gloss";
    return spec;
}

} // namespace

HILO_TEST(aSplitWithoutAUsableRowIsToldAndNoError)
{
    Dataset dataset;
    Row good, bad;
    good.fields = {{"text", "a tree"}};
    bad.fields = {{"other", "nothing"}};
    good.file = bad.file = "rows.jsonl";
    bad.line = 7;
    dataset.splits["train"] = {good, good};
    dataset.splits["validation"] = {bad};
    const DataReport report = REQUIRE_OK(reportData(dataset, REQUIRE_OK(loadTemplate("text")), nullptr, 0));
    CHECK_EQ(report.splits.at(0).examples.size(), 2u);
    CHECK_EQ(report.splits.at(1).rows, 1);
    CHECK(report.splits.at(1).examples.empty());
    CHECK_EQ(report.rejected.at(0).line, 7);
    dataset.splits["train"] = {bad};
    REQUIRE_ERROR(reportData(dataset, REQUIRE_OK(loadTemplate("text")), nullptr, 0));
}

HILO_TEST(countsTokensLabelsAndRejectedRows)
{
    const TemporaryFolder folder;
    const DataSpec spec = specOf(folder);
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(sample + "/base"));
    const PromptTemplate prompt = REQUIRE_OK(loadTemplate(spec.template_));
    const DataReport report = REQUIRE_OK(reportData(REQUIRE_OK(readDataset(spec)), prompt, tokenizer, 8));
    CHECK_EQ(report.splits.size(), 2u);
    const SplitReport& train = report.splits[0];
    CHECK_EQ(train.name, "train");
    CHECK_EQ(train.examples.size(), 3u);
    CHECK_EQ(train.labels[0].first, "animal");
    CHECK_EQ(train.labels[0].second, 2);
    CHECK_NEAR(*train.majorityFloor, 2.0 / 3, 1e-12);
    // Always "animal", the training rows' most frequent answer: right for one of the three usable test rows.
    CHECK_NEAR(*report.splits[1].majorityFloor, 1.0 / 3, 1e-12);
    CHECK_EQ(report.majorityLabel, "animal");
    std::int64_t cut = 0;
    for (std::size_t i = 0; i < train.examples.size(); ++i) {
        TokeniseSettings whole{0, prompt.endOfText, RowUse::Measure};
        const auto tokens = REQUIRE_OK(tokenise(*tokenizer, train.examples[i], whole));
        CHECK_EQ(train.tokens[i], static_cast<std::int64_t>(tokens.tokens.size()));
        cut += REQUIRE_OK(tokenise(*tokenizer, train.examples[i], {8, prompt.endOfText, RowUse::Measure})).truncated;
    }
    CHECK_EQ(train.cut, cut);
    CHECK(cut > 0);
    // A torn line, a row without a label, and a test label that training never saw.
    CHECK_EQ(report.rejected.size(), 3u);
    CHECK_EQ(report.rejected[0].line, 5);
    CHECK_CONTAINS(report.rejected[1].reason, "label");
    CHECK_CONTAINS(report.rejected[2].reason, "artifact");
}

HILO_TEST(worksWithoutTokenizerAndCanBeCancelled)
{
    const TemporaryFolder folder;
    const Dataset dataset = REQUIRE_OK(readDataset(specOf(folder)));
    const PromptTemplate prompt = REQUIRE_OK(loadTemplate("gloss"));
    CHECK(REQUIRE_OK(reportData(dataset, prompt, nullptr, 8)).splits[0].tokens.empty());
    const std::atomic<bool> stop = true;
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(sample + "/base"));
    CHECK(REQUIRE_ERROR(reportData(dataset, prompt, tokenizer, 8, Progress({}, &stop))).code == ErrorCode::Cancelled);
}

HILO_TEST(namesTheFieldsThatATemplateAsksFor)
{
    const auto fields = [](const std::string& name) { return fieldsOf(REQUIRE_OK(loadTemplate(name))); };
    CHECK_EQ(fields("gloss"), (std::vector<std::string>{"text", "label"}));
    CHECK_EQ(fields("alpaca"), (std::vector<std::string>{"instruction", "input", "output"}));
    const PromptTemplate classify = REQUIRE_OK(loadTemplate("classify"));
    CHECK_EQ(columnFor(classify, "text", {"review", "class"}), "review");
    CHECK_EQ(columnFor(classify, "label", {"review", "class"}), "class");
    CHECK_EQ(columnFor(classify, "text", {"body"}), "");
}

HILO_TEST(columnsAreThoseOfAllRows)
{
    const TemporaryFolder folder;
    std::string rows = "{\"text\": \"a\"}\n{\"text\": \"b\", \"source\": \"x\"}\n"
                       "{\"note\": null, \"text\": \"c\", \"options\": [\"p\", \"q\"]}\n";
    writeText(folder / "train.jsonl", rows);
    writeText(folder / "test.jsonl", "{\"text\": \"d\", \"late\": 1}\n");
    DataSpec spec;
    spec.path = folder.path().string();
    const PromptTemplate prompt = REQUIRE_OK(loadTemplate("text"));
    const DataReport report = REQUIRE_OK(reportData(REQUIRE_OK(readDataset(spec)), prompt, nullptr, 8));
    CHECK_EQ(report.columns.names(), (std::vector<std::string>{"text", "source", "options", "late"}));
    CHECK_EQ(report.columns.rows(), 4);
    std::vector<std::int64_t> counts;
    for (const ColumnCounts::Column& column : report.columns.columns())
        counts.push_back(column.rows);
    CHECK(counts == (std::vector<std::int64_t>{4, 1, 1, 1}));
    // Keys that are values: so many columns are no help to anybody.
    std::string many;
    for (int i = 0; i < 1200; ++i)
        many += "{\"text\": \"a\", \"id" + std::to_string(i) + "\": 1}\n";
    writeText(folder / "train.jsonl", many);
    const DataReport bounded = REQUIRE_OK(reportData(REQUIRE_OK(readDataset(spec)), prompt, nullptr, 8));
    CHECK_EQ(bounded.columns.names().size(), ColumnCounts::mostColumns);
    CHECK_EQ(bounded.columns.columns()[0].rows, 1201);
    CHECK_CONTAINS(bounded.notes.back().text, "more than 1000 columns");
}
