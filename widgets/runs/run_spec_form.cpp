// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_spec_form.h"

#include "common/data_file_filter.h"
#include "run/reallocation_spec.h"
#include "run/run_settings.h"
#include "run/run_spec.h"
#include "runs/task_list_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

namespace hilo {
namespace {

/// Settings of "training" that are objects, and the key by which the form knows them; the rest of them is kept.
const std::map<std::string, std::string> namedObjects = {{"objective", "name"}, {"reallocation", "method"}};

QString headingOf(const QString& group)
{
    return group == QLatin1String("training") ? RunSpecForm::tr("Training") : RunSpecForm::tr("Evaluation");
}

/// A number of the user's locale or of C; the text itself when it is none.
Json numberOrText(const QString& text, bool whole)
{
    bool good = false;
    if (whole) {
        const qlonglong value = QString(text).remove(QLatin1Char(' ')).toLongLong(&good);
        if (good)
            return value;
    }
    const double value = text.toDouble(&good);
    if (good && !whole)
        return value;
    return text.toStdString();
}

} // namespace

std::optional<Json> columnsFromText(const QString& text)
{
    Json columns = Json::object();
    for (const QString& pair : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString field = pair.section(QLatin1Char('='), 0, 0).trimmed();
        const QString column = pair.section(QLatin1Char('='), 1).trimmed();
        if (field.isEmpty() || column.isEmpty())
            return {};
        columns[field.toStdString()] = column.toStdString();
    }
    return columns;
}

QString textOfColumns(const Json& columns)
{
    QStringList pairs;
    if (columns.is_object())
        for (const auto& [field, column] : columns.items())
            if (column.is_string())
                pairs << QString::fromStdString(field + " = " + column.get<std::string>());
    return pairs.join(QStringLiteral(", "));
}

std::optional<Json> splitFromText(const QString& text)
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.size() % 2 != 0)
        return {};
    Json split = Json::object();
    const bool seeded = words.contains(QStringLiteral("seed"));
    for (qsizetype i = 0; i + 1 < words.size(); i += 2)
        split[words[i].toStdString()] =
            seeded ? numberOrText(words[i + 1], words[i] == QLatin1String("seed")) : Json(words[i + 1].toStdString());
    return split;
}

QString textOfSplit(const Json& split)
{
    QStringList words;
    if (split.is_string())
        words << QString::fromStdString(split.get<std::string>());
    if (split.is_object())
        for (const auto& [name, value] : split.items())
            words << QString::fromStdString(name)
                  << (value.is_string() ? QString::fromStdString(value.get<std::string>())
                                        : QString::fromStdString(shownNumber(value.get<double>())));
    return words.join(QLatin1Char(' '));
}

RunSpecForm::RunSpecForm(QWidget* parent) : RunSpecForm(runSpecFields(), parent) {}

RunSpecForm::RunSpecForm(const std::vector<RunSpecField>& fields, QWidget* parent)
    : QWidget(parent), tasks_(new TaskListPanel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    advanced_ = new QCheckBox(tr("Show all settings"), this);
    advanced_->setToolTip(tr("Also the settings that rarely need a change; their defaults are sound"));
    connect(advanced_, &QCheckBox::toggled, this, &RunSpecForm::setAdvancedShown);
    layout->addWidget(advanced_);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus); // what is inside takes the keyboard, and is scrolled to
    auto* inside = new QWidget(area);
    // No form layout: Qt 6.4's writes beyond its rows when some are hidden and others wrap their text.
    auto* grid = new QGridLayout(inside);
    grid->setContentsMargins(0, 0, 12, 0);
    grid->setColumnStretch(1, 1);
    int row = 0;
    QString group;
    for (const RunSpecField& field : fields) {
        if (field.group != group) {
            group = field.group;
            QWidget* heading = tasks_;
            if (group != QLatin1String("data")) {
                heading = new QLabel(headingOf(group), inside);
                heading->setObjectName(QStringLiteral("heading"));
                headings_[group] = heading;
            }
            grid->addWidget(heading, row++, 0, 1, 2);
        }
        entries_.push_back(makeEntry(field));
        grid->addWidget(entries_.back().label, row, 0);
        grid->addWidget(entries_.back().row, row++, 1);
    }
    grid->setRowStretch(row, 1);
    grid->setColumnMinimumWidth(0, captionWidth());
    area->setWidget(inside);
    layout->addWidget(area, 1);
    connect(tasks_, &TaskListPanel::chosen, this, &RunSpecForm::showTask);
    connect(tasks_, &TaskListPanel::changed, this, [this] {
        // The new one is first of all a path.
        if (QWidget* path = editor(QStringLiteral("data"), QStringLiteral("path")))
            path->setFocus();
        Q_EMIT edited();
    });
    setDocument(Json::object());
    setAdvancedShown(false);
}

