// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of the command line: one document with --json, exit codes, Ctrl-C, the control file, the progress bar.
#include "engine/train/tiny_run.h"

#include "base/json.h"
#include "run/control.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string hilo_program = HILO_BINARY_DIR "/hilo";

Json document(const std::vector<std::string>& arguments)
{
    std::vector<std::string> command = {hilo_program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.emplace_back("--json");
    const ProcessResult result = runProcess(command);
    // Warnings go beside the document.
    if (result.exitCode != 0 || result.errors.find("[error]") != std::string::npos)
        fail(arguments.front() + " ended with " + std::to_string(result.exitCode) + ": " + result.errors, __FILE__,
             __LINE__);
    return REQUIRE_OK(parseJson(result.output, arguments.front()));
}

int exitCode(const std::vector<std::string>& arguments)
{
    std::vector<std::string> command = {hilo_program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return runProcess(command).exitCode;
}

/// `hilo` in the background, with its output thrown away, or with a terminal.
class Background
{
  public:
    explicit Background(const std::vector<std::string>& arguments, bool terminal = false)
    {
        child_ = terminal ? forkpty(&terminal_, nullptr, nullptr, nullptr) : fork();
        if (child_ != 0)
            return;
        if (!terminal) {
            const int nothing = open("/dev/null", O_WRONLY);
            dup2(nothing, STDOUT_FILENO);
            dup2(nothing, STDERR_FILENO);
        }
        std::vector<char*> pointers = {const_cast<char*>(hilo_program.c_str())};
        for (const std::string& one : arguments)
            pointers.push_back(const_cast<char*>(one.c_str()));
        pointers.push_back(nullptr);
        execv(pointers[0], pointers.data());
        _exit(127);
    }
    ~Background()
    {
        if (!ended_)
            kill(child_, SIGKILL);
        wait();
    }
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    void signal(int number) const { kill(child_, number); }

    int wait()
    {
        if (!ended_)
            waitpid(child_, &status_, 0);
        ended_ = true;
        return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
    }

    /// All that comes on the terminal until the program ends.
    std::string read() const
    {
        std::string text;
        char part[4096];
        for (ssize_t count = 0; (count = ::read(terminal_, part, sizeof part)) > 0;)
            text.append(part, static_cast<std::size_t>(count));
        return text;
    }

  private:
    pid_t child_ = -1;
    int terminal_ = -1;
    int status_ = 0;
    bool ended_ = false;
};

void waitUntil(const std::function<bool()>& done)
{
    for (int i = 0; i < 6'000 && !done(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(done());
}

bool hasEvent(const fs::path& run, const std::string& name, std::size_t count = 1)
{
    return fs::exists(run / "events.ndjson") && eventsOf(run, name).size() >= count;
}

} // namespace

HILO_TEST(planningNeedsNoWeights)
{
    const TinyRun tiny;
    const fs::path model = tiny.folder() / "model";
    for (const char* name : {"model.safetensors", "tokenizer.json", "tokenizer_config.json"})
        fs::remove(model / name);
    const std::string map = (tiny.folder() / "made.map.json").string();
    CHECK(document({"inspect", model.string()})["parameters"].get<std::int64_t>() > 0);
    const Json allocated = document(
        {"allocate", model.string(), "--strategy", "hilo", "--set", "experts=1,2", "--set", "ranks=2,4", "--out", map});
    CHECK_EQ(allocated["map"]["format"].get<std::string>(), "hilo.allocation/1");
    CHECK(REQUIRE_OK(readJsonFile(map)) == allocated["map"]);
    const Json estimate = document({"estimate", model.string(), "--map", map});
    CHECK_EQ(estimate["trainable_parameters"], allocated["trainable_parameters"]);
    CHECK_EQ(estimate["active_parameters"], allocated["active_parameters"]);
    CHECK(estimate["memory_bytes"]["total"].get<std::int64_t>() > 0);
    CHECK(document({"allocate", "--list"})["strategies"].size() >= 6);
    // What needs weights says so.
    const ProcessResult trained =
        runProcess({hilo_program, "train", tiny.spec().string(), "--out", tiny.run("run").string()});
    CHECK_EQ(trained.exitCode, 3);
    CHECK_CONTAINS(trained.errors, "no weights");
}

HILO_TEST(everyCommandPrintsOneDocument)
{
    const TinyRun tiny;
    const std::string model = (tiny.folder() / "model").string();
    const std::string run = tiny.run("run").string();
    CHECK(document({"estimate", model, "--run", tiny.spec().string()})["batch"]["from"] == "data");
    const Json trained = document({"train", tiny.spec().string(), "--out", run});
    CHECK_EQ(trained["state"].get<std::string>(), "finished");
    for (const char* key : {"accuracy", "correct", "total", "interval", "unparsable", "protocol", "split"})
        CHECK(trained["evaluation"].contains(key));
    const Json scored =
        document({"evaluate", model, "--adapter", run, "--data", tiny.spec().string(), "--split", "test"});
    CHECK_EQ(scored["correct"], trained["evaluation"]["correct"]);
    CHECK_EQ(scored["interval"], trained["evaluation"]["interval"]);
    const Json other = document({"evaluate", model, "--data", (tiny.folder() / "data/test.jsonl").string(),
                                 "--template", "gloss", "--protocol", "gen-match-strict", "--limit", "4"});
    CHECK_EQ(other["protocol"].get<std::string>(), "gen-match-strict");
    CHECK_EQ(other["total"].get<int>(), 4);
    // What an adapter was trained on is told where it is measured by it.
    const std::string rows = (tiny.folder() / "data/test.jsonl").string();
    const auto errorsOf = [&] {
        return runProcess({hilo_program, "evaluate", model, "--adapter", run, "--data", rows, "--template", "gloss"})
            .errors;
    };
    CHECK(errorsOf().find("trained on") == std::string::npos);
    Json spec = REQUIRE_OK(readJsonFile(fs::path(run) / "run.json"));
    spec["data"] = {{"path", rows}, {"template", "gloss"}};
    REQUIRE_OK(writeJsonFile(fs::path(run) / "run.json", spec));
    CHECK_CONTAINS(errorsOf(), "test.jsonl is what the adapter was trained on");
    const Json generated =
        document({"generate", model, "--adapter", run, "--prompt", "a tall plant:", "--max-tokens", "5"});
    CHECK(generated["text"].is_string());
    CHECK(generated["tokens"].get<int>() <= 5);
}

HILO_TEST(aSignalEndsGenerationWhileALongPromptIsRead)
{
    const TinyRun tiny;
    std::string prompt;
    while (prompt.size() < 120'000)
        prompt += "a small bird of the forest ";
    const ProcessResult result =
        runProcess({"sh", "-c",
                    "\"$0\" generate \"$1\" --prompt \"$2\" --max-tokens 1 --stream-json >\"$3\" & "
                    "until grep -q started \"$3\" || ! kill -0 $!; do sleep 0.05; done; kill -TERM $!; wait $!",
                    hilo_program, (tiny.folder() / "model").string(), prompt, (tiny.folder() / "lines").string()});
    CHECK_EQ(result.exitCode, 130);
    CHECK_CONTAINS(readText(tiny.folder() / "lines"), "\"tokens\":0");
}

HILO_TEST(aRunSpecAsDataIsToldByWhatItSays)
{
    const TinyRun tiny;
    fs::copy_file(tiny.spec(), tiny.folder() / "settings.json");
    const std::string model = (tiny.folder() / "model").string();
    const Json named = document({"evaluate", model, "--data", tiny.spec().string(), "--split", "test"});
    const Json other =
        document({"evaluate", model, "--data", (tiny.folder() / "settings.json").string(), "--split", "test"});
    CHECK_EQ(other["correct"], named["correct"]);
    CHECK_EQ(other["total"], named["total"]);
}

HILO_TEST(evaluateTellsWhatWasMeasured)
{
    const TinyRun tiny;
    const std::string model = (tiny.folder() / "model").string();
    const std::string rows = (tiny.folder() / "data/test.jsonl").string();
    const fs::path predictions = tiny.folder() / "predictions.ndjson";
    const Json scored =
        document({"evaluate", model, "--data", rows, "--template", "gloss", "--predictions", predictions.string()});
    CHECK_EQ(scored["protocol"].get<std::string>(), "label-logit");
    for (const char* key : {"loss", "perplexity", "tokens", "accuracy", "interval", "metrics", "intervals", "classes"})
        CHECK(scored.contains(key));
    CHECK(scored["metrics"].contains("f1_macro"));
    const std::string lines = readText(predictions);
    CHECK_EQ(std::count(lines.begin(), lines.end(), '\n'), 24);

    // The same rows as free answers: no accuracy, and no zero in its place.
    writeText(tiny.folder() / "free.json",
              R"({"format": "hilo.prompt/1", "kind": "instruction", "prompt": "{text}:", "answer": " {label}"})");
    const std::string free = (tiny.folder() / "free.json").string();
    const Json loss = document({"evaluate", model, "--data", rows, "--template", free});
    CHECK_EQ(loss["protocol"].get<std::string>(), "loss");
    CHECK_NEAR(loss["loss"].get<double>(), scored["loss"].get<double>(), 1e-5);
    CHECK(!loss.contains("accuracy") && loss["metrics"].empty());
    const Json generated = document(
        {"evaluate", model, "--data", rows, "--template", free, "--protocol", "generate", "--max-tokens", "3"});
    CHECK(generated["metrics"].contains("exact_match") && generated.contains("loss"));

    const std::vector<std::string> command = {hilo_program, "evaluate", model, "--data", rows, "--template", free};
    const auto with = [&command](const std::vector<std::string>& more) {
        std::vector<std::string> whole = command;
        whole.insert(whole.end(), more.begin(), more.end());
        return runProcess(whole);
    };
    const ProcessResult told = with({"--metric", "loss"});
    CHECK_EQ(told.exitCode, 0);
    CHECK_CONTAINS(told.output, "loss ");
    CHECK(told.output.find("perplexity") == std::string::npos);
    const ProcessResult missing = with({"--metric", "rouge_l"});
    CHECK_EQ(missing.exitCode, 3);
    CHECK_CONTAINS(missing.errors, "no rouge_l under the protocol loss");
    const ProcessResult refused = with({"--protocol", "label-logit"});
    CHECK_EQ(refused.exitCode, 3);
    CHECK_CONTAINS(refused.errors, "generate or loss");
    CHECK_EQ(with({"--metric", "rouge"}).exitCode, 2);
    CHECK_EQ(with({"--compare-base"}).exitCode, 2);
}

HILO_TEST(aMissingFolderForTheResultIsToldBeforeTheWork)
{
    const TinyRun tiny;
    const std::string model = (tiny.folder() / "model").string();
    const std::string out = (tiny.folder() / "no such folder/result.json").string();
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"profile", model, "--signals", "weights", "--out", out, "--cache",
                                   (tiny.folder() / "cache").string()},
          {"search", tiny.spec().string(), "--out", out}}) {
        std::vector<std::string> command = {hilo_program};
        command.insert(command.end(), arguments.begin(), arguments.end());
        const ProcessResult result = runProcess(command);
        CHECK_EQ(result.exitCode, 3);
        CHECK_CONTAINS(result.errors, "no such folder");
        CHECK_CONTAINS(result.errors, "mkdir -p");
    }
    // Nothing was measured.
    CHECK(!fs::exists(tiny.folder() / "cache"));
}

