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
class DataSaving;
class LabelBars;
class MixturePanel;
class PromptView;
class TokenHistogram;
struct LoadedData;

/// The project's rows as the model reads them: rendered prompts, token counts, label balance and rejected rows, for a
/// choice of source, template and columns that new runs take. Of several tasks one is shown at a time, beside all
/// shares.
class DataPage : public Page
{
    Q_OBJECT
  public:
    explicit DataPage(const PageContext& context, QWidget* parent = nullptr);
    ~DataPage() override;

    void shown() override;
    const DataReportPointer& report() const { return report_; }
    /// All tasks as new runs would take them.
    const ProjectData& projectData() const { return all_; }

  private:
    QWidget* makeRowsCard();
    QWidget* makeTokensCard();
    QWidget* makeLabelsCard();
    void projectChanged();
    void takeStored(const std::optional<ProjectData>& stored);
    void wasKept(const ProjectData& kept);
    void markChanged(bool changed);
    void updateSave();
    QString whyNotSaved() const;
    void choiceChanged();
    void showTask(int task);
    void addTask(const DataSpec& chosen);
    void removeTask(int task);
    void tasksChanged();
    std::string modelPath() const;
    void refresh();
    void take(const std::shared_ptr<LoadedData>& loaded);
    void showState(const QString& message, bool isProblem);
    void showSplit();
    void showExample();

    ProjectSession& session_;
    ProjectData all_; ///< as the project has it, or as it was changed here
    int task_ = 0;    ///< whose rows are shown
    DataReportPointer report_;
    std::shared_ptr<LoadedData> loaded_; ///< the last that was read; its dataset and tokenizer are used again
    std::shared_ptr<std::atomic<bool>> stop_;
    int request_ = 0;
    bool stale_ = true;
    bool isChanged_ = false; ///< against what the project says
    bool isReading_ = false;
    DataSaving* saving_;

    QLabel* about_;
    QPushButton* save_;
    DataChoicePanel* choice_;
    MixturePanel* mixture_;
    QLabel* message_;
    QWidget* content_;
    QComboBox* split_;
    QTabWidget* tabs_;
    ExampleModel* examples_;
    QTableView* table_;
    PromptView* prompt_;
    QLabel* legend_;
    RejectedModel* rejected_;
    TokenHistogram* histogram_;
    QLabel* tokensText_;
    LabelBars* labels_;
    QLabel* labelsText_;
    QTimer* timer_;
    QFileSystemWatcher* watcher_;
};

} // namespace hilo
