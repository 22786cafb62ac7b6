// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_inspector.h"

#include "page.h"

#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilo {

StudyInspector::StudyInspector(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("inspector"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    title_ = makeHeading({}, this);
    title_->setWordWrap(true);
    text_ = new QLabel(this);
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    runsTitle_ = makeHeading(tr("Runs"), this);
    list_ = new QListWidget(this);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setAccessibleName(tr("Runs behind the chosen cell"));
    list_->setToolTip(tr("Return or a double click shows the run on the page Runs"));
    list_->setTextElideMode(Qt::ElideMiddle);
    compare_ = makeButton(tr("Compare them"), tr("Select these runs on the page Compare"), this);
    layout->addWidget(title_);
    layout->addWidget(text_);
    layout->addSpacing(8);
    layout->addWidget(runsTitle_);
    layout->addWidget(list_, 1);
    layout->addWidget(compare_, 0, Qt::AlignLeft);
    layout->addStretch(); // where there are no runs
    connect(list_, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { Q_EMIT runOpened(item->text()); });
    connect(compare_, &QPushButton::clicked, this, [this] { Q_EMIT comparisonWanted(runs_); });
    clear();
}

void StudyInspector::clear()
{
    setCell(tr("Nothing chosen"), tr("Choose a cell of the table: its value, its difference and its runs stand here."),
            {});
}

void StudyInspector::setCell(const QString& title, const QString& text, const QStringList& runs)
{
    title_->setText(title);
    text_->setText(text);
    if (runs != runs_) {
        runs_ = runs;
        list_->clear();
        list_->addItems(runs);
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{runsTitle_, list_, compare_})
        widget->setVisible(!runs.isEmpty());
    compare_->setEnabled(runs.size() > 1);
}

} // namespace hilo
