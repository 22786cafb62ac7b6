// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/compressed_source.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <vector>

namespace hilo {
namespace {

constexpr std::size_t inputBytes = std::size_t{1} << 16;

/// The bytes that were looked at, then the rest.
class PeekedSource : public ByteSource
{
  public:
    PeekedSource(std::string first, std::unique_ptr<ByteSource> rest) : first_(std::move(first)), rest_(std::move(rest))
    {
    }

    Result<std::size_t> read(std::span<std::byte> target) override
    {
        const std::size_t count = std::min(target.size(), first_.size() - at_);
        std::copy_n(reinterpret_cast<const std::byte*>(first_.data()) + at_, count, target.begin());
        at_ += count;
        HILO_TRY(const std::size_t more, rest_->read(target.subspan(count)));
        return count + more;
    }

  private:
    std::string first_;
    std::size_t at_ = 0;
    std::unique_ptr<ByteSource> rest_;
};

/// What a decoder did in one call.
struct UnpackStep
{
    std::size_t read = 0;
    std::size_t written = 0;
    bool betweenFrames = false; ///< a file may end here
    const char* problem = nullptr;
};

class UnpackingSource : public ByteSource
{
  public:
    UnpackingSource(std::unique_ptr<ByteSource> source, std::string name, const char* codec)
        : source_(std::move(source)), name_(std::move(name)), codec_(codec), buffer_(inputBytes)
    {
    }

    Result<std::size_t> read(std::span<std::byte> target) override
    {
        std::size_t done = 0;
        while (done < target.size()) {
            if (input_.empty() && !inputEnded_) {
                HILO_TRY(const std::size_t count, source_->read(buffer_));
                input_ = std::span<const std::byte>(buffer_).first(count);
                inputEnded_ = count < buffer_.size();
            }
            if (input_.empty() && inputEnded_ && betweenFrames_)
                break;
            const UnpackStep made = step(input_, target.subspan(done));
            packed_ += made.read;
            input_ = input_.subspan(made.read);
            done += made.written;
            unpacked_ += made.written;
            betweenFrames_ = made.betweenFrames;
            const bool stands = made.read == 0 && made.written == 0;
            if (made.problem || (stands && !input_.empty()))
                return failure(here(std::string("The ") + codec_ + " data is damaged" +
                                        (made.problem ? std::string(": ") + made.problem : std::string()) + ".",
                                    "Copy or download the file again."));
            if (stands && inputEnded_ && !betweenFrames_)
                return failure(here(std::string("The file ends inside of its ") + codec_ + " data.",
                                    "It was cut off: copy or download it again."));
            if (unpacked_ > freeUnpackedBytes && unpacked_ / mostUnpackedTimes > packed_)
                return failure(here("The " + std::to_string(packed_) + " bytes to here unpack to " +
                                        std::to_string(unpacked_ >> 20) + " MiB, more than " +
                                        std::to_string(mostUnpackedTimes) + " times their size, which is refused.",
                                    "Unpack the file yourself if it is what you want."));
        }
        return done;
    }

  protected:
    virtual UnpackStep step(std::span<const std::byte> input, std::span<std::byte> output) = 0;

  private:
    Error here(std::string message, std::string hint) const
    {
        return badInput(name_, "byte " + std::to_string(packed_), std::move(message), std::move(hint));
    }

    std::unique_ptr<ByteSource> source_;
    std::string name_;
    const char* codec_;
    std::vector<std::byte> buffer_;
    std::span<const std::byte> input_;
    bool inputEnded_ = false;
    bool betweenFrames_ = false;
    std::uint64_t packed_ = 0, unpacked_ = 0;
};

class GzipSource : public UnpackingSource
{
  public:
    GzipSource(std::unique_ptr<ByteSource> source, std::string name)
        : UnpackingSource(std::move(source), std::move(name), "gzip"), isReady_(inflateInit2(&stream_, 15 + 16) == Z_OK)
    {
    }
    ~GzipSource() override
    {
        if (isReady_)
            inflateEnd(&stream_);
    }
    GzipSource(const GzipSource&) = delete;
    GzipSource& operator=(const GzipSource&) = delete;

