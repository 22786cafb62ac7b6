// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/profile_run_panel.h"

#include "complexity/profile_dialog.h"
#include "project_session.h"

namespace hilo {

ProfileRunPanel::ProfileRunPanel(ProjectSession& session, QWidget* parent)
    : ProgramPanel(
          {tr("Running profile"), tr("Progress of the profile"), tr("End the measurement; nothing is written")}, 5000,
          parent),
      session_(session)
{
    connect(this, &ProgramPanel::cancelled, this,
            [this] { Q_EMIT said(tr("The measurement was cancelled; nothing was written.")); });
}

void ProfileRunPanel::askAndStart()
{
    if (isRunning()) {
        Q_EMIT said(tr("A profile is being measured already."));
        return;
    }
    if (!session_.model()) {
        Q_EMIT said(tr("Open a model first (page Start, Ctrl+1)."));
        return;
    }
    auto* dialog = new ProfileDialog(session_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->arguments(), dialog->file()); });
    dialog->open();
}

void ProfileRunPanel::start(const QStringList& arguments, const QString& file)
{
    run(QStringList{QStringLiteral("profile")} + arguments, file);
}

} // namespace hilo
