// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hilo {

/// What F1 says of a page: what is shown, what it means, where it comes from, what to do next. Rich text, a screenful.
QString dataHelp();
QString complexityHelp();
QString tryHelp();
QString exportHelp();

/// Every strategy and every signal with its own paragraph and source; rich text.
QString strategyReference();
QString signalReference();

} // namespace hilo
