// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"

namespace hilo {

/// Stands in the rail for a page that is not built yet.
class PlaceholderPage : public Page
{
  public:
    PlaceholderPage(const char* key, const char* title)
        : Page(QString::fromLatin1(key), QString::fromLatin1(title), {}, nullptr)
    {
    }
};

} // namespace hilo
