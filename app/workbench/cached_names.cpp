// SPDX-License-Identifier: GPL-3.0-or-later
#include "cached_names.h"

#include "background.h"
#include "hub/snapshot.h"

#include <QCompleter>
#include <QLineEdit>

namespace hilo {

QStringList cachedNames(RepositoryKind kind)
{
    QStringList names;
    for (const CachedRepository& one : cachedRepositories(kind)) {
        const QString name = QString::fromStdString(one.name.repository());
        names << name;
        for (const std::string& revision : one.revisions)
            if (revision != "main")
                names << name + QLatin1Char('@') + QString::fromStdString(revision);
    }
    return names;
}

void completeCachedNames(QLineEdit* edit, RepositoryKind kind)
{
    inBackground(
        edit, [kind] { return cachedNames(kind); },
        [edit](const QStringList& names) {
            if (names.isEmpty())
                return;
            auto* completer = new QCompleter(names, edit);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            completer->setFilterMode(Qt::MatchContains);
            edit->setCompleter(completer);
        });
}

} // namespace hilo
