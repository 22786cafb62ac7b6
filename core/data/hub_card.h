// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/named_splits.h"

#include <optional>

namespace hilo {

/// The splits that a data set's card names (README.md's YAML between "---", key "configs"; huggingface.co/docs/hub,
/// "Data files configuration"): data_files as a pattern, a list of them, a mapping of splits, or a list of {split,
/// path}; data_dir in front of them; sep or delimiter of tables. config: the one to take; empty: the only one, or the
/// one that is the default. Nothing where there is no card, or none that names files. Errors: several without a choice
/// or one that is not there, which list those that are; patterns that fit no file or lead out of the folder; YAML that
/// is not read (formats/yaml_subset.h).
Result<std::optional<NamedSplits>> cardSplits(const std::filesystem::path& folder, const std::string& config);

/// "… has several configurations: a, b": with how to choose one.
Error severalConfigs(const std::filesystem::path& folder, const std::vector<std::string>& names);
/// "there is no configuration …": with those that there are.
Error noSuchConfig(const std::filesystem::path& folder, const std::string& config,
                   const std::vector<std::string>& names);

} // namespace hilo
