// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_endings.h"

#include "data/data_spec.h"
#include "data/row_readers.h"
#include "data/row_source.h"
#include "run/task_spec.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(theEndingSaysHowAFileIsRead)
{
    CHECK_EQ(dataEnding("Train.JSONL.gz"), ".jsonl");
    CHECK_EQ(dataEnding("a.parquet"), ".parquet");
    CHECK_EQ(dataEnding("notes.MD"), ".md");
    CHECK_EQ(dataEnding("model.gguf"), "");
    CHECK_EQ(dataEnding("archive.gz"), "");
    CHECK_EQ(withoutDataEndings("train.jsonl.zst"), "train");
    CHECK_EQ(withoutDataEndings("Alpaca.ARROW"), "Alpaca");
    CHECK_EQ(withoutDataEndings("v1.2"), "v1.2");
    CHECK_EQ(withoutDataEndings(".json"), ".json");
}

/// What a dialog offers and what a reader takes are one list.
HILO_TEST(everyPatternIsOfAFileThatIsRead)
{
    const std::vector<std::string> patterns = dataFilePatterns();
    for (const char* wanted : {"*.parquet", "*.arrow", "*.feather", "*.jsonl", "*.jsonl.gz", "*.json.zst", "*.csv.gz",
                               "*.txt", "*.md", "*.tsv.zstd"})
        CHECK(std::find(patterns.begin(), patterns.end(), wanted) != patterns.end());
    for (const std::string& pattern : patterns) {
        CHECK(!dataEnding(pattern.substr(1).insert(0, "a")).empty());
        // Damaged at most, never of an unknown kind.
        if (const auto rows = rowsOfBytes("x", pattern.substr(1).insert(0, "a")); !rows)
            CHECK(describe(rows.error()).find("Data files end in") == std::string::npos);
    }
    CHECK(std::find(patterns.begin(), patterns.end(), "*.parquet.gz") == patterns.end());
}

HILO_TEST(everyEndingIsLeftOutOfATasksName)
{
    for (const std::string& pattern : dataFilePatterns()) {
        DataSpec data;
        data.path = "/somewhere/cola" + pattern.substr(1);
        CHECK_EQ(defaultTaskName(data), "cola");
    }
}
