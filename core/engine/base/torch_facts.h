// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/facts.h"

namespace hilo {

/// LibTorch: its version when this program was built, the file that is loaded now, what it computes with on the CPU
/// (instruction set, BLAS, oneDNN, OpenMP) and on GPUs (CUDA and the GPUs that it sees).
Facts torchFacts();

} // namespace hilo
