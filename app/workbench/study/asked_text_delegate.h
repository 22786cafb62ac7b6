// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStyledItemDelegate>

namespace hilo {

/// What the command line calls "mola:experts=2468;rank=8", in the interface's words: "MoLA, experts 2468, rank 8"; with
/// a label before it as "shallow: MoLA, …". A text that is none, or of an unknown strategy, stays as it is.
QString shownStrategy(const QString& text);
/// "cola:/data/glue/cola" as "cola (/data/glue/cola)"
QString shownTask(const QString& text);

/// Shows lines that are edited as the command line has them in other words.
class AskedTextDelegate final : public QStyledItemDelegate
{
  public:
    using Words = QString (*)(const QString& text);
    AskedTextDelegate(Words words, QObject* parent) : QStyledItemDelegate(parent), words_(words) {}
    QString displayText(const QVariant& value, const QLocale& locale) const override;

  private:
    Words words_;
};

} // namespace hilo
