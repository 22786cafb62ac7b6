// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <optional>
#include <string>

namespace hilo {

/// One message between two processes of a run.
struct RankMessage
{
    char kind = 0;
    std::string content;
};

/// A connection between two processes of a run. It ends when the other process does, however that ends, and within a
/// minute when its machine is gone.
class RankSocket
{
  public:
    RankSocket() = default;
    explicit RankSocket(int descriptor);
    RankSocket(RankSocket&& other) noexcept;
    RankSocket& operator=(RankSocket&& other) noexcept;
    ~RankSocket();

    /// To a host's port; each of its addresses is tried.
    static Result<RankSocket> connect(const std::string& host, int port);

    int descriptor() const { return descriptor_; }
    bool isOpen() const { return descriptor_ >= 0; }
    void close();
    /// Nobody is told when it fails: the connection is closed for both sides, and the reader sees it.
    void send(char kind, const std::string& content) const;
    /// Reads what has come, waiting for at most so long, and returns true while the connection lives.
    bool receive(int milliseconds);
    /// The next message that has come whole.
    std::optional<RankMessage> next();

  private:
    int descriptor_ = -1;
    std::string received_;
};

/// Where processes of a run connect.
class RankListener
{
  public:
    /// On a free port; of this machine's loopback alone, or of all its addresses. Errors: none is free.
    static Result<RankListener> open(bool onlyThisMachine);
    RankListener(RankListener&& other) noexcept;
    RankListener& operator=(RankListener&& other) noexcept;
    ~RankListener();

    int port() const { return port_; }
    /// Waits for at most so long; not open when nobody came.
    RankSocket accept(int milliseconds) const;

  private:
    RankListener(int descriptor, int port) : descriptor_(descriptor), port_(port) {}
    int descriptor_ = -1;
    int port_ = 0;
};

} // namespace hilo
