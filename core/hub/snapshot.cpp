// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/snapshot.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "base/shown_text.h"
#include "base/text_format.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t shortestCommit = 7;

std::vector<std::string> commitsIn(const fs::path& root)
{
    std::vector<std::string> commits;
    std::error_code code;
    for (fs::directory_iterator entry(root / "snapshots", code), end; !code && entry != end; entry.increment(code))
        if (std::string name = entry->path().filename().string(); isCommit(name))
            commits.push_back(std::move(name));
    std::sort(commits.begin(), commits.end());
    return commits;
}

/// "main", "refs/pr/1": the files below refs.
std::vector<std::string> referencesIn(const fs::path& root)
{
    std::vector<std::string> names;
    std::error_code code;
    for (fs::recursive_directory_iterator entry(root / "refs", code), end; !code && entry != end;
         entry.increment(code)) {
        std::error_code ignored;
        const std::string name = entry->path().filename().string();
        if (entry->is_regular_file(ignored) && !name.starts_with('.') && !name.ends_with(".tmp"))
            names.push_back(entry->path().lexically_relative(root / "refs").generic_string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// What a file of refs says; empty where there is none that can be used.
std::string commitOfReference(const fs::path& file)
{
    std::error_code code;
    if (!fs::is_regular_file(file, code))
        return {};
    auto text = readFile(file, 4096);
    if (!text)
        return {};
    while (!text->empty() && static_cast<unsigned char>(text->back()) <= ' ')
        text->pop_back();
    return isCommit(*text) ? *text : std::string();
}

std::string lowerCase(std::string text)
{
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

Result<std::string> commitOf(const RepositoryName& name, const CachedFolder& cached)
{
    const std::string revision = name.revisionOrMain();
    if (const std::string whole = lowerCase(revision); isCommit(whole))
        return whole;
    if (std::string commit = commitOfReference(cached.reference(revision)); !commit.empty())
        return commit;
    const std::vector<std::string> commits = commitsIn(cached.root);
    std::vector<std::string> begun;
    if (revision.size() >= shortestCommit)
        std::copy_if(commits.begin(), commits.end(), std::back_inserter(begun),
                     [begin = lowerCase(revision)](const std::string& commit) { return commit.starts_with(begin); });
    if (begun.size() == 1)
        return begun.front();
    if (begun.size() > 1)
        return failure(badInput({}, {}, shown(name.text()) + " is not clear: several commits begin like this.",
                                "Write the commit out: " + joined(begun) + "."));
    std::vector<std::string> there = referencesIn(cached.root);
    if (there.empty())
        there = commits;
    return failure(badInput({}, {},
                            "The revision \"" + shown(revision) + "\" of " + name.repository() +
                                " is not in the cache" + (there.empty() ? "." : "; there is " + joined(there) + "."),
                            name.fetchCommand() + " brings it."));
}

/// Links that lead nowhere, and parts that an index of weights names.
void addMissing(const Snapshot& snapshot, std::set<std::string>& missing)
{
    std::error_code code;
    for (fs::recursive_directory_iterator entry(snapshot.folder, code), end; !code && entry != end;
         entry.increment(code)) {
        std::error_code ignored;
        const std::string name = entry->path().lexically_relative(snapshot.folder).generic_string();
        if (entry->is_symlink(ignored) && !fs::exists(entry->path(), ignored))
            missing.insert(name);
    }
}

void addMissingShards(const fs::path& folder, std::set<std::string>& missing)
{
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
        if (!entry->path().filename().string().ends_with(".safetensors.index.json"))
            continue;
        const auto index = readJsonFile(entry->path(), pythonJson);
        // What is wrong with the file itself its reader tells.
        if (!index || !index->is_object() || !index->contains("weight_map") || !(*index)["weight_map"].is_object())
            continue;
        for (const auto& [tensor, file] : (*index)["weight_map"].items()) {
            std::error_code ignored;
            if (file.is_string() && !fs::exists(folder / file.get<std::string>(), ignored))
                missing.insert(file.get<std::string>());
        }
    }
}

} // namespace

fs::path onlyGgufFile(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code))
        if (lowerCase(entry->path().extension().string()) == ".gguf")
            files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    // NAME-00001-of-00003.gguf
    if (files.size() > 1) {
        const std::string first = files.front().filename().string();
        const auto number = first.find("-00001-of-");
        const bool isOneSplit =
            number != std::string::npos && std::all_of(files.begin(), files.end(), [&](const fs::path& file) {
                return file.filename().string().starts_with(first.substr(0, number + 1));
            });
        return isOneSplit ? files.front() : fs::path();
    }
    return files.empty() ? fs::path() : files.front();
}

Result<Snapshot> findSnapshot(const RepositoryName& name, const fs::path& cache)
{
    std::error_code code;
    const CachedFolder cached(cache, name);
    const std::string what = name.kind == RepositoryKind::Model ? "The model " : "The data set ";
    if (cache.empty() || commitsIn(cached.root).empty())
        return failure(badInput({}, {},
                                what + name.repository() + " is not in the cache" +
                                    (cache.empty() ? "" : " (" + cache.string() + ")") + ".",
                                name.fetchCommand() + " brings it."));
    Snapshot snapshot;
    HILO_TRY(snapshot.commit, commitOf(name, cached));
    snapshot.folder = cached.snapshot(snapshot.commit);
    if (!fs::is_directory(snapshot.folder, code))
        return failure(badInput({}, {},
                                "The commit " + snapshot.commit + " of " + name.repository() + " is not in the cache.",
                                name.fetchCommand() + " brings it."));
    std::set<std::string> missing;
    addMissing(snapshot, missing);
    if (name.kind == RepositoryKind::Model) {
        if (!fs::exists(snapshot.folder / "config.json", code) && onlyGgufFile(snapshot.folder).empty())
            missing.insert("config.json");
        addMissingShards(snapshot.folder, missing);
    }
    snapshot.missing.assign(missing.begin(), missing.end());
    return snapshot;
}

std::vector<CachedRepository> cachedRepositories(RepositoryKind kind, const fs::path& cache)
{
    std::vector<CachedRepository> all;
    const std::string prefix = folderPrefix(kind);
    std::error_code code;
    for (fs::directory_iterator entry(cache, code), end; !code && entry != end; entry.increment(code)) {
        const std::string folder = entry->path().filename().string();
        if (!folder.starts_with(prefix))
            continue;
        // Neither part may hold "--".
        const std::string rest = folder.substr(prefix.size());
        const auto between = rest.find("--");
        if (between == std::string::npos)
            continue;
        auto name = parseRepositoryName(rest.substr(0, between) + "/" + rest.substr(between + 2), kind);
        CachedRepository one;
        one.commits = commitsIn(entry->path());
        if (!name || one.commits.empty())
            continue;
        one.name = std::move(*name);
        one.revisions = referencesIn(entry->path());
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const CachedRepository& left, const CachedRepository& right) {
        return left.name.repository() < right.name.repository();
    });
    return all;
}

} // namespace hilo