HILO_TEST(wrongUsageEndsWithTwo)
{
    const TinyRun tiny;
    const std::string model = (tiny.folder() / "model").string();
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                      {"trian"},
                                                      {"train"},
                                                      {"train", "a.json"},
                                                      {"train", "--project", "p"},
                                                      {"train", "a.json", "--out", "b", "--project", "p", "--run", "r"},
                                                      {"resume"},
                                                      {"inspect", model, "--nonsense"},
                                                      {"estimate", model},
                                                      {"allocate", model},
                                                      {"allocate", model, "--strategy", "hilo", "--set", "ranks"},
                                                      {"evaluate", model},
                                                      {"evaluate", model, "--data", "d", "--protocol", "guess"},
                                                      {"generate", model},
                                                      {"generate", model, "--prompt", "x", "--max-tokens", "0"},
                                                      {"pretrain", model}}) {
        std::vector<std::string> command = {hilo_program};
        command.insert(command.end(), arguments.begin(), arguments.end());
        const ProcessResult result = runProcess(command);
        if (result.exitCode != 2 || result.errors.empty() || !result.output.empty())
            fail("hilo " + printed(arguments) + " ended with " + std::to_string(result.exitCode) + ": " +
                     result.errors + result.output,
                 __FILE__, __LINE__);
    }
    CHECK_EQ(exitCode({"--help"}), 0);
    CHECK_EQ(exitCode({"train", "--help"}), 0);
    CHECK_EQ(exitCode({"--version"}), 0);
}

