// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/asked_text_delegate.h"

#include "allocation/strategy.h"
#include "common/core_text.h"
#include "study/asked_strategy.h"

#include <QStringList>

namespace hilo {

QString shownStrategy(const QString& text)
{
    const auto asked = AskedStrategy::parse(text.toStdString());
    const auto strategy = asked ? findStrategy(asked->strategy) : Result<const Strategy*>(nullptr);
    if (!asked || !strategy || !*strategy)
        return text;
    QStringList parts{coreText((*strategy)->title)};
    for (const auto& [key, value] : asked->settings)
        parts << settingLabel(key) + QLatin1Char(' ') + QString::fromStdString(value);
    const QString words = parts.join(QStringLiteral(", "));
    return asked->label.empty() ? words : QString::fromStdString(asked->label) + QStringLiteral(": ") + words;
}

QString shownTask(const QString& text)
{
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    return colon < 1 ? text : QStringLiteral("%1 (%2)").arg(text.left(colon), text.mid(colon + 1));
}

QString AskedTextDelegate::displayText(const QVariant& value, const QLocale& locale) const
{
    return words_(QStyledItemDelegate::displayText(value, locale));
}

} // namespace hilo
