// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "page_context.h"
#include "page_wishes.h"
#include "project_session.h"
#include "runs/run_service.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QUndoGroup>
#include <QtTest/QtTest>

#include <filesystem>

namespace hilo {

/// A project in a folder of its own with a planning model of four layers (the sample's tokenizer), what pages need, and
/// fake_hilo.sh in the place of hilo.
class WorkBench
{
  public:
    WorkBench();

    /// Adds keys to project.json.
    void setProject(const Json& more);
    static Json profile();
    /// A file or folder beside or in "project".
    std::filesystem::path path(const std::string& name) const;
    void addProfile(const Json& document, const std::string& name = "first.json");
    void addAdapter(const std::string& run);
    /// The project's model becomes one with weights that nobody reads, and with the chat template.
    void makeChatModel(const std::string& chatTemplate);
    bool open();
    PageContext context() { return {session, runs, wishes, undoGroup}; }

    /// Rows that a project can name as its data.
    static const std::string sampleData;

  private:
    QTemporaryDir folder_;

  public:
    ProjectSession session;
    RunService runs;
    PageWishes wishes;
    QUndoGroup undoGroup;
};

template <class Shown>
void bringUp(Shown& page)
{
    page.resize(1000, 700);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.shown();
}

/// Texts of all labels that can be seen.
QString visibleText(const QWidget& page);

} // namespace hilo
