// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace hilo::fuzz {

/// The input as a file, for readers that open one themselves. The same name each time; in memory where that is
/// possible.
class InputFile
{
  public:
    explicit InputFile(const std::string& ending)
        : path_((std::filesystem::is_directory("/dev/shm") ? std::filesystem::path("/dev/shm")
                                                           : std::filesystem::temp_directory_path()) /
                ("hilo-fuzz-" + std::to_string(getpid()) + ending))
    {
    }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile()
    {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

    const std::filesystem::path& write(const std::uint8_t* data, std::size_t size) const
    {
        std::ofstream file(path_, std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
        if (!file.flush())
            std::abort();
        return path_;
    }

  private:
    std::filesystem::path path_;
};

} // namespace hilo::fuzz
