// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/example.h"
#include "data/prompt_template.h"

#include <memory>
#include <optional>
#include <vector>

namespace hilo {

class RowRenderer;

struct Examples
{
    std::vector<Example> examples;
    std::vector<RejectedRow> rejected; ///< rows that the template cannot use, and why
};

/// labels: what labelsOf said, the same for all splits. A column that no row has is an error naming file, line and the
/// columns that exist, and so is a label that is another spelling of one of labels (true for 1, "Plant" for "plant"); a
/// row without its columns, with several labels, or with a conversation of which something would be lost is rejected.
/// Not a single usable row is an error, unless mayBeEmpty.
Result<Examples> renderExamples(const std::vector<Row>& rows, const PromptTemplate& promptTemplate,
                                const std::vector<std::string>& labels, bool mayBeEmpty = false);

/// The same a row at a time, for rows that pass by.
class RenderPass
{
  public:
    /// promptTemplate and labels must outlive it. Errors: a template that cannot write yet.
    static Result<RenderPass> create(const PromptTemplate& promptTemplate, const std::vector<std::string>& labels);
    RenderPass(RenderPass&& other) noexcept;
    RenderPass& operator=(RenderPass&& other) = delete;
    ~RenderPass();

    /// Nothing for a row that is rejected, which is in rejected() then. Errors: those of renderExamples for one row.
    Result<std::optional<Example>> render(const Row& row);
    /// Errors: there were rows, and not a single one could be used.
    Status finish() const;
    std::vector<RejectedRow>& rejected() { return rejected_; }

  private:
    RenderPass(const PromptTemplate& promptTemplate, const std::vector<std::string>& labels);

    const PromptTemplate* template_;
    const std::vector<std::string>* labels_;
    std::unique_ptr<const RowRenderer> renderer_;
    std::vector<RejectedRow> rejected_;
    bool any_ = false;
};

} // namespace hilo
