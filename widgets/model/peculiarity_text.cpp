// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/peculiarity_text.h"

#include "common/core_text.h"

namespace hilo {

QString peculiarityParagraphs(const std::vector<Peculiarity>& peculiarities)
{
    QString text;
    for (const Peculiarity& one : peculiarities)
        text +=
            QStringLiteral("<p style='margin:0 0 3px 0'>%1</p>")
                .arg(QString::fromStdString(inWords({coreText(one.text).toStdString(), one.values})).toHtmlEscaped());
    return text;
}

} // namespace hilo
