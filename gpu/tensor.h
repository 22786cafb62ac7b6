// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// LibTorch's tensors, functions and automatic differentiation. Its modules, optimisers, data loaders and compiler,
/// which <torch/torch.h> brings as well, are not used here, and reading them takes a third of a source's time.
#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>
