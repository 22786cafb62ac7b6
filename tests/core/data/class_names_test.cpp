// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/class_names.h"

#include "data/labels.h"
#include "data/render.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::vector<std::string> names{"negative", "neutral", "positive"};

/// The labels of the rows and the right answer of each, as `datasets` wrote them.
void checkNamed(const std::string& path, const std::map<std::string, std::string>& columns = {})
{
    DataSpec spec;
    spec.path = dataFile(path).string();
    spec.columns = columns;
    const Dataset data = REQUIRE_OK(readDataset(spec));
    const std::vector<Row>& rows = data.splits.at("train");
    const PromptTemplate classify = REQUIRE_OK(loadTemplate("classify"));
    const auto labels = REQUIRE_OK(labelsOf(classify, rows));
    CHECK(labels == names);
    CHECK_EQ(*rows[0].field("label"), "2");
    const Examples examples = REQUIRE_OK(renderExamples(rows, classify, labels));
    CHECK_EQ(examples.examples.size(), 5u);
    CHECK_CONTAINS(examples.examples[0].answer, "positive");
    CHECK_CONTAINS(examples.examples[1].answer, "negative");
    // -1 is no class.
    CHECK_EQ(examples.rejected.size(), 1u);
    CHECK_CONTAINS(examples.rejected[0].reason, "says -1, which is none of the classes");
    std::string notes;
    for (const DataNote& note : data.notes)
        notes += note.text + "\n";
    CHECK_CONTAINS(notes, "numbers classes, which are called negative, neutral, positive");
}

} // namespace

HILO_TEST(classLabelsOfParquetHaveTheirNames)
{
    checkNamed("class_labels/train.parquet");
    checkNamed("class_labels/train.parquet", {{"sentence", "text"}, {"class", "label"}});
}

HILO_TEST(classLabelsOfSavedSetsAndCardsHaveTheirNames)
{
    checkNamed("class_labels/saved");
    checkNamed("class_labels/card");
}

HILO_TEST(mappedColumnsKeepTheirNames)
{
    Row row;
    row.fields = {{"kind", "1"}};
    nameClasses({{"kind", names}}, row);
    CHECK_EQ(*row.className("kind"), "neutral");
    for (const char* other : {"3", "-1", "positive", "", "1x"}) {
        Row plain;
        plain.fields = {{"kind", other}};
        nameClasses({{"kind", names}}, plain);
        const bool isNumber = std::string(other) == "3" || std::string(other) == "-1";
        CHECK_EQ(plain.className("kind") != nullptr, isNumber);
        if (isNumber)
            CHECK_EQ(*plain.className("kind"), "");
    }
    Row table;
    table.fields = {{"kind", "2.0"}};
    nameClasses({{"kind", names}}, table);
    CHECK_EQ(*table.className("kind"), "positive");
}

HILO_TEST(aTemplatesOwnLabelsCountMore)
{
    PromptTemplate prompt = REQUIRE_OK(loadTemplate("classify"));
    prompt.labels = {{"0", "bad"}, {"1", "good"}};
    Row row;
    row.fields = {{"text", "a"}, {"label", "1"}};
    row.classNames = {{"label", "pos"}};
    CHECK_EQ(labelIn(prompt, row).value_or(""), "good");
    prompt.labels.clear();
    CHECK_EQ(labelIn(prompt, row).value_or(""), "pos");
    // Choices are asked for by their number.
    prompt.kind = TemplateKind::Choice;
    CHECK_EQ(labelIn(prompt, row).value_or(""), "1");
}

HILO_TEST(featuresOfEveryForm)
{
    const ClassNames nested =
        classNamesOfFeatures({{"a", {{"b", {{"names", {"x", "y"}}, {"_type", "ClassLabel"}}}}},
                              {"tags", {{"_type", "List"}, {"feature", {{"names", {"x"}}, {"_type", "ClassLabel"}}}}}});
    CHECK_EQ(nested.size(), 1u);
    CHECK_EQ(nested.at("a.b").size(), 2u);
    CHECK(classNamesOfFeatures(Json::array({1, nullptr})).empty());
    CHECK(classNamesOfMetadata("{broken").empty());
    CHECK(classNamesOfMetadata(R"({"info": {"features": 3}})").empty());
}