int RunSpecForm::captionWidth() const
{
    int width = 0;
    for (const Entry& entry : entries_)
        width = std::max(width, entry.label->sizeHint().width());
    return width;
}

RunSpecForm::Entry RunSpecForm::makeEntry(const RunSpecField& field)
{
    Entry entry;
    entry.field = field;
    entry.row = new QWidget(this);
    entry.editor = makeEditor(field);
    entry.editor->setObjectName(field.group + QLatin1Char('.') + field.key);
    entry.editor->setAccessibleName(field.title);
    entry.editor->setAccessibleDescription(field.help);
    entry.editor->setToolTip(field.help);
    entry.label = new QLabel(field.title, this);
    entry.label->setToolTip(field.help);
    entry.label->setBuddy(entry.editor);
    entry.problem = new QLabel(entry.row);
    entry.problem->setObjectName(QStringLiteral("failed"));
    entry.problem->setWordWrap(true);
    entry.problem->hide();
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(entry.editor, 1);
    addBrowseButtons(entry, *line);
    auto* rows = new QVBoxLayout(entry.row);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    rows->addLayout(line);
    rows->addWidget(entry.problem);
    return entry;
}

void RunSpecForm::addBrowseButtons(const Entry& entry, QHBoxLayout& line)
{
    auto* edit = qobject_cast<QLineEdit*>(entry.editor);
    const QString title = entry.field.title;
    const auto add = [&](const QString& text, const QString& about, auto choose) {
        auto* button = new QPushButton(text, entry.row);
        button->setAutoDefault(false);
        button->setAccessibleName(tr("%1: %2").arg(title, about));
        button->setToolTip(about);
        connect(button, &QPushButton::clicked, this, [edit, choose] {
            if (const QString chosen = choose(edit->text()); !chosen.isEmpty())
                edit->setText(chosen);
        });
        line.addWidget(button);
    };
    if (entry.field.kind == FieldKind::Folder || entry.field.kind == FieldKind::Data)
        add(tr("Folder…"), tr("Choose a folder"),
            [this, title](const QString& from) { return QFileDialog::getExistingDirectory(this, title, from); });
    if (entry.field.kind == FieldKind::Data)
        add(tr("File…"), tr("Choose a file"), [this, title](const QString& from) {
            return QFileDialog::getOpenFileName(this, title, from, dataFileFilter());
        });
}

QWidget* RunSpecForm::makeEditor(const RunSpecField& field)
{
    const auto tell = [this, isOfTask = field.group == QLatin1String("data")] {
        if (filling_)
            return;
        if (isOfTask)
            keepTask();
        Q_EMIT edited();
    };
    if (field.kind == FieldKind::Flag) {
        auto* box = new QCheckBox(this);
        connect(box, &QCheckBox::toggled, this, tell);
        return box;
    }
    if (field.kind == FieldKind::Choice) {
        auto* box = new QComboBox(this);
        for (const QString& word : field.choices)
            box->addItem(word.isEmpty() ? tr("as the run says") : word, word);
        connect(box, &QComboBox::currentIndexChanged, this, tell);
        return box;
    }
    if (field.kind == FieldKind::Offer) {
        auto* box = new QComboBox(this);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->lineEdit()->setAccessibleName(field.title);
        box->lineEdit()->setToolTip(field.help);
        connect(box, &QComboBox::currentTextChanged, this, tell);
        return box;
    }
    auto* edit = new QLineEdit(this);
    connect(edit, &QLineEdit::textChanged, this, tell);
    return edit;
}

