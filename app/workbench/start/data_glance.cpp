// SPDX-License-Identifier: GPL-3.0-or-later
#include "start/data_glance.h"

#include "data/conversation.h"
#include "data/data_files.h"
#include "data/row_source.h"
#include "data/template_choice.h"

namespace hilo {

Result<DataGlance> glanceAt(const DataSpec& spec, const std::string& model)
{
    HILO_TRY(const DataFiles files, findDataFiles(spec));
    DataGlance glance;
    for (const auto& [split, paths] : files.splits)
        glance.files += paths.size();
    if (glance.files == 0)
        return failure(badInput(spec.path, {}, "There is no data file."));
    const auto training = files.splits.find("train");
    const auto& paths = training == files.splits.end() ? files.splits.begin()->second : training->second;
    RowReading reading;
    reading.separator = spec.separator != '\0' ? spec.separator : files.separator;
    reading.isDocument = spec.documents ? spec.documents : files.areDocuments ? std::optional(true) : std::nullopt;
    HILO_TRY(const auto source, openRows(paths.front(), reading));
    FileRows batch;
    HILO_TRY([[maybe_unused]] const bool more, source->next(batch));
    if (batch.rows.empty())
        return failure(badInput(paths.front().string(), {}, "The file has no row that can be read.",
                                batch.rejected.empty() ? "" : batch.rejected.front().reason));
    Dataset dataset;
    std::set<std::string> unknownKeys;
    for (Row& row : batch.rows)
        readConversation(row, unknownKeys);
    dataset.splits["train"] = std::move(batch.rows);
    std::shared_ptr<const Tokenizer> tokenizer;
    if (!model.empty())
        if (auto loaded = Tokenizer::load(model))
            tokenizer = *loaded;
    HILO_TRY(const ChosenTemplate chosen, chooseTemplate(spec, dataset, tokenizer));
    glance.template_ = chosen.spec.template_;
    if (chosen.recognised)
        glance.form = chosen.recognised->form;
    return glance;
}

} // namespace hilo
