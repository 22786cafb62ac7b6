// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/plot.h"

#include "common/edge_style.h"
#include "common/plot_numbers.h"
#include "common/plot_picture.h"
#include "common/plot_window.h"
#include "common/theme.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPointer>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTimer>

#include <array>

namespace hilo {
namespace {

constexpr qint64 longestUndrawn = 400; ///< milliseconds in which a plot only prepares, before people see a part of it

/// Gives one plot a turn of the event loop: six charts of long runs at once would keep the window for too long.
class ReplotQueue : public QObject
{
  public:
    static ReplotQueue& instance()
    {
        static auto* queue = new ReplotQueue; // outlives every plot
        return *queue;
    }
    void add(Plot* plot)
    {
        if (!plots_.contains(plot))
            plots_ << plot;
        if (!timer_.isActive())
            timer_.start(0);
    }

    bool isEmpty() const { return plots_.isEmpty(); }

  private:
    ReplotQueue() { connect(&timer_, &QTimer::timeout, this, &ReplotQueue::next); }

    void next()
    {
        plots_.removeAll(nullptr);
        if (!plots_.isEmpty())
            if (Plot* plot = plots_.takeFirst(); plot->takeTurn())
                add(plot);
        if (plots_.isEmpty())
            timer_.stop();
    }

    QTimer timer_;
    QList<QPointer<Plot>> plots_;
};

} // namespace

Plot::Plot(QWidget* parent) : QCustomPlot(parent)
{
    setNoAntialiasingOnDrag(true);
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    setFocusPolicy(Qt::StrongFocus);
    setLocale(QLocale()); // digits of the axes in groups, as everywhere else
    legend->setBorderPen(Qt::NoPen);
    applyTheme();
    connect(&Theme::instance(), &Theme::changed, this, [this] { applyTheme(); });
}

void Plot::replotLater()
{
    if (isVisible()) {
        waiting_ = true;
        ReplotQueue::instance().add(this);
    } else {
        stale_ = true;
    }
}

void Plot::prepareLater()
{
    stale_ = true;
    ReplotQueue::instance().add(this);
}

bool Plot::areAllDrawn()
{
    return ReplotQueue::instance().isEmpty();
}

bool Plot::takeTurn()
{
    const bool mayWait = !isVisible() || (drawn_.isValid() && drawn_.elapsed() < longestUndrawn);
    if (!isPrepared() && mayWait) {
        prepare();
        return true;
    }
    stale_ = !isVisible();
    waiting_ = false;
    if (stale_)
        return false;
    drawn_.start();
    replot(rpQueuedRefresh);
    return !isPrepared();
}

void Plot::replotLayer(const QString& name)
{
    if (!waiting_ && isVisible())
        layer(name)->replot();
}

void Plot::showEvent(QShowEvent* event)
{
    QCustomPlot::showEvent(event);
    setBufferDevicePixelRatio(devicePixelRatioF());
    if (std::exchange(stale_, false))
        replotLater();
}

/// QCustomPlot would draw at once, for each of the sizes that a layout tries.
void Plot::resizeEvent(QResizeEvent*)
{
    setViewport(rect());
    replotLater();
}

void Plot::paintEvent(QPaintEvent* event)
{
    QCustomPlot::paintEvent(event);
    if (hasFocus())
        paintFocusFrame(*this);
}

void Plot::fillMenu(QMenu& menu)
{
    menu.addAction(PlotWindow::holds(*this) ? tr("Back to the page") : tr("Full screen"), this, &Plot::toggleFullScreen)
        ->setShortcut(QKeySequence(Qt::Key_F));
    menu.addAction(tr("Copy picture"), this, &Plot::copyPicture)->setShortcut(QKeySequence::Copy);
    menu.addAction(tr("Copy numbers"), this, &Plot::copyNumbers);
    menu.addAction(tr("Save…"), this, &Plot::askForFile);
}

void Plot::openMenu(const QPoint& globalPlace)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu);
    menu->popup(globalPlace);
}

void Plot::contextMenuEvent(QContextMenuEvent* event)
{
    openMenu(event->reason() == QContextMenuEvent::Mouse ? event->globalPos() : mapToGlobal(rect().center()));
}

