// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/data_file_filter.h"

#include "data/data_endings.h"

#include <QCoreApplication>
#include <QStringList>

namespace hilo {

QString dataFileFilter()
{
    QStringList patterns;
    for (const std::string& pattern : dataFilePatterns())
        patterns << QString::fromStdString(pattern);
    return QCoreApplication::translate("DataFileFilter", "Data") +
           QStringLiteral(" (%1);;").arg(patterns.join(QLatin1Char(' '))) +
           QCoreApplication::translate("DataFileFilter", "All files") + QStringLiteral(" (*)");
}

} // namespace hilo
