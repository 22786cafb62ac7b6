// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/task_share_model.h"
#include "project/project_data.h"

#include <QFrame>

#include <atomic>
#include <map>
#include <memory>
#include <set>

class QComboBox;
class QLabel;
class QTableView;

namespace hilo {

/// The tasks of a mixture with their shares. Their rows are counted in the background, one task after another, as
/// training would count them.
class MixturePanel : public QFrame
{
    Q_OBJECT
  public:
    explicit MixturePanel(QWidget* parent = nullptr);
    ~MixturePanel() override;

    /// model: whose tokenizer tells rows that cannot be used; may be empty. Counts what is not known yet.
    void setData(const ProjectData& given, const std::string& model);
    void choose(int row);
    const TaskShareModel& model() const { return *model_; }
    /// What is wrong with a task's data, with its name; empty: nothing that is known by now.
    QString problem() const;

  Q_SIGNALS:
    void chosen(int row);
    void weighed(int row, double weight, qint64 limit);
    void removed(int row);
    void mixingChosen(int mixing);
    /// Rows of a task were counted, or could not be.
    void counted();

  private:
    struct Count
    {
        std::int64_t rows = 0; ///< that can be trained on
        std::int64_t used = 0; ///< within the limit
        QString problem;
    };
    static Count count(const TaskSpec& task, const std::string& model, std::int64_t maxLength,
                       const std::atomic<bool>& stop);
    std::string keyOf(const TaskSpec& task) const;
    void countNext();
    void showShares();

    ProjectData data_;
    std::string tokenizerOf_;
    std::map<std::string, Count> counts_;
    std::string counting_; ///< key of what is being counted; empty: nothing
    std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
    int current_ = 0;
    bool filling_ = false;

    TaskShareModel* model_;
    QTableView* table_;
    QComboBox* mixing_;
};

} // namespace hilo
