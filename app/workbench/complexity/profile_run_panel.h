// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program_panel.h"

namespace hilo {

class ProjectSession;

/// Asks what to measure and runs `hilo profile`.
class ProfileRunPanel : public ProgramPanel
{
    Q_OBJECT
  public:
    explicit ProfileRunPanel(ProjectSession& session, QWidget* parent = nullptr);

    /// Opens the dialog and starts when it is accepted.
    void askAndStart();
    /// arguments: behind `hilo profile`; file: what they say to write.
    void start(const QStringList& arguments, const QString& file);

  private:
    ProjectSession& session_;
};

} // namespace hilo
