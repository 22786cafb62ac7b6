// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/filter_completer.h"

#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QStringListModel>

namespace hilo {
namespace {

const QStringList ownWords{QStringLiteral("and"), QStringLiteral("or"), QStringLiteral("not"), QStringLiteral("in (")};

/// Where the last word of a filter begins.
qsizetype beginOfWord(const QString& text)
{
    static const QRegularExpression between(QStringLiteral("[\\s()=!<>~,]"));
    return text.lastIndexOf(between) + 1;
}

} // namespace

FilterCompleter::FilterCompleter(QLineEdit& line)
    : QCompleter(&line), line_(line), words_(new QStringListModel(ownWords, this))
{
    setModel(words_);
    setCaseSensitivity(Qt::CaseInsensitive);
    setFilterMode(Qt::MatchContains);
    setMaxVisibleItems(12);
    line.setCompleter(this);
}

void FilterCompleter::setKeys(const std::vector<std::string>& keys)
{
    QStringList words = ownWords;
    for (const std::string& key : keys)
        words << QString::fromStdString(key);
    if (words != words_->stringList())
        words_->setStringList(words);
}

QStringList FilterCompleter::splitPath(const QString& path) const
{
    const QString word = path.mid(beginOfWord(path));
    // Nothing is offered before there is something to go by.
    return {word.isEmpty() ? QString(QChar(1)) : word};
}

QString FilterCompleter::pathFromIndex(const QModelIndex& index) const
{
    const QString text = line_.text();
    return text.left(beginOfWord(text)) + index.data().toString();
}

void FilterCompleter::fillExamples(QMenu& menu) const
{
    const auto add = [&](const QString& about, const char* filter) {
        menu.addAction(QString::fromLatin1(filter) + QLatin1Char('\t') + about, &line_, [this, filter] {
            const QString before = line_.text().trimmed();
            line_.setText((before.isEmpty() ? QString() : before + QStringLiteral(" and ")) +
                          QString::fromLatin1(filter));
            line_.setFocus();
        });
    };
    add(tr("a number of the result"), "accuracy > 0.8");
    add(tr("a setting, by the end of its name"), "learning_rate <= 3e-4");
    add(tr("a word"), "map.strategy.name = hilo");
    add(tr("one of several"), "map.strategy.name in (hilo, mola)");
    add(tr("a part of a text"), "run_name ~ deep");
    add(tr("the result of one task"), "loss@cola < 1.5");
    add(tr("your tags"), "tags ~ paper");
    add(tr("your stars"), "starred");
    add(tr("the opposite"), "not state = failed");
}

} // namespace hilo
