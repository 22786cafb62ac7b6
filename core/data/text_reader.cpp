// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/text_reader.h"

#include <algorithm>
#include <utility>

namespace hilo {

namespace {

// Most files of a folder are short: what is read at once grows with what there is.
constexpr std::size_t firstRead = std::size_t{1} << 12;
constexpr std::size_t longestRead = std::size_t{1} << 18;

} // namespace

TextReader::TextReader(std::unique_ptr<ByteSource> source, std::string file)
    : source_(std::move(source)), file_(std::move(file)), decoder_(file_), bytes_(firstRead)
{
}

Result<bool> TextReader::more()
{
    const std::size_t before = text_.size() - at_;
    text_.erase(0, at_);
    at_ = 0;
    while (!ended_ && (text_.size() == before || text_.size() < 2 * before)) {
        if (text_.size() > longestRecord)
            return failure(badInput(file_, "line " + std::to_string(line_),
                                    "The row that begins here is longer than 256 MiB, which is the most that is read.",
                                    "Is a quote or a line end missing?"));
        HILO_TRY(const std::size_t count, source_->read(bytes_));
        ended_ = count < bytes_.size();
        HILO_CHECK(decoder_.decode({reinterpret_cast<const char*>(bytes_.data()), count}, ended_, text_));
        if (!ended_)
            bytes_.resize(std::min(2 * bytes_.size(), longestRead));
    }
    return text_.size() > before;
}

void TextReader::consume(std::size_t bytes)
{
    const std::string_view used = buffered().substr(0, bytes);
    line_ += std::count(used.begin(), used.end(), '\n');
    at_ += used.size();
}

Result<std::optional<std::string_view>> TextReader::nextLine()
{
    std::size_t from = 0;
    for (;;) {
        const std::size_t end = buffered().find('\n', from);
        if (end != std::string_view::npos) {
            const std::string_view content = buffered().substr(0, end);
            ++line_;
            at_ += end + 1;
            return content;
        }
        from = buffered().size();
        HILO_TRY(const bool grown, more());
        if (!grown)
            break;
    }
    if (buffered().empty())
        return std::nullopt;
    const std::string_view content = buffered();
    at_ += content.size();
    return content;
}

Result<std::string> TextReader::rest()
{
    for (bool grown = true; grown;) {
        HILO_TRY(grown, more());
    }
    line_ += std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.end(), '\n');
    text_.erase(0, at_);
    at_ = 0;
    return std::exchange(text_, {});
}

} // namespace hilo
