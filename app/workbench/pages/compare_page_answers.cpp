// SPDX-License-Identifier: GPL-3.0-or-later
#include "background.h"
#include "base/atomic_file.h"
#include "common/plot_picture.h"
#include "common/release_later.h"
#include "compare/compare_inspector.h"
#include "compare/compare_table.h"
#include "compare/comparison_chart.h"
#include "pages/compare_page.h"
#include "project_session.h"
#include "runs/metric_chart.h"
#include "runs/run_service.h"

#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

namespace hilo {
namespace {

constexpr qsizetype mostCurves = 12; ///< of the selected runs; more could not be told apart

} // namespace

void ComparePage::refresh()
{
    stale_ = false;
    timer_->stop();
    seen_ = fingerprint();
    if (runs_.folder().isEmpty()) {
        updateTexts();
        return;
    }
    const int request = ++request_;
    busy_ = true;
    updateTexts();
    inBackground(
        this, [question = question()] { return askForRuns(question); },
        [this, request](Result<CompareAnswer> answer) {
            if (request == request_)
                take(std::move(answer));
        });
}

void ComparePage::take(Result<CompareAnswer> answer)
{
    busy_ = false;
    problem_->setVisible(!answer.has_value());
    if (!answer) {
        // What was shown stays: people are in the middle of typing.
        problem_->setText(QStringLiteral("✗ ") + QString::fromStdString(describe(answer.error())));
        updateTexts();
        Q_EMIT refreshed();
        return;
    }
    const bool newKeys = answer->keys != answer_->keys;
    auto old = std::exchange(answer_, std::make_shared<const CompareAnswer>(std::move(*answer)));
    if (newKeys) {
        QStringList keys;
        for (const std::string& key : answer_->keys)
            keys << QString::fromStdString(key);
        for (QComboBox* box : {colourBy_, symbolBy_}) {
            auto* completer = new QCompleter(keys, box);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            completer->setFilterMode(Qt::MatchContains);
            box->setCompleter(completer);
        }
    }
    showRows();
    releaseLater(std::move(old));
}

void ComparePage::showRows()
{
    QStringList extra;
    for (const std::string& column : question().columns)
        extra << QString::fromStdString(column);
    const bool quiet = std::exchange(applying_, true);
    model_->shareRows(ComparisonRows(answer_, &answer_->rows), extra);
    applying_ = quiet;
    fitColumns();
    // With thousands of runs the table and the chart take a moment each: what people do in between is not kept waiting.
    busy_ = true;
    QTimer::singleShot(0, this, [this, request = request_] {
        if (request != request_)
            return; // a newer answer is on its way
        busy_ = false;
        showPoints();
        Q_EMIT refreshed();
    });
}

void ComparePage::showPoints()
{
    drawChart();
    // The most accurate run is what people look for first.
    if (!std::exchange(chosenOnce_, model_->rowCount() > 0) && selected_.isEmpty() && model_->rowCount() > 0)
        selected_ << CompareModel::idOf(*model_->at(0));
    applySelection();
    askAboutSelection();
    updateTexts();
}

void ComparePage::drawChart()
{
    chart_->sharePoints(answer_->points, cost_->currentText(), colourBy_->currentText(), symbolBy_->currentText());
}

void ComparePage::updateTexts()
{
    inspector_->setCommand(runs_.folder().isEmpty() ? QString() : commandText());
    const bool nothing = model_->rowCount() == 0;
    QString state;
    if (runs_.folder().isEmpty())
        state = tr("Runs belong to a project. Open one or make one on the start page (Ctrl+1).");
    else if (nothing && busy_)
        state = tr("Reading the runs …");
    else if (nothing && !filter_->text().trimmed().isEmpty())
        state = tr("No run passes this filter.");
    else if (nothing)
        state = tr("There are no runs to compare yet. Queue some on the page Allocation or Runs.");
    stateText_->setText(state);
    states_->setCurrentIndex(state.isEmpty() ? 1 : 0);
    about_->setText(
        nothing ? QString()
        : group_->isChecked()
            ? tr("%1 of %Ln run(s), as %2 rows", nullptr, static_cast<int>(answer_->runs.size()))
                  .arg(answer_->shownRuns)
                  .arg(answer_->rows.size())
            : tr("%1 of %n run(s)", nullptr, static_cast<int>(answer_->runs.size())).arg(answer_->shownRuns));
    const auto without = model_->rowCount() - static_cast<int>(chart_->points().size());
    QStringList notes;
    if (views_->currentIndex() == 0) {
        if (without > 0)
            notes << tr("%n row(s) without an accuracy or parameters are in the table only.", nullptr, without);
        if (!chart_->showsAllIntervals())
            notes << tr("So many points: intervals are drawn for the front and for what is selected.");
    } else if (selected_.isEmpty()) {
        notes << tr("Select rows in the table to see their curves.");
    }
    below_->setText(notes.join(QLatin1Char(' ')));
    below_->setVisible(!notes.isEmpty());
}

void ComparePage::select(const QStringList& ids)
{
    selected_ = ids;
    // A wish may name any run of a group; rows are known by their first.
    for (QString& id : selected_)
        if (const ComparisonRow* row = model_->at(model_->rowOf(id)))
            id = CompareModel::idOf(*row);
    selected_.removeDuplicates();
    applySelection();
    askAboutSelection();
}

void ComparePage::applySelection()
{
    const bool before = std::exchange(applying_, true);
    QItemSelection rows;
    int first = -1;
    QSet<QString> shown;
    for (const QString& id : selected_) {
        const int row = model_->rowOf(id);
        if (row < 0)
            continue;
        rows.select(model_->index(row, 0), model_->index(row, model_->columnCount() - 1));
        shown.insert(CompareModel::idOf(*model_->at(row)));
        first = first < 0 ? row : first;
    }
    table_->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (first >= 0) {
        table_->selectionModel()->setCurrentIndex(model_->index(first, CompareModel::Name),
                                                  QItemSelectionModel::NoUpdate);
        table_->scrollTo(model_->index(first, CompareModel::Name));
    }
    applying_ = before;
    chart_->setSelected(shown);
}

void ComparePage::selectionMoved()
{
    if (applying_)
        return;
    QStringList now;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows())
        now << index.data(CompareModel::IdRole).toString();
    // The order of choosing stays: the first one is what the others are held against.
    QStringList ordered;
    for (const QString& id : selected_)
        if (now.contains(id))
            ordered << id;
    for (const QString& id : now)
        if (!ordered.contains(id))
            ordered << id;
    selected_ = ordered;
    chart_->setSelected(QSet<QString>(selected_.begin(), selected_.end()));
    askAboutSelection();
}

