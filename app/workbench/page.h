// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QWidget>

class QAbstractItemModel;
class QDialog;
class QHBoxLayout;
class QPushButton;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace hilo {

/// One page of the rail. A page that is not shown does no work: it remembers that it is stale and catches up in
/// shown().
class Page : public QWidget
{
    Q_OBJECT
  public:
    /// key: the name for `--page` and pictures, "allocation".
    Page(const QString& key, const QString& title, const QString& help, QWidget* parent = nullptr);

    const QString& key() const { return key_; }
    const QString& title() const { return title_; }
    /// A screenful for F1: what is shown, what it means, where it comes from, what to do next.
    const QString& help() const { return help_; }
    /// What the inspector on the right shows while this page is in front; null: the inspector is hidden.
    QWidget* inspector() const { return inspector_; }

    /// Called each time the page comes to the front.
    virtual void shown() {}

    /// For pictures: asks for what a person would have to ask for first, so that the page is seen at work.
    virtual void demonstrate() {}
    /// Whether what demonstrate() asked for is still to come.
    virtual bool isDemonstrating() const { return false; }
    /// For pictures: opens the page's dialogs, filled as a person would, one after the other; null: there is no such.
    virtual QDialog* demonstrateDialog(int) { return nullptr; }

  Q_SIGNALS:
    /// A sentence for the status bar.
    void said(const QString& sentence);

  protected:
    void setInspector(QWidget* inspector) { inspector_ = inspector; }

  private:
    QString key_;
    QString title_;
    QString help_;
    QWidget* inspector_ = nullptr;
};

/// A framed white (or dark) area with a vertical layout of its own, margins of 12.
QFrame* makeCard(QWidget* parent = nullptr);
QVBoxLayout* cardLayout(QFrame* card);
QLabel* makeHeading(const QString& text, QWidget* parent = nullptr);
QLabel* makeQuietLabel(const QString& text = {}, QWidget* parent = nullptr);
/// A table to read in, without lines, that Tab leaves; name is for those who do not see it.
QTableView* makePlainTable(QAbstractItemModel* model, const QString& name, QWidget* parent);
/// A button with tool tip and accessible name; primary: in the accent colour, one a page at most.
QPushButton* makeButton(const QString& text, const QString& toolTip, QWidget* parent, bool primary = false);
/// The same for tool bars: as wide as its words, whatever the style's usual width.
QPushButton* makeToolButton(const QString& text, const QString& toolTip, QWidget* parent);
/// A button that opens its menu, by the keyboard too; the arrow behind its words says so.
QToolButton* makeMenuButton(const QString& text, const QString& toolTip, QWidget* parent);
/// A page's first line: its title and what it shows, then room for buttons.
QHBoxLayout* makeTitleLine(const QString& title, QLabel*& about, QWidget* parent);
/// "name: value" lines as a label that can be selected; names in quiet colour.
QString factTable(const QList<std::pair<QString, QString>>& facts);

} // namespace hilo
