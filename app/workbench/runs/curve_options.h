// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/smoothing.h"
#include "runs/step_axis.h"

#include <QWidget>

class QComboBox;
class QSlider;

namespace hilo {

/// How curves over steps are drawn: the horizontal axis, the smoothing and its strength. Remembered by the program.
class CurveOptions : public QWidget
{
    Q_OBJECT
  public:
    explicit CurveOptions(QWidget* parent = nullptr);

    StepAxis axis() const;
    Smoothing smoothing() const;
    QComboBox& axisBox() { return *axis_; }
    QComboBox& methodBox() { return *method_; }
    QSlider& strengthSlider() { return *strength_; }

  Q_SIGNALS:
    void axisChanged();
    void smoothingChanged();

  private:
    void tellStrength();

    QComboBox* axis_;
    QComboBox* method_;
    QSlider* strength_;
};

} // namespace hilo
