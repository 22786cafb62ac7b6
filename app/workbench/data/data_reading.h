// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/data_report.h"
#include "data/example_model.h"
#include "project/project_data.h"

#include <QString>

#include <atomic>
#include <memory>

namespace hilo {

class Tokenizer;

/// Everything that the background found out.
struct LoadedData
{
    std::string source;
    std::shared_ptr<const Dataset> dataset;
    std::string tokenizerOf;
    std::shared_ptr<const Tokenizer> tokenizer;
    QString tokenizerProblem;
    QString recognised; ///< what a choice by the columns found
    std::optional<PromptTemplate> promptTemplate;
    std::vector<std::string> columns;
    DataReportPointer report;
    QString problem;
    bool cancelled = false;
};

/// One read in the background. What did not change is taken from the last one.
struct DataReading
{
    ProjectData choice;
    std::string model;
    std::shared_ptr<LoadedData> before;
    std::shared_ptr<std::atomic<bool>> stop;
    Progress::Sink tell;

    std::shared_ptr<LoadedData> operator()() const;

  private:
    Status run(LoadedData& loaded) const;
};

} // namespace hilo
