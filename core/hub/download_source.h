// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/http_connection.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace hilo {

/// Where a file's bytes come from. The hub sends on to a store of large files, by an address that is good for a while:
/// it is remembered, so that not every piece of a file asks the hub again. All threads of a file share one.
class DownloadSource
{
  public:
    explicit DownloadSource(std::string address) : address_(std::move(address)) {}

    std::string address() const;
    /// After a success: the address that gave it.
    void remember(const HttpReply& reply);
    /// After a failure: true where the remembered address failed, so that the hub itself is to be asked.
    bool forget(const HttpReply& reply);

  private:
    const std::string address_;
    mutable std::mutex mutex_;
    std::string remembered_;
};

/// What a server answered to the request for a part of a file of size bytes, from one byte on.
enum class RangeAnswer {
    Asked, ///< the part
    Whole, ///< everything: the server knows no ranges
    Wrong, ///< another part, or a part of another size of file
};
RangeAnswer rangeAnswer(const HttpReply& reply, std::int64_t from, std::int64_t size);

} // namespace hilo
