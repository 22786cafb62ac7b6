// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/export_format.h"

namespace hilo {

/// Bytes of the tensors of each layout, from shapes alone (headers and README files are left out).
std::uint64_t ownBytes(const ExportSubject& subject);        ///< every expert and router in float32
std::uint64_t plainBytes(const ExportSubject& subject);      ///< one pair a module with the sum of its ranks
std::uint64_t distilledBytes(const ExportSubject& subject);  ///< one pair a module with its active rank
std::uint64_t paddedBytes(const ExportSubject& subject);     ///< the same with the largest rank everywhere
std::uint64_t molaBytes(const ExportSubject& subject);       ///< one count and rank a layer, routers everywhere
std::uint64_t moePeftBytes(const ExportSubject& subject);    ///< one count and rank, routers where there is a choice
std::uint64_t mergedBytes(const ExportSubject& subject);     ///< the whole model in float32
std::uint64_t mergedGgufBytes(const ExportSubject& subject); ///< the whole model in float16

} // namespace hilo
