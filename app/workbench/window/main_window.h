// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include <vector>

class QAction;
class QDockWidget;
class QLabel;
class QMenu;
class QStackedWidget;
class QUndoGroup;

namespace hilo {

class NavigationRail;
class HelpDialog;
class OtherWork;
class Page;
class PageWishes;
class ProjectSession;
class RunService;
class StartPage;

/// Rail, pages, inspector, menus. Pages know the session and the runs, never one another; what one wants from another
/// is wired here.
class MainWindow : public QMainWindow
{
    Q_OBJECT
  public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    void open(const QString& path);
    /// The installed sample cannot be written: it is copied into the user's own data folder first.
    void openSample();
    /// By a page's key; false when there is none.
    bool showPage(const QString& key);
    const std::vector<Page*>& pages() const { return pages_; }
    ProjectSession& session() { return *session_; }
    RunService& runs() { return *runs_; }
    PageWishes& wishes() { return *wishes_; }
    /// The menu that holds the actions of the page in front.
    QMenu* pageMenu() const { return pageMenu_; }
    /// Help on the page in front.
    void explainPage();
    /// field: the object name of the one that gets the keyboard; empty: the first.
    void showPreferences(const QString& field = {});
    /// All strategies and signals with their sources. title: the one to show; empty: the first.
    void showReference(const QString& title = {});

  protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    /// A folder or file dropped anywhere is opened.
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void makePages();
    void makeMenus();
    void makeFileMenu();
    void makeViewMenu();
    void makeThemeMenu(QMenu* menu);
    void fillRecentMenu(QMenu* menu);
    /// The menu of the page in front: its own actions.
    void fillPageMenu(Page& page);
    void showCommands();
    void showShortcuts();
    void addPage(Page* page);
    void showPage(int index);
    void projectOpened();
    void showAbout();
    void changeFontSize(int points);
    void restoreLayout();
    void resetLayout();
    int widthOfContent() const;
    void foldInspector();
    void updateStatus();
    void recolourTexts();

    ProjectSession* session_;
    RunService* runs_;
    OtherWork* otherWork_;
    PageWishes* wishes_;
    QUndoGroup* undoGroup_;
    NavigationRail* rail_;
    QStackedWidget* stack_;
    QDockWidget* inspectorDock_ = nullptr;
    QStackedWidget* inspectors_;
    HelpDialog* help_ = nullptr;
    QMenu* pageMenu_ = nullptr;
    QColor quietColour_;
    QLabel* baseLabel_;
    QLabel* runningLabel_;
    StartPage* start_ = nullptr;
    std::vector<Page*> pages_;
    std::vector<QWidget*> inspectorOf_;
};

} // namespace hilo
