// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/search_run_panel.h"

#include "allocation/search_dialog.h"
#include "project_session.h"

namespace hilo {
namespace {

/// Milliseconds: a step of a large model is not interrupted half-way, and its state has to be written.
constexpr int searchPatience = 120000;

} // namespace

SearchRunPanel::SearchRunPanel(ProjectSession& session, QWidget* parent)
    : ProgramPanel({tr("Running search"), tr("Progress of the search"),
                    tr("Stop the search; what it has learned is kept, and “Search…” goes on from there")},
                   searchPatience, parent),
      session_(session)
{
    connect(this, &ProgramPanel::cancelled, this,
            [this] { Q_EMIT said(tr("The search was stopped; “Search…” goes on from there.")); });
}

void SearchRunPanel::askAndStart()
{
    if (isRunning()) {
        Q_EMIT said(tr("A search is running already."));
        return;
    }
    if (!session_.model() || session_.folder().isEmpty()) {
        Q_EMIT said(tr("A search needs a project with a model and data (page Start, Ctrl+1)."));
        return;
    }
    auto* dialog = new SearchDialog(session_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (const Status written = dialog->writeSpec(); !written)
            Q_EMIT said(QString::fromStdString(describe(written.error())));
        else
            run(QStringList{QStringLiteral("search")} + dialog->arguments(), dialog->file());
    });
    dialog->open();
}

} // namespace hilo
