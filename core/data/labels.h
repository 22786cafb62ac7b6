// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/prompt_template.h"

#include <map>
#include <string>
#include <vector>

namespace hilo {

/// The labels of a classification template: its own, or the distinct values of the label column in rows (give the
/// training rows), sorted; 1, "1" and 1.0 are one label (label_text.h). Other kinds: empty. Errors: no row has a label,
/// all have the same one, numbers and texts are mixed, two labels differ in capitals alone.
Result<std::vector<std::string>> labelsOf(const PromptTemplate& promptTemplate, const std::vector<Row>& trainingRows);

/// The same for rows that pass by.
class LabelCollector
{
  public:
    /// promptTemplate must outlive it.
    explicit LabelCollector(const PromptTemplate& promptTemplate) : template_(promptTemplate) {}

    /// Whether the rows have to be looked at: the template is one of classification without labels of its own.
    bool isNeeded() const;
    void add(const Row& row);
    Result<std::vector<std::string>> labels() const;

  private:
    struct Place
    {
        std::string file;
        std::int64_t line = 0;
    };
    Status check() const;

    const PromptTemplate& template_;
    std::map<std::string, Place> distinct_; ///< and where each was seen first
    bool isTooMany_ = false;                ///< more are not remembered
    bool any_ = false;
    Place first_; ///< of all rows
    std::string reason_;
};

/// What the row's label column says, as the template's labels call it, else as the data names the class that it
/// numbers (class_names.h), else as the data spells it. Errors, in the words
/// of a rejected row: no such column, empty, several labels.
tl::expected<std::string, std::string> labelIn(const PromptTemplate& promptTemplate, const Row& row);

/// An error for a row whose label is none of labels but looks like another spelling of one: counted as an unknown class
/// it would take rows away in silence.
Status checkSpelling(const PromptTemplate& promptTemplate, const Row& row, const std::vector<std::string>& labels);

} // namespace hilo
