// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hilo {

/// Of file dialogs: every file that rows are read from, then all files.
QString dataFileFilter();

} // namespace hilo
