// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

#include <utility>

namespace hilo {

/// Commands that do in a terminal what the workbench does, each with a button that copies it.
class CommandDialog : public QDialog
{
    Q_OBJECT
  public:
    CommandDialog(const QString& title, const QList<std::pair<QString, QString>>& commands, QWidget* parent);
};

} // namespace hilo
