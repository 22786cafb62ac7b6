// SPDX-License-Identifier: GPL-3.0-or-later
// hilo export and hilo import as a person or the workbench starts them: documents, exit codes, and folders that exist,
// cannot be written or fill up.
#include "engine/train/tiny_run.h"

#include "base/json.h"

#include <set>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string hilo_program = HILO_BINARY_DIR "/hilo";

/// A run of a mixture, trained once for all cases.
const TinyRun& trained()
{
    static const TinyRun tiny(Json{{"steps", 4}});
    static const ProcessResult result =
        runProcess({hilo_program, "train", tiny.spec().string(), "--out", tiny.run("run").string()});
    CHECK_EQ(result.exitCode, 0);
    return tiny;
}

ProcessResult exported(const std::vector<std::string>& more)
{
    std::vector<std::string> command{hilo_program, "export", trained().run("run").string()};
    command.insert(command.end(), more.begin(), more.end());
    return runProcess(command);
}

} // namespace

HILO_TEST(theListSaysOfEveryFormatWhetherItFits)
{
    const ProcessResult result = exported({"--list", "--json"});
    CHECK_EQ(result.exitCode, 0);
    const Json list = REQUIRE_OK(parseJson(result.output, "list"));
    std::map<std::string, std::string> verdicts;
    for (const Json& format : list["formats"]) {
        for (const char* key : {"name", "title", "description", "verdict", "reason", "fitting_map", "estimated_bytes",
                                "weight_types", "takes_rank"})
            CHECK(format.contains(key));
        const bool possible = format["verdict"] != "impossible";
        CHECK(possible == format["estimated_bytes"].is_number());
        verdicts[format["name"]] = format["verdict"];
    }
    CHECK_EQ(verdicts["hilo"], "exact");
    CHECK_EQ(verdicts["peft"], "impossible");
    CHECK_EQ(verdicts["peft-static"], "static approximation");
    CHECK_EQ(verdicts["merged-gguf"], "static approximation");
    CHECK_EQ(verdicts["python"], "exact");
    CHECK_EQ(verdicts["peft-distilled"], "static approximation");
    CHECK_EQ(verdicts.size(), 11u);
    const ProcessResult text = exported({"--list"});
    CHECK_CONTAINS(text.output, "merged-gguf");
    CHECK_CONTAINS(text.output, "layer 0, ");
    CHECK_CONTAINS(text.output, "--to mola --fitting-map FILE writes a map like this one that would fit");
}

HILO_TEST(anExportOfAQuantisedRunSaysSo)
{
    const TinyRun tiny(Json{{"steps", 2}, {"quantisation", "nf4"}});
    CHECK_EQ(runProcess({hilo_program, "train", tiny.spec().string(), "--out", tiny.run("run").string()}).exitCode, 0);
    const fs::path out = tiny.folder() / "own";
    const ProcessResult result =
        runProcess({hilo_program, "export", tiny.run("run").string(), "--to", "hilo", "--out", out.string(), "--json"});
    CHECK_EQ(result.exitCode, 0);
    CHECK_EQ(REQUIRE_OK(parseJson(result.output, "report"))["quantisation"].get<std::string>(), "nf4");
    CHECK_CONTAINS(readText(out / "README.md"), "quantised to nf4");
    const ProcessResult whole = exported({"--to", "hilo", "--out", (tiny.folder() / "whole").string(), "--json"});
    CHECK_EQ(REQUIRE_OK(parseJson(whole.output, "report"))["quantisation"].get<std::string>(), "none");
}

