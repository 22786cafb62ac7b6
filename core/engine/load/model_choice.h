// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace hilo {

/// Which model is used, with which adapter, and how it computes.
struct ModelChoice
{
    std::filesystem::path model;
    std::filesystem::path adapter; ///< folder with adapter.json, or a run folder; empty: the model alone
    std::string device = "auto";
    std::string dtype = "float32";
    std::string quantisation; ///< of the base: none, nf4, int8, fp8; empty: what the adapter was trained on
    int threads = 0;          ///< 0: by measurement
};

} // namespace hilo
