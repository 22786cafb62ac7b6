// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/finding_text.h"

#include "common/core_text.h"

#include <QLocale>
#include <QRegularExpression>

namespace hilo {
namespace {

/// core writes its numbers as every program reads them; people read theirs. What is no number stays.
QString localNumber(QString text)
{
    static const QRegularExpression number(QStringLiteral("^[-+]?\\d+\\.\\d+(e[-+]?\\d+)?$"));
    if (number.match(text).hasMatch())
        text.replace(QLatin1Char('.'), QLocale().decimalPoint());
    return text;
}

} // namespace

QString findingTitle(const RunFinding& finding)
{
    return coreText(findRunCheck(finding.check)->title);
}

QString findingDetail(const RunFinding& finding)
{
    QString text = coreText(findRunCheck(finding.check)->detail);
    // From the last one on: %1 must not be found within %10.
    for (std::size_t i = finding.arguments.size(); i-- > 0;)
        text.replace(QLatin1Char('%') + QString::number(i + 1),
                     localNumber(QString::fromStdString(finding.arguments[i])));
    return text;
}

QString findingAdvice(const RunFinding& finding)
{
    return coreText(findRunCheck(finding.check)->whatToDo);
}

QString findingText(const RunFinding& finding)
{
    return findingTitle(finding) + QLatin1Char(' ') + findingDetail(finding);
}

} // namespace hilo
