// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare_query.h"
#include "compare/compare_view.h"
#include "page.h"
#include "page_context.h"

#include <QSet>

#include <functional>
#include <optional>

class QLineEdit;
class QStackedWidget;
class QTimer;

namespace hilo {

class CompareCharts;
class CompareInspector;
class CompareModel;
class CompareTableView;
class CompareFilterBar;
class CompareViews;
class ComparisonChart;
class MetricChart;
class RowDialog;
class RunService;

/// A metric against parameters over all runs of the project: scatter, table, curves, and two runs side by side. What is
/// selected in one of them is selected in all.
class ComparePage : public Page
{
    Q_OBJECT
  public:
    explicit ComparePage(const PageContext& context, QWidget* parent = nullptr);

    void shown() override;
    ComparisonChart& chart();
    MetricChart& curves();
    CompareCharts& charts() { return *charts_; }
    CompareModel& model() { return *model_; }
    CompareTableView& table() { return *table_; }
    QLineEdit& filter();
    CompareInspector& compareInspector() { return *inspector_; }
    QString problem() const;

    /// The dialog of two runs row by row; it is shown, not waited for.
    RowDialog* showRowByRow(const QString& first, const QString& second);
    void select(const QStringList& ids);
    void pin(const QString& id);
    /// What the table shows, as CSV.
    Status saveTable(const QString& file) const;
    Status savePicture(const QString& file);
    /// True while an answer of the store is awaited.
    bool isBusy() const { return busy_; }

    /// What is shown now, under a name, and the way back.
    CompareView view(const QString& name) const;
    void showView(const CompareView& view);
    CompareFilterBar& filterBar() { return *bar_; }
    CompareViews& views() { return *views_; }

  Q_SIGNALS:
    void refreshed();

  private:
    void askForColumn();
    QLayout* makeTitle();
    QWidget* makeTableCard();
    void connectAll();
    void refreshLater();
    void refresh();
    void take(Result<CompareAnswer> answer);
    void showRows();
    void showPoints();
    void metricChanged();
    void selectionMoved();
    void applySelection();
    void askAboutSelection();
    void drawCurves();
    void updateTexts();
    CompareQuestion question() const;
    QString fingerprint() const;
    std::vector<const ComparisonRow*> selectedRows() const;
    void askForPicture();
    void askForTable();
    void saveAs(const QString& file, const std::function<Status(const QString&)>& save);

    ProjectSession& session_;
    RunService& runs_;
    PageWishes& wishes_;
    CompareModel* model_;
    CompareCharts* charts_;
    CompareTableView* table_;
    CompareFilterBar* bar_;
    QStringList extraColumns_; ///< keys that were asked for
    QStackedWidget* states_;   ///< the page, or a sentence why there is nothing
    QLabel* stateText_;
    QLabel* about_;
    QLabel* problem_;
    CompareInspector* inspector_;
    QTimer* timer_;
    CompareViews* views_;
    QStringList selected_; ///< ids of rows, in the order of their choice
    QString baseline_;
    std::shared_ptr<const CompareAnswer> answer_ = std::make_shared<const CompareAnswer>();
    int request_ = 0, pairRequest_ = 0, curveRequest_ = 0;
    QString seen_; ///< what the runs looked like at the last refresh
    bool stale_ = true;
    bool busy_ = false;
    bool applying_ = false;
    bool chosenOnce_ = false; ///< a first selection was made, by a person or by the page
};

} // namespace hilo
