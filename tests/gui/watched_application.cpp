// SPDX-License-Identifier: GPL-3.0-or-later
#include "watched_application.h"

#include "window/application_setup.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QMetaEnum>
#include <QSettings>
#include <QTemporaryDir>
#include <QThread>
#include <QThreadPool>
#include <QtTest/QtTest>

#include <ctime>

namespace hilo {
namespace {

constexpr double limitMilliseconds = 50;

double processorMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

QString described(const QObject* receiver, int type)
{
    const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return QStringLiteral("%1 to %2")
        .arg(name ? QString::fromLatin1(name) : QString::number(type),
             QString::fromLatin1(receiver->metaObject()->className()));
}

} // namespace

bool WatchedApplication::notify(QObject* receiver, QEvent* event)
{
    if (receiver->thread() != QThread::currentThread() || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    // Inside an event that waits in a loop of its own, each event of that loop is one of its own.
    const int loops = QThread::currentThread()->loopLevel();
    const bool outermost = depth_ == 0 || loops > nested_;
    if (!outermost)
        return QApplication::notify(receiver, event);
    const int outerDepth = std::exchange(depth_, depth_ + 1);
    const int outerLoops = std::exchange(nested_, loops);
    const QString name = described(receiver, event->type());
    const int before = events_;
    QElapsedTimer wall;
    wall.start();
    const double processor = processorMilliseconds();
    const bool result = QApplication::notify(receiver, event);
    const double wallTook = static_cast<double>(wall.nsecsElapsed()) / 1e6;
    const double processorTook = processorMilliseconds() - processor;
    depth_ = outerDepth;
    nested_ = outerLoops;
    const bool hadLoop = events_ != before;
    ++events_;
    if (hadLoop)
        return result;
    slowByWall_ += wallTook > limitMilliseconds ? 1 : 0;
    slowByProcessor_ += processorTook > limitMilliseconds ? 1 : 0;
    if (processorTook > worst_.processorMilliseconds)
        worst_ = {wallTook, processorTook, name};
    return result;
}

void WatchedApplication::forget()
{
    worst_ = {};
    events_ = slowByWall_ = slowByProcessor_ = 0;
}

int runWindowTest(QObject& test, int argc, char** argv)
{
    QTemporaryDir settings;
    qputenv("XDG_DATA_HOME", settings.path().toUtf8());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    if (qEnvironmentVariableIsEmpty("HILO_PROGRAM"))
        qputenv("HILO_PROGRAM", HILO_BINARY_DIR "/hilo");
    setUpApplication(QStringLiteral("light"));
    const int code = QTest::qExec(&test, argc, argv);
    QThreadPool::globalInstance()->waitForDone();
    return code;
}

} // namespace hilo
