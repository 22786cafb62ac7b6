// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hilo {

/// What a program runs on, as Linux tells it; what it does not tell is empty.
struct Machine
{
    std::string processor, kernel, host;
    std::vector<std::string> instructionSets; ///< of the processor, of those that matrix products gain from: "avx2"
    std::vector<std::string> gpus;            ///< NVIDIA's, by their driver
    std::string driver;                       ///< NVIDIA's; empty without one
};

Machine thisMachine();

} // namespace hilo
