// SPDX-License-Identifier: GPL-3.0-or-later
// Every page by the keyboard alone: Tab comes to every control and out of it again, the focus can be seen,
// and a page's keys work.
#include "page.h"
#include "watched_application.h"
#include "window/navigation_rail.h"
#include "window_helpers.h"

#include <QAbstractItemView>
#include <QButtonGroup>
#include <QLineEdit>
#include <QScrollBar>
#include <QSettings>

#include <set>

using namespace hilo;

namespace {

/// A control that Tab should come to: not a part of another one, and not one of a group that arrows walk through.
bool isTabStop(const QWidget* widget)
{
    if (!widget->isVisible() || !widget->isEnabled() || (widget->focusPolicy() & Qt::TabFocus) == 0 ||
        widget->focusProxy() || qobject_cast<const QScrollBar*>(widget))
        return false;
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    return !button || !button->group() || !button->group()->exclusive() || button->isChecked();
}

QString describe(const QWidget* widget)
{
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    return QStringLiteral("%1 “%2”").arg(QString::fromLatin1(widget->metaObject()->className()),
                                         !widget->accessibleName().isEmpty() ? widget->accessibleName()
                                         : button                            ? button->text()
                                                                             : widget->objectName());
}

QList<QWidget*> tabStops(QWidget* window)
{
    QList<QWidget*> stops;
    for (QWidget* widget : window->findChildren<QWidget*>())
        if (isTabStop(widget))
            stops << widget;
    return stops;
}

} // namespace

class TestKeyboard : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { window_.reset(); }
    void tabComesToEveryControl_data() { pages(); }
    void tabComesToEveryControl();
    void focusIsSeen_data() { pages(); }
    void focusIsSeen();
    void aPageAnswersItsKeysWhereverTheFocusIs();

  private:
    void pages() const;

    std::unique_ptr<SmallProject> project_;
    std::unique_ptr<MainWindow> window_;
};

void TestKeyboard::initTestCase()
{
    QSettings().clear();
    project_ = makeSmallProject();
    QVERIFY(!project_->addProfile().isEmpty());
    window_ = makeWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QVERIFY(openAndWait(*window_, project_->folder()));
    // Pages read what they show once they are looked at.
    for (const Page* page : window_->pages()) {
        window_->showPage(page->key());
        QTest::qWait(500);
    }
}

void TestKeyboard::pages() const
{
    QTest::addColumn<QString>("key");
    for (const Page* page : window_->pages())
        QTest::newRow(qPrintable(page->key())) << page->key();
}

void TestKeyboard::tabComesToEveryControl()
{
    QFETCH(QString, key);
    window_->showPage(key);
    QTest::qWait(200);
    const QList<QWidget*> stops = tabStops(window_.get());
    QVERIFY(!stops.isEmpty());
    stops.front()->setFocus(Qt::TabFocusReason);
    std::set<QWidget*> reached;
    for (int i = 0; i < 3 * stops.size() && QApplication::focusWidget(); ++i) {
        reached.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QStringList missed;
    for (QWidget* stop : stops)
        if (!reached.contains(stop))
            missed << describe(stop);
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral("; "))));
}

void TestKeyboard::focusIsSeen()
{
    QFETCH(QString, key);
    window_->showPage(key);
    QTest::qWait(200);
    QStringList unseen;
    for (QWidget* stop : tabStops(window_.get())) {
        if (QWidget* focused = QApplication::focusWidget())
            focused->clearFocus();
        // Tables show their focus by the current cell, which they get with it.
        const QImage without = stop->grab().toImage();
        stop->setFocus(Qt::TabFocusReason);
        const auto* view = qobject_cast<const QAbstractItemView*>(stop);
        const bool isEmpty = view && (!view->model() || view->model()->rowCount() == 0);
        if (QApplication::focusWidget() != stop || isEmpty)
            continue;
        if (stop->grab().toImage() == without)
            unseen << describe(stop);
    }
    QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QStringLiteral("; "))));
}

/// Ctrl and a number leave the keyboard in the list of pages: a page's keys must work from there.
void TestKeyboard::aPageAnswersItsKeysWhereverTheFocusIs()
{
    window_->showPage(QStringLiteral("compare"));
    QWidget* rail = window_->findChild<NavigationRail*>();
    QVERIFY(rail);
    const QList<QAbstractButton*> buttons = rail->findChildren<QAbstractButton*>();
    QVERIFY(!buttons.isEmpty());
    buttons.front()->setFocus(Qt::TabFocusReason);
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(buttons.front()));
    QTest::keyClick(buttons.front(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
}

HILO_WINDOW_TEST_MAIN(TestKeyboard)
#include "test_keyboard.moc"
