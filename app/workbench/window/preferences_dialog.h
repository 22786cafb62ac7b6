// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QFormLayout;
class QLineEdit;

namespace hilo {

/// Theme, font size, language, default folders, threads and notices. Everything but the language takes effect at once.
class PreferencesDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit PreferencesDialog(QWidget* parent = nullptr);

  private:
    void addTheme(QFormLayout* form);
    void addFont(QFormLayout* form);
    void addLanguage(QFormLayout* form);
    QLineEdit* addFolder(QFormLayout* form, const QString& title, const QString& toolTip, const QString& folder);
    void addThreads(QFormLayout* form);
};

} // namespace hilo
