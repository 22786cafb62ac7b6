// SPDX-License-Identifier: GPL-3.0-or-later
// What core says of strategies, settings and signals, in the languages of the interface.
#include "allocation/signal_catalogue.h"
#include "allocation/strategy.h"
#include "allocation/strategy_panel.h"
#include "common/core_text.h"
#include "complexity/signal_help.h"
#include "data/prompt_template.h"
#include "export/export_format.h"
#include "formats/peculiarities.h"
#include "help/page_help.h"
#include "index/run_checks.h"
#include "metrics/metric.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

// Files in a static library are found once somebody asks for them by name, which works outside namespaces only.
static void loadTranslations()
{
    Q_INIT_RESOURCE(hilo_translations);
}

namespace hilo {
namespace {

/// A translator that is installed as long as it lives.
class Language
{
  public:
    explicit Language(const QString& language)
    {
        loads_ = translator_.load(QStringLiteral(":/translations/hilo_%1.qm").arg(language));
        QCoreApplication::installTranslator(&translator_);
    }
    ~Language() { QCoreApplication::removeTranslator(&translator_); }
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;
    bool loads() const { return loads_; }

  private:
    QTranslator translator_;
    bool loads_ = false;
};

/// All texts that the workbench takes from core and from resources/help, in English.
QStringList englishTexts()
{
    QStringList texts;
    const auto add = [&texts](const QString& text) {
        if (!text.isEmpty() && !texts.contains(text))
            texts << text;
    };
    for (const Strategy* strategy : strategies()) {
        add(QString::fromStdString(strategy->title));
        add(QString::fromStdString(strategy->description));
        for (const StrategySetting& setting : allSettings(*strategy))
            for (const QString& text : {QString::fromStdString(setting.meaning), settingLabel(setting.name)})
                add(text);
    }
    for (const Metric* metric : metrics())
        for (const std::string& text : {metric->label, metric->description})
            add(QString::fromStdString(text));
    for (const SignalHelp& help : allSignalHelp())
        for (const QString& text : {help.title, help.shortTitle, help.unit, help.text, help.definition, help.spectrum})
            add(text);
    for (const RunCheck& check : runChecks())
        for (const std::string& text : {check.title, check.detail, check.whatToDo})
            add(QString::fromStdString(text));
    for (const std::string& text : peculiarityTexts())
        add(QString::fromStdString(text));
    for (const ExportFormat& format : exportFormats())
        for (const std::string_view text : {format.title, format.description})
            add(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    for (const std::string& name : templateNames().value_or(std::vector<std::string>{}))
        if (const auto known = loadTemplate(name))
            add(QString::fromStdString(known->description));
    return texts;
}

/// Proper names and formulas: the same in every language.
bool isName(const QString& text)
{
    static const QStringList names{
        QStringLiteral("D-MoLE"),
        QStringLiteral("‖G‖"),
        QStringLiteral("AdaMoE"),
        QStringLiteral("Alpha"),
        QStringLiteral("Beta"),
        QStringLiteral("Rho"),
        QStringLiteral("Phi"),
        QStringLiteral("AlphaLoRA"),
        QStringLiteral("GuiLoMo"),
        QStringLiteral("LayerIF"),
        QStringLiteral("LoRA"),
        QStringLiteral("LoRA-SMoE"),
        QStringLiteral("MoLA"),
        QStringLiteral("TwoNN"),
        QStringLiteral("CKA"),
        QStringLiteral("Fisher"),
        QStringLiteral("Hill N/2"),
        QStringLiteral("EVA 90 %"),
        QStringLiteral("HILO"),
        QStringLiteral("PEFT LoRA"),
        QStringLiteral("MoLA, AlphaLoRA"),
        QStringLiteral("MoE-PEFT"),
        QStringLiteral("GGUF LoRA"),
        QStringLiteral("|W\u00b7G|"),
        QStringLiteral("PL \u03b1"),
        QStringLiteral("PL \u03b1 (Hill)"),
    };
    return names.contains(text);
}

/// Papers, repositories, names of settings and signals, what a person types: to be found in every language.
QStringList fixedParts(const QString& text)
{
    static const QRegularExpression part(QStringLiteral(
        "\\d{4}\\.\\d{5}|\\w+/[\\w-]+[A-Za-z]{3}|[A-Za-z]+_[A-Za-z_]+|hilo search|same:MAP\\.json|600MiB|"
        "[a-z]+_i = [^,.;]+|floor\\([^)]*\\)|\\b2468\\b|\\(C \\+ e I\\)\\^\\(-1/2\\)"));
    QStringList parts;
    for (auto found = part.globalMatch(text); found.hasNext();)
        parts << found.next().captured().trimmed();
    return parts;
}

} // namespace

class TestCoreText : public QObject
{
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase();
    void everyTextIsTranslated_data() { languages(); }
    void everyTextIsTranslated();
    void nothingIsLeftOver_data() { languages(); }
    void nothingIsLeftOver();
    void buttonsOfQtAreTranslated_data() { languages(); }
    void buttonsOfQtAreTranslated();
    void signalsHaveHelp();
    void signalsFollowTheLanguage();
    void rangesAreTranslated();
    void panelAndHelpSpeakTheLanguage_data() { languages(); }
    void panelAndHelpSpeakTheLanguage();

