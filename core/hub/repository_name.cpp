// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/repository_name.h"

#include "base/shown_text.h"
#include "base/text_format.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t longestRepository = 96;

bool isPlain(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

/// Empty where the part is good.
std::string faultOfPart(const std::string& part)
{
    if (part.empty())
        return "a part of it is empty";
    if (!std::all_of(part.begin(), part.end(),
                     [](char letter) { return isPlain(letter) || letter == '-' || letter == '_' || letter == '.'; }))
        return "\"" + shown(part) + "\" holds other characters than letters, digits, \"-\", \"_\" and \".\"";
    for (const char end : {part.front(), part.back()})
        if (end == '-' || end == '.')
            return "\"" + shown(part) + "\" begins or ends with \"-\" or \".\"";
    if (part.find("--") != std::string::npos || part.find("..") != std::string::npos)
        return "\"" + shown(part) + "\" holds \"--\" or \"..\"";
    return {};
}

/// The rules of git for names of references; a revision becomes the name of a file.
std::string faultOfRevision(const std::string& revision)
{
    if (revision.empty())
        return "the revision behind \"@\" is empty";
    if (revision.size() > 200)
        return "the revision is longer than 200 bytes";
    for (const char letter : revision)
        if (static_cast<unsigned char>(letter) <= ' ' || letter == 0x7f ||
            std::string_view("~^:?*[\\").find(letter) != std::string_view::npos)
            return "the revision \"" + shown(revision) + "\" holds a character that no branch or tag may have";
    for (const char* part : {"..", "//", "@{", "/."})
        if (revision.find(part) != std::string::npos)
            return "the revision \"" + shown(revision) + "\" holds \"" + part + "\"";
    if (revision.front() == '/' || revision.front() == '-' || revision.front() == '.' || revision.back() == '/' ||
        revision.back() == '.' || revision.ends_with(".lock"))
        return "the revision \"" + shown(revision) + "\" begins or ends as no branch or tag does";
    return {};
}

} // namespace

std::string RepositoryName::fetchCommand() const
{
    return std::string("hilo fetch ") + (kind == RepositoryKind::Dataset ? "--dataset " : "") + shellCommand({text()});
}

Result<RepositoryName> parseRepositoryName(const std::string& text, RepositoryKind kind)
{
    const std::string what = kind == RepositoryKind::Model ? "model" : "data set";
    const auto refused = [&](const std::string& fault) {
        return failure(badInput(
            {}, {}, "\"" + shown(text) + "\" is not the name of a " + what + " on the hub: " + fault + ".",
            "Names are org/name or org/name@revision, for example " +
                std::string(kind == RepositoryKind::Model ? "HuggingFaceTB/SmolLM2-135M" : "stanfordnlp/imdb") + "."));
    };
    RepositoryName name;
    name.kind = kind;
    const auto at = text.find('@');
    const std::string repository = text.substr(0, at);
    const auto slash = repository.find('/');
    if (text.find("://") != std::string::npos)
        return refused("it is an address");
    if (slash == std::string::npos)
        return refused("there is no \"/\" between organisation and name");
    if (repository.find('/', slash + 1) != std::string::npos)
        return refused("it has more than one \"/\"");
    if (repository.size() > longestRepository)
        return refused("it is longer than 96 characters");
    name.owner = repository.substr(0, slash);
    name.name = repository.substr(slash + 1);
    for (const std::string& part : {name.owner, name.name})
        if (const std::string fault = faultOfPart(part); !fault.empty())
            return refused(fault);
    if (name.name.ends_with(".git"))
        return refused("it ends with \".git\"");
    if (at != std::string::npos) {
        name.revision = text.substr(at + 1);
        if (const std::string fault = faultOfRevision(name.revision); !fault.empty())
            return refused(fault);
    }
    return name;
}

bool isCommit(const std::string& revision)
{
    return revision.size() == 40 && std::all_of(revision.begin(), revision.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

} // namespace hilo
