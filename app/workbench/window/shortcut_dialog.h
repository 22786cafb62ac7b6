// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window/command_list.h"

#include <QDialog>

namespace hilo {

/// All shortcuts by menu and page, with search.
class ShortcutDialog : public QDialog
{
    Q_OBJECT
  public:
    ShortcutDialog(const std::vector<ShortcutLine>& lines, QWidget* parent);
};

} // namespace hilo
