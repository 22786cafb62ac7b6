// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_reading.h"

#include "data/data_spec.h"
#include "data/template_choice.h"

#include <QCoreApplication>

namespace hilo {
namespace {

struct DataWords
{
    Q_DECLARE_TR_FUNCTIONS(DataReading)
};

/// What a read of the files depends on; the template and the length do not need another one.
std::string sourceKey(const DataSpec& spec)
{
    DataSpec source = spec;
    source.template_.clear();
    return toJson(source).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::shared_ptr<LoadedData> DataReading::operator()() const
{
    auto loaded = std::make_shared<LoadedData>();
    const Status status = run(*loaded);
    if (!status) {
        loaded->cancelled = status.error().code == ErrorCode::Cancelled;
        loaded->problem = QString::fromStdString(describe(status.error()));
    }
    return loaded;
}

Status DataReading::run(LoadedData& loaded) const
{
    const Progress progress(tell, stop.get());
    loaded.source = sourceKey(choice.spec());
    if (before && before->dataset && before->source == loaded.source) {
        loaded.dataset = before->dataset;
    } else {
        HILO_TRY(Dataset dataset, readDataset(choice.spec(), progress));
        loaded.dataset = std::make_shared<const Dataset>(std::move(dataset));
    }
    // A mapped field is none of the data's own columns.
    for (const std::string& column : columnCountsOf(*loaded.dataset).names())
        if (!choice.spec().columns.contains(column) || choice.spec().columns.at(column) == column)
            loaded.columns.push_back(column);
    loaded.tokenizerOf = model;
    if (before && before->tokenizer && before->tokenizerOf == model) {
        loaded.tokenizer = before->tokenizer;
    } else if (!model.empty()) {
        auto tokenizer = Tokenizer::load(model);
        if (tokenizer)
            loaded.tokenizer = *tokenizer;
        else
            loaded.tokenizerProblem = QString::fromStdString(describe(tokenizer.error()));
    }
    if (choice.spec().template_.empty() && choice.spec().benchmark.empty())
        return failure(wrongUsage(DataWords::tr("Choose a template: how do rows become prompts?").toStdString()));
    HILO_TRY(ChosenTemplate chosen, chooseTemplate(choice.spec(), *loaded.dataset, loaded.tokenizer));
    loaded.promptTemplate = std::move(chosen.promptTemplate);
    for (const std::string& note : chosen.notes)
        loaded.recognised += QString::fromStdString(note) + QLatin1Char('\n');
    HILO_TRY(DataReport report,
             reportData(*loaded.dataset, *loaded.promptTemplate, loaded.tokenizer, choice.maxLength, progress));
    loaded.report = std::make_shared<const DataReport>(std::move(report));
    return {};
}

} // namespace hilo
