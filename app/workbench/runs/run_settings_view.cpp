// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_settings_view.h"

#include "common/fact_label.h"
#include "page.h"
#include "runs/settings_model.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

namespace hilo {

RunSettingsView::RunSettingsView(QWidget* parent) : QWidget(parent), model_(new SettingsModel(this))
{
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Search settings"));
    search_->setClearButtonEnabled(true);
    search_->setAccessibleName(tr("Search settings"));
    search_->setToolTip(tr("Words of a setting's name or value; all have to match"));
    connect(search_, &QLineEdit::textChanged, model_, &SettingsModel::setFilter);
    table_ = makePlainTable(model_, tr("Settings of the run"), this);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    auto* copy = new QAction(tr("Copy"), table_);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] {
        QStringList lines;
        for (const QModelIndex& row : table_->selectionModel()->selectedRows())
            lines << row.data(Qt::AccessibleTextRole).toString();
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    });
    table_->addAction(copy);
    table_->setContextMenuPolicy(Qt::ActionsContextMenu);
    madeWith_ = new FactLabel(this);
    madeWith_->setWordWrap(true);
    madeWith_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    madeWith_->setAccessibleName(tr("What the run was made with"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(search_);
    layout->addWidget(table_, 1);
    layout->addWidget(madeWith_);
    setSettings({}, {});
}

QString RunSettingsView::madeWith() const
{
    return madeWith_->text();
}

void RunSettingsView::setSettings(const std::vector<Setting>& settings, const std::optional<Provenance>& provenance)
{
    model_->setSettings(settings);
    QList<std::pair<QString, QString>> facts;
    if (provenance) {
        const auto add = [&facts](const QString& name, const std::string& value) {
            if (!value.empty())
                facts << std::pair{name, QString::fromStdString(value)};
        };
        const auto shortHash = [](const std::string& hash) { return hash.substr(0, 12); };
        add(tr("HILO"), provenance->program);
        add(tr("LibTorch"), provenance->libtorch);
        add(tr("Machine"), provenance->host);
        add(tr("Processor"), provenance->processor);
        for (const std::string& gpu : provenance->gpus)
            add(tr("GPU"), gpu);
        add(tr("Driver"), provenance->driver);
        add(tr("Model commit"), shortHash(provenance->modelCommit));
        add(tr("Model's content"), shortHash(provenance->modelSha256));
        add(tr("Data's content"), shortHash(provenance->dataSha256));
        add(tr("Settings"), shortHash(provenance->runSha256));
    }
    madeWith_->setText(facts.isEmpty() ? tr("What it is made with is noted when it begins.") : factTable(facts));
}

} // namespace hilo