void RunSpecForm::setTemplates(const QStringList& names)
{
    auto* box = qobject_cast<QComboBox*>(editor(QStringLiteral("data"), QStringLiteral("template")));
    if (!box)
        return;
    const bool before = std::exchange(filling_, true);
    const QString text = box->currentText();
    box->clear();
    box->addItem(QString::fromUtf8(automaticTemplate));
    box->addItems(names);
    box->setCurrentText(text);
    filling_ = before;
}

void RunSpecForm::setValue(const Entry& entry, const Json& value)
{
    if (auto* flag = qobject_cast<QCheckBox*>(entry.editor)) {
        flag->setChecked(value.is_boolean() && value.get<bool>());
    } else if (auto* choice = qobject_cast<QComboBox*>(entry.editor)) {
        // An object with its settings goes by its name.
        const auto name = namedObjects.find(entry.field.key.toStdString());
        const bool isNamed = value.is_object() && name != namedObjects.end();
        const Json word = isNamed ? value.value(name->second, Json()) : value;
        const QString text = word.is_string() ? QString::fromStdString(word.get<std::string>()) : QString();
        if (entry.field.kind == FieldKind::Offer)
            choice->setCurrentText(text.isEmpty() ? QString::fromUtf8(automaticTemplate) : text);
        else
            choice->setCurrentIndex(std::max(0, choice->findData(text)));
    } else if (auto* edit = qobject_cast<QLineEdit*>(entry.editor)) {
        QString text;
        if (entry.field.kind == FieldKind::Columns)
            text = textOfColumns(value);
        else if (entry.field.kind == FieldKind::Split)
            text = textOfSplit(value);
        else if (value.is_string())
            text = QString::fromStdString(value.get<std::string>());
        else if (value.is_number_integer())
            text = QString::number(value.get<std::int64_t>());
        else if (value.is_number())
            text = QString::fromStdString(shownNumber(value.get<double>()));
        edit->setText(text);
        edit->setCursorPosition(0);
    }
}

void RunSpecForm::setDocument(const Json& document)
{
    const Json defaults = toJson(RunSpec{});
    const auto training = document.find("training");
    kept_.clear();
    if (training != document.end() && training->is_object())
        for (const auto& [key, name] : namedObjects)
            kept_[key] = training->value(key, Json());
    filling_ = true;
    for (const Entry& entry : entries_) {
        if (entry.field.group == QLatin1String("data"))
            continue;
        const std::string group = entry.field.group.toStdString(), key = entry.field.key.toStdString();
        const auto given = document.find(group);
        if (given != document.end() && given->is_object() && given->contains(key))
            setValue(entry, (*given)[key]);
        else
            setValue(entry, defaults[group].value(key, Json()));
    }
    filling_ = false;
    const auto tasks = document.find("data");
    tasks_->setTasks(tasks == document.end() ? Json() : *tasks);
}

/// Fills the fields of the group data with the chosen task's.
void RunSpecForm::showTask()
{
    const Json& task = tasks_->model().task(tasks_->current());
    filling_ = true;
    for (const Entry& entry : entries_) {
        if (entry.field.group != QLatin1String("data"))
            continue;
        Json value = task.value(entry.field.key.toStdString(), Json());
        // What stands for the usual is left empty.
        const bool isUsual = (entry.field.key == QLatin1String("limit") && value == Json(0)) ||
                             (entry.field.key == QLatin1String("weight") && value.is_number() && value == Json(1.0));
        if (value.is_null() && entry.field.kind == FieldKind::Split)
            value = "auto";
        setValue(entry, isUsual ? Json() : value);
        entry.problem->hide();
    }
    filling_ = false;
    showFields();
}

/// The chosen task as the fields have it; keys without a field stay.
void RunSpecForm::keepTask()
{
    Json task = tasks_->model().task(tasks_->current());
    for (const Entry& entry : entries_) {
        if (entry.field.group != QLatin1String("data"))
            continue;
        const std::string key = entry.field.key.toStdString();
        Json value = valueOf(entry);
        const bool isEmpty = value.is_null() || (value.is_string() && value.get<std::string>().empty());
        // A list of tasks has these written out.
        if (isEmpty && task.contains(key) && (key == "weight" || key == "limit"))
            task[key] = key == "weight" ? 1 : 0;
        else if (isEmpty)
            task.erase(key);
        else
            task[key] = std::move(value);
    }
    tasks_->model().setTask(tasks_->current(), std::move(task));
}

