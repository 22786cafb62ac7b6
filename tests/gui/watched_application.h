// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QString>

namespace hilo {

/// An application that measures how long each event keeps the interface thread: the watchdog of the test build. An
/// event that opens a loop of its own (a test's wait, a dialog) is not counted, what happens inside it is.
class WatchedApplication : public QApplication
{
    Q_OBJECT
  public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override;

    struct Worst
    {
        double wallMilliseconds = 0;
        double processorMilliseconds = 0; ///< of this thread alone: what a busy machine does not change
        QString event;                    ///< type and receiver
    };
    /// Since the last forget().
    const Worst& worst() const { return worst_; }
    int events() const { return events_; }
    /// Events that kept the thread for more than 50 ms of wall time, and of processor time.
    int slowByWall() const { return slowByWall_; }
    int slowByProcessor() const { return slowByProcessor_; }
    void forget();

  private:
    Worst worst_;
    int events_ = 0;
    int slowByWall_ = 0;
    int slowByProcessor_ = 0;
    int depth_ = 0;
    int nested_ = 0; ///< loops that the events under way have run
};

/// main() of a window test: offscreen, with settings in a folder of its own, in English, beside the built hilo.
int runWindowTest(QObject& test, int argc, char** argv);

} // namespace hilo

#define HILO_WINDOW_TEST_MAIN(TestClass)                                                                               \
    int main(int argc, char** argv)                                                                                    \
    {                                                                                                                  \
        hilo::WatchedApplication application(argc, argv);                                                              \
        TestClass test;                                                                                                \
        return hilo::runWindowTest(test, argc, argv);                                                                  \
    }
