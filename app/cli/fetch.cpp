// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"

#include "base/shown_text.h"
#include "base/text_format.h"
#include "hub/fetch.h"
#include "hub/snapshot.h"

#include <algorithm>
#include <chrono>

namespace hilo::cli {
namespace {

constexpr std::size_t fewFiles = 8;

struct FetchOptions
{
    std::string name;
    std::vector<std::string> include, exclude;
    bool dataset = false, dryRun = false, cached = false;
};

Json asJson(const std::vector<RepositoryFile>& files)
{
    Json list = Json::array();
    for (const RepositoryFile& file : files)
        list.push_back(
            {{"name", file.name}, {"bytes", file.size >= 0 ? Json(file.size) : Json()}, {"hash", file.hash}});
    return list;
}

/// "pytorch_model.bin (500.2 MiB), onnx/model.onnx (1.2 GiB), and 3 more": the largest first.
std::string listOf(std::vector<RepositoryFile> files)
{
    std::stable_sort(files.begin(), files.end(),
                     [](const RepositoryFile& left, const RepositoryFile& right) { return left.size > right.size; });
    std::vector<std::string> texts;
    for (const RepositoryFile& file : files)
        if (texts.size() < fewFiles)
            texts.push_back(shown(file.name) +
                            (file.size >= 0 ? " (" + bytes(static_cast<std::uint64_t>(file.size)) + ")" : ""));
    if (files.size() > fewFiles)
        texts.push_back("and " + withSeparators(static_cast<std::int64_t>(files.size() - fewFiles)) + " more");
    return joined(texts);
}

void print(Console& console, const FetchRequest& request, const FetchedRepository& fetched, double duration)
{
    console.printJson({{"name", request.name.repository()},
                       {"revision", request.name.revisionOrMain()},
                       {"commit", fetched.commit},
                       {"folder", fetched.folder.string()},
                       {"bytes", fetched.bytes},
                       {"bytes_fetched", fetched.bytesFetched},
                       {"fetched", !request.onlyList},
                       {"files", asJson(fetched.files)},
                       {"left", asJson(fetched.left)}});
    const std::string all = withNoun(static_cast<std::int64_t>(fetched.files.size()), "file") + ", " +
                            bytes(static_cast<std::uint64_t>(fetched.bytes));
    const std::string fresh = bytes(static_cast<std::uint64_t>(fetched.bytesFetched));
    console.print(request.name.repository() + ", commit " + fetched.commit);
    if (request.onlyList) {
        for (const RepositoryFile& file : fetched.files)
            console.print("  " + file.name + " (" + bytes(static_cast<std::uint64_t>(file.size)) + ")");
        console.print("Would be fetched: " + fresh + " of " + all);
    } else if (fetched.bytesFetched == 0) {
        console.print("All was there: " + all + " in " + fetched.folder.string());
    } else {
        console.print("Fetched " + fresh + (fetched.bytesFetched < fetched.bytes ? " (the rest was there)" : "") +
                      " in " + seconds(duration) + ": " + all + " in " + fetched.folder.string());
    }
    if (!fetched.left.empty())
        console.print("Left at the hub: " + listOf(fetched.left) + "; --include PATTERN fetches what it fits");
}

Status listCached(const FetchOptions& options, Console& console)
{
    const auto kind = options.dataset ? RepositoryKind::Dataset : RepositoryKind::Model;
    const auto all = cachedRepositories(kind);
    Json list = Json::array();
    for (const CachedRepository& one : all) {
        list.push_back({{"name", one.name.repository()}, {"revisions", one.revisions}, {"commits", one.commits}});
        console.print(one.name.repository() + "  " + joined(one.revisions.empty() ? one.commits : one.revisions));
    }
    if (all.empty())
        console.print("Nothing is in the cache" +
                      (hubCacheFolder().empty() ? "" : " (" + hubCacheFolder().string() + ")") + ".");
    console.printJson({{"cache", hubCacheFolder().string()}, {"repositories", std::move(list)}});
    return {};
}

Status fetchNamed(const FetchOptions& options, Console& console)
{
    if (options.cached)
        return listCached(options, console);
    if (options.name.empty())
        return failure(wrongUsage("NAME is missing", "as in hilo fetch HuggingFaceTB/SmolLM2-135M"));
    FetchRequest request;
    HILO_TRY(request.name,
             parseRepositoryName(options.name, options.dataset ? RepositoryKind::Dataset : RepositoryKind::Model));
    request.include = options.include;
    request.exclude = options.exclude;
    request.onlyList = options.dryRun;
    HILO_TRY(const HubSettings settings, hubSettingsFromEnvironment());
    const auto begin = std::chrono::steady_clock::now();
    auto fetched = fetchRepository(request, settings, console.progress());
    console.endProgress();
    if (!fetched && fetched.error().code == ErrorCode::Cancelled)
        fetched.error().hint = "What came is kept: " + request.name.fetchCommand() + " goes on where it stopped.";
    HILO_CHECK(fetched);
    print(console, request, *fetched, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    return {};
}

} // namespace

void addFetch(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "fetch", "bring a model or data set from the Hugging Face hub into the cache that all tools share");
    const auto options = std::make_shared<FetchOptions>();
    command->add_option("NAME", options->name, "org/name or org/name@revision; afterwards it may be given as MODEL");
    command->add_flag("--dataset", options->dataset, "NAME is a data set");
    command
        ->add_option("--include", options->include,
                     "fetch the files that fit this pattern, and no others; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--exclude", options->exclude, "leave the files that fit this pattern; may be repeated")
        ->allow_extra_args(false);
    command->add_flag("--dry-run", options->dryRun, "say what would be fetched, and fetch nothing");
    command->add_flag("--cached", options->cached, "list what is in the cache; asks nothing of the network");
    command->footer(
        "Without --include: of a model its configuration, tokenizer, chat templates and safetensors.\n"
        "The cache: HF_HUB_CACHE, HF_HOME/hub or ~/.cache/huggingface/hub. Private and gated repositories:\n"
        "HF_TOKEN. Another hub: HF_ENDPOINT.");
    command->callback([=] { chosen([options](Console& console) { return fetchNamed(*options, console); }); });
}

} // namespace hilo::cli
