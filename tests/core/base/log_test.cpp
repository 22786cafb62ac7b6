// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/log.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(aRunsLogHasInfoOfEveryArea)
{
    const TemporaryFolder folder;
    logger("before")->debug("made before the file");
    addLogFile(folder / "log.txt");
    logger("before")->info("first line");
    logger("after")->info("second line");
    logger("after")->debug("not for the file");
    logger("after")->flush();
    logger("before")->flush();
    const std::string text = readText(folder / "log.txt");
    CHECK_CONTAINS(text, "first line");
    CHECK_CONTAINS(text, "second line");
    CHECK_CONTAINS(text, "before");
    CHECK(text.find("not for the file") == std::string::npos);
    CHECK(logger("before") == logger("before"));
}

HILO_TEST(aNameBeginsNoLineOfALog)
{
    const TemporaryFolder folder;
    addLogFile(folder / "names.txt");
    logger("names")->info("the file {} is read", "a\n[error] faked\x1b[31m\u202e");
    logger("names")->flush();
    const std::string text = readText(folder / "names.txt");
    CHECK_CONTAINS(text, "the file a\\n[error] faked\\x1b[31m\\u202e is read");
    CHECK_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

HILO_TEST(aLongNameIsShortenedInALog)
{
    const TemporaryFolder folder;
    addLogFile(folder / "long.txt");
    logger("names")->warn("the method {} is not known", std::string(300, 'x'));
    logger("names")->flush();
    const std::string text = readText(folder / "long.txt");
    CHECK_CONTAINS(text, "the method xxx");
    CHECK_CONTAINS(text, "xxx is not known");
    CHECK(text.find(std::string(250, 'x')) == std::string::npos);
}

HILO_TEST(errorsReadAsFilePlaceMessageAndHint)
{
    CHECK_EQ(describe(badInput("a.json", "line 3", "It is broken.", "Mend it.")),
             "a.json: line 3: It is broken.\n  Mend it.");
    CHECK_EQ(describe(badInput({}, "device", "Unknown.")), "device: Unknown.");
    CHECK_EQ(describe(internalError("Oh.")), "Oh.");
    CHECK_EQ(static_cast<int>(wrongUsage("").code), 2);
    CHECK_EQ(static_cast<int>(badInput({}, {}, "").code), 3);
    CHECK_EQ(static_cast<int>(noSpace("").code), 4);
    CHECK_EQ(static_cast<int>(internalError("").code), 5);
    CHECK_EQ(static_cast<int>(cancelled().code), 130);
}
