// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo {

/// Which sign most of several values have at a place (2306.01708, section 3).
enum class SignElection {
    Total,     ///< that of the sum of the values
    Frequency, ///< that of the sum of the signs
};

} // namespace hilo
