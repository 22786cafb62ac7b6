// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_history.h"

#include <QWidget>

namespace hilo {

/// How evenly the tokens are spread over the experts: a row a layer and module, a cell an expert, darker than the
/// middle of the scale below an equal share, lighter above it.
class ExpertLoadView : public QWidget
{
    Q_OBJECT
  public:
    explicit ExpertLoadView(QWidget* parent = nullptr);

    void setLoads(std::vector<ModuleLoad> loads);
    /// Shows this module of every layer; empty: the mean over a layer's modules with the same number of experts.
    void setModule(const QString& module);
    QSize sizeHint() const override;

  Q_SIGNALS:
    void layerClicked(int layer);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    struct Row
    {
        int layer;
        std::vector<double> load;
    };
    void makeRows();
    QRectF cellRect(std::size_t row, std::size_t expert) const;
    int rowAt(const QPointF& position) const;

    std::vector<ModuleLoad> loads_;
    QString module_;
    std::vector<Row> rows_;
    std::size_t experts_ = 0;
};

} // namespace hilo
