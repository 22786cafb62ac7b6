// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/repository_name.h"

#include <QStringList>

class QLineEdit;

namespace hilo {

/// The repositories in the Hugging Face cache as they may be typed: "org/name", and "org/name@revision" of revisions
/// other than main.
QStringList cachedNames(RepositoryKind kind);

/// Offers those names, found in the background, while somebody types.
void completeCachedNames(QLineEdit* edit, RepositoryKind kind);

} // namespace hilo
