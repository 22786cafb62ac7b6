// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/key_box.h"

#include <QCompleter>
#include <QLineEdit>

namespace hilo {

KeyBox::KeyBox(const QString& key, QWidget* parent) : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    for (const char* common : {"map.strategy.name", "map.name", "seed", "state", "map.experts", "map.total_rank",
                               "training.learning_rate", "training.router", "training.scaling",
                               "training.auxiliary_loss", "training.dropout", "data.template", "model.path"})
        addItem(QString::fromLatin1(common));
    setCurrentText(key);
    setMinimumContentsLength(static_cast<int>(key.size() * 4 / 5)); // counted in capital X
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    lineEdit()->setCursorPosition(0);
    connect(this, &QComboBox::currentIndexChanged, this, &KeyBox::keyChosen);
    // The beginning of a long key says more than its end.
    connect(this, &QComboBox::activated, lineEdit(), [edit = lineEdit()] { edit->setCursorPosition(0); });
    connect(lineEdit(), &QLineEdit::editingFinished, this, &KeyBox::keyChosen);
}

void KeyBox::setKeys(const std::vector<std::string>& keys)
{
    QStringList words;
    for (const std::string& key : keys)
        words << QString::fromStdString(key);
    auto* completer = new QCompleter(words, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    setCompleter(completer);
}

} // namespace hilo
