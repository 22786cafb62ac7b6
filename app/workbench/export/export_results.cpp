// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_results.h"

#include "common/numbers.h"
#include "export/export_report_text.h"
#include "page.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int mostRowsSeen = 5;

} // namespace

ExportResults::ExportResults(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("card"));
    title_ = makeHeading({}, this);
    title_->setWordWrap(true);
    facts_ = new QLabel(this);
    facts_->setWordWrap(true);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts_->setAccessibleName(tr("Result of the export"));
    openFolder_ = makeButton(tr("Open folder"), tr("Show the written files in the file manager"), this);
    listTitle_ = makeQuietLabel(tr("Exports so far, newest first"), this);
    list_ = new QListWidget(this);
    list_->setAccessibleName(listTitle_->text());
    list_->setToolTip(tr("Choose one to see its result"));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setTextElideMode(Qt::ElideRight);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(title_);
    layout->addWidget(facts_);
    layout->addWidget(openFolder_, 0, Qt::AlignLeft);
    layout->addStretch();
    layout->addWidget(listTitle_);
    layout->addWidget(list_);
    connect(openFolder_, &QPushButton::clicked, this, [this] {
        const int row = list_->currentRow();
        if (row >= 0)
            QDesktopServices::openUrl(QUrl::fromLocalFile(list_->item(row)->data(Qt::UserRole).toString()));
    });
    connect(list_, &QListWidget::currentRowChanged, this, &ExportResults::showRow);
    setProject({});
}

void ExportResults::setProject(const QString& folder)
{
    project_ = folder;
    exports_.clear();
    list_->clear();
    if (!folder.isEmpty())
        for (const EarlierExport& made : readExportHistory(exportHistoryFile(folder.toStdString())))
            addRow(made);
    if (exports_.empty())
        say(tr("Nothing was exported yet. After writing, the files are read back and their logits compared with "
               "the run's own; the result appears here."));
    else
        list_->setCurrentRow(0);
    listTitle_->setVisible(!exports_.empty());
    list_->setVisible(!exports_.empty());
}

void ExportResults::say(const QString& sentence)
{
    list_->setCurrentRow(-1);
    title_->setText(tr("Result"));
    facts_->setText(sentence);
    openFolder_->hide();
}

Status ExportResults::add(const Json& report)
{
    const EarlierExport made{QDateTime::currentDateTime(), report};
    addRow(made);
    listTitle_->show();
    list_->show();
    list_->setCurrentRow(0);
    return project_.isEmpty() ? Status() : addToExportHistory(exportHistoryFile(project_.toStdString()), made);
}

void ExportResults::addRow(const EarlierExport& made)
{
    exports_.push_back(made);
    const ExportReportText text = exportReportText(made.report);
    auto* item = new QListWidgetItem(
        tr("%1 · %2 · %3")
            .arg(QLocale().toString(made.time.toLocalTime(), QLocale::ShortFormat), text.format, text.title));
    item->setData(Qt::UserRole, text.folder);
    item->setToolTip(item->text() + QLatin1Char('\n') + text.folder);
    list_->insertItem(0, item);
    const int rows = std::min(mostRowsSeen, list_->count());
    list_->setFixedHeight(rows * list_->sizeHintForRow(0) + 2 * list_->frameWidth());
}

void ExportResults::showRow(int row)
{
    if (row < 0 || row >= list_->count())
        return;
    const ExportReportText text =
        exportReportText(exports_[exports_.size() - 1 - static_cast<std::size_t>(row)].report);
    const bool isThere = QFileInfo::exists(text.folder);
    title_->setText(text.title);
    auto facts = text.facts;
    facts << std::pair(tr("Folder"), isThere ? text.folder : tr("%1 (not there any more)").arg(text.folder));
    facts_->setText(factTable(facts));
    openFolder_->setVisible(isThere);
}

} // namespace hilo
