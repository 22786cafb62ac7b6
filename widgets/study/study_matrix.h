// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace hilo {

class StudyModel;

/// Fills a cell by its difference from the first allocation; clear ones have a triangle and bold numbers, so that none
/// is told by colour alone.
class StudyDelegate final : public QStyledItemDelegate
{
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The matrix of a study. What it is about, mean, difference and rank, stays where it is while the tasks scroll. Arrow
/// keys move, Return or a double click opens the runs behind a cell, Ctrl+C copies what is selected as lines of a
/// table.
class StudyMatrix : public QTableView
{
    Q_OBJECT
  public:
    StudyMatrix(StudyModel& model, QWidget* parent);

    /// Columns as wide as their numbers.
    void fit();
    void copySelection() const;
    QSize minimumSizeHint() const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    /// Pixels of the columns that do not scroll.
    int frozenWidth() const;

  Q_SIGNALS:
    void cellOpened(const QModelIndex& index);
    void cellChosen(const QModelIndex& index);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void resizeEvent(QResizeEvent* event) override;
    void updateGeometries() override;

  private:
    void makeFrozen(StudyModel& model);
    void placeFrozen();

    QTableView* frozen_ = nullptr; ///< the first columns once more, above those that scroll
};

/// The scale of the matrix: worse, no difference, better, with what its ends are.
class StudyScale : public QWidget
{
    Q_OBJECT
  public:
    explicit StudyScale(QWidget* parent);
    void setEnds(const QString& text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QString worse() const;
    QString better() const;
    QString ends_;
};

} // namespace hilo