Json RunSpecForm::valueOf(const Entry& entry) const
{
    if (const auto* flag = qobject_cast<const QCheckBox*>(entry.editor))
        return flag->isChecked();
    if (const auto* choice = qobject_cast<const QComboBox*>(entry.editor)) {
        if (entry.field.kind == FieldKind::Offer)
            return choice->currentText().trimmed().toStdString();
        const std::string word = choice->currentData().toString().toStdString();
        const std::string key = entry.field.key.toStdString();
        const auto name = namedObjects.find(key);
        if (name == namedObjects.end())
            return word;
        const auto kept = kept_.find(key);
        if (kept != kept_.end() && kept->second.is_object() && kept->second.value(name->second, std::string()) == word)
            return kept->second;
        if (key == "objective")
            return word;
        Json chosen = toJson(ReallocationSpec{});
        chosen[name->second] = word;
        return chosen;
    }
    const QString text = qobject_cast<const QLineEdit*>(entry.editor)->text().trimmed();
    switch (entry.field.kind) {
    case FieldKind::Whole:
        return numberOrText(text, true);
    case FieldKind::Number:
        return numberOrText(text, false);
    case FieldKind::Columns:
        return columnsFromText(text).value_or(Json(text.toStdString()));
    case FieldKind::Split:
        return text.isEmpty() ? Json() : splitFromText(text).value_or(Json(text.toStdString()));
    default:
        return text.toStdString();
    }
}

Json RunSpecForm::document() const
{
    Json document = {{"data", tasks_->model().tasks()}, {"training", Json::object()}, {"evaluation", Json::object()}};
    for (const Entry& entry : entries_)
        if (entry.field.group != QLatin1String("data"))
            if (Json value = valueOf(entry); !value.is_null())
                document[entry.field.group.toStdString()][entry.field.key.toStdString()] = std::move(value);
    // What a document of defaults has as an empty text is "by the columns".
    const auto complete = [](Json& task) {
        if (task.contains("template") && task["template"] == "")
            task.erase("template");
    };
    if (document["data"].is_object())
        complete(document["data"]);
    else
        for (Json& task : document["data"])
            complete(task);
    return document;
}

QWidget* RunSpecForm::editor(const QString& group, const QString& key) const
{
    for (const Entry& entry : entries_)
        if (entry.field.group == group && entry.field.key == key)
            return entry.editor;
    return nullptr;
}

void RunSpecForm::showError(const QString& place, const QString& message)
{
    // "data[1].path" is the path of the second task.
    static const QRegularExpression ofTask(QStringLiteral("^data\\[(\\d+)\\](.*)$"));
    QString own = place;
    if (const auto match = ofTask.match(place); match.hasMatch()) {
        tasks_->choose(match.captured(1).toInt());
        own = QStringLiteral("data") + match.captured(2);
    }
    for (const Entry& entry : entries_) {
        const QString name = entry.field.group + QLatin1Char('.') + entry.field.key;
        const bool wrong = own == name || own.startsWith(name + QLatin1Char('.'));
        entry.problem->setVisible(wrong);
        entry.problem->setText(wrong ? QStringLiteral("✗ ") + message : QString());
        if (!wrong)
            continue;
        if (entry.row->isHidden())
            advanced_->setChecked(true);
        entry.editor->setFocus();
        if (auto* area = findChild<QScrollArea*>())
            area->ensureWidgetVisible(entry.row);
    }
}

void RunSpecForm::setAdvancedShown(bool shown)
{
    advanced_->setChecked(shown);
    showFields();
}

void RunSpecForm::showFields()
{
    std::map<QString, bool> any;
    for (const Entry& entry : entries_) {
        const bool isShown =
            advanced_->isChecked() || !entry.field.advanced || (entry.field.ofTasks && tasks_->hasSeveral());
        entry.row->setVisible(isShown);
        entry.label->setVisible(isShown);
        any[entry.field.group] = any[entry.field.group] || isShown;
    }
    for (const auto& [group, heading] : headings_)
        heading->setVisible(any[group]);
}

} // namespace hilo
