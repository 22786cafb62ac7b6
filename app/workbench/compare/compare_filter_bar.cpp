// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_filter_bar.h"

#include "compare/compare_query.h"
#include "compare/compare_view.h"
#include "compare/filter_completer.h"
#include "page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace hilo {

CompareFilterBar::CompareFilterBar(QWidget* parent)
    : QWidget(parent), filter_(new QLineEdit(this)), group_(new QCheckBox(tr("Group seeds"), this)),
      groupBy_(new QComboBox(this)), completer_(new FilterCompleter(*filter_))
{
    filter_->setPlaceholderText(tr("Filter, for example: accuracy > 0.8 and map.strategy.name = hilo"));
    filter_->setClearButtonEnabled(true);
    filter_->setAccessibleName(tr("Filter expression"));
    filter_->setToolTip(tr("Conditions over settings and results, joined by and, or, not and brackets (Ctrl+F; F1 "
                           "explains)"));
    auto* examples = makeMenuButton(tr("Examples"), tr("What a filter can ask for"), this);
    examples->setAccessibleName(examples->toolTip());
    completer_->fillExamples(*examples->menu());
    group_->setObjectName(QStringLiteral("groupSeeds"));
    group_->setChecked(true);
    group_->setToolTip(tr("One row for runs that differ in name and seed only: mean and interval"));
    groupBy_->setEditable(true);
    groupBy_->setInsertPolicy(QComboBox::NoInsert);
    groupBy_->addItem(tr("no setting"), QString());
    for (const char* key :
         {"map.strategy.name", "map.name", "training.learning_rate", "training.router", "seed", "state", "tags"})
        groupBy_->addItem(QString::fromLatin1(key), QString::fromLatin1(key));
    groupBy_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    groupBy_->setMinimumContentsLength(10);
    groupBy_->lineEdit()->setCursorPosition(0);
    connect(groupBy_, &QComboBox::activated, groupBy_->lineEdit(),
            [edit = groupBy_->lineEdit()] { edit->setCursorPosition(0); });
    groupBy_->setAccessibleName(tr("Group by a setting"));
    groupBy_->setToolTip(tr("One row for all runs with the same value of a setting; any key can be typed. Its value is "
                            "the mean over their settings, each with the mean over its seeds"));
    auto* label = makeQuietLabel(tr("group by"), this);
    label->setBuddy(groupBy_);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(filter_, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{examples, group_, label, groupBy_})
        line->addWidget(widget);
    connect(filter_, &QLineEdit::textChanged, this, &CompareFilterBar::changed);
    connect(group_, &QCheckBox::toggled, this, &CompareFilterBar::changed);
    connect(groupBy_, &QComboBox::currentIndexChanged, this, &CompareFilterBar::changed);
    connect(groupBy_->lineEdit(), &QLineEdit::editingFinished, this, &CompareFilterBar::changed);
}

bool CompareFilterBar::groupsSeeds() const
{
    return group_->isChecked();
}

void CompareFilterBar::setKeys(const std::vector<std::string>& keys)
{
    completer_->setKeys(keys);
}

void CompareFilterBar::ask(CompareQuestion& question) const
{
    question.filter = filter_->text().trimmed().toStdString();
    question.groupSeeds = group_->isChecked();
    const QString groupBy = groupBy_->currentText().trimmed();
    const int known = groupBy_->findText(groupBy);
    question.groupBy = (known >= 0 ? groupBy_->itemData(known).toString() : groupBy).toStdString();
}

void CompareFilterBar::showView(const CompareView& view)
{
    filter_->setText(view.filter);
    group_->setChecked(view.groupSeeds);
    const int known = groupBy_->findData(view.groupBy);
    if (known >= 0)
        groupBy_->setCurrentIndex(known);
    else
        groupBy_->setEditText(view.groupBy);
}

} // namespace hilo