void Plot::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F && event->modifiers() == Qt::NoModifier)
        toggleFullScreen();
    else if (event->matches(QKeySequence::Copy))
        copyPicture();
    else
        QCustomPlot::keyPressEvent(event);
}

void Plot::toggleFullScreen()
{
    if (PlotWindow::holds(*this))
        window()->close();
    else
        PlotWindow::show(*this, accessibleName());
}

void Plot::copyPicture()
{
    constexpr double pixelRatio = 2;
    QGuiApplication::clipboard()->setPixmap(toPixmap(width(), height(), pixelRatio));
    Q_EMIT said(tr("The picture is in the clipboard."));
}

void Plot::copyNumbers()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(plotNumbers(*this)));
    Q_EMIT said(tr("The numbers are in the clipboard, as CSV."));
}

Status Plot::save(const QString& file)
{
    if (QFileInfo(file).suffix().toLower() != QLatin1String("csv"))
        return savePlotPicture(*this, file);
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(plotNumbers(*this)) < 0 || !target.commit())
        return failure(badInput(file.toStdString(), {},
                                "The numbers cannot be written: " + target.errorString().toStdString() + ".",
                                "Choose a folder that can be written and has room."));
    return {};
}

void Plot::askForFile()
{
    QString name = accessibleName().toLower();
    name.replace(QRegularExpression(QStringLiteral("[^\\w]+")), QStringLiteral("-"));
    QFileDialog dialog(window(), tr("Save chart"), {},
                       tr("PNG picture (*.png);;SVG picture (*.svg);;PDF document (*.pdf);;Numbers (*.csv)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("png"));
    connect(&dialog, &QFileDialog::filterSelected, &dialog, [&dialog](const QString& filter) {
        const qsizetype place = filter.indexOf(QStringLiteral("(*."));
        dialog.setDefaultSuffix(filter.mid(place + 3, 3));
    });
    dialog.selectFile(name + QStringLiteral(".png"));
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return;
    const QString file = dialog.selectedFiles().first();
    const Status saved = save(file);
    Q_EMIT said(saved ? tr("Saved %1").arg(file) : QString::fromStdString(describe(saved.error())));
}

void Plot::setAxisTitles(const QString& horizontal, const QString& vertical)
{
    xAxis->setLabel(horizontal);
    yAxis->setLabel(vertical);
}

QCPScatterStyle Plot::symbol(int series, const QColor& colour, double size)
{
    static constexpr std::array shapes = {QCPScatterStyle::ssDisc,        QCPScatterStyle::ssSquare,
                                          QCPScatterStyle::ssTriangle,    QCPScatterStyle::ssDiamond,
                                          QCPScatterStyle::ssCrossCircle, QCPScatterStyle::ssTriangleInverted};
    const auto shape = shapes[static_cast<std::size_t>(series) % shapes.size()];
    return {shape, QPen(colour, 1.2), QBrush(colour), size};
}

void Plot::styleGraph(QCPGraph* graph, int series, bool symbols)
{
    const SeriesStyle style = Theme::instance().series(series);
    graph->setPen(QPen(style.colour, 1.5, style.dash));
    if (symbols)
        graph->setScatterStyle(symbol(series, style.colour, 6));
}

void Plot::applyTheme()
{
    const ThemeColours& colours = Theme::instance().colours();
    setBackground(QBrush(colours.card));
    for (QCPAxisRect* rect : axisRects()) {
        for (QCPAxis* axis : rect->axes()) {
            axis->setBasePen(QPen(colours.line));
            axis->setTickPen(QPen(colours.line));
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelColor(colours.quietText);
            axis->setLabelColor(colours.quietText);
            axis->setTickLabelFont(font());
            axis->setLabelFont(font());
            axis->grid()->setPen(QPen(colours.grid));
            axis->grid()->setZeroLinePen(Qt::NoPen);
        }
    }
    legend->setBrush(QColor(colours.card.red(), colours.card.green(), colours.card.blue(), 220));
    legend->setTextColor(colours.text);
    legend->setFont(font());
    replotLater();
}

} // namespace hilo
