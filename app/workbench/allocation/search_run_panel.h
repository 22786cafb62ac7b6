// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program_panel.h"

namespace hilo {

class ProjectSession;

/// Asks what to search in and runs `hilo search`. A search that is cancelled is kept, and goes on when it is asked for
/// again.
class SearchRunPanel : public ProgramPanel
{
    Q_OBJECT
  public:
    explicit SearchRunPanel(ProjectSession& session, QWidget* parent = nullptr);

    /// Opens the dialog and starts when it is accepted.
    void askAndStart();

  private:
    ProjectSession& session_;
};

} // namespace hilo