void ComparePage::askAboutSelection()
{
    const auto rows = selectedRows();
    const ComparisonRow* first = rows.empty() ? nullptr : rows.front();
    const ComparisonRow* second = rows.size() > 1 ? rows[1] : nullptr;
    if (first && !second && !baseline_.isEmpty())
        if (const ComparisonRow* baseline = model_->at(model_->rowOf(baseline_)); baseline != first)
            second = baseline;
    inspector_->setRows(first, second, answer_->runs, std::max(0, static_cast<int>(rows.size()) - 2));
    const int request = ++pairRequest_;
    if (first) {
        std::vector<std::string> ids;
        QStringList names;
        std::vector<const ComparisonRow*> told{first};
        if (rows.size() > 1)
            told = rows;
        else if (second)
            told.push_back(second);
        for (const ComparisonRow* row : told) {
            if (ids.size() >= 6)
                break;
            ids.push_back(row->row.ids.front());
            names << QString::fromStdString(row->row.name.empty() ? row->row.ids.front() : row->row.name);
        }
        inBackground(
            this, [project = runs_.folder().toStdString(), ids] { return askAboutRuns(project, ids); },
            [this, request, names](const Result<PairAnswer>& answer) {
                if (request != pairRequest_)
                    return;
                if (answer)
                    inspector_->setAnswer(*answer, names,
                                          session_.model() ? std::optional(session_.model()->config) : std::nullopt);
                else
                    Q_EMIT said(QString::fromStdString(describe(answer.error())));
            });
    }
    if (views_->currentIndex() == 1)
        drawCurves();
    updateTexts();
}

void ComparePage::pin(const QString& id)
{
    const ComparisonRow* row = model_->at(model_->rowOf(id));
    if (!row)
        return;
    const QString wanted = CompareModel::idOf(*row);
    const ComparisonRow* now = model_->at(model_->rowOf(baseline_));
    const bool same = now && CompareModel::idOf(*now) == wanted;
    baseline_ = same ? QString() : wanted;
    Q_EMIT said(same ? tr("No baseline is pinned any more.")
                     : tr("“%1” is the baseline.").arg(QString::fromStdString(row->row.name)));
    refresh(); // the differences of thousands of runs are no work for this thread
}

