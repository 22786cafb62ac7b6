// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluate/row_scorer.h"

#include <string>

namespace hilo {

/// A text as it is compared: up to the template's end of an answer, without white space around it.
std::string comparedText(std::string text, const std::string& answerEnd);

} // namespace hilo
