// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/benchmark_reading.h"
#include "data/data_spec.h"

#include <QDialog>

#include <atomic>
#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;
class QTimer;

namespace hilo {

class PublishedModel;

/// A published benchmark by name and the folder that holds it: its splits, what is rejected, how it is asked and
/// measured, and what others published. Only a folder whose scored split can be read is taken.
class BenchmarkDialog : public QDialog
{
    Q_OBJECT
  public:
    using Benchmarks = std::vector<std::shared_ptr<const Benchmark>>;

    /// start: what was chosen before; folder: where to begin looking for files.
    BenchmarkDialog(const DataSpec& start, const QString& folder, QWidget* parent);
    ~BenchmarkDialog() override;

    /// Benchmark and folder, nothing else: a benchmark says the rest.
    DataSpec spec() const;
    /// "mola-cola"
    QString chosenName() const;
    /// The same in a terminal.
    QString command() const;
    const std::optional<BenchmarkReading>& reading() const { return reading_; }

  Q_SIGNALS:
    /// The benchmarks are there to choose from.
    void listed();
    /// The folder was read, or could not be.
    void read();

  private:
    QWidget* makeForm();
    void take(Benchmarks benchmarks);
    void benchmarkChosen();
    void protocolChosen();
    void readLater();
    void readFolder();
    void takeReading(Result<BenchmarkReading> reading);
    void say(const QString& text, const QString& kind);
    const Benchmark* chosen() const;

    DataSpec start_;
    QString folder_;
    Benchmarks benchmarks_;
    std::optional<BenchmarkReading> reading_;
    std::shared_ptr<std::atomic<bool>> stop_;
    int request_ = 0;

    QComboBox* benchmark_;
    QComboBox* protocol_;
    QLineEdit* path_;
    QLabel* about_;
    QLabel* asked_;
    QLabel* said_;
    QLineEdit* command_;
    BenchmarkSplitModel* splits_;
    PublishedModel* published_;
    QTableView* splitTable_;
    QTableView* publishedTable_;
    QPushButton* use_;
    QTimer* timer_;
};

} // namespace hilo
