// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_history.h"

#include <QWidget>

namespace hilo {

/// How evenly the tokens are spread over the experts: a column a layer, a row an expert. The middle of the colour scale
/// is an equal share, its end twice that; a layer with fewer experts leaves its cells in the colour of absence.
class ExpertLoadView : public QWidget
{
    Q_OBJECT
  public:
    explicit ExpertLoadView(QWidget* parent = nullptr);

    void setLoads(std::vector<ModuleLoad> loads);
    /// Shows this module of every layer; empty: the mean over a layer's modules with the largest number of experts.
    void setModule(const QString& module);
    /// The modules that have routed experts, in the order of the log.
    QStringList modules() const;
    void setSelectedLayer(int layer);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// What the pointer or the keyboard's cell tells.
    QString describe(int layer, int expert) const;

  Q_SIGNALS:
    void layerClicked(int layer);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void paintCells();
    struct Column
    {
        int layer;
        std::vector<double> load;
    };
    void makeColumns();
    void moveTo(int column, int expert);
    QRectF grid() const;
    QRectF cellRect(std::size_t column, std::size_t expert) const;
    int columnAt(const QPointF& position) const;
    int expertAt(const QPointF& position) const;
    void paintScale(QPainter& painter) const;

    std::vector<ModuleLoad> loads_;
    QString module_;
    std::vector<Column> columns_;
    std::size_t experts_ = 0;
    int selectedLayer_ = -1;
    int currentColumn_ = 0, currentExpert_ = 0; ///< of the keyboard
};

} // namespace hilo
