// SPDX-License-Identifier: GPL-3.0-or-later
// The structure of the source tree itself: which folder includes which, how long a file may be, what never meets.
#include "house/includes.h"
#include "support/testing.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> rooms = {"core", "gpu", "widgets", "app"};

std::string listed(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += "\n  " + line;
    return text;
}

/// All sources of the tree, the tests too.
std::vector<fs::path> sources()
{
    std::vector<fs::path> files;
    for (const char* top : {"core", "gpu", "widgets", "app", "tests"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(HILO_SOURCE_DIR) / top)) {
            const std::string ending = entry.path().extension().string();
            if (entry.is_regular_file() && (ending == ".cpp" || ending == ".h" || ending == ".cu" || ending == ".cuh"))
                files.push_back(entry.path());
        }
    return files;
}

} // namespace

HILO_TEST(foldersIncludeOneAnotherAsTheDrawingSays)
{
    const auto arrows = arrowsOf(HILO_SOURCE_DIR, rooms);
    CHECK(arrows.size() > 500);
    CHECK_EQ(listed(faultsOf(arrows, readDrawing(fs::path(HILO_SOURCE_DIR) / "tests/house/arrows.txt"))), "");
}

HILO_TEST(aNewArrowAndACircleAreFound)
{
    const TemporaryFolder tree;
    const auto source = [&tree](const std::string& name, const std::string& text) {
        fs::create_directories((tree / name).parent_path());
        writeText(tree / name, text);
    };
    source("core/base/text.h", "#pragma once\n");
    source("core/run/spec.h", "#include <string>\n#include \"base/text.h\"\n#include \"library/absent.h\"\n");
    source("core/index/store.cpp", "#  include \"run/spec.h\"\n#include \"near.h\"\n");
    source("core/index/near.h", "");
    writeText(tree / "arrows.txt", "# a comment\ncore/base:\ncore/run: core/base\ncore/index*: core/*\n");
    const Drawing drawing = readDrawing(tree / "arrows.txt");
    CHECK_EQ(listed(faultsOf(arrowsOf(tree.path(), {"core"}), drawing)), "");

    source("core/base/text.h", "#include \"core/index/near.h\"\n");
    const auto faults = faultsOf(arrowsOf(tree.path(), {"core"}), drawing);
    CHECK(faults.size() >= 2);
    const std::string text = listed(faults);
    CHECK_CONTAINS(text, "core/base/text.h includes \"core/index/near.h\": core/base -> core/index is not in");
    CHECK_CONTAINS(text, "circle: core/base -> core/index -> core/run -> core/base");

    // The window's folders name one another without "widgets" and "app/workbench".
    source("widgets/common/theme.h", "#include \"runs/texts.h\"\n");
    source("widgets/runs/texts.h", "#include \"pages/page.h\"\n");
    source("app/workbench/pages/page.h", "#include \"common/theme.h\"\n");
    const std::string window = listed(faultsOf(arrowsOf(tree.path(), {"widgets", "app/workbench"}), drawing));
    CHECK_CONTAINS(window, "widgets/common -> widgets/runs is not in");
    CHECK_CONTAINS(window, "widgets/runs -> app/workbench/pages is not in");
    CHECK_CONTAINS(window, "circle: app/workbench/pages -> widgets/common -> widgets/runs -> app/workbench/pages");
}

HILO_TEST(noFileHasMoreThanSixHundredLines)
{
    for (const fs::path& file : sources()) {
        const std::string text = readText(file);
        const auto lines = std::count(text.begin(), text.end(), '\n');
        if (lines > 600)
            CHECK_EQ(file.string() + " has " + std::to_string(lines) + " lines", "at most 600");
    }
}

HILO_TEST(libTorchAndQtNeverMeet)
{
    for (const fs::path& file : sources()) {
        if (file.filename() == "house_test.cpp")
            continue;
        const std::string text = readText(file);
        const bool torch = text.find("#include <torch/") != std::string::npos ||
                           text.find("#include <ATen/") != std::string::npos ||
                           text.find("#include \"gpu/tensor.h\"") != std::string::npos;
        const bool qt = text.find("#include <Q") != std::string::npos;
        if (torch && qt)
            CHECK_EQ(file.string(), "LibTorch or Qt, not both");
    }
}

HILO_TEST(noCommentNamesACommandThatDoxygenDoesNotKnow)
{
    // Outside of quotes "@" and "\" begin one, and the target api-docs stops at those that it does not know.
    const auto hasCommand = [](std::string text) {
        text = std::regex_replace(text, std::regex(R"("[^"]*"|`[^`]*`)"), "");
        return std::regex_search(text, std::regex(R"(///.*[@\\][A-Za-z])"));
    };
    CHECK(hasCommand("    A, ///< METRIC@TASK: a number"));
    CHECK(!hasCommand("/// \"METRIC@TASK\", `\\w`; a@1"));
    std::vector<std::string> found;
    for (const fs::path& file : sources()) {
        const std::string name = file.lexically_relative(HILO_SOURCE_DIR).string();
        if (file.extension() != ".h" || !(name.starts_with("core/") || name.starts_with("gpu/")))
            continue;
        std::istringstream lines(readText(file));
        for (std::string line; std::getline(lines, line);)
            if (line.find("///") != std::string::npos && hasCommand(line))
                found.push_back(name + ": " + line);
    }
    CHECK_EQ(listed(found), "");
}

HILO_TEST(aSourceHasAHeaderOfItsName)
{
    // Commands, strategies, metrics and pages are found by name or registered; a program's main has nobody to declare
    // it to. What implements another's header for one kind of device is chosen by the build.
    const std::vector<std::string> exempt = {"app/cli/",
                                             "core/allocation/strategies/",
                                             "core/metrics/definitions/",
                                             "core/objectives/definitions/",
                                             "/main.cpp",
                                             "core/engine/train/parallel_gloo.cpp",
                                             "core/engine/train/parallel_nccl.cpp",
                                             "gpu/cpu/no_device.cpp",
                                             "gpu/cuda/device.cpp",
                                             "gpu/cuda/step_graph.cpp",
                                             "gpu/operators/cuda_operators.cpp",
                                             "gpu/operators/no_device_operators.cpp"};
    std::vector<std::string> missing;
    for (const fs::path& file : sources()) {
        const std::string name = file.lexically_relative(HILO_SOURCE_DIR).string();
        if (file.extension() != ".cpp" || name.starts_with("tests/"))
            continue;
        if (std::any_of(exempt.begin(), exempt.end(),
                        [&name](const std::string& part) { return name.find(part) != std::string::npos; }))
            continue;
        fs::path header = file;
        if (!fs::exists(header.replace_extension(".h")))
            missing.push_back(name);
    }
    CHECK_EQ(listed(missing), "");
}
