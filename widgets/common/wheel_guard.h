// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace hilo {

/// Whoever scrolls a form by the wheel does not change the settings that pass below the pointer: inside a scroll area
/// closed lists, numbers and sliders leave the wheel to the area, and are not focused by it. An event filter for the
/// application.
class WheelGuard : public QObject
{
    Q_OBJECT
  public:
    using QObject::QObject;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace hilo
