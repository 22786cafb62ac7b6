// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace hilo::testing {

std::vector<Case>& cases()
{
    static std::vector<Case> all;
    return all;
}

bool registerCase(const char* name, void (*body)())
{
    cases().push_back({name, body});
    return true;
}

void fail(std::string message, const char* file, int line)
{
    throw Failure{std::move(message), file, line};
}

void checkNear(double actual, double expected, double tolerance, const char* expression, const char* toleranceText,
               const char* file, int line)
{
    if (!(std::abs(actual - expected) <= tolerance))
        fail(expression + (" is " + printed(actual)) + ", expected " + printed(expected) + " within " + toleranceText,
             file, line);
}

void checkContains(const std::string& text, const std::string& part, const char* expression, const char* file, int line)
{
    if (text.find(part) == std::string::npos)
        fail(expression + (" is \"" + text) + "\", which does not hold \"" + part + "\"", file, line);
}

TemporaryFolder::TemporaryFolder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "hilo-test-XXXXXX").string();
    if (!mkdtemp(pattern.data()))
        fail("no temporary folder could be made", __FILE__, __LINE__);
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path dataFile(const std::string& name)
{
    return std::filesystem::path(HILO_TEST_DATA) / name;
}

void writeText(const std::filesystem::path& path, const std::string& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream stream(path, std::ios::binary);
    stream << text;
    if (!stream.flush())
        fail("cannot write " + path.string(), __FILE__, __LINE__);
}

std::string readText(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        fail("cannot read " + path.string(), __FILE__, __LINE__);
    return {std::istreambuf_iterator<char>(stream), {}};
}

ProcessResult runProcess(const std::vector<std::string>& command)
{
    int out[2];
    int err[2];
    if (pipe(out) != 0 || pipe(err) != 0)
        fail("no pipe", __FILE__, __LINE__);
    const pid_t child = fork();
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        for (const int descriptor : {out[0], out[1], err[0], err[1]})
            close(descriptor);
        std::vector<char*> arguments;
        for (const auto& argument : command)
            arguments.push_back(const_cast<char*>(argument.c_str()));
        arguments.push_back(nullptr);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    close(out[1]);
    close(err[1]);
    ProcessResult result;
    pollfd descriptors[2] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
    std::string* targets[2] = {&result.output, &result.errors};
    for (int open = 2; open > 0;) {
        poll(descriptors, 2, -1);
        for (int i = 0; i < 2; ++i) {
            if (descriptors[i].fd < 0 || descriptors[i].revents == 0)
                continue;
            char buffer[65536];
            const ssize_t count = read(descriptors[i].fd, buffer, sizeof buffer);
            if (count > 0) {
                targets[i]->append(buffer, static_cast<std::size_t>(count));
            } else {
                close(descriptors[i].fd);
                descriptors[i].fd = -1;
                --open;
            }
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

} // namespace hilo::testing
