// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Error systemError(const fs::path& path, const std::string& what)
{
    const int number = errno;
    const std::string text = what + ": " + std::strerror(number) + ".";
    if (number == ENOSPC || number == EDQUOT)
        return {
            ErrorCode::NoSpace, text, path.string(), {}, "Free some disk space and try again; nothing was changed."};
    return badInput(path.string(), {}, text,
                    number == EACCES || number == EROFS ? "Choose a folder that can be written." : "");
}

/// Names have 255 bytes at most; the longest ones are shortened, so that what is added has room.
fs::path temporarySibling(const fs::path& path)
{
    static std::atomic<unsigned> counter{0};
    std::string name = path.filename().string().substr(0, 200);
    // No letter is cut in two.
    if (name.size() == 200)
        while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0x80u) != 0)
            name.pop_back();
    return path.parent_path() / ("." + name + ".tmp-" + std::to_string(getpid()) + "-" + std::to_string(counter++));
}

/// What would only be noticed when everything is written: a name or path that is too long, a folder on the way that may
/// not be entered or is a file. A name that is free is fine.
Status checkName(const fs::path& path, const char* what)
{
    struct stat status
    {
    };
    if (::lstat(path.c_str(), &status) == 0 || errno == ENOENT)
        return {};
    return failure(systemError(path, what));
}

fs::path folderOf(const fs::path& path)
{
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

} // namespace

Status syncPath(const fs::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(systemError(path, "Cannot be opened"));
    const int result = fsync(descriptor);
    const int number = errno;
    ::close(descriptor);
    errno = number;
    // Some file systems cannot sync folders; that is no reason to fail.
    if (result != 0 && number != EINVAL)
        return failure(systemError(path, "Cannot be synced"));
    return {};
}

Result<AtomicFileWriter> AtomicFileWriter::create(const fs::path& path)
{
    HILO_CHECK(checkName(path, "Cannot be written"));
    fs::path temporary = temporarySibling(path);
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return failure(systemError(path, "Cannot be written"));
    return AtomicFileWriter(path, std::move(temporary), descriptor);
}

AtomicFileWriter::AtomicFileWriter(fs::path path, fs::path temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor)
{
}

AtomicFileWriter::AtomicFileWriter(AtomicFileWriter&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1))
{
}

AtomicFileWriter::~AtomicFileWriter()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
    if (!temporary_.empty())
        ::unlink(temporary_.c_str());
}

Status AtomicFileWriter::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failure(systemError(path_, "Cannot be written"));
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Status AtomicFileWriter::commit()
{
    if (fsync(descriptor_) != 0)
        return failure(systemError(path_, "Cannot be synced"));
    if (::close(std::exchange(descriptor_, -1)) != 0)
        return failure(systemError(path_, "Cannot be written"));
    if (::rename(temporary_.c_str(), path_.c_str()) != 0)
        return failure(systemError(path_, "Cannot be replaced"));
    temporary_.clear();
    return syncPath(folderOf(path_));
}

Status writeFileAtomically(const fs::path& path, std::string_view content)
{
    HILO_TRY(AtomicFileWriter writer, AtomicFileWriter::create(path));
    HILO_CHECK(writer.write(std::as_bytes(std::span(content))));
    return writer.commit();
}

Result<std::string> readFile(const fs::path& path, std::size_t maximumBytes)
{
    std::error_code code;
    if (!fs::is_regular_file(path, code))
        return failure(badInput(path.string(), {},
                                fs::exists(path, code) ? "A regular file was expected." : "The file does not exist."));
    const auto size = fs::file_size(path, code);
    if (!code && size > maximumBytes)
        return failure(badInput(path.string(), {},
                                "The file has " + std::to_string(size) + " bytes; at most " +
                                    std::to_string(maximumBytes) + " are allowed."));
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return failure(badInput(path.string(), {}, std::string("Cannot be opened: ") + std::strerror(errno) + "."));
    std::string content(code ? 0 : size, '\0');
    stream.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(stream.gcount()));
    return content;
}

