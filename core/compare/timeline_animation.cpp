// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/timeline_animation.h"

#include "allocation/map_operations.h"
#include "base/text_format.h"

#include <algorithm>
#include <functional>
#include <set>

namespace hilo {
namespace {

/// In pixels.
namespace moving {
constexpr double left = 44, top = 54, cellWidth = 96, cellHeight = 30, gap = 4;
}
constexpr double secondsAtEnd = 2;
constexpr const char *came = "#3d8b4f", *went = "#b04a3a";

/// What is shown one after the other.
struct Frame
{
    std::int64_t step = 0;
    const AllocationMap* map = nullptr;
};

std::vector<Frame> framesOf(const MapTimeline& timeline)
{
    std::vector<Frame> frames{{0, &timeline.first}};
    for (const MapMoment& one : timeline.changes)
        frames.push_back({one.step, &one.map});
    return frames;
}

std::set<std::string> modulesOf(const std::vector<Frame>& frames)
{
    std::set<std::string> modules;
    for (const Frame& frame : frames)
        for (const auto& layer : frame.map->layers)
            for (const auto& [name, module] : layer)
                if (module.experts() > 0)
                    modules.insert(name);
    return modules;
}

int highestRank(const std::vector<Frame>& frames)
{
    int highest = 1;
    for (const Frame& frame : frames)
        for (const auto& layer : frame.map->layers)
            for (const auto& [name, module] : layer)
                for (const int rank : module.ranks)
                    highest = std::max(highest, rank);
    return highest;
}

class Animation
{
  public:
    explicit Animation(std::vector<Frame> frames)
        : frames_(std::move(frames)), seconds_(static_cast<double>(frames_.size()) + secondsAtEnd),
          highest_(highestRank(frames_))
    {
    }

    const std::vector<Frame>& frames() const { return frames_; }
    int highest() const { return highest_; }

    /// An attribute's value in every frame; nothing where it stays the same.
    std::string animated(const char* attribute, const std::function<std::string(std::size_t)>& valueIn) const
    {
        std::string values, times;
        bool changes = false;
        for (std::size_t i = 0; i < frames_.size(); ++i) {
            const std::string value = valueIn(i);
            changes = changes || value != valueIn(0);
            values += (i == 0 ? "" : ";") + value;
            times += (i == 0 ? "" : ";") + printed("%.5g", static_cast<double>(i) / seconds_);
        }
        if (!changes)
            return {};
        return printed("<animate attributeName='%s' dur='%gs' repeatCount='indefinite' calcMode='discrete'", attribute,
                       seconds_) +
               " keyTimes='" + times + "' values='" + values + "'/>";
    }

    std::string cell(std::size_t layer, const std::string& name, double x, double y) const
    {
        std::vector<const ModuleAllocation*> modules;
        int most = 0;
        for (const Frame& frame : frames_) {
            modules.push_back(frame.map->find(layer, name));
            most = std::max(most, modules.back() ? modules.back()->experts() : 0);
        }
        if (most == 0)
            return {};
        std::string svg =
            printed("<g><rect x='%g' y='%g' width='%g' height='%g' fill='#f2f2f2' stroke='none' stroke-width='2'>", x,
                    y, moving::cellWidth - moving::gap, moving::cellHeight - moving::gap) +
            animated("stroke", [&](std::size_t i) { return frameColour(modules, i); }) + "</rect>";
        const double step = (moving::cellWidth - moving::gap - 2) / most;
        const double width = std::min(step - std::min(1.0, step / 4), 24.0);
        for (int expert = 0; expert < most; ++expert) {
            const auto height = [&](std::size_t i) {
                const bool isThere = modules[i] && expert < modules[i]->experts();
                return isThere ? (moving::cellHeight - moving::gap - 2) *
                                     modules[i]->ranks[static_cast<std::size_t>(expert)] / highest_
                               : 0;
            };
            const auto bottom = [&](std::size_t i) { return y + moving::cellHeight - moving::gap - 1 - height(i); };
            const auto fill = [&](std::size_t i) {
                return std::string(modules[i] && modules[i]->hasRouter() ? "#30689c" : "#5a8f5a");
            };
            svg += printed("<rect x='%.2f' y='%.2f' width='%.2f' height='%.2f' fill='%s'>", x + 1 + expert * step,
                           bottom(0), width, height(0), fill(0).c_str()) +
                   animated("y", [&](std::size_t i) { return printed("%.2f", bottom(i)); }) +
                   animated("height", [&](std::size_t i) { return printed("%.2f", height(i)); }) +
                   animated("fill", fill) + "</rect>";
        }
        return svg + "</g>\n";
    }

    std::string captions() const
    {
        std::string svg;
        for (std::size_t frame = 0; frame < frames_.size(); ++frame)
            svg +=
                printed("<text x='%g' y='18' font-size='13' visibility='%s'>", moving::left,
                        frame == 0 ? "visible" : "hidden") +
                printed("Step %lld: %lld ranks, %lld experts", static_cast<long long>(frames_[frame].step),
                        static_cast<long long>(totalRank(*frames_[frame].map)),
                        static_cast<long long>(totalExperts(*frames_[frame].map))) +
                animated("visibility", [&](std::size_t i) { return std::string(i == frame ? "visible" : "hidden"); }) +
                "</text>\n";
        return svg;
    }

  private:
    static std::string frameColour(const std::vector<const ModuleAllocation*>& modules, std::size_t i)
    {
        const auto ranks = [&](std::size_t at) { return modules[at] ? modules[at]->ranks : std::vector<int>(); };
        if (i == 0 || ranks(i) == ranks(i - 1))
            return "none";
        const auto sum = [&](std::size_t at) { return modules[at] ? modules[at]->totalRank() : 0; };
        return sum(i) >= sum(i - 1) ? came : went;
    }

    std::vector<Frame> frames_;
    double seconds_;
    int highest_;
};

} // namespace

std::string timelineAnimation(const MapTimeline& timeline)
{
    const Animation animation(framesOf(timeline));
    const std::set<std::string> modules = modulesOf(animation.frames());
    const std::size_t layers = timeline.first.layers.size();
    const double width =
        moving::left + moving::cellWidth * static_cast<double>(std::max<std::size_t>(modules.size(), 5)) + moving::gap;
    const double height = moving::top + moving::cellHeight * static_cast<double>(layers) + 26;
    std::string svg = printed("<svg xmlns='http://www.w3.org/2000/svg' width='%g' height='%g' viewBox='0 0 %g %g' "
                              "font-family='DejaVu Sans, sans-serif' font-size='11'>\n"
                              "<rect width='100%%' height='100%%' fill='white'/>\n",
                              width, height, width, height) +
                      animation.captions();
    double x = moving::left;
    for (const std::string& module : modules) {
        svg += printed("<text x='%g' y='%g' text-anchor='middle'>", x + moving::cellWidth / 2, moving::top - 10) +
               module + "</text>\n";
        x += moving::cellWidth;
    }
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const double y = moving::top + moving::cellHeight * static_cast<double>(layer);
        svg += printed("<text x='%g' y='%g' text-anchor='end'>%zu</text>\n", moving::left - 8,
                       y + moving::cellHeight / 2 + 2, layer);
        x = moving::left;
        for (const std::string& module : modules) {
            svg += animation.cell(layer, module, x, y);
            x += moving::cellWidth;
        }
    }
    svg +=
        printed("<text x='%g' y='%g'>A bar is an expert, its height its rank (highest: %d). Framed: green, ranks came; "
                "red, ranks went.</text>\n",
                moving::left, height - 8, animation.highest());
    return svg + "</svg>\n";
}

} // namespace hilo