  private:
    static void languages();
};

void TestCoreText::initTestCase()
{
    loadTranslations();
}

void TestCoreText::languages()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("German") << QStringLiteral("de");
    QTest::newRow("Chinese") << QStringLiteral("zh");
}

void TestCoreText::everyTextIsTranslated()
{
    QFETCH(QString, language);
    const QStringList texts = englishTexts();
    QVERIFY(texts.size() > 200);
    const Language installed(language);
    QVERIFY(installed.loads());
    QStringList wrong;
    for (const QString& text : texts) {
        const QString translated = coreText(text.toStdString());
        if (translated.isEmpty() || (translated == text) != isName(text))
            wrong << text;
        for (const QString& part : fixedParts(text))
            if (!translated.contains(part))
                wrong << part + QStringLiteral(" in ") + text;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TestCoreText::buttonsOfQtAreTranslated()
{
    QFETCH(QString, language);
    const auto all = QDialogButtonBox::Ok | QDialogButtonBox::Save | QDialogButtonBox::SaveAll |
                     QDialogButtonBox::Open | QDialogButtonBox::Yes | QDialogButtonBox::YesToAll |
                     QDialogButtonBox::No | QDialogButtonBox::NoToAll | QDialogButtonBox::Abort |
                     QDialogButtonBox::Retry | QDialogButtonBox::Ignore | QDialogButtonBox::Close |
                     QDialogButtonBox::Cancel | QDialogButtonBox::Discard | QDialogButtonBox::Help |
                     QDialogButtonBox::Apply | QDialogButtonBox::Reset | QDialogButtonBox::RestoreDefaults;
    const QDialogButtonBox english(all);
    const Language installed(language);
    const QDialogButtonBox translated(all);
    QCOMPARE(english.buttons().size(), 18);
    for (const QAbstractButton* button : english.buttons()) {
        const QString text = translated.button(english.standardButton(const_cast<QAbstractButton*>(button)))->text();
        QVERIFY2(text != button->text() || text == QLatin1String("OK"), qPrintable(text));
    }
}

/// A text that was changed in core leaves its old translation behind.
void TestCoreText::nothingIsLeftOver()
{
    QFETCH(QString, language);
    QFile file(QStringLiteral(HILO_SOURCE_DIR "/resources/translations/core_%1.ts").arg(language));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QStringList sources;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        // What Qt writes on buttons has a context of its own.
        if (xml.name() == QLatin1String("name") && xml.readElementText() != QLatin1String("CoreTexts"))
            break;
        if (xml.name() == QLatin1String("source"))
            sources << xml.readElementText();
        else if (xml.name() == QLatin1String("translation"))
            QVERIFY2(!xml.attributes().hasAttribute(QLatin1String("type")), qPrintable(sources.last()));
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    const QStringList texts = englishTexts();
    for (const QString& source : sources)
        QVERIFY2(texts.contains(source), qPrintable(source));
    QCOMPARE(sources.size(), texts.size());
}

/// A signal without an entry in resources/help would show its bare name, in every language.
void TestCoreText::signalsHaveHelp()
{
    const std::vector<SignalHelp> all = allSignalHelp();
    QCOMPARE(all.size(), signalCatalogue().size());
    for (std::size_t i = 0; i < all.size(); ++i)
        QCOMPARE(all[i].name, QString::fromStdString(signalCatalogue()[i].name));
}

void TestCoreText::signalsFollowTheLanguage()
{
    QCOMPARE(signalHelp("stable_rank").title, QStringLiteral("Stable rank"));
    {
        const Language german(QStringLiteral("de"));
        QCOMPARE(signalHelp("stable_rank").title, QStringLiteral("Stabiler Rang"));
        QCOMPARE(signalHelp("stable_rank").unit, QStringLiteral("Richtungen"));
        const QString text = signalParagraph(signalHelp("explained_variance"));
        QVERIFY2(text.contains(QStringLiteral("Spektrum: Anteil an der Varianz")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("huggingface/peft")));
    }
    {
        const Language chinese(QStringLiteral("zh"));
        QCOMPARE(signalHelp("stable_rank").title, QStringLiteral("\u7a33\u5b9a\u79e9"));
    }
    QCOMPARE(signalHelp("stable_rank").title, QStringLiteral("Stable rank"));
    QVERIFY(signalParagraph(signalHelp("stable_rank")).contains(QLatin1String("Spectrum: squared singular values")));
    QVERIFY(!signalParagraph(signalHelp("spectral_norm")).contains(QLatin1String("Spectrum")));
}

void TestCoreText::rangesAreTranslated()
{
    const StrategySetting number = numberSetting("n", "1", 0.01, 16, "m");
    const StrategySetting choice = choiceSetting("c", {"group", "layer"}, "m");
    for (const StrategySetting& setting :
         {number, choice, integerSetting("i", 1, 1, 65536, "m"), textSetting("t", "", "m")}) {
        const QString english = QString::fromStdString(rangeText(setting));
        QCOMPARE(settingRangeText(setting), english);
        for (const char* language : {"de", "zh"}) {
            const Language installed(QString::fromLatin1(language));
            QVERIFY(settingRangeText(setting) != english);
        }
    }
    const Language german(QStringLiteral("de"));
    QCOMPARE(settingRangeText(number), QStringLiteral("Zahl von 0.01 bis 16"));
    QCOMPARE(settingRangeText(choice), QStringLiteral("eines von group, layer"));
}

void TestCoreText::panelAndHelpSpeakTheLanguage()
{
    QFETCH(QString, language);
    const Strategy* hilo = *findStrategy("hilo");
    const Language installed(language);
    const QString description = coreText(hilo->description);
    QVERIFY(description != QString::fromStdString(hilo->description));
    const StrategyPanel panel;
    const auto* editor = panel.findChild<QWidget*>(QStringLiteral("granularity"));
    QVERIFY(editor);
    const StrategySetting* granularity = nullptr;
    for (const StrategySetting& setting : hilo->settings)
        if (setting.name == "granularity")
            granularity = &setting;
    QVERIFY(granularity);
    QVERIFY(editor->toolTip().startsWith(coreText(granularity->meaning)));
    QVERIFY(editor->toolTip().contains(settingRangeText(*granularity)));
    // The panel shows the first sentence, whatever ends one in the language, and all of it when pointed at.
    const QLabel* shown = nullptr;
    for (const QLabel* label : panel.findChildren<QLabel*>())
        if (label->toolTip() == description)
            shown = label;
    QVERIFY(shown);
    QVERIFY(description.startsWith(shown->text()) && shown->text().size() < description.size());
    QVERIFY(shown->text().endsWith(QLatin1Char('.')) || shown->text().endsWith(QChar(0x3002)));
    QVERIFY(strategyReference().contains(description.toHtmlEscaped()));
    QVERIFY(signalReference().contains(signalHelp("trained_update").text.toHtmlEscaped()));
}

} // namespace hilo

QTEST_MAIN(hilo::TestCoreText)
#include "test_core_text.moc"
