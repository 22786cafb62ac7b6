// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace hilo {

enum class RepositoryKind { Model, Dataset };

/// A repository of the Hugging Face hub: "org/name", or "org/name@revision".
struct RepositoryName
{
    RepositoryKind kind = RepositoryKind::Model;
    std::string owner, name;
    std::string revision; ///< branch, tag, commit or "refs/pr/1"; empty: "main"

    /// "org/name"
    std::string repository() const { return owner + "/" + name; }
    std::string revisionOrMain() const { return revision.empty() ? "main" : revision; }
    /// As it was given: "org/name" or "org/name@revision".
    std::string text() const { return revision.empty() ? repository() : repository() + "@" + revision; }
    /// The command that brings it into the cache.
    std::string fetchCommand() const;
    bool operator==(const RepositoryName&) const = default;
};

/// Both parts are letters, digits, "-", "_" and ".", at most 96 together, neither begins nor ends with "-" or ".", and
/// none holds "--" or ".." (huggingface_hub, utils/_validators.py). The revision is what git takes for the name of a
/// reference (git check-ref-format). Bad input: says which rule is broken.
Result<RepositoryName> parseRepositoryName(const std::string& text, RepositoryKind kind = RepositoryKind::Model);

/// Forty hexadecimal digits.
bool isCommit(const std::string& revision);

} // namespace hilo
