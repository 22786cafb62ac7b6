// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// How often each label is the right one: a bar a label with its share and count as text.
class LabelBars : public QAbstractScrollArea
{
    Q_OBJECT
  public:
    explicit LabelBars(QWidget* parent = nullptr);

    /// Most frequent first.
    void setLabels(std::vector<std::pair<std::string, std::int64_t>> labels);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    int rowHeight() const;
    void updateScrollBar();
    std::vector<std::pair<std::string, std::int64_t>> labels_;
};

} // namespace hilo
