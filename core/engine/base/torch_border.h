// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>
#include <optional>
#include <type_traits>

namespace hilo {

/// Runs the work; what it throws becomes an error.
Status catchTorchErrors(const std::function<void()>& work);

/// The one border where LibTorch's exceptions become errors: out of memory is NoSpace, everything else Internal with
/// LibTorch's first line as message. Returns what the work returns, a Status or a Result.
template <class Work>
std::invoke_result_t<const Work&> atTorchBorder(const Work& work)
{
    std::optional<std::invoke_result_t<const Work&>> outcome;
    HILO_CHECK(catchTorchErrors([&] { outcome.emplace(work()); }));
    return *std::move(outcome);
}

} // namespace hilo
