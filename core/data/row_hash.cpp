// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_hash.h"

#include "base/digest.h"

namespace hilo {

std::string rowsHash(const std::vector<const TokenRows*>& parts)
{
    Digest digest;
    for (const TokenRows* rows : parts) {
        for (std::size_t row = 0; row < rows->size(); ++row)
            digest.add(rows->hash(row));
        digest.add("\n");
    }
    return digest.hexadecimal();
}

} // namespace hilo
