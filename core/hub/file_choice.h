// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/repository_listing.h"

#include <string>
#include <vector>

namespace hilo {

/// Which files of a repository are fetched, in the order in which they are.
struct FileChoice
{
    std::vector<RepositoryFile> wanted;
    std::vector<RepositoryFile> left;
};

/// Patterns as shells have them, where "*" stands for "/" too and one that ends with "/" means all below.
bool matchesPattern(const std::string& pattern, const std::string& name);

/// With patterns to include: what one of them fits. Else of a model what this program reads: its configuration, the
/// tokenizer, chat templates, weights in safetensors (those that an index or "model.safetensors" names and no second
/// copy of them), an adapter's files; of a data set its files of rows, card and descriptions. What a pattern to exclude
/// fits is left in any case. config.json comes last, so that a snapshot without it is one that was broken off.
/// Bad input: nothing is left over, or a model that has GGUF files only, of which one has to be chosen.
Result<FileChoice> chooseFiles(const RepositoryName& name, const std::vector<RepositoryFile>& files,
                               const std::vector<std::string>& include, const std::vector<std::string>& exclude);

} // namespace hilo
