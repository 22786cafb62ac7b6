// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page_context.h"

#include <vector>

namespace hilo {

class Page;
class StartPage;

struct PageList
{
    std::vector<Page*> pages; ///< in the order of the rail
    StartPage* start = nullptr;
};

/// Makes all pages. The caller's window becomes their parent.
PageList makePageList(const PageContext& context);

} // namespace hilo
