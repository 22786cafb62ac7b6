// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/page_list.h"

#include "pages/allocation_page.h"
#include "pages/compare_page.h"
#include "pages/complexity_page.h"
#include "pages/data_page.h"
#include "pages/export_page.h"
#include "pages/model_page.h"
#include "pages/runs_page.h"
#include "pages/start_page.h"
#include "pages/study_page.h"
#include "pages/try_page.h"

namespace hilo {

PageList makePageList(const PageContext& context)
{
    PageList list;
    list.start = new StartPage;
    // One line a page; a page takes the context or the parts of it that it needs.
    list.pages = {
        list.start,
        new ModelPage(context.session),
        new DataPage(context),
        new ComplexityPage(context),
        new AllocationPage(context),
        new RunsPage(context),
        new ComparePage(context),
        new StudyPage(context),
        new TryPage(context),
        new ExportPage(context),
    };
    return list;
}

} // namespace hilo
