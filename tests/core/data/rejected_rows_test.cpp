// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "data/rejected_rows.h"
#include "data/row_place.h"
#include "support/testing.h"

#include <fstream>

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(allRejectedRowsAreInTheFile)
{
    const TemporaryFolder folder;
    std::vector<RejectedRow> rejected;
    for (int i = 0; i < 25; ++i)
        rejected.push_back({"rows.jsonl", i + 1, i == 3 ? "a \"quote\"\nand a line" : "no label"});
    REQUIRE_OK(writeRejectedRows(folder / rejectedRowsFile, rejected));
    std::ifstream stream(folder / rejectedRowsFile);
    std::vector<RejectedRow> read;
    for (std::string line; std::getline(stream, line);) {
        const Json json = REQUIRE_OK(parseJson(line, "rejected"));
        read.push_back(
            {json["file"].get<std::string>(), json["line"].get<std::int64_t>(), json["reason"].get<std::string>()});
    }
    CHECK(read == rejected);
    // Where lines are no place the number is a record's, and is called so.
    REQUIRE_OK(writeRejectedRows(folder / rejectedRowsFile, {{"rows.parquet", recordPlace(7), "no label"}}));
    const Json record = REQUIRE_OK(readJsonFile(folder / rejectedRowsFile));
    CHECK_EQ(record["line"].get<std::int64_t>(), 7);
    CHECK_EQ(record["place"].get<std::string>(), "record 7");
    // A run that was resumed over mended data has none left.
    REQUIRE_OK(writeRejectedRows(folder / rejectedRowsFile, {}));
    CHECK(!std::filesystem::exists(folder / rejectedRowsFile));
}
