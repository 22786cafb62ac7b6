// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/curve_options.h"

#include "common/flow_layout.h"
#include "common/letter_width.h"
#include "page.h"
#include "settings.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSlider>

namespace hilo {

CurveOptions::CurveOptions(QWidget* parent)
    : QWidget(parent), axis_(new QComboBox(this)), method_(new QComboBox(this)),
      strength_(new QSlider(Qt::Horizontal, this))
{
    axis_->addItems({tr("steps"), tr("tokens"), tr("epochs"), tr("time")});
    axis_->setCurrentIndex(std::clamp(settings::curveAxis(), 0, axis_->count() - 1));
    axis_->setAccessibleName(tr("Horizontal axis of the curves"));
    axis_->setToolTip(tr("What the curves go over. Tokens are estimated from speed and time; time is that of training, "
                         "without stops and pauses"));
    method_->addItems({tr("no smoothing"), tr("exponential mean"), tr("running mean"), tr("running median")});
    method_->setCurrentIndex(std::clamp(settings::curveSmoothing(), 0, method_->count() - 1));
    method_->setAccessibleName(tr("Smoothing of the curves"));
    method_->setToolTip(tr("How curves are smoothed; the values themselves stay faintly behind. Means are pulled by "
                           "single spikes, the median is not. Learning rates and memory are drawn as they are"));
    strength_->setRange(0, 99);
    strength_->setValue(settings::curveStrength());
    strength_->setFixedWidth(letterWidth(fontMetrics()) * 12);
    strength_->setAccessibleName(tr("Strength of the smoothing"));
    auto* line = new FlowLayout(8, this);
    const auto addWithLabel = [&](const QString& title, std::initializer_list<QWidget*> editors) {
        auto* pair = new QWidget(this);
        auto* pairLine = new QHBoxLayout(pair);
        pairLine->setContentsMargins(0, 0, 0, 0);
        pairLine->setSpacing(8);
        auto* label = makeQuietLabel(title, pair);
        label->setBuddy(*editors.begin());
        pairLine->addWidget(label);
        for (QWidget* editor : editors)
            pairLine->addWidget(editor);
        line->addWidget(pair);
    };
    addWithLabel(tr("over"), {axis_});
    addWithLabel(tr("smoothed by"), {method_, strength_});
    tellStrength();
    const auto keep = [this] {
        settings::setCurves(axis_->currentIndex(), method_->currentIndex(), strength_->value());
    };
    connect(axis_, &QComboBox::currentIndexChanged, this, [this, keep] {
        keep();
        Q_EMIT axisChanged();
    });
    const auto changed = [this, keep] {
        keep();
        tellStrength();
        Q_EMIT smoothingChanged();
    };
    connect(method_, &QComboBox::currentIndexChanged, this, changed);
    connect(strength_, &QSlider::valueChanged, this, changed);
}

void CurveOptions::tellStrength()
{
    strength_->setEnabled(smoothing().method != Smoothing::Method::None);
    const QString text = smoothing().method == Smoothing::Method::Exponential
                             ? tr("Weight of the past in the mean: %1 %").arg(strength_->value())
                             : tr("Over the last %n logged step(s)", nullptr, smoothing().window());
    strength_->setToolTip(text);
    strength_->setAccessibleDescription(text);
}

StepAxis CurveOptions::axis() const
{
    return static_cast<StepAxis>(axis_->currentIndex());
}

Smoothing CurveOptions::smoothing() const
{
    return {static_cast<Smoothing::Method>(method_->currentIndex()), strength_->value() / 100.0};
}

} // namespace hilo
