// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that tell whoever is not watching how a run, a queue or a study ended.
#include "engine/train/tiny_run.h"

#include "base/json.h"

#include <algorithm>
#include <filesystem>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string program = HILO_BINARY_DIR "/hilo";

/// A tiny run of three steps, and a command that writes down what it is told.
class Notices
{
  public:
    Notices() : tiny_(Json{{"steps", 3}}) {}

    std::string spec() const { return tiny_.spec().string(); }
    std::string place(const std::string& name) const { return tiny_.run(name).string(); }
    std::string writesDown() const
    {
        return "printf '%s|%s|%s|%s\\n' \"$HILO_EVENT\" \"$HILO_RUN\" \"$HILO_STUDY\" \"$HILO_TEXT\" >> '" +
               place("told") + "'";
    }
    std::string told() const
    {
        std::error_code code;
        return fs::exists(tiny_.run("told"), code) ? readText(tiny_.run("told")) : std::string();
    }
    ProcessResult run(std::vector<std::string> arguments, const std::string& environment = {}) const
    {
        std::vector<std::string> command = {"env", "-u", "HILO_ON_END", "-u", "HILO_POST"};
        if (!environment.empty())
            command.push_back(environment);
        command.push_back(program);
        command.insert(command.end(), arguments.begin(), arguments.end());
        return runProcess(command);
    }

  private:
    TinyRun tiny_;
};

std::ptrdiff_t lines(const std::string& text)
{
    return std::count(text.begin(), text.end(), '\n');
}

} // namespace

HILO_TEST(aRunTellsHowItEnded)
{
    const Notices hilo;
    const std::string folder = hilo.place("run");
    CHECK_EQ(hilo.run({"train", hilo.spec(), "--out", folder, "--on-end", hilo.writesDown()}).exitCode, 0);
    CHECK(hilo.told().starts_with("finished|" + folder + "||finished, accuracy "));
    CHECK_EQ(lines(hilo.told()), 1);
    // The same again: the folder is there already, so that it fails.
    CHECK_EQ(hilo.run({"train", hilo.spec(), "--out", folder, "--on-end", hilo.writesDown()}).exitCode, 3);
    CHECK_EQ(lines(hilo.told()), 2);
    CHECK_CONTAINS(hilo.told(), "\nfailed|" + folder + "||failed. ");
}

HILO_TEST(aNoticeThatFailsIsSaidAndFailsNoRun)
{
    const Notices hilo;
    const ProcessResult result = hilo.run(
        {"train", hilo.spec(), "--out", hilo.place("run"), "--on-end", "exit 3", "--post", "http://127.0.0.1:1/"});
    CHECK_EQ(result.exitCode, 0);
    CHECK_CONTAINS(result.errors, "The command of --on-end told nobody: it ended with status 3.");
    CHECK_CONTAINS(result.errors, "The POST told nobody: ");
    CHECK_EQ(hilo.run({"train", hilo.spec(), "--out", hilo.place("other"), "--post", "ftp://host"}).exitCode, 2);
    CHECK(!fs::exists(hilo.place("other")));
}

HILO_TEST(theQueueTellsEachRunOnceAlsoByTheEnvironment)
{
    const Notices hilo;
    const std::string project = hilo.place("project");
    CHECK_EQ(hilo.run({"project", "new", project, "--name", "Tiny"}).exitCode, 0);
    CHECK_EQ(hilo.run({"project", "add-run", project, hilo.spec(), "--id", "only", "--queue"}).exitCode, 0);
    CHECK_EQ(hilo.run({"work", project, "--devices", "cpu"}, "HILO_ON_END=" + hilo.writesDown()).exitCode, 0);
    CHECK_EQ(lines(hilo.told()), 2);
    CHECK(hilo.told().starts_with("finished|only||finished, accuracy "));
    CHECK_CONTAINS(hilo.told(), "\nqueue-empty|||The queue is empty.");
}

HILO_TEST(aStudyTellsItsEndAndKeepsNoAddress)
{
    const Notices hilo;
    const std::string project = hilo.place("project");
    CHECK_EQ(hilo.run({"project", "new", project, "--name", "Tiny"}).exitCode, 0);
    const std::vector<std::string> study = {"study",
                                            "new",
                                            project,
                                            "--name",
                                            "S",
                                            "--run",
                                            hilo.spec(),
                                            "--task",
                                            "kinds:" + hilo.place("data"),
                                            "--strategy",
                                            "lora:rank=2",
                                            "--seeds",
                                            "1",
                                            "--work",
                                            "--devices",
                                            "cpu",
                                            "--on-end",
                                            hilo.writesDown(),
                                            "--post",
                                            "http://127.0.0.1:1/secret"};
    const ProcessResult result = hilo.run(study);
    CHECK_EQ(result.exitCode, 0);
    if (result.exitCode != 0)
        CHECK_EQ(result.errors, "");
    CHECK_EQ(lines(hilo.told()), 2);
    CHECK(hilo.told().starts_with("finished|"));
    CHECK_CONTAINS(hilo.told(), "\nstudy-finished||S|1 run finished, 0 failed.\n");
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(project) / "studies"))
        if (entry.is_regular_file())
            CHECK(readText(entry.path()).find("secret") == std::string::npos);
}
