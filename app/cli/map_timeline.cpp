// SPDX-License-Identifier: GPL-3.0-or-later
#include "map_timeline.h"
#include "command.h"
#include "console.h"
#include "numbers.h"
#include "plot_file.h"

#include "allocation/map_operations.h"
#include "base/atomic_file.h"
#include "base/text_table.h"
#include "compare/map_difference.h"
#include "compare/timeline_animation.h"
#include "compare/timeline_svg.h"
#include "run/event_stream.h"
#include "run/run_event.h"

#include <algorithm>

namespace hilo::cli {
namespace {

struct TimelineOptions
{
    std::string run, plot, animation;
};

Result<std::int64_t> lastStepOf(const std::string& run, const MapTimeline& timeline)
{
    std::int64_t last = timeline.changes.empty() ? 0 : timeline.changes.back().step;
    HILO_TRY([[maybe_unused]] const EventFollowing followed,
             followEvents(
                 run, {},
                 [&last](const Json& event) -> Status {
                     if (const RunEvent read = readRunEvent(event);
                         read.step && std::holds_alternative<RunEvent::Step>(read.what))
                         last = std::max(last, *read.step);
                     return {};
                 },
                 UINT64_MAX));
    return last;
}

Json momentJson(std::int64_t step, const AllocationMap& map, const AllocationMap* before)
{
    Json moment = {
        {"step", step}, {"total_rank", totalRank(map)}, {"experts", totalExperts(map)}, {"changes", Json::array()}};
    if (before)
        for (const ModuleDifference& one : mapDifference(*before, map))
            moment["changes"].push_back({{"layer", one.layer},
                                         {"module", one.module},
                                         {"first", describe(one.first)},
                                         {"second", describe(one.second)},
                                         {"rank_change", one.rankChange()}});
    return moment;
}

Status showTimeline(const TimelineOptions& options, Console& console)
{
    if (!options.plot.empty())
        HILO_CHECK(checkPlotName(options.plot));
    if (!options.animation.empty() && std::filesystem::path(options.animation).extension() != ".svg")
        return failure(wrongUsage("an animation is a drawing of the kind .svg, not " + options.animation));
    HILO_TRY(const MapTimeline timeline, readMapTimeline(options.run));
    Json moments = Json::array({momentJson(0, timeline.first, nullptr)});
    std::vector<std::vector<std::string>> rows{
        {"step", "moved", "ranks", "experts", "parameters", "modules changed"},
        {"0", "", withSeparators(totalRank(timeline.first)), withSeparators(totalExperts(timeline.first)), "", ""}};
    const AllocationMap* before = &timeline.first;
    for (const MapMoment& one : timeline.changes) {
        Json moment = momentJson(one.step, one.map, before);
        moment["moved"] = one.moved;
        if (one.trainableParameters)
            moment["trainable_parameters"] = *one.trainableParameters;
        rows.push_back({withSeparators(one.step), withSeparators(one.moved), withSeparators(totalRank(one.map)),
                        withSeparators(totalExperts(one.map)),
                        one.trainableParameters ? withSeparators(*one.trainableParameters) : "",
                        withSeparators(static_cast<std::int64_t>(moment["changes"].size()))});
        moments.push_back(std::move(moment));
        before = &one.map;
    }
    HILO_TRY(const std::int64_t lastStep, lastStepOf(options.run, timeline));
    if (!options.plot.empty())
        HILO_CHECK(writePlot(options.plot, timelineSvg(timeline, lastStep)));
    if (!options.animation.empty())
        HILO_CHECK(writeFileAtomically(options.animation, timelineAnimation(timeline)));
    console.printJson({{"method", timeline.method},
                       {"last_step", lastStep},
                       {"moments", std::move(moments)},
                       {"map", toJson(timeline.last())}});
    if (!timeline.hasMoved())
        console.print("The map of this run has not moved (training.reallocation: " + timeline.method + ").");
    else
        console.printLines(alignedTable(rows));
    for (const std::string& written : {options.plot, options.animation})
        if (!written.empty())
            console.print("Written to " + written);
    return {};
}

} // namespace

void addTimeline(CLI::App& parent, const std::function<void(Work)>& chosen)
{
    CLI::App* command = parent.add_subcommand("timeline", "how the map of a run has moved while it trained");
    const auto options = std::make_shared<TimelineOptions>();
    command->add_option("RUN", options->run, "run folder")->required();
    command->add_option("--plot", options->plot, "drawing of the ranks over the steps: .svg, .png or .pdf");
    command->add_option("--animate", options->animation, "the maps one after the other, as an animated .svg");
    command->callback([=] { chosen([options](Console& console) { return showTimeline(*options, console); }); });
}

} // namespace hilo::cli
