// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo::testing {

/// The program was compiled with a sanitizer: what it weighs is not what the real one weighs.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool isInstrumented = true;
#else
inline constexpr bool isInstrumented = false;
#endif

} // namespace hilo::testing
