// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_system.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>

namespace hilo {
namespace {

/// The kernel writes a blank in a path as \040.
std::string unescaped(const std::string& text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto digit = [&](std::size_t k) { return k < text.size() && text[k] >= '0' && text[k] <= '7'; };
        if (text[i] == '\\' && digit(i + 1) && digit(i + 2) && digit(i + 3)) {
            result += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
            i += 3;
        } else {
            result += text[i];
        }
    }
    return result;
}

bool holds(const std::string& mountPoint, const std::string& path)
{
    if (mountPoint == "/")
        return true;
    return path.starts_with(mountPoint) && (path.size() == mountPoint.size() || path[mountPoint.size()] == '/');
}

} // namespace

std::string fileSystemType(const std::filesystem::path& path, const std::string& mountInfo)
{
    std::istringstream lines(mountInfo);
    std::string line, type;
    std::size_t longest = 0;
    while (std::getline(lines, line)) {
        // 36 35 98:0 /root /mount/point options [more] - type source options
        std::istringstream fields(line);
        std::string field, mountPoint;
        for (int i = 0; i < 5 && fields >> field; ++i)
            mountPoint = field;
        while (fields >> field && field != "-") {
        }
        if (!(fields >> field))
            continue;
        mountPoint = unescaped(mountPoint);
        // A later mount on the same point hides the earlier one.
        if (holds(mountPoint, path.string()) && mountPoint.size() >= longest) {
            longest = mountPoint.size();
            type = field;
        }
    }
    return type;
}

std::string fileSystemType(const std::filesystem::path& path)
{
    std::ifstream stream("/proc/self/mountinfo");
    std::ostringstream text;
    text << stream.rdbuf();
    std::error_code code;
    return fileSystemType(std::filesystem::weakly_canonical(path, code), text.str());
}

bool isNetworkFileSystem(const std::string& type)
{
    static constexpr std::array<std::string_view, 20> network = {
        "nfs",    "nfs4",      "cifs",  "smb3", "smbfs",    "9p",    "afs",   "ceph", "lustre", "gpfs",
        "beegfs", "glusterfs", "ocfs2", "gfs2", "orangefs", "pvfs2", "panfs", "coda", "ncpfs",  "davfs"};
    // There is no end of them behind FUSE; these are known to stay on this machine.
    static constexpr std::array<std::string_view, 9> localFuse = {
        "fuse.fuse-overlayfs", "fuse.mergerfs", "fuse.bindfs", "fuse.encfs",     "fuse.gocryptfs",
        "fuse.cryfs",          "fuse.ntfs-3g",  "fuse.zfs",    "fuse.squashfuse"};
    const auto holdsType = [&type](const auto& names) {
        return std::find(names.begin(), names.end(), type) != names.end();
    };
    return holdsType(network) || (type.starts_with("fuse.") && !holdsType(localFuse));
}

} // namespace hilo
