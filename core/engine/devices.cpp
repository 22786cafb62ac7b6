// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/devices.h"

#include <torch/cuda.h>

namespace hilo {

std::vector<std::string> ownDevices()
{
    std::vector<std::string> devices;
    for (std::size_t number = 0; number < torch::cuda::device_count(); ++number)
        devices.push_back("cuda:" + std::to_string(number));
    return devices.empty() ? std::vector<std::string>{"cpu"} : devices;
}

} // namespace hilo
