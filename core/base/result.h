// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace hilo {

template <class T>
using Result = tl::expected<T, Error>;

/// A result without a value: success or an error.
using Status = Result<void>;

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace hilo

#define HILO_CONCAT_(a, b) a##b
#define HILO_CONCAT(a, b) HILO_CONCAT_(a, b)

/// HILO_TRY(auto value, expression): takes the value out of a Result or returns its error to the caller.
#define HILO_TRY(declaration, expression)                                                                              \
    auto HILO_CONCAT(hilo_result_, __LINE__) = (expression);                                                           \
    if (!HILO_CONCAT(hilo_result_, __LINE__))                                                                          \
        return ::hilo::failure(std::move(HILO_CONCAT(hilo_result_, __LINE__).error()));                                \
    declaration = std::move(*HILO_CONCAT(hilo_result_, __LINE__))

/// HILO_CHECK(expression): returns the error of a Status to the caller.
#define HILO_CHECK(expression)                                                                                         \
    if (auto HILO_CONCAT(hilo_status_, __LINE__) = (expression); !HILO_CONCAT(hilo_status_, __LINE__))                 \
    return ::hilo::failure(std::move(HILO_CONCAT(hilo_status_, __LINE__).error()))
