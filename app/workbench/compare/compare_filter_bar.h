// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace hilo {

class FilterCompleter;
struct CompareQuestion;
struct CompareView;

/// Which runs are compared, and which of them share a row.
class CompareFilterBar : public QWidget
{
    Q_OBJECT
  public:
    explicit CompareFilterBar(QWidget* parent = nullptr);

    void ask(CompareQuestion& question) const;
    void showView(const CompareView& view);
    /// What filters may ask for.
    void setKeys(const std::vector<std::string>& keys);
    bool groupsSeeds() const;
    QLineEdit& line() { return *filter_; }
    QComboBox& groupByBox() { return *groupBy_; }

  Q_SIGNALS:
    void changed();

  private:
    QLineEdit* filter_;
    QCheckBox* group_;
    QComboBox* groupBy_;
    FilterCompleter* completer_;
};

} // namespace hilo
