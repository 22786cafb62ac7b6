// SPDX-License-Identifier: GPL-3.0-or-later
// What programs tell of themselves.
#include "base/json.h"
#include "base/version.h"

#include "support/testing.h"

#include <regex>

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::string program = HILO_BINARY_DIR "/hilo";

Json told(std::vector<std::string> command)
{
    const ProcessResult result = runProcess(std::move(command));
    CHECK_EQ(result.exitCode, 0);
    CHECK_EQ(result.errors, "");
    return REQUIRE_OK(parseJson(result.output, "output"));
}

/// What every program knows: itself, how it was built, libraries of hilo_core, the machine.
void checkCommonFacts(const Json& facts)
{
    CHECK_EQ(facts["hilo"].get<std::string>(), programVersion());
    CHECK(std::regex_match(facts["sqlite"].get<std::string>(), std::regex(R"(3\.\d+\.\d+.*)")));
    CHECK(std::regex_match(facts["compiler"].get<std::string>(), std::regex(R"(\w+ \d+\.\d+.*)")));
    CHECK(std::regex_match(facts["build_type"].get<std::string>(), std::regex(R"(\w+)")));
    CHECK(facts["commit"].is_null() == facts["uncommitted_changes"].is_null());
    if (facts["commit"].is_string())
        CHECK(std::regex_match(facts["commit"].get<std::string>(), std::regex("[0-9a-f]{40,64}")));
    for (const char* library : {"openssl", "curl", "icu", "pcre2", "zlib", "zstd"})
        CHECK(std::regex_search(facts[library].get<std::string>(), std::regex(R"(\d+\.\d+)")));
    CHECK(facts["kernel"].get<std::string>().starts_with("Linux "));
    CHECK(facts["instruction_sets"].is_array());
    CHECK(facts["gpus"].is_array());
}

} // namespace

HILO_TEST(theVersionAloneIsOneLine)
{
    const ProcessResult result = runProcess({program, "--version"});
    CHECK_EQ(result.exitCode, 0);
    CHECK_EQ(result.output, "hilo " + programVersion() + "\n");
    CHECK_EQ(told({program, "--version", "--json"}), Json({{"hilo", programVersion()}}));
    CHECK_EQ(told({program, "--json", "--version"}), Json({{"hilo", programVersion()}}));
}

HILO_TEST(verboseTellsEverythingThatItIsMadeOf)
{
    const Json facts = told({program, "--version", "--verbose", "--json"});
    checkCommonFacts(facts);
    CHECK(std::regex_search(facts["libtorch"].get<std::string>(), std::regex(R"(^\d+\.\d+)")));
    CHECK_CONTAINS(facts["libtorch_file"].get<std::string>(), "libtorch");
    CHECK(facts["cpu_capability"].is_string());
    CHECK(!facts["openmp"].get<std::string>().empty());
    CHECK(facts.contains("cuda") && facts["cuda_devices"].is_array());

    const ProcessResult result = runProcess({program, "--verbose", "--version"});
    CHECK_EQ(result.exitCode, 0);
    CHECK_CONTAINS(result.output, "LibTorch");
    CHECK_CONTAINS(result.output, facts["libtorch"].get<std::string>());
    CHECK_CONTAINS(result.output, facts["sqlite"].get<std::string>());
    CHECK_CONTAINS(result.output, facts["compiler"].get<std::string>());
}

HILO_TEST(verboseBelongsToTheVersion)
{
    const ProcessResult result = runProcess({program, "inspect", "nothing", "--verbose"});
    CHECK_EQ(result.exitCode, 2);
    CHECK_CONTAINS(result.errors, "--version");
}

#ifdef HILO_HAS_WORKBENCH
HILO_TEST(theWorkbenchTellsItsQtWithoutADisplay)
{
    const std::string workbench = HILO_BINARY_DIR "/hilo-workbench";
    const std::vector<std::string> bare = {"env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "-u", "QT_QPA_PLATFORM"};
    std::vector<std::string> command = bare;
    command.insert(command.end(), {workbench, "--version", "--verbose", "--json"});
    const Json facts = told(command);
    checkCommonFacts(facts);
    CHECK(std::regex_match(facts["qt"].get<std::string>(), std::regex(R"(6\.\d+\.\d+)")));
    CHECK(!facts.contains("libtorch"));
}
#endif
