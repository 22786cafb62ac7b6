// SPDX-License-Identifier: GPL-3.0-or-later
// What Data, Complexity, Try and Export have in common.
#include "help/page_help.h"
#include "pages/complexity_page.h"
#include "pages/data_page.h"
#include "pages/export_page.h"
#include "pages/try_page.h"
#include "work_bench.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QTableView>
#include <QTextEdit>
#include <QtTest/QtTest>

using namespace hilo;

class TestWorkPages : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void everyControlHasANameAndEveryPageHelp();
};

void TestWorkPages::everyControlHasANameAndEveryPageHelp()
{
    WorkBench bench;
    QVERIFY(bench.open());
    const PageContext context = bench.context();
    const std::unique_ptr<Page> pages[] = {std::make_unique<DataPage>(context),
                                           std::make_unique<ComplexityPage>(context),
                                           std::make_unique<TryPage>(context), std::make_unique<ExportPage>(context)};
    for (const auto& page : pages) {
        QVERIFY(page->help().size() > 400);
        for (const QWidget* widget : page->findChildren<QWidget*>()) {
            const bool isControl = qobject_cast<const QAbstractButton*>(widget) ||
                                   qobject_cast<const QComboBox*>(widget) ||
                                   qobject_cast<const QAbstractSpinBox*>(widget) ||
                                   qobject_cast<const QTableView*>(widget) || qobject_cast<const QTextEdit*>(widget);
            if (!isControl || widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(page->key() + QLatin1Char(' ') + QLatin1String(widget->metaObject()->className())));
        }
        if (QWidget* inspector = page->inspector())
            delete inspector;
    }
    for (const QString& text : {strategyReference(), signalReference()})
        QVERIFY(text.size() > 1000);
}

QTEST_MAIN(TestWorkPages)
#include "test_work_pages.moc"
