// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/process_identity.h"
#include "run/run_lock.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "base/file_system.h"
#include "core/project/project_fixture.h"
#include "queue/launcher.h"
#include "run/control.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A child that sleeps until it is killed.
class Sleeper
{
  public:
    Sleeper()
    {
        pid_ = fork();
        if (pid_ == 0) {
            setsid();
            for (;;)
                pause();
        }
        // Its own process group, which the parent may be too early to see.
        while (getpgid(pid_) != pid_)
            usleep(1000);
    }
    ~Sleeper()
    {
        ::kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    pid_t pid() const { return pid_; }

  private:
    pid_t pid_;
};

} // namespace

HILO_TEST(aProcessIsKnownByMoreThanItsPid)
{
    const Sleeper sleeper;
    const ProcessIdentity identity = REQUIRE_OK(identify(sleeper.pid()));
    CHECK(isAlive(identity));
    // The same pid, given to another process, before or after a reboot, or on another machine.
    ProcessIdentity other = identity;
    other.startTicks += 1;
    CHECK(!isAlive(other));
    other = identity;
    other.bootId = "00000000-0000-0000-0000-000000000000";
    CHECK(!isAlive(other));
    other = identity;
    other.host += "-2";
    CHECK(!isAlive(other));
    CHECK(!signalGroup(other, SIGKILL));
    CHECK(isAlive(identity));
    REQUIRE_OK(signalGroup(identity, SIGKILL));
    for (int i = 0; i < 1000 && isAlive(identity); ++i)
        usleep(1000);
    // A zombie is no life.
    CHECK(!isAlive(identity));
    for (const pid_t nobody : {-1, 0, 1})
        CHECK(!isAlive({nobody, 0, currentBootId(), identity.host, {}, {}}));
}

HILO_TEST(aProcessWithAnotherTokenIsAnother)
{
    ProcessIdentity self = REQUIRE_OK(identify(getpid()));
    self.token = "mine";
    // This process carries no token at all, so it may be the one that has not begun yet.
    CHECK(isAlive(self));
    const TemporaryFolder folder;
    const pid_t child = fork();
    if (child == 0) {
        setenv("HILO_RUN_TOKEN", "of another run", 1);
        execlp("sleep", "sleep", "60", static_cast<char*>(nullptr));
        _exit(127);
    }
    ProcessIdentity identity = REQUIRE_OK(identify(child));
    identity.token = "of another run";
    // The kernel shows the new program's name a moment before its environment.
    const std::string process = "/proc/" + std::to_string(child);
    for (int i = 0; i < 10000 && (readText(process + "/comm") != "sleep\n" || readText(process + "/environ").empty());
         ++i)
        usleep(1000);
    CHECK(isAlive(identity));
    identity.token = "mine";
    CHECK(!isAlive(identity));
    ::kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
}

HILO_TEST(identitiesReadBackAndDamagedOnesAreNone)
{
    const TemporaryFolder folder;
    ProcessIdentity identity = REQUIRE_OK(identify(getpid()));
    identity.token = randomToken();
    identity.device = "cuda:0";
    CHECK(identity.token != randomToken());
    CHECK_EQ(identity.token.size(), 32u);
    CHECK(!readIdentity(folder.path()));
    REQUIRE_OK(writeIdentity(folder.path(), identity));
    CHECK(readIdentity(folder.path()) == identity);
    for (const std::string& damage : {std::string(80, '\0'), std::string("{"), std::string("{\"pid\": 1}"),
                                      std::string("{\"pid\": -7, \"start_ticks\": 1}"), std::string()}) {
        writeText(folder / "process.json", damage);
        CHECK(!readIdentity(folder.path()));
    }
}

HILO_TEST(aLockIsFreeWhenItsHolderIsGone)
{
    const TemporaryFolder folder;
    const fs::path file = folder / "lock";
    CHECK(!FileLock::isHeld(file));
    CHECK(!fs::exists(file));
    {
        const auto lock = REQUIRE_OK(FileLock::tryAcquire(file));
        CHECK(lock.has_value());
        CHECK(FileLock::isHeld(file));
        CHECK(!REQUIRE_OK(FileLock::tryAcquire(file)).has_value());
    }
    CHECK(!FileLock::isHeld(file));
    const pid_t child = fork();
    if (child == 0) {
        const auto lock = FileLock::tryAcquire(file);
        for (;;)
            pause();
    }
    for (int i = 0; i < 1000 && !FileLock::isHeld(file); ++i)
        usleep(1000);
    CHECK(FileLock::isHeld(file));
    ::kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    CHECK(!FileLock::isHeld(file));
    // A link instead of a file could make somebody else's file.
    fs::create_symlink(folder / "elsewhere", folder / "link");
    CHECK(!FileLock::tryAcquire(folder / "link"));
}

