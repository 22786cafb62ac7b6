// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/row_cache.h"
#include "data/row_pass.h"
#include "data/template_choice.h"
#include "tokenizer/tokenizer.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// Rows that can be learnt from, of one split.
struct StreamedRows
{
    TokenRows rows;
    std::vector<RejectedRow> rejected; ///< by the template, then by their tokens
    std::int64_t cut = 0;              ///< rows longer than the maximum length
    std::int64_t promptLost = 0;       ///< of which nothing of the prompt is left
    std::int64_t inWindows = 0;        ///< examples that became several rows (text_windows.h)
    std::int64_t examples = 0;         ///< that were tokenised
    std::string onlyLabel;             ///< the right answer of every example, where there is one alone
};

/// A data set that may be larger than memory, as readDataset, chooseTemplate, renderExamples and tokeniseAll give it:
/// the same rows, labels, notes and rejected rows, found in passes over the files and kept in a cache, so that whoever
/// comes second reads no file but to compare its hash.
class StreamedData
{
  public:
    /// Whether the data's rows are to be kept: the cache's settings, the files' size, a tokenizer that files describe.
    static Result<bool> isWanted(const DataSpec& spec, const Tokenizer& tokenizer, const RowCacheSettings& settings);
    /// Errors: as of the functions that it stands for.
    static Result<StreamedData> open(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                                     RowCacheSettings settings, const Progress& progress = {});

    bool has(const std::string& split) const { return rows_.contains(split); }
    /// Rows of each split, before the template.
    const std::map<std::string, std::int64_t>& rows() const { return rows_; }
    const ChosenTemplate& chosen() const { return chosen_; }
    const std::vector<std::string>& labels() const { return labels_; }
    /// Rows that could not be read, or belong to no split.
    const std::vector<RejectedRow>& rejected() const { return rejected_; }
    const std::vector<DataNote>& notes() const { return notes_; }
    const std::vector<std::string>& files() const { return files_; }

    /// A split's rows for training; limit: its first examples only (0: all). Errors: a split that is not there, one
    /// without any usable row.
    Result<StreamedRows> training(const std::string& split, const TokeniseSettings& settings, std::int64_t limit,
                                  const Progress& progress = {}) const;
    /// A split's examples, rendered and not cached, at most limit (0: all) of them; rejected: those that the template
    /// cannot use, of the whole split.
    Result<std::vector<Example>> examples(const std::string& split, std::int64_t limit,
                                          std::vector<RejectedRow>& rejected, const Progress& progress = {}) const;
    /// Rows of this data that somebody else makes of examples(), kept by what tells them apart.
    Result<KeptRows> kept(const std::string& what, const std::function<Result<Json>(RowSink&)>& make,
                          const Progress& progress = {}) const;

  private:
    StreamedData(std::shared_ptr<const Tokenizer> tokenizer, DataSpec spec, RowCache cache)
        : tokenizer_(std::move(tokenizer)), spec_(std::move(spec)), cache_(std::move(cache))
    {
    }
    Result<const RowPlan*> plan(const Progress& progress) const;
    Result<Json> look(const Progress& progress) const;
    Status readOverview(const Json& facts);
    Status checkSplit(const std::string& split) const;
    /// Gives the split's rows to receive.
    Status eachRow(const std::string& split, const std::function<Status(Row row)>& receive,
                   const Progress& progress) const;
    Result<Json> makeTraining(const std::string& split, const TokeniseSettings& settings, std::int64_t limit,
                              RowSink& sink, const Progress& progress) const;

    std::shared_ptr<const Tokenizer> tokenizer_;
    DataSpec spec_;
    RowCache cache_;
    std::string identity_;
    mutable std::shared_ptr<const RowPlan> plan_; ///< made when the first pass needs it
    ChosenTemplate chosen_;
    std::map<std::string, std::int64_t> rows_;
    std::vector<std::string> labels_;
    std::vector<RejectedRow> rejected_;
    std::vector<DataNote> notes_;
    std::vector<std::string> files_;
};

} // namespace hilo
