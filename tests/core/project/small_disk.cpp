// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_disk.h"

#include "support/testing.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>

namespace hilo::testing {
namespace fs = std::filesystem;
namespace {

constexpr int cannotMount = 77;

/// A mount namespace of this process's own, with the right to mount in it.
bool enterNamespace()
{
    const uid_t user = geteuid();
    const gid_t group = getegid();
    if (unshare(CLONE_NEWNS | (user == 0 ? 0 : CLONE_NEWUSER)) != 0)
        return false;
    if (user != 0) {
        std::ofstream("/proc/self/setgroups") << "deny";
        std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
        std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
    }
    return mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

void inNamespace(const std::function<bool()>& prepare, const std::function<void()>& work)
{
    int answer[2];
    if (pipe2(answer, O_CLOEXEC) != 0)
        fail("no pipe", __FILE__, __LINE__);
    const pid_t child = fork();
    if (child == 0) {
        if (!enterNamespace() || !prepare())
            _exit(cannotMount);
        std::string message;
        try {
            work();
        } catch (const Failure& failure) {
            message = std::string(failure.file) + ":" + std::to_string(failure.line) + ": " + failure.message;
        } catch (const std::exception& exception) {
            message = exception.what();
        }
        [[maybe_unused]] const ssize_t written = write(answer[1], message.data(), message.size());
        _exit(message.empty() ? 0 : 1);
    }
    close(answer[1]);
    std::string message;
    std::array<char, 4096> block;
    for (ssize_t count = 0; (count = read(answer[0], block.data(), block.size())) > 0;)
        message.append(block.data(), static_cast<std::size_t>(count));
    close(answer[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == cannotMount)
        SKIP("no file system can be mounted here");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail(message.empty() ? "the child crashed" : message, __FILE__, __LINE__);
}

} // namespace

void onSmallDisk(const fs::path& folder, std::uint64_t bytes, const std::function<void()>& work)
{
    fs::create_directories(folder);
    const std::string options = "size=" + std::to_string(bytes);
    inNamespace([&] { return mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) == 0; }, work);
}

void onReadOnlyDisk(const fs::path& folder, const std::function<void()>& work)
{
    inNamespace(
        [&] {
            return mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
                   mount(nullptr, folder.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
        },
        work);
}

Filler::Filler(const fs::path& folder) : file_(folder / "filler")
{
    const int descriptor = open(file_.c_str(), O_WRONLY | O_CREAT, 0600);
    const std::string block(4096, 'f');
    // Down to the last byte.
    for (std::size_t size = block.size(); size > 0; size /= 2)
        while (write(descriptor, block.data(), size) > 0) {
        }
    close(descriptor);
}

Filler::~Filler()
{
    std::error_code ignored;
    fs::remove(file_, ignored);
}

} // namespace hilo::testing
