// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <string>
#include <vector>

namespace hilo {

/// What kind of data set rows are, by their columns.
struct RecognisedData
{
    std::string form; ///< "conversation", "alpaca", "dolly", "prompt-completion", "preference",
                      ///< "unpaired-preference", "choice", "classification", "text"; empty: none of them
    std::vector<std::string> columns; ///< those by which it was recognised
    std::vector<std::string> unused;  ///< further ones that are no conversation's and that nothing is made of
    std::string template_;            ///< that writes it; empty where there is none, or several
    std::vector<std::string> others;  ///< templates that could write it as well
};

/// Looks at the first thousand rows. hasChat: the model has a chat template. Forms are looked for in the order of
/// RecognisedData::form.
RecognisedData recogniseData(const std::vector<Row>& rows, bool hasChat);

} // namespace hilo
