// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "data/token_rows.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hilo {

struct RowCacheSettings
{
    std::filesystem::path folder; ///< empty: there is none
    /// Which data sets' rows are kept: those whose files are large (Auto), all, none.
    enum class When { Auto, Always, Never } when = When::Auto;
    std::uintmax_t filesFrom = std::uintmax_t{64} << 20; ///< Auto: bytes of a data set's files, or
    std::uintmax_t rowsFrom = 200'000;                   ///< rows of its Parquet files
    std::uintmax_t mostBytes = std::uintmax_t{64} << 30; ///< of the folder; what was used least lately goes first
    std::uintmax_t mostMemory = std::uintmax_t{1} << 30; ///< of rows that no file can hold

    /// XDG_CACHE_HOME/hilo/rows or ~/.cache/hilo/rows; HILO_ROW_CACHE is auto, always or never; HILO_ROW_CACHE_GIB the
    /// most that the folder may take. Errors: another word, a number that is none.
    static Result<RowCacheSettings> ofEnvironment();
};

/// Where rows go while they are made.
class RowSink
{
  public:
    virtual ~RowSink() = default;
    /// example: kept beside the tokens, where it is given.
    virtual Status add(const TokenisedExample& row, const Example* example = nullptr) = 0;
};

/// Rows of a cache, or of memory where it could not hold them.
class KeptRows
{
  public:
    explicit KeptRows(std::shared_ptr<const RowFile> file) : rows_(file), file_(std::move(file)), facts_(file_->facts())
    {
    }
    KeptRows(std::vector<TokenisedExample> rows, std::vector<Example> examples, Json facts)
        : rows_(std::move(rows)), examples_(std::move(examples)), facts_(std::move(facts))
    {
    }

    const TokenRows& rows() const { return rows_; }
    /// What was kept beside the tokens.
    Result<Example> example(std::size_t row) const;
    /// What the maker had to say of all of them.
    const Json& facts() const { return facts_; }

  private:
    TokenRows rows_;
    std::shared_ptr<const RowFile> file_;
    std::vector<Example> examples_;
    Json facts_;
};

/// Tokenised rows by what they were made from, in a folder that all runs share: each one a file (row_file.h) that is
/// made once. Two processes that want the same one wait for each other; where that cannot be both make it, and the
/// later one's stays. A file that is damaged or of something else is told and made again.
class RowCache
{
  public:
    explicit RowCache(RowCacheSettings settings) : settings_(std::move(settings)) {}

    const RowCacheSettings& settings() const { return settings_; }

    /// The rows of a key (lower-case hexadecimal), made by make where they are not there; what it returns are their
    /// facts. A folder that cannot be written or a full disk is told, and the rows are held in memory instead, for
    /// which make is called again; too many for that are an error with the reason of both. Errors: make's; cancelled.
    Result<KeptRows> rows(const std::string& key, const std::function<Result<Json>(RowSink&)>& make,
                          const Progress& progress = {}) const;

    /// Removes what was used least lately until the folder holds no more than it may, and what stopped processes have
    /// left. Rows that are in use stay readable. keep: a file that stays in any case.
    void trim(const std::filesystem::path& keep = {}) const;

  private:
    std::shared_ptr<const RowFile> find(const std::filesystem::path& file, const std::string& key,
                                        const Progress& progress, Status& status) const;
    Result<KeptRows> inMemory(const std::function<Result<Json>(RowSink&)>& make, const std::string& why) const;

    RowCacheSettings settings_;
};

} // namespace hilo
