// SPDX-License-Identifier: GPL-3.0-or-later
#include "page.h"

#include "common/elided_label.h"
#include "common/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {

Page::Page(const QString& key, const QString& title, const QString& help, QWidget* parent)
    : QWidget(parent), key_(key), title_(title), help_(help)
{
    setObjectName(key + QStringLiteral("Page"));
    setAccessibleName(title);
}

QFrame* makeCard(QWidget* parent)
{
    auto* card = new QFrame(parent);
    card->setObjectName(QStringLiteral("card"));
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    return card;
}

QVBoxLayout* cardLayout(QFrame* card)
{
    return static_cast<QVBoxLayout*>(card->layout());
}

QLabel* makeHeading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setObjectName(QStringLiteral("heading"));
    return label;
}

QLabel* makeQuietLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setObjectName(QStringLiteral("quiet"));
    label->setWordWrap(true);
    return label;
}

QTableView* makePlainTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setHighlightSections(false);
    table->setAccessibleName(name);
    table->setTabKeyNavigation(false);
    // A table that gets the focus chooses a cell; what is chosen is a row.
    QObject::connect(table->selectionModel(), &QItemSelectionModel::currentChanged, table,
                     [table](const QModelIndex& current) {
                         if (current.isValid() && !table->selectionModel()->hasSelection())
                             table->selectRow(current.row());
                     });
    return table;
}

namespace {

/// Words do not touch the frame, however many there are; a narrow one is no wider than that.
class PaddedButton : public QPushButton
{
  public:
    PaddedButton(const QString& text, bool isNarrow, QWidget* parent) : QPushButton(text, parent), isNarrow_(isNarrow)
    {
    }

    QSize sizeHint() const override
    {
        const QSize usual = QPushButton::sizeHint();
        const int words = fontMetrics().horizontalAdvance(text()) + 24;
        return {isNarrow_ ? words : std::max(usual.width(), words), usual.height()};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

  private:
    bool isNarrow_;
};

QPushButton* explained(QPushButton* button, const QString& toolTip)
{
    button->setToolTip(toolTip);
    button->setAccessibleName(button->text().remove(QChar(0x2026)));
    button->setAccessibleDescription(toolTip);
    return button;
}

} // namespace

QPushButton* makeButton(const QString& text, const QString& toolTip, QWidget* parent, bool primary)
{
    QPushButton* button = explained(new PaddedButton(text, false, parent), toolTip);
    if (primary)
        button->setObjectName(QStringLiteral("primary"));
    return button;
}

QPushButton* makeToolButton(const QString& text, const QString& toolTip, QWidget* parent)
{
    return explained(new PaddedButton(text, true, parent), toolTip);
}

QToolButton* makeMenuButton(const QString& text, const QString& toolTip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text + QStringLiteral(" ▾"));
    button->setToolTip(toolTip);
    button->setAccessibleName(QString(text).remove(QChar(0x2026)));
    button->setAccessibleDescription(toolTip);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setMenu(new QMenu(button));
    return button;
}

QHBoxLayout* makeTitleLine(const QString& title, QLabel*& about, QWidget* parent)
{
    auto* heading = new QLabel(title, parent);
    heading->setObjectName(QStringLiteral("title"));
    about = new ElidedLabel(parent);
    about->setObjectName(QStringLiteral("quiet"));
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(heading);
    line->addWidget(about, 1);
    return line;
}

QString factTable(const QList<std::pair<QString, QString>>& facts)
{
    QString table = QStringLiteral("<table cellspacing='0' cellpadding='2'>");
    const QString quiet = Theme::instance().colours().quietText.name();
    for (const auto& [name, value] : facts)
        table += QStringLiteral("<tr><td style='color:%1; padding-right:12px'>%2</td><td>%3</td></tr>")
                     .arg(quiet, name.toHtmlEscaped(), value.toHtmlEscaped());
    return table + QStringLiteral("</table>");
}

} // namespace hilo
