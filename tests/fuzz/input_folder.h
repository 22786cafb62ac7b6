// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace hilo::fuzz {

/// A folder of its own for readers that open files themselves; in memory where that is possible. For a reader that
/// takes bytes there is no need of it, and such a target is many times as fast.
class InputFolder
{
  public:
    explicit InputFolder(const std::string& name)
        : path_((std::filesystem::is_directory("/dev/shm") ? std::filesystem::path("/dev/shm")
                                                           : std::filesystem::temp_directory_path()) /
                ("hilo-fuzz-" + std::to_string(getpid()) + "-" + name))
    {
        std::filesystem::create_directories(path_);
    }
    InputFolder(const InputFolder&) = delete;
    InputFolder& operator=(const InputFolder&) = delete;
    ~InputFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const { return path_; }

    /// Writes the input as the file of that name, which is returned.
    std::filesystem::path write(const std::string& name, const std::uint8_t* data, std::size_t size) const
    {
        std::filesystem::path file = path_ / name;
        std::ofstream stream(file, std::ios::binary | std::ios::trunc);
        stream.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
        if (!stream.flush())
            std::abort();
        return file;
    }

  private:
    std::filesystem::path path_;
};

} // namespace hilo::fuzz
