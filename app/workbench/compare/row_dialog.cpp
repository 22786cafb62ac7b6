// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/row_dialog.h"

#include "background.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "compare/row_pair_model.h"
#include "page.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QTableView>
#include <QVBoxLayout>

namespace hilo {

QString rowVerdict(const RowComparison& comparison, const QString& first, const QString& second)
{
    const QString p = comparison.test.p < 0.001
                          ? RowDialog::tr("p < %1").arg(QLocale().toString(0.001, 'f', 3))
                          : RowDialog::tr("p = %1").arg(QLocale().toString(comparison.test.p, 'f', 3));
    const QString counts =
        RowDialog::tr("%1 is right on %2 rows that %3 is wrong on, and wrong on %4 that it is right on.")
            .arg(first, groupedNumber(comparison.onlyFirst), second, groupedNumber(comparison.onlySecond));
    const QString which = comparison.onlyFirst > comparison.onlySecond ? first : second;
    const QString verdict = comparison.isClear()
                                ? RowDialog::tr("A clear difference for %1 (McNemar, %2).").arg(which, p)
                                : RowDialog::tr("No clear difference (McNemar, %1).").arg(p);
    return counts + QLatin1Char(' ') + verdict;
}

RowDialog::RowDialog(const QString& firstFolder, const QString& firstName, const QString& secondFolder,
                     const QString& secondName, QWidget* parent)
    : QDialog(parent), firstName_(firstName), secondName_(secondName), model_(new RowPairModel(this))
{
    setWindowTitle(tr("Row by row: %1 and %2").arg(firstName, secondName));
    verdict_ = makeHeading(tr("Reading the answers …"), this);
    verdict_->setWordWrap(true);
    verdict_->setTextFormat(Qt::PlainText);
    verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    counts_ = makeQuietLabel({}, this);
    counts_->setWordWrap(true);
    kind_ = new QComboBox(this);
    kind_->addItems({tr("all rows"), tr("only %1 right").arg(firstName), tr("only %1 right").arg(secondName),
                     tr("both wrong"), tr("both right"), tr("different answers")});
    kind_->setAccessibleName(tr("Which rows are shown"));
    kind_->setToolTip(tr("Which rows are shown"));
    kind_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    kind_->setMinimumContentsLength(22);
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Search rows"));
    search_->setClearButtonEnabled(true);
    search_->setAccessibleName(tr("Search rows"));
    search_->setToolTip(tr("Words of a row's text, place or answers; all have to match (Ctrl+F)"));
    shown_ = makeQuietLabel({}, this);
    auto* line = new QHBoxLayout;
    line->addWidget(kind_);
    line->addWidget(search_, 1);
    line->addWidget(shown_);
    table_ = makePlainTable(model_, tr("Rows"), this);
    table_->setWordWrap(false);
    table_->horizontalHeader()->setStretchLastSection(false);
    const int letter = letterWidth(fontMetrics());
    for (const auto& [column, letters] : {std::pair{RowPairModel::Place, 22},
                                          {RowPairModel::Expected, 14},
                                          {RowPairModel::First, 20},
                                          {RowPairModel::Second, 20}})
        table_->setColumnWidth(column, letter * letters);
    table_->horizontalHeader()->setSectionResizeMode(RowPairModel::Text, QHeaderView::Stretch);
    whole_ = new QPlainTextEdit(this);
    whole_->setReadOnly(true);
    whole_->setTabChangesFocus(true);
    whole_->setAccessibleName(tr("The whole row"));
    whole_->setPlaceholderText(tr("The chosen row stands here whole."));
    whole_->setFixedHeight(fontMetrics().lineSpacing() * 6 + 12);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    save_ = buttons->addButton(tr("Save table…"), QDialogButtonBox::ActionRole);
    save_->setToolTip(tr("The rows that are shown, as CSV"));
    save_->setEnabled(false);
    connect(save_, &QPushButton::clicked, this, &RowDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(verdict_);
    layout->addWidget(counts_);
    layout->addLayout(line);
    layout->addWidget(table_, 1);
    layout->addWidget(whole_);
    layout->addWidget(buttons);
    resize(letter * 130, fontMetrics().lineSpacing() * 38);
    auto* find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, search_, [this] { search_->setFocus(); });
    addAction(find);
    connect(kind_, &QComboBox::currentIndexChanged, this, &RowDialog::filter);
    connect(search_, &QLineEdit::textChanged, this, &RowDialog::filter);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowDialog::showRow);
    inBackground(
        this,
        [first = firstFolder.toStdString(), second = secondFolder.toStdString()]() -> Result<RowComparison> {
            HILO_TRY(RowComparison comparison, compareRows(first, second));
            readRowTexts(comparison, first);
            return comparison;
        },
        [this](const Result<RowComparison>& comparison) { take(comparison); });
}

QString RowDialog::verdict() const
{
    return verdict_->text();
}

void RowDialog::take(const Result<RowComparison>& comparison)
{
    busy_ = false;
    if (!comparison) {
        verdict_->setText(tr("These runs cannot be compared row by row."));
        counts_->setText(QString::fromStdString(describe(comparison.error())));
        return;
    }
    verdict_->setText(rowVerdict(*comparison, firstName_, secondName_));
    QString counts = tr("Both right: %1. Both wrong: %2. Rows: %3.")
                         .arg(groupedNumber(comparison->bothRight), groupedNumber(comparison->bothWrong),
                              groupedNumber(static_cast<std::int64_t>(comparison->rows.size())));
    if (comparison->unshared > 0)
        counts += QLatin1Char(' ') + tr("%n row(s) that only one of the runs has answered are left out.", nullptr,
                                        static_cast<int>(std::min<std::int64_t>(comparison->unshared, 1 << 30)));
    counts_->setText(counts);
    model_->setComparison(std::make_shared<const RowComparison>(*comparison), firstName_, secondName_);
    save_->setEnabled(true);
    filter();
}

void RowDialog::filter()
{
    model_->setFilter(static_cast<RowKind>(kind_->currentIndex()), search_->text());
    shown_->setText(tr("%n row(s)", nullptr, model_->rowCount()));
    if (model_->rowCount() > 0)
        table_->selectRow(0);
    else
        whole_->clear();
}

void RowDialog::showRow()
{
    const RowPair* row = model_->at(table_->currentIndex().row());
    if (!row)
        return;
    const auto line = [](const QString& title, const std::string& text) {
        return text.empty() ? QString()
                            : title + QStringLiteral(": ") + QString::fromStdString(text) + QLatin1Char('\n');
    };
    whole_->setPlainText((row->text.empty() ? QString() : QString::fromStdString(row->text) + QLatin1Char('\n')) +
                         line(tr("right answer"), row->expected) + line(firstName_, row->first) +
                         line(secondName_, row->second));
}

void RowDialog::save()
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save table"), QStringLiteral("rows.csv"), tr("Table (*.csv)"));
    if (file.isEmpty())
        return;
    QSaveFile target(file);
    const bool saved = target.open(QIODevice::WriteOnly) && target.write(model_->csv()) >= 0 && target.commit();
    shown_->setText(saved ? tr("Saved %1").arg(file) : tr("Not saved: %1").arg(target.errorString()));
}

} // namespace hilo
