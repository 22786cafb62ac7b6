// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/shortcut_dialog.h"

#include "common/letter_width.h"
#include "page.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace hilo {

ShortcutDialog::ShortcutDialog(const std::vector<ShortcutLine>& lines, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Shortcuts"));
    setObjectName(QStringLiteral("shortcutDialog"));
    auto* model = new QStandardItemModel(this);
    model->setHorizontalHeaderLabels({tr("Where"), tr("What"), tr("Keys")});
    for (const ShortcutLine& line : lines) {
        QList<QStandardItem*> row;
        for (const QString& text : {line.where, line.title, line.keys}) {
            row << new QStandardItem(text);
            row.back()->setToolTip(text);
        }
        model->appendRow(row);
    }
    auto* found = new QSortFilterProxyModel(this);
    found->setSourceModel(model);
    found->setFilterKeyColumn(-1);
    found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* search = new QLineEdit(this);
    search->setPlaceholderText(tr("Find"));
    search->setClearButtonEnabled(true);
    search->setAccessibleName(tr("Find a shortcut"));
    connect(search, &QLineEdit::textChanged, found, &QSortFilterProxyModel::setFilterFixedString);
    QTableView* table = makePlainTable(found, tr("Shortcuts"), this);
    const int letter = letterWidth(fontMetrics());
    table->setColumnWidth(0, letter * 22);
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    table->setColumnWidth(2, letter * 20);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(search);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    resize(letter * 90, fontMetrics().height() * 36);
}

} // namespace hilo
