// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/parallel.h"

#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace hilo {

/// Where the processes find each other: numbers by name, at rank 0.
struct Parallel::Store
{
    c10::intrusive_ptr<c10d::Store> store;
};

} // namespace hilo