  protected:
    UnpackStep step(std::span<const std::byte> input, std::span<std::byte> output) override
    {
        if (!isReady_)
            return {0, 0, false, "no memory to unpack it"};
        // Tapes and some servers fill the last block with zeros.
        if (memberEnded_ && !input.empty() && input[0] == std::byte{0}) {
            const auto end = std::find_if(input.begin(), input.end(), [](std::byte b) { return b != std::byte{0}; });
            isPadded_ = true;
            return {static_cast<std::size_t>(end - input.begin()), 0, true, nullptr};
        }
        if (memberEnded_ && !input.empty() && (isPadded_ || input[0] != std::byte{0x1f}))
            return {0, 0, false, "something else stands behind its end"};
        memberEnded_ = memberEnded_ && input.empty();
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(input.data()));
        stream_.avail_in = static_cast<uInt>(input.size());
        stream_.next_out = reinterpret_cast<Bytef*>(output.data());
        stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(output.size(), std::size_t{1} << 30));
        const std::size_t room = stream_.avail_out;
        const int code = inflate(&stream_, Z_NO_FLUSH);
        UnpackStep made{input.size() - stream_.avail_in, room - stream_.avail_out, memberEnded_, nullptr};
        if (code == Z_STREAM_END) {
            made.betweenFrames = memberEnded_ = true;
            inflateReset(&stream_);
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            made.problem = stream_.msg ? stream_.msg : "it makes no sense";
        }
        return made;
    }

  private:
    z_stream stream_{};
    bool isReady_;
    bool memberEnded_ = false;
    bool isPadded_ = false;
};

class ZstdSource : public UnpackingSource
{
  public:
    ZstdSource(std::unique_ptr<ByteSource> source, std::string name)
        : UnpackingSource(std::move(source), std::move(name), "zstd"), stream_(ZSTD_createDStream(), &ZSTD_freeDStream)
    {
    }

  protected:
    UnpackStep step(std::span<const std::byte> input, std::span<std::byte> output) override
    {
        if (!stream_)
            return {0, 0, false, "no memory to unpack it"};
        ZSTD_inBuffer in{input.data(), input.size(), 0};
        ZSTD_outBuffer out{output.data(), output.size(), 0};
        const std::size_t left = ZSTD_decompressStream(stream_.get(), &out, &in);
        if (ZSTD_isError(left))
            return {in.pos, out.pos, false, ZSTD_getErrorName(left)};
        return {in.pos, out.pos, left == 0, nullptr};
    }

  private:
    std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream_;
};

} // namespace

Compression compressionOf(std::string_view firstBytes)
{
    if (firstBytes.starts_with("\x1f\x8b"))
        return Compression::Gzip;
    // A frame, or one of the frames that are to be skipped (RFC 8878, 3.1.2).
    if (firstBytes.starts_with("\x28\xb5\x2f\xfd") ||
        (firstBytes.size() >= 4 && (firstBytes[0] & 0xf0) == 0x50 && firstBytes.substr(1, 3) == "\x2a\x4d\x18"))
        return Compression::Zstd;
    if (firstBytes.size() >= 4 && firstBytes.starts_with("BZh") && firstBytes[3] >= '1' && firstBytes[3] <= '9')
        return Compression::Bzip2;
    if (firstBytes.starts_with("\xfd"
                               "7zXZ"))
        return Compression::Xz;
    return firstBytes.starts_with("PK\x03\x04") ? Compression::Zip : Compression::None;
}

std::string withoutCompressionEnding(const std::string& name)
{
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const std::string_view ending : {".gz", ".gzip", ".zst", ".zstd"})
        if (lower.size() > ending.size() && lower.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    return name;
}

Result<std::unique_ptr<ByteSource>> unpackedSource(std::unique_ptr<ByteSource> source, const std::string& name)
{
    std::string first(8, '\0');
    HILO_TRY(const std::size_t count, source->read(std::as_writable_bytes(std::span(first))));
    first.resize(count);
    const Compression compression = compressionOf(first);
    std::unique_ptr<ByteSource> whole = std::make_unique<PeekedSource>(std::move(first), std::move(source));
    switch (compression) {
    case Compression::None:
        return whole;
    case Compression::Gzip:
        return std::make_unique<GzipSource>(std::move(whole), name);
    case Compression::Zstd:
        return std::make_unique<ZstdSource>(std::move(whole), name);
    default:
        break;
    }
    const char* const codec = compression == Compression::Bzip2 ? "bzip2"
                              : compression == Compression::Xz  ? "xz"
                                                                : "zip";
    return failure(badInput(name, {}, std::string("The file is compressed by ") + codec + ", which is not read.",
                            "Unpack it, or compress it by gzip or zstd."));
}

} // namespace hilo
