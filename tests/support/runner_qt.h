// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

/// Runs every registered case as one row of a Qt Test.
class RegisteredCases : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void run_data();
    void run();
};
