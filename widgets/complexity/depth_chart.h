// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"
#include "complexity/profile_data.h"

namespace hilo {

/// Several signals over depth, each brought to 0 % (its lowest layer) to 100 % (its highest), each with a colour, dash
/// and symbol of its own. With a second profile its signals are drawn thin behind them, on the same scale.
class DepthChart : public Plot
{
    Q_OBJECT
  public:
    explicit DepthChart(QWidget* parent = nullptr);

    void setProfile(const ProfilePointer& profile, const std::vector<std::string>& signalNames,
                    const ProfilePointer& baseline = {});
    void setSelectedLayer(int layer);
    /// "Layer 21\nEffective rank: 214 directions\n…", of the shown signals.
    QString textAt(int layer) const;

  Q_SIGNALS:
    void layerChosen(int layer);

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

  private:
    int layerAt(double x) const;
    void drawSelection();

    ProfilePointer profile_, baseline_;
    std::vector<std::string> shown_;
    QSharedPointer<QCPAxisTickerFixed> layerTicker_{new QCPAxisTickerFixed};
    QCPItemStraightLine* selection_;
    int layer_ = -1;
};

} // namespace hilo