HILO_TEST(anExportSaysWhatItWroteAndHowItWasChecked)
{
    const fs::path out = trained().folder() / "own";
    const ProcessResult result = exported({"--to", "hilo", "--out", out.string(), "--json"});
    CHECK_EQ(result.exitCode, 0);
    const Json report = REQUIRE_OK(parseJson(result.output, "report"));
    std::uint64_t bytes = 0;
    std::set<std::string> names;
    for (const Json& file : report["files"]) {
        bytes += file["bytes"].get<std::uint64_t>();
        names.insert(file["name"]);
    }
    CHECK_EQ(report["bytes"].get<std::uint64_t>(), bytes);
    CHECK(names == (std::set<std::string>{"README.md", "adapter.json", "adapter.safetensors", "allocation.map.json",
                                          "map.svg"}));
    const Json& check = report["verification"];
    CHECK(check["greatest_difference"].get<double>() <= check["tolerance"].get<double>());
    CHECK(report["static_approximation"].is_null());
    CHECK_EQ(report["format"].get<std::string>(), "hilo");
    // What was exported is an adapter for the other commands.
    const ProcessResult text = runProcess({hilo_program, "generate", (trained().folder() / "model").string(),
                                           "--adapter", out.string(), "--prompt", "a tree", "--max-tokens", "2"});
    CHECK_EQ(text.exitCode, 0);
    const ProcessResult taken =
        runProcess({hilo_program, "import", out.string(), "--model", (trained().folder() / "model").string(), "--out",
                    (trained().folder() / "taken").string(), "--json"});
    CHECK_EQ(taken.exitCode, 0);
    CHECK_EQ(REQUIRE_OK(parseJson(taken.output, "import"))["format"].get<std::string>(), "hilo");
}

HILO_TEST(aMapThatWouldFitIsWrittenOnRequest)
{
    const fs::path map = trained().folder() / "fit.map.json";
    CHECK_EQ(exported({"--to", "moe-peft", "--fitting-map", map.string()}).exitCode, 0);
    const ProcessResult estimate = runProcess(
        {hilo_program, "estimate", (trained().folder() / "model").string(), "--map", map.string(), "--json"});
    CHECK_EQ(estimate.exitCode, 0);
}

HILO_TEST(aFailedCheckIsExitCodeFive)
{
    const fs::path out = trained().folder() / "bad";
    const ProcessResult result = exported({"--to", "hilo", "--out", out.string(), "--tolerance", "1e-30", "--json"});
    CHECK_EQ(result.exitCode, 5);
    CHECK(result.output.empty());
    CHECK_CONTAINS(result.errors, "bad.failed");
    CHECK(!fs::exists(out));
    CHECK(fs::exists(trained().folder() / "bad.failed/README.md"));
}

HILO_TEST(aFolderThatExistsIsLeftAlone)
{
    const fs::path out = trained().folder() / "mine";
    fs::create_directories(out);
    writeText(out / "notes.txt", "mine");
    const ProcessResult result = exported({"--to", "hilo", "--out", out.string()});
    CHECK_EQ(result.exitCode, 3);
    CHECK_CONTAINS(result.errors, "Exists already");
    CHECK_EQ(readText(out / "notes.txt"), "mine");
    CHECK_EQ(std::distance(fs::directory_iterator(out), fs::directory_iterator()), 1);
    writeText(trained().folder() / "file", "mine");
    CHECK_EQ(exported({"--to", "hilo", "--out", (trained().folder() / "file").string()}).exitCode, 3);
    CHECK_EQ(readText(trained().folder() / "file"), "mine");
}

HILO_TEST(wrongUsageIsSaid)
{
    CHECK_EQ(exported({}).exitCode, 2);
    CHECK_EQ(exported({"--to", "hilo"}).exitCode, 2);
    CHECK_EQ(exported({"--to", "tape", "--out", (trained().folder() / "t").string()}).exitCode, 2);
    CHECK_EQ(exported({"--to", "merged", "--type", "q8_0", "--out", (trained().folder() / "t").string()}).exitCode, 2);
    CHECK_EQ(runProcess({hilo_program, "export", trained().folder().string(), "--list"}).exitCode, 3);
}

