// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto document = hilo::parseJson({reinterpret_cast<const char*>(data), size}, "input");
    if (!document)
        return 0;
    const auto config = hilo::parseModelConfig(*document, "input");
    if (config && hilo::parameterCount(*config) <= 0)
        std::abort();
    return 0;
}
