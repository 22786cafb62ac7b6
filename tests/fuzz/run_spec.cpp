// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_spec.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto document = hilo::parseJson({reinterpret_cast<const char*>(data), size}, "input");
    if (!document)
        return 0;
    const auto spec = hilo::parseRunSpec(*document, "input", "/nowhere");
    if (!spec)
        return 0;
    // What a run's folder is given can be read there, and means the same.
    const hilo::Json written = hilo::toJson(*spec);
    const auto again = hilo::parseRunSpec(written, "again", "/nowhere");
    if (!again || hilo::toJson(*again) != written)
        std::abort();
    return 0;
}
