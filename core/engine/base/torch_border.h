// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>

namespace hilo {

/// The one border where LibTorch's exceptions become errors: out of memory is NoSpace, everything else Internal with
/// LibTorch's first line as message.
Status atTorchBorder(const std::function<Status()>& work);

} // namespace hilo
