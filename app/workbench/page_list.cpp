// SPDX-License-Identifier: GPL-3.0-or-later
#include "page_list.h"

#include "pages/model_page.h"
#include "pages/start_page.h"
#include "project_session.h"

namespace hilo {

PageList makePageList(ProjectSession& session, RunService&, QUndoGroup&)
{
    PageList list;
    list.wishes = new PageWishes(&session);
    list.start = new StartPage;
    list.pages = {list.start, new ModelPage(session)};
    return list;
}

} // namespace hilo