/// Mounts a small file system in a mount namespace of its own and exports into it.
ProcessResult intoMount(const std::string& options, const std::string& format, const std::string& name = "new")
{
    const fs::path mount = trained().folder() / "mount";
    fs::create_directories(mount);
    const std::string inside = "mount -t tmpfs -o size=300k tmpfs \"$1\" || exit 77; mkdir \"$1/old\"; "
                               "echo kept > \"$1/old/file\"; " +
                               options +
                               "\"$0\" export \"$2\" --to \"$3\" --out \"$1/$4\" --calibration-rows 4; code=$?; "
                               "cat \"$1/old/file\"; ls -A \"$1\"; exit $code";
    const ProcessResult result = runProcess({"unshare", "--map-root-user", "--mount", "sh", "-c", inside, hilo_program,
                                             mount.string(), trained().run("run").string(), format, name});
    if (result.exitCode == 77 || result.errors.starts_with("unshare"))
        SKIP("no file system can be mounted here");
    return result;
}

HILO_TEST(aReadOnlyFolderIsSaidBeforeAnythingIsDone)
{
    const ProcessResult result = intoMount("mount -o remount,ro \"$1\"; ", "hilo");
    CHECK_EQ(result.exitCode, 3);
    CHECK_CONTAINS(result.errors, "Read-only");
    CHECK_EQ(result.output, "kept\nold\n");
}

HILO_TEST(aPlaceThatCannotBeIsSaidAlsoOnAFullDisk)
{
    // Room for nothing: what is wrong with the place is said, not that there is no room.
    const std::string ballast = "head -c 300000 /dev/zero > \"$1/old/ballast\" 2>/dev/null; ";
    for (const auto& [name, said] : {std::pair<std::string, std::string>{std::string(300, 'n'), "File name too long"},
                                     {"old/file/new", "Not a directory"},
                                     {"old/file", "Exists already"},
                                     {"old", "Exists already"}}) {
        const ProcessResult result = intoMount(ballast, "merged", name);
        CHECK_EQ(result.exitCode, 3);
        CHECK_CONTAINS(result.errors, said);
        CHECK(result.errors.find("Free some disk space") == std::string::npos);
        CHECK_EQ(result.output, "kept\nold\n");
    }
}

HILO_TEST(aPlaceWhereNobodyCanWriteIsNoFullDisk)
{
    if (!fs::exists("/proc/sys"))
        SKIP("there is no /proc/sys");
    const ProcessResult result = exported({"--to", "hilo", "--out", "/proc/sys/hilo-export"});
    CHECK_EQ(result.exitCode, 3);
    CHECK_CONTAINS(result.errors, "/proc/sys");
    CHECK(result.errors.find("Free some disk space") == std::string::npos);
}

/// As a process that may write only small files, which needs no mount.
HILO_TEST(aFileThatCannotBeWrittenToItsEndKeepsWhatWasThere)
{
    const fs::path folder = trained().folder() / "limited";
    fs::create_directories(folder);
    writeText(folder / "old", "kept");
    for (const std::string format : {"hilo", "merged", "merged-gguf"}) {
        const ProcessResult result = runProcess(
            {"sh", "-c", "ulimit -f 8; exec \"$0\" export \"$1\" --to \"$2\" --out \"$3\" --calibration-rows 4",
             hilo_program, trained().run("run").string(), format, (folder / "new").string()});
        CHECK_EQ(result.exitCode, 3);
        CHECK_CONTAINS(result.errors, "File too large");
        CHECK_EQ(readText(folder / "old"), "kept");
        CHECK_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
    }
}

HILO_TEST(aDiskThatIsTooSmallOrFillsUpKeepsWhatWasThere)
{
    // Room for five pages: a whole model is refused by its estimate, an adapter fills the disk while it is written.
    // Room for the weights of a whole model: the files beside them fill the disk.
    const std::string ballast = "head -c 282624 /dev/zero > \"$1/old/ballast\"; ";
    writeText(trained().folder() / "model/vocab.json", std::string(200000, ' '));
    const std::pair<std::string, std::string> cases[] = {{ballast, "merged"}, {ballast, "hilo"}, {"", "merged"}};
    for (const auto& [before, format] : cases) {
        const ProcessResult result = intoMount(before, format);
        CHECK_EQ(result.exitCode, 4);
        CHECK_CONTAINS(result.errors, "space");
        CHECK_EQ(result.output, "kept\nold\n");
    }
}
