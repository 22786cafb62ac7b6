// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/devices.h"

#include "gpu/device.h"

namespace hilo {

std::vector<std::string> ownDevices()
{
    std::vector<std::string> devices;
    for (int number = 0; number < gpu::deviceCount(); ++number)
        devices.push_back("cuda:" + std::to_string(number));
    return devices.empty() ? std::vector<std::string>{"cpu"} : devices;
}

} // namespace hilo
