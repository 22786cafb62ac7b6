// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner_qt.h"

#include "support/testing.h"

void RegisteredCases::run_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < hilo::testing::cases().size(); ++i)
        QTest::newRow(hilo::testing::cases()[i].name) << static_cast<int>(i);
}

void RegisteredCases::run()
{
    QFETCH(int, index);
    try {
        hilo::testing::cases()[static_cast<std::size_t>(index)].body();
    } catch (const hilo::testing::Failure& failure) {
        QTest::qFail(failure.message.c_str(), failure.file, failure.line);
    } catch (const hilo::testing::Skipped& skipped) {
        QTest::qSkip(skipped.reason.c_str(), __FILE__, __LINE__);
    } catch (const std::exception& error) {
        QTest::qFail(error.what(), __FILE__, __LINE__);
    }
}

QTEST_APPLESS_MAIN(RegisteredCases)
