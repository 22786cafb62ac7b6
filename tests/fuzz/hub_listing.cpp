// SPDX-License-Identifier: GPL-3.0-or-later
// What a hub answers: a name with a revision, a line feed, and the list of files.
#include "hub/file_choice.h"
#include "hub/repository_listing.h"
#include "hub/repository_name.h"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return 0;
    const auto name = hilo::parseRepositoryName(std::string(text.substr(0, end)));
    const auto document = hilo::parseJson(text.substr(end + 1), "answer", hilo::pythonJson);
    if (!name || !document)
        return 0;
    const auto listing = hilo::parseListing(*document, *name, "http://hub");
    if (!listing)
        return 0;
    for (const hilo::RepositoryFile& file : listing->files) {
        // Names become paths, hashes names of files.
        if (file.name.empty() || file.name.front() == '/' || file.name == ".." || file.name.starts_with("../") ||
            file.name.ends_with("/..") || file.name.find("/../") != std::string::npos ||
            file.hash.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
            std::abort();
    }
    (void)hilo::chooseFiles(*name, listing->files, {}, {});
    (void)hilo::chooseFiles(*name, listing->files, {"*.json", std::string(text.substr(0, end))}, {"onnx/"});
    return 0;
}
