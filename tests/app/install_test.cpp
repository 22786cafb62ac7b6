// SPDX-License-Identifier: GPL-3.0-or-later
// What an installation has, and that it tells of the commands that there are.
#include "base/json.h"
#include "base/version.h"

#include "support/testing.h"

#include <filesystem>
#include <set>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = HILO_BINARY_DIR "/hilo";

/// Installed into a folder of its own, once.
const fs::path& installed()
{
    static const TemporaryFolder folder;
    static const bool isDone = [] {
        const ProcessResult result =
            runProcess({HILO_CMAKE, "--install", HILO_BUILD_DIR, "--prefix", folder.path().string()});
        if (result.exitCode != 0)
            fail("cmake --install: " + result.errors, __FILE__, __LINE__);
        return true;
    }();
    static_cast<void>(isDone);
    return folder.path();
}

std::string unpacked(const fs::path& file)
{
    const ProcessResult result = runProcess({"gzip", "-dc", file.string()});
    CHECK_EQ(result.exitCode, 0);
    return result.output;
}

} // namespace

HILO_TEST(theProgramsRunWhereTheyWereInstalled)
{
    const ProcessResult version = runProcess({(installed() / "bin/hilo").string(), "--version"});
    CHECK_EQ(version.output, "hilo " + programVersion() + "\n");
    // It finds the engine beside itself.
    const ProcessResult help = runProcess({(installed() / "bin/hilo").string(), "--help"});
    CHECK_EQ(help.exitCode, 0);
    for (const char* file : {"prompts/alpaca.json", "benchmarks/boolq.json", "help/signals.json"})
        CHECK(fs::exists(installed() / "share/hilo/resources" / file));
    for (const char* package : {"hilo", "hilo-engine", "hilo-doc"})
        CHECK(fs::exists(installed() / "share/doc" / package / "copyright"));
}

HILO_TEST(everyCommandHasItsManualPage)
{
    const TemporaryFolder folder;
    const ProcessResult result = runProcess({program, "manual", folder.path().string(), "--json"});
    const Json document = REQUIRE_OK(parseJson(result.output, "manual"));
    for (const Json& file : document["files"]) {
        const std::string name = file.get<std::string>();
        const fs::path page = installed() / "share/man/man1" / (name + ".gz");
        CHECK(fs::exists(page));
        // Beside its day the page says what the command says now.
        const auto withoutTitle = [](const std::string& text) { return text.substr(text.find(".SH NAME")); };
        CHECK_EQ(withoutTitle(unpacked(page)), withoutTitle(readText(folder / name)));
    }
    CHECK_EQ(unpacked(installed() / "share/man/man1/hilo-engine.1.gz"), ".so man1/hilo.1\n");
}

HILO_TEST(shellsCompleteTheCommandsThatThereAre)
{
    for (const auto& [shell, file] :
         {std::pair{"bash", "bash-completion/completions/hilo"}, std::pair{"zsh", "zsh/vendor-completions/_hilo"},
          std::pair{"fish", "fish/vendor_completions.d/hilo.fish"}}) {
        const fs::path script = installed() / "share" / file;
        CHECK_EQ(readText(script), runProcess({program, "completion", shell}).output);
        // The shell itself can read it, where it is installed.
        if (runProcess({"sh", "-c", std::string("command -v ") + shell}).exitCode == 0) {
            const ProcessResult read = runProcess({shell, "-n", script.string()});
            CHECK_EQ(read.errors, "");
            CHECK_EQ(read.exitCode, 0);
        }
    }
}

#ifdef HILO_HAS_WORKBENCH
HILO_TEST(theWorkbenchComesWithWhatADesktopWants)
{
    const std::string name = "io.github.hilo_workbench.HiloWorkbench";
    for (const std::string& file : {"applications/" + name + ".desktop", "metainfo/" + name + ".metainfo.xml",
                                    "mime/packages/" + name + ".xml", "icons/hicolor/scalable/apps/" + name + ".svg",
                                    std::string("hilo-workbench/projects/gloss-classes/project.json")})
        CHECK(fs::exists(installed() / "share" / file));
    CHECK_CONTAINS(unpacked(installed() / "share/man/man1/hilo-workbench.1.gz"), "\\-\\-pictures");
    if (runProcess({"sh", "-c", "command -v desktop-file-validate"}).exitCode == 0)
        CHECK_EQ(
            runProcess({"desktop-file-validate", (installed() / "share/applications" / (name + ".desktop")).string()})
                .exitCode,
            0);
    if (runProcess({"sh", "-c", "command -v appstreamcli"}).exitCode == 0)
        CHECK_EQ(runProcess({"appstreamcli", "validate", "--no-net",
                             (installed() / "share/metainfo" / (name + ".metainfo.xml")).string()})
                     .exitCode,
                 0);
}
#endif