namespace {

bool isOnAnotherDevice(const fs::path& path, const fs::path& parent)
{
    struct stat own
    {
    }, above{};
    return ::stat(path.c_str(), &own) == 0 && ::stat(parent.c_str(), &above) == 0 && own.st_dev != above.st_dev;
}

/// The folder's own path: absolute, without a slash at the end, links followed.
Result<fs::path> ownPath(const fs::path& target)
{
    if (target.empty())
        return failure(badInput({}, {}, "The new folder has no name."));
    std::error_code code;
    fs::path path = fs::absolute(target, code);
    while (!path.has_filename() && path.has_relative_path())
        path = path.parent_path();
    const bool isLink = fs::is_symlink(path, code);
    if (!isLink && path.filename() != "." && path.filename() != "..")
        return path;
    fs::path followed = fs::canonical(path, code);
    if (code)
        return failure(badInput(target.string(), {}, "Is a link that leads nowhere.", "Choose another name."));
    return followed;
}

} // namespace

Result<AtomicFolder> AtomicFolder::create(const fs::path& target)
{
    std::error_code code;
    HILO_TRY(const fs::path clean, ownPath(target));
    HILO_CHECK(checkName(clean, "The folder cannot be made"));
    if (fs::exists(clean, code)) {
        if (!fs::is_directory(clean, code) || !fs::is_empty(clean, code) || code)
            return failure(
                badInput(target.string(), {}, "Exists already.", "Choose another name, or move it away first."));
        if (isOnAnotherDevice(clean, folderOf(clean)))
            return failure(badInput(target.string(), {},
                                    "A file system is mounted on this folder, so it cannot be replaced.",
                                    "Choose a new folder inside of it."));
    }
    std::vector<fs::path> made;
    for (fs::path parent = folderOf(clean); !fs::exists(parent, code) && parent.has_relative_path();
         parent = parent.parent_path())
        made.push_back(parent);
    fs::create_directories(folderOf(clean), code);
    const fs::path temporary = temporarySibling(clean);
    if (::mkdir(temporary.c_str(), 0755) != 0) {
        const Error error = systemError(target, "The folder cannot be made");
        for (const fs::path& parent : made)
            fs::remove(parent, code);
        return failure(error);
    }
    return AtomicFolder(clean, temporary, std::move(made));
}

AtomicFolder::AtomicFolder(fs::path target, fs::path temporary, std::vector<fs::path> made)
    : target_(std::move(target)), temporary_(std::move(temporary)), made_(std::move(made))
{
}

AtomicFolder::AtomicFolder(AtomicFolder&& other) noexcept
    : target_(std::move(other.target_)), temporary_(std::exchange(other.temporary_, {})),
      made_(std::exchange(other.made_, {}))
{
}

AtomicFolder::~AtomicFolder()
{
    std::error_code ignored;
    if (temporary_.empty())
        return;
    fs::remove_all(temporary_, ignored);
    // Only those that are empty go.
    for (const fs::path& parent : made_)
        fs::remove(parent, ignored);
}

Status AtomicFolder::commit()
{
    std::error_code code;
    for (const auto& entry : fs::recursive_directory_iterator(temporary_, code))
        HILO_CHECK(syncPath(entry.path()));
    HILO_CHECK(syncPath(temporary_));
    if (::rename(temporary_.c_str(), target_.c_str()) != 0)
        return failure(systemError(target_, "The folder cannot be put in place"));
    temporary_.clear();
    return syncPath(folderOf(target_));
}

Result<std::uint64_t> freeDiskBytes(const fs::path& path)
{
    std::error_code code;
    fs::path existing = fs::absolute(path, code);
    while (!existing.empty() && !fs::exists(existing, code) && existing != existing.parent_path())
        existing = existing.parent_path();
    struct statvfs status
    {
    };
    if (statvfs(existing.c_str(), &status) != 0)
        return failure(systemError(existing, "Free space cannot be read"));
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

} // namespace hilo
