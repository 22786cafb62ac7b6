// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/preferences_dialog.h"

#include "common/letter_width.h"
#include "common/theme.h"
#include "page.h"
#include "settings.h"
#include "window/application_setup.h"
#include "window/notice_preferences.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QThread>

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

} // namespace

PreferencesDialog::PreferencesDialog(QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("preferences"));
    setWindowTitle(tr("Preferences"));
    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->setSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addTheme(form);
    addFont(form);
    addLanguage(form);
    auto* projects = addFolder(form, tr("Projects"), tr("Where new projects are made"), settings::projectsFolder());
    projects->setObjectName(QStringLiteral("projectsFolder"));
    connect(projects, &QLineEdit::textChanged, this, &settings::setProjectsFolder);
    auto* models = addFolder(form, tr("Models"), tr("Where choosing a model starts"), settings::modelsFolder());
    models->setObjectName(QStringLiteral("modelsFolder"));
    connect(models, &QLineEdit::textChanged, this, &settings::setModelsFolder);
    addThreads(form);
    form->addRow(new NoticePreferences(this));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    form->addRow(buttons);
    resize(letterWidth(fontMetrics()) * 70, sizeHint().height());
}

void PreferencesDialog::addTheme(QFormLayout* form)
{
    auto* theme = named(new QComboBox(this), "theme", tr("Theme"), tr("Light, dark, or as the desktop is"));
    theme->addItem(tr("As the system"), QVariant::fromValue(Theme::Kind::System));
    theme->addItem(tr("Light"), QVariant::fromValue(Theme::Kind::Light));
    theme->addItem(tr("Dark"), QVariant::fromValue(Theme::Kind::Dark));
    theme->setCurrentIndex(theme->findData(QVariant::fromValue(Theme::instance().kind())));
    connect(theme, &QComboBox::currentIndexChanged, this, [theme] {
        const auto kind = theme->currentData().value<Theme::Kind>();
        settings::setTheme(kind);
        Theme::instance().setKind(kind);
    });
    form->addRow(tr("&Theme"), theme);
}

void PreferencesDialog::addFont(QFormLayout* form)
{
    auto* size =
        named(new QSpinBox(this), "fontSize", tr("Font size"), tr("Of all text, in points (Ctrl++ and Ctrl+-)"));
    size->setRange(6, 24);
    size->setSuffix(tr(" pt"));
    size->setValue(QApplication::font().pointSize());
    connect(size, &QSpinBox::valueChanged, this, [](int points) {
        settings::setFontSize(points);
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    });
    form->addRow(tr("&Font size"), size);
}

void PreferencesDialog::addLanguage(QFormLayout* form)
{
    auto* language =
        named(new QComboBox(this), "language", tr("Language"), tr("Of the interface, from the next start on"));
    language->addItem(tr("As the system"), QString());
    for (const QString& code : interfaceLanguages())
        language->addItem(QLocale(code).nativeLanguageName(), code);
    language->setCurrentIndex(std::max(0, language->findData(settings::language())));
    auto* later = makeQuietLabel(tr("The language changes with the next start of the program."), this);
    later->hide();
    connect(language, &QComboBox::currentIndexChanged, this, [language, later] {
        settings::setLanguage(language->currentData().toString());
        later->show();
    });
    form->addRow(tr("&Language"), language);
    form->addRow(later);
}

QLineEdit* PreferencesDialog::addFolder(QFormLayout* form, const QString& title, const QString& toolTip,
                                        const QString& folder)
{
    auto* edit = named(new QLineEdit(folder, this), "", title, toolTip);
    auto* browse = makeButton(tr("Choose…"), toolTip, this);
    browse->setAccessibleName(tr("Choose the folder: %1").arg(title));
    connect(browse, &QPushButton::clicked, this, [this, edit] {
        const QString chosen = QFileDialog::getExistingDirectory(this, {}, edit->text());
        if (!chosen.isEmpty())
            edit->setText(chosen);
    });
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(edit, 1);
    line->addWidget(browse);
    auto* label = new QLabel(title, this);
    label->setBuddy(edit);
    form->addRow(label, line);
    return edit;
}

void PreferencesDialog::addThreads(QFormLayout* form)
{
    auto* threads =
        named(new QSpinBox(this), "threads", tr("Threads"),
              tr("Processor threads of new runs and profiles; “measured” tries out what is fastest on this computer"));
    threads->setRange(0, std::max(1, QThread::idealThreadCount()));
    threads->setSpecialValueText(tr("measured"));
    threads->setValue(settings::threads());
    connect(threads, &QSpinBox::valueChanged, this, &settings::setThreads);
    form->addRow(tr("T&hreads"), threads);
}

} // namespace hilo
