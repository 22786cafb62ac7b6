// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"
#include "project_commands.h"

#include "index/run_notes_change.h"

#include <algorithm>
#include <memory>

namespace hilo::cli {
namespace {

struct Options
{
    std::string folder, text;
    std::vector<std::string> ids, added, removed;
    bool off = false;
};

/// All runs are known before the first is changed: a misspelt one must not leave half of the work done.
Status changeAll(Console& console, const Options& options, const std::function<void(RunNotes&)>& change)
{
    HILO_TRY(RunStore store, openScannedStore(options.folder, console));
    for (const std::string& id : options.ids) {
        HILO_TRY([[maybe_unused]] const auto exists, store.project().runFolder(id));
    }
    Json list = Json::array();
    for (const std::string& id : options.ids) {
        HILO_TRY([[maybe_unused]] const RunNotes before, changeRunNotes(store, id, change));
        HILO_TRY(const RunNotes notes, readRunNotes(store.project().runsFolder() / id));
        list.push_back({{"run", id},
                        {"name", notes.name.empty() ? Json(nullptr) : Json(notes.name)},
                        {"note", notes.note},
                        {"tags", notes.tags},
                        {"starred", notes.starred}});
        console.print(id + (notes.starred ? " ★" : "") + (notes.name.empty() ? "" : " \"" + notes.name + "\"") +
                      (notes.tags.empty() ? "" : " [" + joinedTags(notes) + "]") +
                      (notes.note.empty() ? "" : ": " + notes.note));
    }
    console.printJson({{"runs", list}});
    return {};
}

CLI::App* addOne(CLI::App& parent, const std::string& name, const std::string& about,
                 const std::shared_ptr<Options>& options, bool several)
{
    CLI::App* command = parent.add_subcommand(name, about);
    command->add_option("DIR", options->folder, "project folder")->required();
    auto* ids = command->add_option(several ? "RUNS" : "RUN", options->ids, several ? "ids of runs" : "id of a run");
    ids->required();
    if (!several)
        ids->expected(1);
    return command;
}

} // namespace

void addRun(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("run", "what people say of runs: names, notes, tags, stars");
    command->require_subcommand(1);
    {
        const auto options = std::make_shared<Options>();
        CLI::App* rename = addOne(*command, "rename", "give a run another name; its id stays", options, false);
        rename->add_option("NAME", options->text, "the new name; \"\": the one of its run spec again")->required();
        rename->callback([=] {
            chosen([options](Console& console) {
                return changeAll(console, *options, [&](RunNotes& notes) { notes.name = options->text; });
            });
        });
    }
    {
        const auto options = std::make_shared<Options>();
        CLI::App* note = addOne(*command, "note", "write a note on a run", options, false);
        note->add_option("TEXT", options->text, "the note; \"\": none")->required();
        note->callback([=] {
            chosen([options](Console& console) {
                return changeAll(console, *options, [&](RunNotes& notes) { notes.note = options->text; });
            });
        });
    }
    {
        const auto options = std::make_shared<Options>();
        CLI::App* tag = addOne(*command, "tag", "add tags to runs, or take them away", options, true);
        tag->add_option("--add", options->added, "a tag, may be given again")->allow_extra_args(false);
        tag->add_option("--remove", options->removed, "a tag to take away, may be given again")
            ->allow_extra_args(false);
        tag->callback([=] {
            chosen([options](Console& console) -> Status {
                if (options->added.empty() && options->removed.empty())
                    return failure(wrongUsage("expected --add TAG or --remove TAG", "--help shows all options"));
                return changeAll(console, *options, [&](RunNotes& notes) {
                    std::erase_if(notes.tags, [&](const std::string& one) {
                        return std::find(options->removed.begin(), options->removed.end(), one) !=
                               options->removed.end();
                    });
                    notes.tags.insert(notes.tags.end(), options->added.begin(), options->added.end());
                });
            });
        });
    }
    {
        const auto options = std::make_shared<Options>();
        CLI::App* star = addOne(*command, "star", "star runs", options, true);
        star->add_flag("--off", options->off, "take the stars away");
        star->callback([=] {
            chosen([options](Console& console) {
                return changeAll(console, *options, [&](RunNotes& notes) { notes.starred = !options->off; });
            });
        });
    }
}

} // namespace hilo::cli
