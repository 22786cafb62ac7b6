// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/weights.h"

namespace hilo {

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (const std::int64_t size : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

std::string TensorInfo::typeName() const
{
    return storedAs.empty() ? dataTypeName(type) : storedAs;
}

} // namespace hilo
