// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo {

/// How many GPUs this build can use here.
int cudaDeviceCount();

} // namespace hilo
