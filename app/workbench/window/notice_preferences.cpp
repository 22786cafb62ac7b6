// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/notice_preferences.h"

#include "background.h"
#include "page.h"
#include "queue/notice_sender.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace hilo {
namespace {

template <class Widget>
Widget* named(Widget* widget, const char* name, const QString& title, const QString& toolTip)
{
    widget->setObjectName(QString::fromLatin1(name));
    widget->setAccessibleName(title);
    widget->setAccessibleDescription(toolTip);
    widget->setToolTip(toolTip);
    return widget;
}

NoticeTargets targetsOf(const NoticeSettings& notices)
{
    NoticeTargets targets;
    targets.command = notices.command.trimmed().toStdString();
    targets.address = notices.address.trimmed().toStdString();
    targets.plainText = notices.plainText;
    targets.desktop = notices.desktop;
    return targets;
}

} // namespace

NoticePreferences::NoticePreferences(QWidget* parent) : QGroupBox(tr("When a run ends or stands still"), parent)
{
    setObjectName(QStringLiteral("notices"));
    auto* form = new QFormLayout(this);
    form->setSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addDesktop(form);
    addCommand(form);
    addAddress(form);
    try_ = makeButton(tr("Try out"), tr("Tells everybody named here that this is a trial"), this);
    try_->setObjectName(QStringLiteral("tryNotice"));
    said_ = makeQuietLabel(tr("Queues and studies that are started from now on tell it."), this);
    said_->setObjectName(QStringLiteral("noticeSaid"));
    said_->setWordWrap(true);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(try_);
    line->addWidget(said_, 1);
    form->addRow(line);
    connect(try_, &QPushButton::clicked, this, &NoticePreferences::tryOut);
    connect(desktop_, &QCheckBox::toggled, this, &NoticePreferences::keep);
    connect(command_, &QLineEdit::textChanged, this, &NoticePreferences::keep);
    connect(address_, &QLineEdit::textChanged, this, &NoticePreferences::keep);
    connect(form_, &QComboBox::currentIndexChanged, this, &NoticePreferences::keep);
}

void NoticePreferences::addDesktop(QFormLayout* form)
{
    desktop_ = named(new QCheckBox(tr("Show a &notice of the desktop"), this), "noticeDesktop",
                     tr("Notice of the desktop"), tr("By notify-send (Debian: libnotify-bin)"));
    desktop_->setChecked(settings::notices().desktop);
    form->addRow(desktop_);
}

void NoticePreferences::addCommand(QFormLayout* form)
{
    command_ = named(new QLineEdit(settings::notices().command, this), "noticeCommand", tr("Command"),
                     tr("For the shell; it sees HILO_PROJECT, HILO_EVENT, HILO_RUN, HILO_STUDY and HILO_TEXT"));
    auto* label = new QLabel(tr("&Command"), this);
    label->setBuddy(command_);
    form->addRow(label, command_);
}

void NoticePreferences::addAddress(QFormLayout* form)
{
    address_ = named(new QLineEdit(settings::notices().address, this), "noticeAddress", tr("Address"),
                     tr("An http(s) address that is told by POST: a topic of ntfy, a webhook of Slack, …"));
    address_->setPlaceholderText(QStringLiteral("https://"));
    form_ = named(new QComboBox(this), "noticeForm", tr("Form of the POST"),
                  tr("JSON with “text”, as Slack takes it, or the sentence alone, as ntfy takes it"));
    form_->addItem(tr("JSON"), false);
    form_->addItem(tr("Text"), true);
    form_->setCurrentIndex(form_->findData(settings::notices().plainText));
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(address_, 1);
    line->addWidget(form_);
    auto* label = new QLabel(tr("&Address"), this);
    label->setBuddy(address_);
    form->addRow(label, line);
}

NoticeSettings NoticePreferences::entered() const
{
    return {desktop_->isChecked(), command_->text(), address_->text(), form_->currentData().toBool()};
}

void NoticePreferences::keep()
{
    NoticeSettings notices = entered();
    const bool isAddress = checkTargets(targetsOf(notices)).has_value();
    if (isAddress)
        say(tr("Queues and studies that are started from now on tell it."));
    else
        say(tr("An address begins with https:// or http://; this one is not kept."));
    if (!isAddress)
        notices.address = settings::notices().address;
    settings::setNotices(notices);
    try_->setEnabled(isAddress);
}

void NoticePreferences::tryOut()
{
    const NoticeTargets targets = targetsOf(entered());
    if (!targets.any())
        return say(tr("Nobody is named yet."));
    try_->setEnabled(false);
    say(tr("Telling …"));
    WorkNotice notice{WorkNotice::Kind::Finished, "trial", tr("This is a trial.").toStdString()};
    inBackground(
        this,
        [targets, notice] {
            std::string problems;
            // Its destructor waits until all is told.
            NoticeSender(targets, {}, [&problems](const std::string& one) { problems += one + "\n"; }).send(notice);
            return problems;
        },
        [this](const std::string& problems) {
            try_->setEnabled(true);
            say(problems.empty() ? tr("Told.") : QString::fromStdString(problems).trimmed());
        });
}

void NoticePreferences::say(const QString& text)
{
    said_->setText(text);
}

} // namespace hilo
