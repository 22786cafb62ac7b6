// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QString>

namespace hilo {

/// Whom queues and studies that the window starts tell of what becomes of their runs; kept between two starts.
struct NoticeSettings
{
    bool desktop = false;
    QString command;        ///< for /bin/sh, as --on-end of `hilo work`
    QString address;        ///< http or https, as --post
    bool plainText = false; ///< the POST is the sentence alone, as ntfy takes it

    bool operator==(const NoticeSettings&) const = default;
};

namespace settings {

NoticeSettings notices();
void setNotices(const NoticeSettings& notices);

} // namespace settings

/// What tells `hilo work` and `hilo study run` of them. Not their arguments, which everybody on the machine sees: an
/// address may be a secret.
QProcessEnvironment withNotices(QProcessEnvironment environment, const NoticeSettings& notices);

} // namespace hilo