void ComparePage::drawCurves()
{
    const std::string metric = metric_->currentData().toString().toStdString();
    std::vector<std::pair<std::string, QString>> wanted;
    std::vector<int> series;
    int place = 0;
    for (const ComparisonRow* row : selectedRows()) {
        for (const std::string& id : row->row.ids) {
            if (static_cast<qsizetype>(wanted.size()) >= mostCurves)
                break;
            wanted.emplace_back(id, QString::fromStdString(id));
            series.push_back(place);
        }
        ++place;
    }
    const int request = ++curveRequest_;
    inBackground(
        this,
        [project = runs_.folder().toStdString(), wanted, metric] {
            std::vector<std::shared_ptr<RunHistory>> histories;
            for (const auto& [id, name] : wanted)
                histories.push_back(readCurves(project, id, metric).value_or(std::make_shared<RunHistory>()));
            return histories;
        },
        [this, request, wanted, series, metric](const std::vector<std::shared_ptr<RunHistory>>& histories) {
            if (request != curveRequest_)
                return;
            std::vector<MetricChart::Curve> curves;
            for (std::size_t i = 0; i < histories.size(); ++i)
                curves.push_back({wanted[i].second, histories[i], series[i]});
            curves_->setCurves({});
            curves_->setMetric({QString::fromStdString(metric),
                                metric == "accuracy" ? tr("accuracy (%)") : metric_->currentText(), false, 1});
            curves_->setCurves(std::move(curves));
        });
}

Status ComparePage::saveTable(const QString& file) const
{
    std::vector<std::vector<std::string>> lines;
    const auto text = [](const QVariant& value) { return value.toString().toStdString(); };
    std::vector<std::string> head{"run", "ids", "state", "accuracy", "low", "high"};
    for (const char* title : {"trainable_parameters", "active_parameters", "seconds", "seeds", "pareto_front",
                              "baseline", "difference", "difference_low", "difference_high", "clear_difference", "map"})
        head.emplace_back(title);
    for (int column = CompareModel::FixedColumns; column < model_->columnCount(); ++column)
        head.push_back(text(model_->headerData(column, Qt::Horizontal, Qt::DisplayRole)));
    lines.push_back(head);
    const auto number = [](const auto& value) {
        return value ? shownNumber(static_cast<double>(*value)) : std::string();
    };
    for (int row = 0; row < model_->rowCount(); ++row) {
        const ComparisonRow& entry = *model_->at(row);
        std::string ids;
        for (const std::string& id : entry.row.ids)
            ids += (ids.empty() ? "" : " ") + id;
        const auto flag = [](bool value) { return std::string(value ? "true" : "false"); };
        std::vector<std::string> line{entry.row.name,
                                      ids,
                                      entry.row.state,
                                      number(entry.row.accuracy),
                                      number(entry.row.low),
                                      number(entry.row.high),
                                      number(entry.row.trainableParameters),
                                      number(entry.row.activeParameters),
                                      number(entry.row.seconds),
                                      std::to_string(entry.row.ids.size()),
                                      flag(entry.row.onFront),
                                      flag(entry.difference.isBaseline),
                                      number(entry.difference.difference),
                                      number(entry.difference.low),
                                      number(entry.difference.high),
                                      entry.difference.difference ? flag(entry.difference.isClear) : std::string(),
                                      entry.map.toStdString()};
        for (const QString& value : entry.values)
            line.push_back(value.toStdString());
        lines.push_back(std::move(line));
    }
    return writeFileAtomically(file.toStdString(), csvOf(lines));
}

Status ComparePage::savePicture(const QString& file)
{
    return savePlotPicture(
        views_->currentIndex() == 1 ? static_cast<QCustomPlot&>(*curves_) : static_cast<QCustomPlot&>(*chart_), file);
}

void ComparePage::askForPicture()
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save picture"), QStringLiteral("compare.svg"),
                                     tr("SVG picture (*.svg);;PNG picture (*.png);;PDF document (*.pdf)"));
    if (file.isEmpty())
        return;
    const Status saved = savePicture(file);
    Q_EMIT said(saved ? tr("Saved %1").arg(file) : QString::fromStdString(describe(saved.error())));
}

void ComparePage::askForTable()
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save table"), QStringLiteral("compare.csv"), tr("Table (*.csv)"));
    if (file.isEmpty())
        return;
    const Status saved = saveTable(file);
    Q_EMIT said(saved ? tr("Saved %1").arg(file) : QString::fromStdString(describe(saved.error())));
}

} // namespace hilo
