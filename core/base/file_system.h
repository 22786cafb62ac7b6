// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace hilo {

/// The type of the file system that holds path ("ext4", "nfs4", "fuse.sshfs"), from a text in the form of
/// /proc/self/mountinfo; empty when unknown. path must be absolute.
std::string fileSystemType(const std::filesystem::path& path, const std::string& mountInfo);
/// The same from this machine's mounts.
std::string fileSystemType(const std::filesystem::path& path);
/// True for file systems that other machines write to: SQLite's write-ahead log needs shared memory and does not work
/// there.
bool isNetworkFileSystem(const std::string& type);

} // namespace hilo
