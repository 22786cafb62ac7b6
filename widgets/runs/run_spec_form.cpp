// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_spec_form.h"

#include "run/run_settings.h"
#include "run/run_spec.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace hilo {
namespace {

QString headingOf(const QString& group)
{
    return group == QLatin1String("data")       ? RunSpecForm::tr("Data")
           : group == QLatin1String("training") ? RunSpecForm::tr("Training")
                                                : RunSpecForm::tr("Evaluation");
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

RunSpecForm::RunSpecForm(QWidget* parent) : QWidget(parent)
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
    for (const RunSpecField& field : runSpecFields()) {
        if (field.group != group) {
            group = field.group;
            auto* heading = new QLabel(headingOf(group), inside);
            heading->setObjectName(QStringLiteral("heading"));
            grid->addWidget(heading, row++, 0, 1, 2);
            if (group == QLatin1String("data")) {
                tasksNote_ = new QLabel(inside);
                tasksNote_->setObjectName(QStringLiteral("tasksNote"));
                tasksNote_->setWordWrap(true);
                grid->addWidget(tasksNote_, row++, 0, 1, 2);
            }
        }
        entries_.push_back(makeEntry(field));
        grid->addWidget(entries_.back().label, row, 0);
        grid->addWidget(entries_.back().row, row++, 1);
    }
    grid->setRowStretch(row, 1);
    area->setWidget(inside);
    layout->addWidget(area, 1);
    setDocument(Json::object());
    setAdvancedShown(false);
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
    line->addWidget(entry.editor, 1);
    if (field.kind == FieldKind::Path) {
        auto* browse = new QPushButton(tr("Choose…"), entry.row);
        browse->setAccessibleName(tr("Choose: %1").arg(field.title));
        browse->setToolTip(tr("Choose a folder"));
        auto* edit = qobject_cast<QLineEdit*>(entry.editor);
        connect(browse, &QPushButton::clicked, this, [this, edit, title = field.title] {
            const QString chosen = QFileDialog::getExistingDirectory(this, title, edit->text());
            if (!chosen.isEmpty())
                edit->setText(chosen);
        });
        line->addWidget(browse);
    }
    auto* rows = new QVBoxLayout(entry.row);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    rows->addLayout(line);
    rows->addWidget(entry.problem);
    return entry;
}

QWidget* RunSpecForm::makeEditor(const RunSpecField& field)
{
    if (field.kind == FieldKind::Flag) {
        auto* box = new QCheckBox(this);
        connect(box, &QCheckBox::toggled, this, &RunSpecForm::edited);
        return box;
    }
    if (field.kind == FieldKind::Choice) {
        auto* box = new QComboBox(this);
        box->addItems(field.choices);
        connect(box, &QComboBox::currentIndexChanged, this, &RunSpecForm::edited);
        return box;
    }
    auto* edit = new QLineEdit(this);
    connect(edit, &QLineEdit::textChanged, this, &RunSpecForm::edited);
    return edit;
}

void RunSpecForm::setTemplates(const QStringList& names)
{
    if (auto* edit = qobject_cast<QLineEdit*>(editor(QStringLiteral("data"), QStringLiteral("template")))) {
        auto* completer = new QCompleter(names, edit);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        edit->setCompleter(completer);
        edit->setPlaceholderText(names.mid(0, 4).join(QStringLiteral(", ")) + QStringLiteral(", …"));
    }
}

void RunSpecForm::setValue(const Entry& entry, const Json& value)
{
    if (auto* flag = qobject_cast<QCheckBox*>(entry.editor)) {
        flag->setChecked(value.is_boolean() && value.get<bool>());
    } else if (auto* choice = qobject_cast<QComboBox*>(entry.editor)) {
        // An objective with its settings goes by its name.
        const Json& word = value.is_object() ? value.value("name", Json()) : value;
        const QString text = word.is_string() ? QString::fromStdString(word.get<std::string>()) : QString();
        choice->setCurrentIndex(std::max(0, choice->findText(text)));
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
    Json defaults = toJson(RunSpec{});
    defaults["data"]["split"] = "auto";
    Json shown = document;
    otherTasks_ = Json::array();
    keptData_ = Json::object();
    if (const auto tasks = shown.find("data"); tasks != shown.end() && tasks->is_array()) {
        for (std::size_t i = 1; i < tasks->size(); ++i)
            otherTasks_.push_back((*tasks)[i]);
        *tasks = tasks->empty() ? Json::object() : Json((*tasks)[0]);
    }
    if (const auto tasks = shown.find("data"); tasks != shown.end() && tasks->is_object())
        keptData_ = *tasks;
    const auto training = shown.find("training");
    keptObjective_ = training != shown.end() && training->is_object() ? training->value("objective", Json()) : Json();
    for (const Entry& entry : entries_) {
        const std::string group = entry.field.group.toStdString(), key = entry.field.key.toStdString();
        const auto given = shown.find(group);
        if (given != shown.end() && given->is_object() && given->contains(key))
            setValue(entry, (*given)[key]);
        else
            setValue(entry, defaults[group].value(key, Json()));
        if (group == "data")
            keptData_.erase(key);
    }
    QStringList others;
    for (const Json& task : otherTasks_)
        others << QString::fromStdString(task.is_object() ? task.value("task", std::string("?")) : std::string("?"));
    tasksNote_->setVisible(!others.isEmpty());
    tasksNote_->setText(tr("This is the first task of the run. Its other tasks stay as they are: %1")
                            .arg(others.join(QStringLiteral(", "))));
}

Json RunSpecForm::valueOf(const Entry& entry) const
{
    if (const auto* flag = qobject_cast<const QCheckBox*>(entry.editor))
        return flag->isChecked();
    if (const auto* choice = qobject_cast<const QComboBox*>(entry.editor)) {
        const std::string word = choice->currentText().toStdString();
        const bool isKept = entry.field.key == QLatin1String("objective") && keptObjective_.is_object() &&
                            keptObjective_.value("name", std::string()) == word;
        return isKept ? keptObjective_ : Json(word);
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
    Json document = {{"data", Json::object()}, {"training", Json::object()}, {"evaluation", Json::object()}};
    for (const Entry& entry : entries_)
        if (Json value = valueOf(entry); !value.is_null())
            document[entry.field.group.toStdString()][entry.field.key.toStdString()] = std::move(value);
    document["data"].update(keptData_);
    if (otherTasks_.empty())
        return document;
    Json tasks = Json::array({std::move(document["data"])});
    for (const Json& task : otherTasks_)
        tasks.push_back(task);
    document["data"] = std::move(tasks);
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
    for (const Entry& entry : entries_) {
        const QString name = entry.field.group + QLatin1Char('.') + entry.field.key;
        const bool wrong = place == name || place.startsWith(name + QLatin1Char('.'));
        entry.problem->setVisible(wrong);
        entry.problem->setText(wrong ? QStringLiteral("✗ ") + message : QString());
        if (!wrong)
            continue;
        if (entry.field.advanced)
            advanced_->setChecked(true);
        entry.editor->setFocus();
        if (auto* area = findChild<QScrollArea*>())
            area->ensureWidgetVisible(entry.row);
    }
}

void RunSpecForm::setAdvancedShown(bool shown)
{
    advanced_->setChecked(shown);
    for (const Entry& entry : entries_) {
        entry.row->setVisible(shown || !entry.field.advanced);
        entry.label->setVisible(shown || !entry.field.advanced);
    }
}

} // namespace hilo
