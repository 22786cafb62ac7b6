// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/strategy_settings.h"

#include <QString>

#include <string>

namespace hilo {

/// A text of core or of resources/help in the language of the interface: titles and descriptions of strategies,
/// meanings of their settings, all that is said of signals, of templates and of export formats. core knows no Qt, so
/// that lupdate cannot collect these texts; resources/translations/core_LANGUAGE.ts holds them, by hand, in the context
/// CoreTexts, and test_core_text names those that are missing there or no longer used. A text without a translation
/// stays as it is.
QString coreText(const std::string& text);

/// A name of core as words: "top_k" is "Top k".
std::string wordsOf(const std::string& name);

/// A setting's name as a label: "top_k" is "Top k", or what the interface's language calls it.
QString settingLabel(const std::string& name);

/// rangeText() of core in the language of the interface: "integer from 1 to 256", "one of a, b".
QString settingRangeText(const StrategySetting& setting);

} // namespace hilo