HILO_TEST(aWordThatIsNoCommandIsNamed)
{
    const ProcessResult unknown = runProcess({hilo_program, "nosuch"});
    CHECK_EQ(unknown.exitCode, 2);
    CHECK_CONTAINS(unknown.errors, "nosuch is no command of hilo");
    const ProcessResult nested = runProcess({hilo_program, "map", "nosuch"});
    CHECK_EQ(nested.exitCode, 2);
    CHECK_CONTAINS(nested.errors, "nosuch is no command of hilo map");
    CHECK_CONTAINS(runProcess({hilo_program}).errors, "required");
}

HILO_TEST(ctrlCEndsWithACheckpointAndResumeGoesOn)
{
    const TinyRun tiny(Json{{"steps", 300}, {"checkpoint_every", 0}});
    const fs::path whole = tiny.run("whole");
    const fs::path parts = tiny.run("parts");
    document({"train", tiny.spec().string(), "--out", whole.string()});
    {
        Background training({"train", tiny.spec().string(), "--out", parts.string()});
        waitUntil([&] { return hasEvent(parts, "step", 3); });
        training.signal(SIGINT);
        CHECK_EQ(training.wait(), 130);
    }
    const Json stopped = eventsOf(parts, "stopped").at(0);
    const std::string step = std::to_string(stopped["step"].get<std::int64_t>());
    CHECK(fs::exists(parts / "checkpoints" / ("step-" + step) / "manifest.json"));
    CHECK(!fs::exists(parts / "adapter"));
    CHECK_EQ(document({"resume", parts.string()})["state"].get<std::string>(), "finished");
    CHECK(adapterBytes(whole) == adapterBytes(parts));
}

