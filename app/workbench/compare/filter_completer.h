// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCompleter>
#include <QStringList>

#include <string>
#include <vector>

class QLineEdit;
class QMenu;
class QStringListModel;

namespace hilo {

/// Completes the word of a filter that is being written: keys of settings and results, and the filter's own words.
class FilterCompleter : public QCompleter
{
    Q_OBJECT
  public:
    explicit FilterCompleter(QLineEdit& line);

    void setKeys(const std::vector<std::string>& keys);
    QStringList splitPath(const QString& path) const override;
    QString pathFromIndex(const QModelIndex& index) const override;

    /// Examples that say what can be asked; choosing one puts it behind what is written.
    void fillExamples(QMenu& menu) const;

  private:
    QLineEdit& line_;
    QStringListModel* words_;
};

} // namespace hilo
