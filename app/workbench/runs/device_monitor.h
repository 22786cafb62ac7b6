// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QProcess;
class QTimer;

namespace hilo {

/// How busy one part of the computer is.
struct DeviceLoad
{
    QString name;     ///< "Processor", "Memory", "GPU 0"
    QString text;     ///< "41 %", "11.4 of 24.0 GiB", "71 °C"
    double share = 0; ///< 0 to 1
};

/// Processor and memory of this computer, and NVIDIA's GPUs where nvidia-smi is installed; every two seconds while it
/// is shown. Never waits for anything.
class DeviceMonitor : public QWidget
{
    Q_OBJECT
  public:
    explicit DeviceMonitor(QWidget* parent = nullptr);

    const std::vector<DeviceLoad>& loads() const { return loads_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// From /proc/stat and /proc/meminfo as texts; before: the processor's counters of the last look.
    struct Counters
    {
        qulonglong busy = 0, total = 0;
    };
    static Counters countersOf(const QByteArray& procStat);
    static DeviceLoad processorLoad(const Counters& before, const Counters& now);
    static QString usedOf(quint64 used, quint64 total);
    static DeviceLoad memoryLoad(const QByteArray& memoryInfo);
    /// From "index, utilization %, used MiB, total MiB, °C" lines; lines of another form are left out.
    static std::vector<DeviceLoad> gpuLoads(const QByteArray& output);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void look();
    void askGpus();
    void take(std::vector<DeviceLoad> loads);

    QTimer* timer_;
    QString gpuProgram_; ///< empty: none is installed
    QProcess* gpuQuery_ = nullptr;
    Counters counters_;
    std::vector<DeviceLoad> loads_;
    std::vector<DeviceLoad> gpus_;
};

} // namespace hilo