HILO_TEST(theControlFileIsObeyed)
{
    const TinyRun tiny(Json{{"steps", 2000}, {"checkpoint_every", 0}});
    const fs::path run = tiny.run("run");
    Background training({"train", tiny.spec().string(), "--out", run.string()});
    waitUntil([&] { return hasEvent(run, "step"); });
    REQUIRE_OK(writeControl(run, ControlWord::Checkpoint));
    waitUntil([&] { return hasEvent(run, "checkpoint"); });
    REQUIRE_OK(writeControl(run, ControlWord::Pause));
    waitUntil([&] { return hasEvent(run, "paused"); });
    const std::size_t steps = eventsOf(run, "step").size();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK_EQ(eventsOf(run, "step").size(), steps);
    REQUIRE_OK(writeControl(run, ControlWord::Resume));
    waitUntil([&] { return hasEvent(run, "resumed") && hasEvent(run, "step", steps + 1); });
    REQUIRE_OK(writeControl(run, ControlWord::Stop));
    CHECK_EQ(training.wait(), 130);
    CHECK(hasEvent(run, "stopped"));
    CHECK(!readControl(run).has_value());
}

HILO_TEST(aTerminalShowsProgressAndRemainingTime)
{
    const TinyRun tiny(Json{{"steps", 100000}, {"checkpoint_every", 0}});
    const fs::path run = tiny.run("run");
    Background training({"train", tiny.spec().string(), "--out", run.string()}, true);
    std::thread stopper([&] {
        waitUntil([&] { return hasEvent(run, "step"); });
        std::this_thread::sleep_for(std::chrono::milliseconds(1600));
        training.signal(SIGINT);
    });
    const std::string shown = training.read();
    stopper.join();
    CHECK_EQ(training.wait(), 130);
    for (const char* part : {"Training [", " %", " left", "tokens/s", "hilo resume"})
        CHECK_CONTAINS(shown, part);
}
