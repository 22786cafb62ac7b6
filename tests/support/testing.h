// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cmath>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

/// Test cases without Qt headers, so that they may include LibTorch:
///
///     HILO_TEST(readsAnEmptyFile)
///     {
///         const auto file = REQUIRE_OK(openSafetensors(path));
///         CHECK_EQ(file.tensors.size(), 0u);
///     }
namespace hilo::testing {

struct Case
{
    const char* name;
    void (*body)();
};
std::vector<Case>& cases();
bool registerCase(const char* name, void (*body)());

struct Failure
{
    std::string message;
    const char* file;
    int line;
};
struct Skipped
{
    std::string reason;
};
[[noreturn]] void fail(std::string message, const char* file, int line);

/// A fresh folder that is removed at the end of the scope.
class TemporaryFolder
{
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

/// A file in tests/data.
std::filesystem::path dataFile(const std::string& name);
void writeText(const std::filesystem::path& path, const std::string& text);
std::string readText(const std::filesystem::path& path);

/// Runs a program with its arguments (no shell); both streams are captured.
struct ProcessResult
{
    int exitCode = -1;
    std::string output;
    std::string errors;
};
ProcessResult runProcess(const std::vector<std::string>& command);

template <class T>
std::string printed(const T& value)
{
    if constexpr (requires(std::ostream & stream) { stream << value; }) {
        std::ostringstream stream;
        stream.precision(12);
        stream << value;
        return stream.str();
    } else if constexpr (requires {
                             value.begin();
                             value.end();
                         }) {
        std::string text = "[";
        for (const auto& element : value)
            text += (text.size() > 1 ? ", " : "") + printed(element);
        return text + "]";
    } else if constexpr (requires { static_cast<long long>(value); }) {
        return std::to_string(static_cast<long long>(value));
    } else {
        return "(value)";
    }
}

// Functions behind the macros and not variables in them: what an argument was taken from lives until the comparison is
// over, also in CHECK_EQ(map().at(27), 10) or with a view of a temporary string.
template <class Actual, class Expected>
void checkEqual(const Actual& actual, const Expected& expected, const char* expression, const char* file, int line)
{
    if (!(actual == expected))
        fail(expression + (" is " + printed(actual)) + ", expected " + printed(expected), file, line);
}
void checkNear(double actual, double expected, double tolerance, const char* expression, const char* toleranceText,
               const char* file, int line);
void checkContains(const std::string& text, const std::string& part, const char* expression, const char* file,
                   int line);

template <class T>
T required(Result<T> result, const char* expression, const char* file, int line)
{
    if (!result)
        fail(std::string(expression) + " failed: " + describe(result.error()), file, line);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

template <class T>
Error requiredError(const Result<T>& result, const char* expression, const char* file, int line)
{
    if (result)
        fail(std::string(expression) + " succeeded; an error was expected", file, line);
    return result.error();
}

} // namespace hilo::testing

#define HILO_TEST(name)                                                                                                \
    static void name();                                                                                                \
    [[maybe_unused]] static const bool name##Registered = ::hilo::testing::registerCase(#name, &name);                 \
    static void name()

// LibTorch on Debian brings glog's macros of the same names.
#undef CHECK
#undef CHECK_EQ
#undef CHECK_NEAR
#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            ::hilo::testing::fail("not true: " #condition, __FILE__, __LINE__);                                        \
    } while (false)

#define CHECK_EQ(actual, expected) ::hilo::testing::checkEqual((actual), (expected), #actual, __FILE__, __LINE__)

#define CHECK_NEAR(actual, expected, tolerance)                                                                        \
    ::hilo::testing::checkNear((actual), (expected), (tolerance), #actual, #tolerance, __FILE__, __LINE__)

/// True when text holds part.
#define CHECK_CONTAINS(text, part) ::hilo::testing::checkContains((text), (part), #text, __FILE__, __LINE__)

/// The value of a Result, or a failed test with the error's text.
#define REQUIRE_OK(expression) ::hilo::testing::required((expression), #expression, __FILE__, __LINE__)
/// The error of a Result, or a failed test when there is none.
#define REQUIRE_ERROR(expression) ::hilo::testing::requiredError((expression), #expression, __FILE__, __LINE__)
#define SKIP(reason)                                                                                                   \
    throw ::hilo::testing::Skipped                                                                                     \
    {                                                                                                                  \
        reason                                                                                                         \
    }
