// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"
#include "data/prompt_template.h"
#include "run/run_spec.h"
#include "support/testing.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

using namespace hilo;
using namespace hilo::testing;

// What projects/word-skills/README.md says of the files, held against the files.

namespace {

const std::filesystem::path project = std::filesystem::path(HILO_SOURCE_DIR) / "projects/word-skills";
const std::vector<std::string> tasks{"noun-kinds", "verb-kinds", "part-of-speech",
                                     "opposites",  "same-sense", "hypernyms"};
const std::map<std::string, int> splits{{"train", 2000}, {"validation", 240}, {"test", 480}};
const std::map<std::string, int> labels{{"noun-kinds", 10}, {"verb-kinds", 8}, {"part-of-speech", 4},
                                        {"opposites", 2},   {"same-sense", 2}, {"hypernyms", 4}};

std::vector<Json> rowsOf(const std::string& task, const std::string& split)
{
    std::istringstream lines(readText(project / "data" / task / (split + ".jsonl")));
    std::vector<Json> rows;
    for (std::string line; std::getline(lines, line);)
        rows.push_back(Json::parse(line));
    return rows;
}

/// Letters alone, in small ones: texts that differ by digits and signs count as the same.
std::string bare(const std::string& text)
{
    std::string letters;
    for (const char c : text)
        if (std::isalpha(static_cast<unsigned char>(c)) != 0)
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!letters.empty() && letters.back() != ' ')
            letters += ' ';
    return letters.substr(0, letters.find_last_not_of(' ') + 1);
}

/// Glosses, sentences and the words that a row is about; options of hypernyms are answers, as labels are.
std::set<std::string> asked(const std::string& task, const Json& row)
{
    std::set<std::string> found;
    for (const char* field : {"word", "text", "gloss", "first", "second"})
        if (row.contains(field))
            found.insert((std::string(field) == "word" || task == "opposites" ? "word: " : "text: ") +
                         bare(row[field].get<std::string>()));
    return found;
}

} // namespace

HILO_TEST(everySplitHasItsRowsAndAllLabelsAsOftenAsOneAnother)
{
    for (const std::string& task : tasks)
        for (const auto& [split, count] : splits) {
            const std::vector<Json> rows = rowsOf(task, split);
            CHECK_EQ(rows.size(), static_cast<std::size_t>(count));
            std::map<std::string, int> counts;
            std::set<std::string> different;
            for (const Json& row : rows) {
                ++counts[row.contains("right") ? row["right"].dump() : row["label"].get<std::string>()];
                different.insert(row.dump());
                if (row.contains("options")) {
                    CHECK_EQ(row["options"].size(), 4u);
                    CHECK_EQ(std::set<std::string>(row["options"].begin(), row["options"].end()).size(), 4u);
                }
            }
            CHECK_EQ(counts.size(), static_cast<std::size_t>(labels.at(task)));
            for (const auto& [label, number] : counts)
                CHECK_EQ(number, count / labels.at(task));
            CHECK_EQ(different.size(), rows.size());
        }
}

HILO_TEST(noWordAndNoTextOfASplitIsInAnotherOneOfAnyTask)
{
    std::map<std::string, std::string> splitOf;
    std::size_t leaks = 0;
    for (const std::string& task : tasks)
        for (const auto& [split, count] : splits)
            for (const Json& row : rowsOf(task, split))
                for (const std::string& text : asked(task, row))
                    leaks += splitOf.emplace(text, split).first->second != split ? 1u : 0u;
    CHECK(splitOf.size() > 20000u);
    CHECK_EQ(leaks, 0u);
}

HILO_TEST(everySpecFindsItsTasksTemplatesAndBase)
{
    std::set<std::string> ofSingles;
    for (const std::string& task : tasks) {
        const RunSpec spec = REQUIRE_OK(readRunSpec(project / "specs" / (task + ".run.json")));
        CHECK_EQ(spec.tasks.size(), 1u);
        ofSingles.insert(spec.tasks.front().data.path);
    }
    CHECK_EQ(ofSingles.size(), tasks.size());
    const RunSpec joint = REQUIRE_OK(readRunSpec(project / "specs/joint.run.json"));
    CHECK_EQ(joint.tasks.size(), tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        CHECK_EQ(joint.tasks[i].name, tasks[i]);
        CHECK(ofSingles.contains(joint.tasks[i].data.path));
        const Dataset dataset = REQUIRE_OK(readDataset(joint.tasks[i].data));
        CHECK_EQ(dataset.splits.size(), splits.size());
        REQUIRE_OK(loadTemplate(joint.tasks[i].data.template_));
    }
    CHECK(std::filesystem::exists(std::filesystem::path(joint.modelPath) / "model.safetensors"));
}

HILO_TEST(theLicenceOfWordNetLiesBesideTheRows)
{
    const std::string licence = readText(project / "data/LICENSE.wordnet");
    CHECK_CONTAINS(licence, "WordNet 3.0 Copyright 2006 by Princeton University");
    CHECK_CONTAINS(licence, "that the same appear on ALL copies");
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(project / "data"))
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    CHECK(bytes < 1'600'000u);
}
