// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hilo {

/// The split that a word stands for: "train" and "training", "validation", "valid", "val" and "dev", "test" and
/// "testing", in any case; empty when none.
std::string splitOfWord(std::string_view word);

/// The splits that words of a name stand for, each once; words are runs of letters, so that "latest" names none.
std::vector<std::string> splitsInName(std::string_view name);

/// What a folder says itself about its files: splits by their own names ("train_sft"), in its order.
struct NamedSplits
{
    std::vector<std::pair<std::string, std::vector<std::filesystem::path>>> splits;
    std::vector<DataNote> unused; ///< files that are not read, and why
    std::vector<DataNote> notes;
    char separator = '\0'; ///< of tables, where the folder says it
};

} // namespace hilo
