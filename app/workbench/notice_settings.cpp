// SPDX-License-Identifier: GPL-3.0-or-later
#include "notice_settings.h"

#include <QSettings>

namespace hilo {

NoticeSettings settings::notices()
{
    const QSettings stored;
    NoticeSettings notices;
    notices.desktop = stored.value(QStringLiteral("notices/desktop"), false).toBool();
    notices.command = stored.value(QStringLiteral("notices/command")).toString();
    notices.address = stored.value(QStringLiteral("notices/address")).toString();
    notices.plainText = stored.value(QStringLiteral("notices/plainText"), false).toBool();
    return notices;
}

void settings::setNotices(const NoticeSettings& notices)
{
    QSettings stored;
    stored.setValue(QStringLiteral("notices/desktop"), notices.desktop);
    stored.setValue(QStringLiteral("notices/command"), notices.command);
    stored.setValue(QStringLiteral("notices/address"), notices.address);
    stored.setValue(QStringLiteral("notices/plainText"), notices.plainText);
}

QProcessEnvironment withNotices(QProcessEnvironment environment, const NoticeSettings& notices)
{
    const auto set = [&environment](const QString& name, const QString& value) {
        // The person's own, from the shell that started the window, stays where the preferences name nothing.
        if (!value.isEmpty())
            environment.insert(name, value);
    };
    set(QStringLiteral("HILO_ON_END"), notices.command.trimmed());
    set(QStringLiteral("HILO_POST"), notices.address.trimmed());
    if (!notices.address.trimmed().isEmpty())
        set(QStringLiteral("HILO_POST_FORM"), notices.plainText ? QStringLiteral("text") : QStringLiteral("json"));
    if (notices.desktop)
        set(QStringLiteral("HILO_DESKTOP_NOTICE"), QStringLiteral("true"));
    return environment;
}

} // namespace hilo
