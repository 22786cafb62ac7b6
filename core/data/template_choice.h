// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/prompt_template.h"
#include "data/recognise.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// The template of a data set, ready to render.
struct ChosenTemplate
{
    PromptTemplate promptTemplate;
    DataSpec spec;                            ///< with the template's name where it said "auto", and what is learnt
    std::optional<RecognisedData> recognised; ///< where it said "auto"
    std::vector<std::string> notes;           ///< what was recognised, and what else could have been chosen
};

/// Loads the template that spec names, or its benchmark, or finds one by the columns of the rows. tokenizer: the
/// model's, or null where no model is known; then conversations are written in ChatML, and a template of the model's
/// turns cannot render yet. Errors: columns that fit none or several templates, preferences (which cannot be trained
/// on), a model without a chat template, and settings that the template does not follow (learn, chat_template,
/// chat_variables).
Result<ChosenTemplate> chooseTemplate(const DataSpec& spec, const Dataset& dataset,
                                      const std::shared_ptr<const Tokenizer>& tokenizer);

} // namespace hilo
