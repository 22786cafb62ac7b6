// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/prompt_template.h"
#include "project/project_data.h"

#include <QWidget>

#include <map>
#include <optional>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace hilo {

/// How rows of one task become prompts: source, template, columns, maximum length and split, as a form. Says changed()
/// for every change by a person.
class DataChoicePanel : public QWidget
{
    Q_OBJECT
  public:
    explicit DataChoicePanel(QWidget* parent = nullptr);

    void setChoice(const ProjectData& choice);
    const ProjectData& choice() const { return choice_; }
    /// What the data and the template turned out to be: fills the column choices.
    void setColumns(const std::optional<PromptTemplate>& promptTemplate, const std::vector<std::string>& columns);
    /// Where to begin looking for files.
    void setFolder(const QString& folder) { folder_ = folder; }
    /// Data that nobody has said anything of but where it is.
    static DataSpec usualData(const QString& path);
    void chooseTask(bool isFolder);
    void chooseFile();
    void chooseFolder();
    void chooseTemplateFile();
    /// Asks for a benchmark by name and its folder.
    void chooseBenchmark(bool asFurtherTask);

  Q_SIGNALS:
    void changed();
    /// Data of a further task was chosen.
    void taskAdded(const QString& path);
    /// A benchmark was chosen as a further task.
    void benchmarkAdded(const hilo::DataSpec& spec);

  private:
    void setSource(const QString& path);
    void templateChosen();
    void splitChosen();
    void showSource();
    void showSplit();
    void setBenchmark(const DataSpec& spec);
    bool isBenchmark() const { return !choice_.spec().benchmark.empty(); }

    ProjectData choice_;
    QString folder_;
    bool filling_ = false;
    QLabel* source_;
    QComboBox* template_;
    QLabel* about_;
    QLabel* templateHeading_;
    QLabel* columnsHeading_;
    QWidget* columns_;
    QFormLayout* columnForm_;
    QLabel* columnsHint_;
    QSpinBox* maximum_;
    QComboBox* split_;
    QComboBox* splitColumn_;
    QSpinBox* seed_;
    QDoubleSpinBox* validation_;
    QDoubleSpinBox* test_;
    QWidget* seedRow_;
    QFormLayout* splitForm_;
    std::vector<std::string> known_; ///< columns of the data
    std::map<std::string, QComboBox*> columnBoxes_;
};

} // namespace hilo
