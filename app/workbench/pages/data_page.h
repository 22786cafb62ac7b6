// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example_model.h"
#include "page.h"
#include "page_context.h"
#include "project/project_data.h"

#include <atomic>

class QComboBox;
class QFileSystemWatcher;
class QPushButton;
class QTableView;
class QTabWidget;
class QTimer;

namespace hilo {

class DataChoicePanel;
class LabelBars;
class PromptView;
class TokenHistogram;

/// The project's rows as the model reads them: rendered prompts, token counts, label balance and rejected rows, for a
/// choice of source, template and columns that new runs take.
class DataPage : public Page
{
    Q_OBJECT
  public:
    explicit DataPage(const PageContext& context, QWidget* parent = nullptr);
    ~DataPage() override;

    void shown() override;
    const DataReportPointer& report() const { return report_; }

  private:
    struct Loaded;
    struct Work;

    QWidget* makeRowsCard();
    QWidget* makeTokensCard();
    QWidget* makeLabelsCard();
    void projectChanged();
    void takeChoice(const Result<std::optional<ProjectData>>& stored);
    void choiceChanged();
    void refresh();
    void take(const std::shared_ptr<Loaded>& loaded);
    void showState(const QString& message, bool isProblem);
    void showSplit();
    void showExample();
    void save();

    ProjectSession& session_;
    DataReportPointer report_;
    std::shared_ptr<Loaded> loaded_; ///< the last that was read; its dataset and tokenizer are used again
    std::shared_ptr<std::atomic<bool>> stop_;
    int request_ = 0;
    bool stale_ = true;

    QLabel* about_;
    QPushButton* save_;
    DataChoicePanel* choice_;
    QLabel* message_;
    QWidget* content_;
    QComboBox* split_;
    QTabWidget* tabs_;
    ExampleModel* examples_;
    QTableView* table_;
    PromptView* prompt_;
    RejectedModel* rejected_;
    TokenHistogram* histogram_;
    QLabel* tokensText_;
    LabelBars* labels_;
    QLabel* labelsText_;
    QTimer* timer_;
    QFileSystemWatcher* watcher_;
};

} // namespace hilo
