// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/command_palette.h"

#include "common/letter_width.h"
#include "common/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int rowMargin = 12; ///< pixels

/// The title on the left; what it belongs to and its keys, quiet, on the right.
class CommandDelegate final : public QStyledItemDelegate
{
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColours& colours = Theme::instance().colours();
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setFont(option.font);
        if (isChosen)
            painter->fillRect(option.rect, colours.accentBackground);
        QRect area = option.rect.adjusted(rowMargin, 0, -rowMargin, 0);
        painter->setPen(colours.quietText);
        QStringList right{index.data(CommandModel::WhereRole).toString(),
                          index.data(CommandModel::KeysRole).toString()};
        right.removeAll(QString());
        const QString beside =
            option.fontMetrics.elidedText(right.join(QStringLiteral("   ")), Qt::ElideMiddle, area.width() / 2);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, beside);
        area.setRight(area.right() - option.fontMetrics.horizontalAdvance(beside) - rowMargin);
        painter->setPen(isChosen ? colours.accent : colours.text);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {letterWidth(option.fontMetrics) * 40, option.fontMetrics.height() + 12};
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint), model_(new CommandModel(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    setModal(true);
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("What do you want to do, see or open?"));
    search_->setAccessibleName(tr("Find a command, page, run, map, setting or help"));
    search_->setClearButtonEnabled(true);
    search_->setFixedHeight(fontMetrics().height() + 16);
    search_->installEventFilter(this);
    list_ = new QListView(this);
    list_->setModel(model_);
    list_->setItemDelegate(new CommandDelegate(list_));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setFocusPolicy(Qt::NoFocus); // the field keeps the keyboard, its arrows choose
    list_->setAccessibleName(tr("What was found"));
    none_ = new QLabel(tr("Nothing is called so."), this);
    none_->setObjectName(QStringLiteral("quiet"));
    none_->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(search_);
    layout->addWidget(list_, 1);
    layout->addWidget(none_, 1);
    connect(search_, &QLineEdit::textChanged, this, &CommandPalette::find);
    connect(search_, &QLineEdit::returnPressed, this, &CommandPalette::doChosen);
    connect(list_, &QListView::clicked, this, &CommandPalette::doChosen);
    const QSize wanted(letterWidth(fontMetrics()) * 90, fontMetrics().height() * 26);
    resize(parent ? wanted.boundedTo(parent->size() * 0.9) : wanted);
    if (parent)
        move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, parent->height() / 10)));
}

void CommandPalette::setCommands(std::vector<Command> commands)
{
    model_->setCommands(std::move(commands));
    find(search_->text());
}

void CommandPalette::find(const QString& text)
{
    model_->search(text);
    list_->setVisible(model_->rowCount() > 0);
    none_->setVisible(model_->rowCount() == 0);
    list_->setCurrentIndex(model_->index(0));
}

void CommandPalette::doChosen()
{
    const QModelIndex chosen = list_->currentIndex();
    if (!chosen.isValid())
        return;
    // The command may open a dialog of its own: this one is gone by then.
    QTimer::singleShot(0, parent() ? parent() : QCoreApplication::instance(), model_->at(chosen.row()).run);
    accept();
}

/// A card of its own: it has no frame of the desktop's.
void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colours().card);
    painter.setPen(Theme::instance().colours().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        const int last = model_->rowCount() - 1, now = list_->currentIndex().row();
        const int page = std::max(1, list_->viewport()->height() / std::max(1, list_->sizeHintForRow(0)));
        int wanted = now;
        switch (key->key()) {
        case Qt::Key_Down:
            wanted = now < last ? now + 1 : 0;
            break;
        case Qt::Key_Up:
            wanted = now > 0 ? now - 1 : last;
            break;
        case Qt::Key_PageDown:
            wanted = std::min(last, now + page);
            break;
        case Qt::Key_PageUp:
            wanted = std::max(0, now - page);
            break;
        default:
            return QDialog::eventFilter(watched, event);
        }
        list_->setCurrentIndex(model_->index(wanted));
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace hilo
