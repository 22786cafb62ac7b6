// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/device_monitor.h"

#include "common/letter_width.h"
#include "common/numbers.h"
#include "common/theme.h"

#include <QFile>
#include <QPainter>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>

namespace hilo {
namespace {

constexpr int sampleEvery = 2000; ///< milliseconds
constexpr int barHeight = 4;
constexpr int gap = 4;

/// Files of the kernel: no disk is involved.
QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

DeviceMonitor::DeviceMonitor(QWidget* parent)
    : QWidget(parent), timer_(new QTimer(this)),
      gpuProgram_(QStandardPaths::findExecutable(QStringLiteral("nvidia-smi")))
{
    setAccessibleName(tr("Load of this computer"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    timer_->setInterval(sampleEvery);
    connect(timer_, &QTimer::timeout, this, &DeviceMonitor::look);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    counters_ = countersOf(contentOf(QStringLiteral("/proc/stat")));
    look();
    timer_->start();
}

DeviceMonitor::Counters DeviceMonitor::countersOf(const QByteArray& procStat)
{
    // "cpu user nice system idle iowait irq softirq steal …", in ticks since boot (proc(5)).
    Counters counters;
    const QList<QByteArray> numbers = procStat.left(procStat.indexOf('\n')).simplified().split(' ');
    for (qsizetype i = 1; i < std::min<qsizetype>(numbers.size(), 9); ++i) {
        const qulonglong ticks = numbers[i].toULongLong();
        counters.total += ticks;
        if (i != 4 && i != 5)
            counters.busy += ticks;
    }
    return counters;
}

DeviceLoad DeviceMonitor::processorLoad(const Counters& before, const Counters& now)
{
    DeviceLoad load{tr("Processor"), {}, 0};
    if (now.total > before.total && now.busy >= before.busy)
        load.share =
            std::min(1.0, static_cast<double>(now.busy - before.busy) / static_cast<double>(now.total - before.total));
    load.text = percentage(load.share, 0);
    return load;
}

/// "1.36 of 23.5 GiB": the unit once where both have the same, as the rail is narrow.
QString DeviceMonitor::usedOf(quint64 used, quint64 total)
{
    QString first = byteSize(used);
    const QString second = byteSize(total);
    if (first.section(QLatin1Char(' '), 1) == second.section(QLatin1Char(' '), 1))
        first = first.section(QLatin1Char(' '), 0, 0);
    return tr("%1 of %2").arg(first, second);
}

DeviceLoad DeviceMonitor::memoryLoad(const QByteArray& memoryInfo)
{
    quint64 total = 0, available = 0;
    for (const QByteArray& line : memoryInfo.split('\n')) {
        const quint64 bytes = line.simplified().split(' ').value(1).toULongLong() * 1024;
        if (line.startsWith("MemTotal:"))
            total = bytes;
        else if (line.startsWith("MemAvailable:"))
            available = bytes;
    }
    if (total == 0)
        return {};
    const quint64 used = total - std::min(total, available);
    return {tr("Memory"), usedOf(used, total), static_cast<double>(used) / static_cast<double>(total)};
}

std::vector<DeviceLoad> DeviceMonitor::gpuLoads(const QByteArray& output)
{
    std::vector<DeviceLoad> loads;
    for (const QByteArray& line : output.split('\n')) {
        const QList<QByteArray> fields = line.split(',');
        if (fields.size() != 5)
            continue;
        bool isIndex = false, isTotal = false;
        const int index = fields[0].trimmed().toInt(&isIndex);
        const double total = fields[3].trimmed().toDouble(&isTotal);
        if (!isIndex || !isTotal || total <= 0)
            continue;
        const QString name = tr("GPU %1").arg(index);
        // A card that does not tell one of the numbers says "[N/A]".
        bool tells = false;
        const double busy = fields[1].trimmed().toDouble(&tells);
        QString text = tells ? percentage(busy / 100, 0) : QStringLiteral("–");
        if (const double degrees = fields[4].trimmed().toDouble(&tells); tells)
            text += tr(" · %1 °C").arg(degrees);
        loads.push_back({name, text, std::clamp(busy / 100, 0.0, 1.0)});
        const double used = fields[2].trimmed().toDouble(&tells);
        constexpr double mebibyte = 1024 * 1024;
        loads.push_back({name + tr(" memory"),
                         usedOf(static_cast<quint64>(used * mebibyte), static_cast<quint64>(total * mebibyte)),
                         std::clamp(used / total, 0.0, 1.0)});
    }
    return loads;
}

void DeviceMonitor::look()
{
    if (!isVisible() && !loads_.empty())
        return;
    const Counters now = countersOf(contentOf(QStringLiteral("/proc/stat")));
    std::vector<DeviceLoad> loads = gpus_;
    if (now.total > 0)
        loads.push_back(processorLoad(counters_, now));
    counters_ = now;
    if (const DeviceLoad memory = memoryLoad(contentOf(QStringLiteral("/proc/meminfo"))); !memory.name.isEmpty())
        loads.push_back(memory);
    take(std::move(loads));
    askGpus();
}

void DeviceMonitor::askGpus()
{
    // One question at a time: a driver that hangs is asked no second one.
    if (gpuProgram_.isEmpty() || gpuQuery_)
        return;
    gpuQuery_ = new QProcess(this);
    connect(gpuQuery_, &QProcess::finished, this, [this] {
        gpus_ = gpuLoads(gpuQuery_->readAllStandardOutput());
        gpuQuery_->deleteLater();
        gpuQuery_ = nullptr;
    });
    connect(gpuQuery_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            gpuProgram_.clear();
    });
    gpuQuery_->start(gpuProgram_,
                     {QStringLiteral("--query-gpu=index,utilization.gpu,memory.used,memory.total,temperature.gpu"),
                      QStringLiteral("--format=csv,noheader,nounits")});
}

void DeviceMonitor::take(std::vector<DeviceLoad> loads)
{
    const bool resized = loads.size() != loads_.size();
    loads_ = std::move(loads);
    QStringList texts;
    for (const DeviceLoad& load : loads_)
        texts << load.name + QStringLiteral(": ") + load.text;
    setToolTip(texts.join(QLatin1Char('\n')));
    setAccessibleDescription(texts.join(QStringLiteral(", ")));
    if (resized)
        updateGeometry();
    update();
}

void DeviceMonitor::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    look();
}

QSize DeviceMonitor::sizeHint() const
{
    const int row = fontMetrics().height() + barHeight + 2 * gap;
    return {letterWidth(fontMetrics()) * 20, static_cast<int>(loads_.size()) * row};
}

void DeviceMonitor::paintEvent(QPaintEvent*)
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int line = fontMetrics().height();
    int top = 0;
    for (const DeviceLoad& load : loads_) {
        painter.setPen(colours.quietText);
        painter.drawText(QRect(0, top, width(), line), Qt::AlignLeft | Qt::AlignVCenter, load.name);
        painter.drawText(QRect(0, top, width(), line), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(load.text, Qt::ElideLeft,
                                                  width() - fontMetrics().horizontalAdvance(load.name) - gap));
        const QRectF groove(0, top + line + gap / 2, width(), barHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.line);
        painter.drawRoundedRect(groove, 2, 2);
        painter.setBrush(load.share > 0.9 ? colours.attention : colours.accent);
        painter.drawRoundedRect(QRectF(groove.topLeft(), QSizeF(groove.width() * load.share, barHeight)), 2, 2);
        top += line + barHeight + 2 * gap;
    }
}

} // namespace hilo
