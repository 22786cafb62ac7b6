// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/token_model.h"

#include "base/text_format.h"

namespace hilo {

std::vector<std::int32_t> byteTokenIds(const TokenIds& ids)
{
    std::vector<std::int32_t> result;
    for (int byte = 0; byte < 256; ++byte) {
        const auto found = ids.find(printed("<0x%02X>", byte));
        result.push_back(found == ids.end() ? -1 : found->second);
    }
    return result;
}

} // namespace hilo
