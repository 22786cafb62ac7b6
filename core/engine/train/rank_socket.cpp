// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/rank_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace hilo {
namespace {

/// A longer message is none of ours.
constexpr std::uint32_t longestMessage = std::uint32_t{1} << 20;
constexpr std::size_t headBytes = 1 + sizeof(std::uint32_t);

void setOption(int descriptor, int level, int option, int value)
{
    setsockopt(descriptor, level, option, &value, sizeof value);
}

bool becomesReadable(int descriptor, int milliseconds)
{
    pollfd asked{descriptor, POLLIN, 0};
    return ::poll(&asked, 1, milliseconds) > 0;
}

int listenOn(int family, bool onlyThisMachine)
{
    const int descriptor = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return -1;
    sockaddr_storage address{};
    socklen_t size = 0;
    if (family == AF_INET6) {
        setOption(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
        auto& six = reinterpret_cast<sockaddr_in6&>(address);
        six.sin6_family = AF_INET6;
        six.sin6_addr = in6addr_any;
        size = sizeof six;
    } else {
        auto& four = reinterpret_cast<sockaddr_in&>(address);
        four.sin_family = AF_INET;
        four.sin_addr.s_addr = htonl(onlyThisMachine ? INADDR_LOOPBACK : INADDR_ANY);
        size = sizeof four;
    }
    if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(descriptor, 1024) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}

int portOf(int descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                               : reinterpret_cast<sockaddr_in&>(address).sin_port);
}

} // namespace

RankSocket::RankSocket(int descriptor) : descriptor_(descriptor)
{
    if (descriptor < 0)
        return;
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    // The kernel asks the other machine whether it is still there; a process that is only slow answers all the same.
    setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, 10);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, 5);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPCNT, 6);
    setOption(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, 40000);
    const timeval longest{5, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
}

RankSocket::RankSocket(RankSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), received_(std::move(other.received_))
{
}

RankSocket& RankSocket::operator=(RankSocket&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    std::swap(received_, other.received_);
    return *this;
}

RankSocket::~RankSocket()
{
    close();
}

void RankSocket::close()
{
    if (descriptor_ >= 0)
        ::close(std::exchange(descriptor_, -1));
}

Result<RankSocket> RankSocket::connect(const std::string& host, int port)
{
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const std::string place = host + ":" + std::to_string(port);
    if (const int problem = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found); problem != 0)
        return failure(badInput({}, "MASTER_ADDR", host + " has no address: " + gai_strerror(problem) + "."));
    int descriptor = -1;
    int number = 0;
    for (const addrinfo* one = found; one && descriptor < 0; one = one->ai_next) {
        descriptor = ::socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (descriptor >= 0 && ::connect(descriptor, one->ai_addr, one->ai_addrlen) != 0) {
            number = errno;
            ::close(std::exchange(descriptor, -1));
        }
    }
    ::freeaddrinfo(found);
    if (descriptor < 0)
        return failure(internalError("Process 0 does not answer at " + place + ": " + std::strerror(number) + ".",
                                     "The machines of a run must reach each other at all ports."));
    return RankSocket(descriptor);
}

void RankSocket::send(char kind, const std::string& content) const
{
    if (!isOpen())
        return;
    const auto length = static_cast<std::uint32_t>(content.size());
    std::string bytes(headBytes, kind);
    const std::uint32_t sent = htonl(length);
    std::memcpy(bytes.data() + 1, &sent, sizeof sent);
    bytes += content;
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t count = ::send(descriptor_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            // Half a message would garble all that follow.
            ::shutdown(descriptor_, SHUT_RDWR);
            return;
        }
        done += static_cast<std::size_t>(count);
    }
}

bool RankSocket::receive(int milliseconds)
{
    if (!becomesReadable(descriptor_, milliseconds))
        return true;
    char block[4096];
    const ssize_t count = ::recv(descriptor_, block, sizeof block, MSG_DONTWAIT);
    if (count < 0)
        return errno == EINTR || errno == EAGAIN;
    received_.append(block, static_cast<std::size_t>(count));
    return count > 0;
}

std::optional<RankMessage> RankSocket::next()
{
    if (received_.size() < headBytes)
        return {};
    std::uint32_t length = 0;
    std::memcpy(&length, received_.data() + 1, sizeof length);
    length = ntohl(length);
    if (length > longestMessage) {
        ::shutdown(descriptor_, SHUT_RDWR);
        received_.clear();
        return {};
    }
    if (received_.size() < headBytes + length)
        return {};
    RankMessage message{received_.front(), received_.substr(headBytes, length)};
    received_.erase(0, headBytes + length);
    return message;
}

Result<RankListener> RankListener::open(bool onlyThisMachine)
{
    int descriptor = onlyThisMachine ? -1 : listenOn(AF_INET6, false);
    if (descriptor < 0)
        descriptor = listenOn(AF_INET, onlyThisMachine);
    if (descriptor < 0)
        return failure(internalError("There is no free port for the processes of the run to meet at."));
    return RankListener(descriptor, portOf(descriptor));
}

RankListener::RankListener(RankListener&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), port_(other.port_)
{
}

RankListener& RankListener::operator=(RankListener&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    std::swap(port_, other.port_);
    return *this;
}

RankListener::~RankListener()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

RankSocket RankListener::accept(int milliseconds) const
{
    if (!becomesReadable(descriptor_, milliseconds))
        return RankSocket();
    return RankSocket(::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
}

} // namespace hilo
