// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/download_source.h"

#include <charconv>
#include <string_view>

namespace hilo {
namespace {

/// The number at the beginning of text, which is taken away; -1 where there is none.
std::int64_t takeNumber(std::string_view& text)
{
    std::int64_t number = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc())
        return -1;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

} // namespace

std::string DownloadSource::address() const
{
    const std::lock_guard lock(mutex_);
    return remembered_.empty() ? address_ : remembered_;
}

void DownloadSource::remember(const HttpReply& reply)
{
    const std::lock_guard lock(mutex_);
    if (reply.address != address_)
        remembered_ = reply.address;
}

bool DownloadSource::forget(const HttpReply& reply)
{
    const std::lock_guard lock(mutex_);
    if (remembered_.empty() || reply.address != remembered_)
        return false;
    remembered_.clear();
    return true;
}

RangeAnswer rangeAnswer(const HttpReply& reply, std::int64_t from, std::int64_t size)
{
    if (reply.status == 200)
        return RangeAnswer::Whole;
    // "bytes 100-199/1000", of an unknown whole "bytes 100-199/*" (RFC 9110, 14.4)
    const std::string header = reply.header("content-range");
    std::string_view text = header;
    if (reply.status != 206 || !text.starts_with("bytes "))
        return RangeAnswer::Wrong;
    text.remove_prefix(6);
    if (takeNumber(text) != from || !text.starts_with('-'))
        return RangeAnswer::Wrong;
    text.remove_prefix(1);
    if (takeNumber(text) < from || !text.starts_with('/'))
        return RangeAnswer::Wrong;
    text.remove_prefix(1);
    return text == "*" || takeNumber(text) == size ? RangeAnswer::Asked : RangeAnswer::Wrong;
}

} // namespace hilo
