// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/device_slots.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

bool isGpu(const std::string& device)
{
    return device.starts_with("cuda:");
}

} // namespace

DeviceSlots::DeviceSlots(const Project& project, const std::vector<std::string>& names)
    : folder_(project.folder() / ".slots")
{
    for (const std::string& name : names) {
        const auto same =
            std::count_if(slots_.begin(), slots_.end(), [&name](const Slot& slot) { return slot.device == name; });
        std::string file = name;
        std::replace(file.begin(), file.end(), ':', '-');
        if (same > 0)
            file += "-" + std::to_string(same + 1);
        slots_.push_back({name, folder_ / (file + ".lock"), {}, false, false});
    }
}

bool DeviceSlots::fits(const std::string& wanted, const std::string& device) const
{
    if (wanted == "auto" || wanted.empty())
        return isGpu(device) ||
               std::none_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return isGpu(slot.device); });
    return wanted == device || (wanted == "cuda" && isGpu(device));
}

int DeviceSlots::fitting(const std::string& wanted) const
{
    return static_cast<int>(
        std::count_if(slots_.begin(), slots_.end(), [&](const Slot& slot) { return fits(wanted, slot.device); }));
}

void DeviceSlots::beginLook()
{
    std::error_code code;
    fs::create_directories(folder_, code);
    for (Slot& slot : slots_)
        slot.busy = slot.kept = false;
}

Result<std::optional<TakenDevices>> DeviceSlots::take(const std::string& wanted, int count)
{
    std::vector<Slot*> found;
    for (Slot& slot : slots_) {
        if (static_cast<int>(found.size()) == count)
            break;
        if (slot.busy || slot.kept || !fits(wanted, slot.device))
            continue;
        if (!slot.lock) {
            HILO_TRY(slot.lock, FileLock::tryAcquire(slot.file));
        }
        if (slot.lock)
            found.push_back(&slot);
        else
            slot.busy = true;
    }
    if (static_cast<int>(found.size()) < count) {
        for (Slot* const slot : found)
            slot->kept = true;
        return std::optional<TakenDevices>();
    }
    TakenDevices taken;
    for (Slot* const slot : found) {
        taken.names.push_back(slot->device);
        taken.locks.push_back(std::move(*slot->lock));
        slot->lock.reset();
        slot->busy = true;
    }
    return std::optional(std::move(taken));
}

Status DeviceSlots::endLook()
{
    const bool keeps = std::any_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.kept; });
    if (!keeps) {
        collecting_.reset();
    } else if (!collecting_) {
        HILO_TRY(collecting_, FileLock::tryAcquire(folder_ / "collecting.lock"));
    }
    for (Slot& slot : slots_)
        if (!slot.kept || !collecting_)
            slot.lock.reset();
    return {};
}

} // namespace hilo
