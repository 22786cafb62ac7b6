// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo::gpu {

/// The backend that this build was linked with: "cpu" or "cuda 12.4".
std::string backendName();

} // namespace hilo::gpu
