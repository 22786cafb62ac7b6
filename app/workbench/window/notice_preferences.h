// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "notice_settings.h"

#include <QGroupBox>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hilo {

/// Whom queues and studies tell when a run ends or stands still, with a button that tries it. What is said wrongly is
/// told and not kept.
class NoticePreferences : public QGroupBox
{
    Q_OBJECT
  public:
    explicit NoticePreferences(QWidget* parent = nullptr);

  private:
    void addDesktop(QFormLayout* form);
    void addCommand(QFormLayout* form);
    void addAddress(QFormLayout* form);
    NoticeSettings entered() const;
    void keep();
    void tryOut();
    void say(const QString& text);

    QCheckBox* desktop_ = nullptr;
    QLineEdit* command_ = nullptr;
    QLineEdit* address_ = nullptr;
    QComboBox* form_ = nullptr;
    QPushButton* try_ = nullptr;
    QLabel* said_ = nullptr;
};

} // namespace hilo
