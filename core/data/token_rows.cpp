// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/token_rows.h"

#include "data/row_digest.h"

#include <algorithm>
#include <stdexcept>

namespace hilo {
namespace {

std::int64_t withRejected(const TokenisedExample& row)
{
    auto tokens = static_cast<std::int64_t>(row.tokens.size());
    for (const TokenisedExample& rejected : row.rejected)
        tokens += static_cast<std::int64_t>(rejected.tokens.size());
    return tokens;
}

} // namespace

TokenRows::TokenRows(std::vector<TokenisedExample> rows) : size_(rows.size())
{
    if (size_ > 0)
        parts_.push_back({0, std::make_shared<const std::vector<TokenisedExample>>(std::move(rows)), nullptr});
}

TokenRows::TokenRows(std::shared_ptr<const RowFile> file) : size_(file->size())
{
    if (size_ > 0)
        parts_.push_back({0, nullptr, std::move(file)});
}

TokenRows TokenRows::viewOf(const std::vector<TokenisedExample>& rows)
{
    TokenRows view;
    view.size_ = rows.size();
    if (!rows.empty())
        view.parts_.push_back(
            {0, std::shared_ptr<const std::vector<TokenisedExample>>(std::shared_ptr<const void>(), &rows), nullptr});
    return view;
}

void TokenRows::append(TokenRows rows)
{
    for (Part& part : rows.parts_) {
        part.begin += size_;
        parts_.push_back(std::move(part));
    }
    size_ += rows.size_;
}

const TokenRows::Part& TokenRows::partOf(std::size_t row) const
{
    if (row >= size_)
        throw std::out_of_range("TokenRows: there is no such row");
    const auto behind = std::upper_bound(parts_.begin(), parts_.end(), row,
                                         [](std::size_t wanted, const Part& part) { return wanted < part.begin; });
    return *(behind - 1);
}

TokenisedExample TokenRows::operator[](std::size_t row) const
{
    const Part& part = partOf(row);
    if (part.memory)
        return (*part.memory)[row - part.begin];
    auto decoded = part.file->row(row - part.begin);
    if (!decoded)
        throw std::runtime_error(describe(decoded.error()));
    return std::move(decoded->tokens);
}

std::int64_t TokenRows::tokens(std::size_t row) const
{
    const Part& part = partOf(row);
    return part.memory ? static_cast<std::int64_t>((*part.memory)[row - part.begin].tokens.size())
                       : part.file->tokens(row - part.begin);
}

std::int64_t TokenRows::tokensOfAll(std::size_t row) const
{
    const Part& part = partOf(row);
    return part.memory ? withRejected((*part.memory)[row - part.begin]) : part.file->tokensOfAll(row - part.begin);
}

std::string TokenRows::hash(std::size_t row) const
{
    const Part& part = partOf(row);
    return part.memory ? rowDigest((*part.memory)[row - part.begin]) : part.file->digest(row - part.begin);
}

std::vector<std::int64_t> TokenRows::lengths() const
{
    std::vector<std::int64_t> lengths(size_);
    for (std::size_t row = 0; row < size_; ++row)
        lengths[row] = tokensOfAll(row);
    return lengths;
}

} // namespace hilo