HILO_TEST(theTrainersLifeHoldsTheLockNotTheLaunchers)
{
    ProjectFixture fixture;
    fixture.addRun("deaf", runDocument("deaf", {{"steps", 100000}}));
    Launch launch;
    launch.program = HILO_FAKE_PROGRAM;
    launch.devices = {"cpu"};
    ProcessIdentity identity;
    {
        const auto run = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.folder("deaf"))));
        std::vector<FileLock> slots;
        slots.push_back(std::move(REQUIRE_OK(FileLock::tryAcquire(fixture.project().folder() / "slot")).value()));
        identity = REQUIRE_OK(launchRun(fixture.project(), "deaf", launch, *run, slots));
    }
    CHECK(FileLock::isHeld(runLockFile(fixture.folder("deaf"))));
    CHECK(FileLock::isHeld(fixture.project().folder() / "slot"));
    CHECK(readIdentity(fixture.folder("deaf")) == identity);
    CHECK(isAlive(identity));
    CHECK_EQ(getpgid(identity.pid), identity.pid);
    CHECK_CONTAINS(REQUIRE_ERROR(lockRunForTraining(fixture.folder("deaf"))).message, "Another process");
    REQUIRE_OK(signalGroup(identity, SIGKILL));
    waitpid(identity.pid, nullptr, 0);
    CHECK(!FileLock::isHeld(runLockFile(fixture.folder("deaf"))));
    CHECK(!FileLock::isHeld(fixture.project().folder() / "slot"));
}

HILO_TEST(wordsAreReadBackAndNonsenseIsNone)
{
    const TemporaryFolder folder;
    CHECK(!readControl(folder.path()));
    for (const ControlWord word :
         {ControlWord::Pause, ControlWord::Resume, ControlWord::Stop, ControlWord::Checkpoint}) {
        REQUIRE_OK(writeControl(folder.path(), word));
        CHECK(readControl(folder.path()) == word);
        writeText(folder / "control", nameOf(word)); // as a person writes it
        CHECK(readControl(folder.path()) == word);
    }
    for (const std::string& nonsense :
         {std::string("stopp"), std::string(), std::string(1000, 's'), std::string(8, '\0')}) {
        writeText(folder / "control", nonsense);
        CHECK(!readControl(folder.path()));
    }
    clearControl(folder.path());
    CHECK(!fs::exists(folder / "control"));
    CHECK(REQUIRE_ERROR(controlWordOf("halt")).code == ErrorCode::WrongUsage);
}

HILO_TEST(networkFileSystemsAreKnownByTheirMount)
{
    const std::string mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
                               "30 22 0:40 / /home rw,relatime shared:5 - nfs4 server:/home rw\n"
                               "31 30 0:41 / /home/me/fast\\040disk rw - xfs /dev/sdb rw\n"
                               "32 22 0:42 / /mnt/share rw - cifs //server/share rw\n"
                               "33 22 0:43 / /mnt/ssh rw - fuse.sshfs me@server: rw\n"
                               "nonsense\n";
    CHECK_EQ(fileSystemType("/var/lib/project", mounts), "ext4");
    CHECK_EQ(fileSystemType("/home/me/project", mounts), "nfs4");
    CHECK_EQ(fileSystemType("/homes/project", mounts), "ext4");
    CHECK_EQ(fileSystemType("/home/me/fast disk/project", mounts), "xfs");
    for (const char* folder : {"/home/x", "/mnt/share/x", "/mnt/ssh/x"})
        CHECK(isNetworkFileSystem(fileSystemType(folder, mounts)));
    // What FUSE holds is far away unless it is known to be here.
    for (const char* type : {"fuse.gcsfuse", "fuse.juicefs", "fuse.s3fs", "fuse.something-new", "gfs2"})
        CHECK(isNetworkFileSystem(type));
    for (const char* type : {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "fuse.mergerfs", ""})
        CHECK(!isNetworkFileSystem(type));
    CHECK_EQ(fileSystemType("/x", ""), "");
    CHECK(!fileSystemType(fs::current_path()).empty());
}
