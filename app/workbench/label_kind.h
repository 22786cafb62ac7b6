// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QStyle>

namespace hilo {

/// Gives a label the look of a kind of text ("quiet", "warning", "failed" or none) at any time. A name that changes
/// after the label was shown is not looked at again by itself.
inline void setLabelKind(QLabel& label, const QString& kind)
{
    if (label.objectName() == kind)
        return;
    label.setObjectName(kind);
    label.style()->unpolish(&label);
    label.style()->polish(&label);
}

} // namespace hilo
