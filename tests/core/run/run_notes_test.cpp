// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_notes.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

HILO_TEST(whatIsNotedIsReadBack)
{
    const TemporaryFolder folder;
    CHECK(REQUIRE_OK(readRunNotes(folder.path())).isEmpty());
    const RunNotes notes{"  Tiefer ", "two lines\nof text ", {"b", " a", "b"}, true};
    REQUIRE_OK(writeRunNotes(folder.path(), notes));
    const RunNotes read = REQUIRE_OK(readRunNotes(folder.path()));
    CHECK_EQ(read.name, "Tiefer");
    CHECK_EQ(read.note, "two lines\nof text");
    CHECK_EQ(read.tags, (std::vector<std::string>{"a", "b"}));
    CHECK(read.starred);
    CHECK_EQ(joinedTags(read), "a, b");
    REQUIRE_OK(writeRunNotes(folder.path(), {}));
    CHECK(!fs::exists(folder.path() / runNotesFile));
    REQUIRE_OK(writeRunNotes(folder.path(), {})); // nothing to remove is no fault
}

HILO_TEST(notesThatCannotBeKeptAreRefused)
{
    const TemporaryFolder folder;
    for (const RunNotes& bad :
         {RunNotes{"a\nb", "", {}, false}, RunNotes{std::string(201, 'x'), "", {}, false},
          RunNotes{"", std::string((64 << 10) + 1, 'x'), {}, false}, RunNotes{"", "", {"a,b"}, false},
          RunNotes{"", "", {" "}, false}, RunNotes{"", "", {std::string(61, 'x')}, false}}) {
        CHECK(!writeRunNotes(folder.path(), bad));
        CHECK(!fs::exists(folder.path() / runNotesFile));
    }
    for (const char* damaged :
         {"{", "[]", R"({"format": "hilo.run-notes/2"})", R"({"format": "hilo.run-notes/1", "tags": [1]})",
          R"({"format": "hilo.run-notes/1", "tags": ["a,b"]})",
          R"({"format": "hilo.run-notes/1", "starred": "yes"})"}) {
        writeText(folder.path() / runNotesFile, damaged);
        CHECK(!readRunNotes(folder.path()));
    }
}

HILO_TEST(tagsAreSplitAtCommas)
{
    CHECK_EQ(tagsOf(" a, b c ,,d"), (std::vector<std::string>{"a", "b c", "d"}));
    CHECK(tagsOf(" , ").empty());
}
