// SPDX-License-Identifier: GPL-3.0-or-later
// What shells and manual pages are told of the commands.
#include "base/atomic_file.h"
#include "base/json.h"

#include "support/testing.h"

#include <filesystem>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = HILO_BINARY_DIR "/hilo";

/// What bash offers behind these words.
std::string offered(const fs::path& script, const std::string& words)
{
    const ProcessResult result =
        runProcess({"bash", "-c",
                    "source \"$0\"; COMP_WORDS=(hilo " + words +
                        "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _hilo; printf '%s ' \"${COMPREPLY[@]}\"",
                    script.string()});
    CHECK_EQ(result.errors, "");
    return " " + result.output;
}

} // namespace

HILO_TEST(bashCompletesCommandsOptionsAndChoices)
{
    const TemporaryFolder folder;
    const fs::path script = folder.path() / "hilo.bash";
    const ProcessResult result = runProcess({program, "completion", "bash"});
    CHECK_EQ(result.exitCode, 0);
    REQUIRE_OK(writeFileAtomically(script, result.output));
    CHECK_CONTAINS(offered(script, "stu"), " study ");
    CHECK_CONTAINS(offered(script, "study n"), " new ");
    CHECK_CONTAINS(offered(script, "train --proj"), " --project ");
    CHECK_CONTAINS(offered(script, "compare . --cost ''"), " trainable active ");
    CHECK_CONTAINS(offered(script, "compare . --cost act"), " active ");
    CHECK(offered(script, "compare . --cost act").find("trainable") == std::string::npos);
    // A file: nothing of ours fits, and bash looks for one.
    CHECK_EQ(offered(script, "compare ./so"), "  ");
}

HILO_TEST(theOtherShellsGetEveryCommand)
{
    for (const char* shell : {"zsh", "fish"}) {
        const ProcessResult result = runProcess({program, "completion", shell});
        CHECK_EQ(result.exitCode, 0);
        for (const char* word : {"inspect", "study", "export", "completion"})
            CHECK_CONTAINS(result.output, word);
    }
    CHECK_EQ(runProcess({program, "completion", "tcsh"}).exitCode, 2);
}

HILO_TEST(everyCommandHasAManualPageWithoutWarnings)
{
    const TemporaryFolder folder;
    const ProcessResult result =
        runProcess({"env", "SOURCE_DATE_EPOCH=0", program, "manual", folder.path().string(), "--json"});
    CHECK_EQ(result.exitCode, 0);
    const Json document = REQUIRE_OK(parseJson(result.output, "manual"));
    CHECK(document["files"].size() > 30);
    for (const Json& file : document["files"]) {
        const fs::path page = folder.path() / file.get<std::string>();
        const std::string text = REQUIRE_OK(readFile(page));
        CHECK_CONTAINS(text, "\"1970-01-01\"");
        CHECK_CONTAINS(text, ".SH NAME\n");
    }
    if (runProcess({"sh", "-c", "command -v groff"}).exitCode != 0)
        return;
    for (const Json& file : document["files"]) {
        const ProcessResult shown =
            runProcess({"groff", "-man", "-ww", "-Tutf8", "-z", (folder.path() / file.get<std::string>()).string()});
        CHECK_EQ(shown.errors, "");
    }
}
