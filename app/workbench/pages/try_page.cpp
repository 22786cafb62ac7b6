// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/try_page.h"

#include "background.h"
#include "common/elided_label.h"
#include "data/chat_prompt.h"
#include "data/data_report.h"
#include "data/template_choice.h"
#include "formats/module_grid.h"
#include "help/page_help.h"
#include "page_wishes.h"
#include "playground/token_view.h"
#include "playground/try_column.h"
#include "project/project_data.h"
#include "project_session.h"
#include "runs/run_service.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

namespace hilo {
namespace {

constexpr int promptLines = 3;
constexpr int systemLines = 2;

/// What a row of the data asks.
struct Question
{
    std::string system; ///< of a conversation
    std::string text;
};

/// The number-th usable row of the test split (or whichever comes last), counted around. asTurn: as a person would say
/// it, without what a template writes around it, where the row is a conversation.
Result<Question> exampleQuestion(const std::string& folder, const std::string& model, int number, bool asTurn)
{
    HILO_TRY(const Project project, Project::open(folder));
    HILO_TRY(const std::optional<ProjectData> data, readProjectData(project));
    if (!data || data->spec().template_.empty())
        return failure(wrongUsage("The project has no data yet.", "Choose it on the page Data (Ctrl+3)."));
    HILO_TRY(const Dataset dataset, readDataset(data->spec()));
    if (asTurn && !dataset.splits.empty()) {
        const std::vector<Row>& rows = dataset.splits.begin()->second;
        const Row& row = rows[static_cast<std::size_t>(number) % rows.size()];
        Question question;
        for (const Message& message : row.messages) {
            if (message.role == "system")
                question.system = message.content;
            if (message.role == "user")
                question.text = message.content;
        }
        if (!question.text.empty())
            return question;
    }
    std::shared_ptr<const Tokenizer> tokenizer;
    if (!model.empty()) {
        HILO_TRY(tokenizer, Tokenizer::load(model));
    }
    HILO_TRY(const ChosenTemplate chosen, chooseTemplate(data->spec(), dataset, tokenizer));
    HILO_TRY(const DataReport report, reportData(dataset, chosen.promptTemplate, nullptr, 0));
    const std::vector<Example>& examples = report.splits.back().examples;
    if (examples.empty())
        return failure(badInput({}, {}, "The data has no usable row."));
    return Question{{}, examples[static_cast<std::size_t>(number) % examples.size()].prompt};
}

/// Whether the model can be told a conversation at all.
Status hasTurns(const std::string& model)
{
    HILO_TRY(const auto tokenizer, Tokenizer::load(model));
    HILO_CHECK(chatPrompt(*tokenizer, {}, "Hello"));
    return {};
}

} // namespace

TryPage::TryPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("try"), tr("Try"), tryHelp(), parent), session_(context.session), runs_(context.runs)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    QHBoxLayout* title = makeTitleLine(this->title(), about_, this);
    about_->setText(tr("One prompt, the base model and up to two adapters side by side"));
    exampleButton_ =
        makeButton(tr("Row of the data"), tr("Take the prompt of a test row; again for the next one"), this);
    stop_ = makeButton(tr("Stop"), tr("End the text that is being written and start no other (Esc)"), this);
    generate_ = makeButton(tr("Generate"), tr("Continue the prompt with each model, one after another (Ctrl+Enter)"),
                           this, true);
    title->addWidget(exampleButton_);
    title->addWidget(stop_);
    title->addWidget(generate_);
    layout->addLayout(title);
    layout->addWidget(makePromptCard());
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        columns_[i] = new TryColumn(i == 0, this);
        line->addWidget(columns_[i], 1);
        connect(columns_[i], &TryColumn::ended, this, &TryPage::startNext);
        connect(columns_[i], &TryColumn::started, this, &TryPage::placesKnown);
        connect(columns_[i], &TryColumn::adapterChanged, this, &TryPage::updateButtons);
    }
    layout->addLayout(line, 1);

    connect(exampleButton_, &QPushButton::clicked, this, &TryPage::takeExample);
    connect(generate_, &QPushButton::clicked, this, &TryPage::generate);
    connect(stop_, &QPushButton::clicked, this, &TryPage::stop);
    auto* go = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    go->setContext(Qt::WindowShortcut);
    connect(go, &QShortcut::activated, generate_, &QPushButton::click);
    auto* escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, stop_, &QPushButton::click);
    connect(&session_, &ProjectSession::opened, this, &TryPage::projectChanged);
    connect(&session_, &ProjectSession::layerSelected, this, [this](int layer) {
        if (layer >= 0)
            layer_->setValue(layer);
    });
    connect(&runs_, &RunService::runsChanged, this, [this] {
        if (isVisible())
            listAdapters();
    });
    connect(&context.wishes, &PageWishes::tryWanted, this, [this, wishes = &context.wishes](const QString& run) {
        listAdapters();
        columns_[1]->choose(runs_.runFolder(run));
        updateButtons();
        Q_EMIT wishes->pageWanted(key());
    });
    projectChanged();
}

QWidget* TryPage::makePromptCard()
{
    QFrame* card = makeCard(this);
    prompt_ = new QPlainTextEdit(card);
    prompt_->setPlaceholderText(tr("The beginning of a text, or a question"));
    prompt_->setAccessibleName(tr("Prompt"));
    prompt_->setTabChangesFocus(true);
    prompt_->setFixedHeight(prompt_->fontMetrics().lineSpacing() * promptLines + 14);
    connect(prompt_, &QPlainTextEdit::textChanged, this, &TryPage::updateButtons);
    system_ = new QWidget(card);
    auto* systemLayout = new QVBoxLayout(system_);
    systemLayout->setContentsMargins(0, 0, 0, 0);
    systemLayout->setSpacing(4);
    auto* systemCaption = new QLabel(tr("S&ystem prompt"), system_);
    systemText_ = new QPlainTextEdit(system_);
    systemText_->setPlaceholderText(tr("How the assistant is to answer; may be empty"));
    systemText_->setAccessibleName(tr("System prompt"));
    systemText_->setToolTip(tr("Stands before the conversation; a change counts from the next answer on"));
    systemText_->setTabChangesFocus(true);
    systemText_->setFixedHeight(systemText_->fontMetrics().lineSpacing() * systemLines + 14);
    systemCaption->setBuddy(systemText_);
    auto* chatLine = new QHBoxLayout;
    chatLine->setSpacing(8);
    chatLine->addWidget(systemCaption);
    chatLine->addStretch();
    regenerate_ = makeToolButton(
        tr("Answer again"),
        tr("Drop the last answers and ask once more; with the next seed where the temperature is above 0"), system_);
    removeTurn_ = makeToolButton(
        tr("Remove last turn"),
        tr("Take the last question and its answers back; the question can be edited and sent again"), system_);
    clear_ = makeToolButton(tr("Clear"), tr("Begin a new conversation; the system prompt stays"), system_);
    for (QPushButton* button : {regenerate_, removeTurn_, clear_})
        chatLine->addWidget(button);
    connect(regenerate_, &QPushButton::clicked, this, &TryPage::regenerate);
    connect(removeTurn_, &QPushButton::clicked, this, &TryPage::removeLastTurn);
    connect(clear_, &QPushButton::clicked, this, &TryPage::clearConversation);
    systemLayout->addLayout(chatLine);
    systemLayout->addWidget(systemText_);
    system_->hide();
    cardLayout(card)->addWidget(system_);
    cardLayout(card)->addWidget(prompt_);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    const auto add = [&](const QString& label, QWidget* editor, const QString& toolTip) {
        auto* caption = new QLabel(label, card);
        caption->setBuddy(editor);
        editor->setToolTip(toolTip);
        editor->setAccessibleName(QString(label).remove(QLatin1Char('&')));
        editor->setAccessibleDescription(toolTip);
        line->addWidget(caption);
        line->addWidget(editor);
        line->addSpacing(8);
    };
    tokens_ = new QSpinBox(card);
    tokens_->setRange(1, 4096);
    tokens_->setValue(64);
    add(tr("&Tokens"), tokens_, tr("Most tokens of each text"));
    temperature_ = new QDoubleSpinBox(card);
    temperature_->setRange(0, 5);
    temperature_->setSingleStep(0.1);
    temperature_->setDecimals(1);
    add(tr("Tem&perature"), temperature_, tr("0 takes the most likely token every time"));
    seed_ = new QSpinBox(card);
    seed_->setRange(0, 1 << 30);
    seed_->setValue(1);
    add(tr("&Seed"), seed_, tr("The same seed gives the same text"));
    chat_ = new QCheckBox(tr("&Conversation"), card);
    chat_->setToolTip(tr("Talk in turns, as the model's chat template writes them, with a system prompt"));
    line->addWidget(chat_);
    chatProblem_ = new ElidedLabel(card);
    chatProblem_->setObjectName(QStringLiteral("quiet"));
    line->addWidget(chatProblem_, 1);
    connect(chat_, &QCheckBox::toggled, this, &TryPage::chatToggled);
    cardLayout(card)->addLayout(line);
    line = new QHBoxLayout;
    line->setSpacing(8);
    layer_ = new QSpinBox(card);
    add(tr("Colours of &layer"), layer_, tr("The layer whose routers colour the tokens; the same on all pages"));
    module_ = new QComboBox(card);
    module_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    module_->setMinimumContentsLength(8);
    add(tr("&module"), module_, tr("The module whose router colours the tokens"));
    numbers_ = new QCheckBox(tr("&Numbers"), card);
    numbers_->setChecked(true);
    numbers_->setToolTip(tr("Write the expert's number behind each token"));
    line->addWidget(numbers_);
    line->addStretch();
    cardLayout(card)->addLayout(line);
    connect(layer_, &QSpinBox::valueChanged, this, [this](int layer) {
        session_.selectLayer(layer);
        choosePlace();
    });
    connect(module_, &QComboBox::currentIndexChanged, this, &TryPage::choosePlace);
    connect(numbers_, &QCheckBox::toggled, this, [this](bool on) {
        for (TryColumn* column : columns_)
            column->view().setNumbersShown(on);
    });
    return card;
}

void TryPage::shown()
{
    listAdapters();
}

void TryPage::projectChanged()
{
    running_ = demonstrating_ = false;
    example_ = 0;
    for (TryColumn* column : columns_)
        column->clear();
    for (std::size_t i = 1; i < columns_.size(); ++i)
        columns_[i]->setAdapters({});
    const QSignalBlocker blocker(layer_);
    const QSignalBlocker moduleBlocker(module_);
    module_->clear();
    if (session_.model()) {
        layer_->setRange(0, static_cast<int>(session_.model()->config.layers) - 1);
        for (const std::string& name : moduleGrid(session_.model()->config).names())
            module_->addItem(QString::fromStdString(name));
    }
    if (session_.selectedLayer() >= 0)
        layer_->setValue(session_.selectedLayer());
    choosePlace();
    lookForTurns();
    updateButtons();
    listAdapters();
}

/// Base models hold no conversation; that is told before somebody asks.
void TryPage::lookForTurns()
{
    chat_->setChecked(false);
    canChat_ = false;
    chatProblem_->clear();
    if (!session_.model())
        return;
    const std::string model = session_.model()->path.string();
    inBackground(
        this, [model] { return hasTurns(model); },
        [this, model](const Status& status) {
            if (!session_.model() || session_.model()->path.string() != model)
                return;
            canChat_ = status.has_value();
            updateButtons();
            if (canChat_)
                return;
            chatProblem_->setText(tr("This model has no chat template: it goes on with plain text."));
            chatProblem_->setToolTip(QString::fromStdString(describe(status.error())));
        });
}

bool TryPage::isChat() const
{
    return chat_->isChecked();
}

void TryPage::chatToggled(bool on)
{
    system_->setVisible(on);
    prompt_->setPlaceholderText(on ? tr("What you say to the assistant")
                                   : tr("The beginning of a text, or a question"));
    prompt_->setAccessibleName(on ? tr("Message") : tr("Prompt"));
    generate_->setText(on ? tr("Send") : tr("Generate"));
    generate_->setAccessibleName(generate_->text());
    generate_->setToolTip(on ? tr("Ask each model, one after another (Ctrl+Enter)")
                             : tr("Continue the prompt with each model, one after another (Ctrl+Enter)"));
    for (TryColumn* column : columns_)
        column->clear();
    updateButtons();
}

void TryPage::listAdapters()
{
    inBackground(
        this, [folders = runs_.runFolders()] { return withAdapters(folders); },
        [this](const QStringList& folders) {
            QList<std::pair<QString, QString>> adapters;
            for (const QString& folder : folders)
                adapters << std::pair(QDir(folder).dirName(), folder);
            for (std::size_t i = 1; i < columns_.size(); ++i)
                columns_[i]->setAdapters(adapters);
            updateButtons();
        });
}

void TryPage::demonstrate()
{
    constexpr int shortText = 24;
    for (std::size_t i = 1; i < columns_.size(); ++i)
        columns_[i]->chooseNumber(static_cast<int>(i) - 1);
    tokens_->setValue(shortText);
    chat_->setChecked(canChat_);
    demonstrating_ = true;
    takeExample();
}

void TryPage::takeExample()
{
    exampleButton_->setEnabled(false);
    inBackground(
        this,
        [folder = session_.folder().toStdString(),
         model = session_.model() ? session_.model()->path.string() : std::string(), number = example_++,
         asTurn = isChat()] { return exampleQuestion(folder, model, number, asTurn); },
        [this](const Result<Question>& question) {
            updateButtons();
            if (question) {
                prompt_->setPlainText(QString::fromStdString(question->text));
                if (!question->system.empty())
                    systemText_->setPlainText(QString::fromStdString(question->system));
            } else {
                Q_EMIT said(QString::fromStdString(describe(question.error())));
            }
            if (demonstrating_ && question && generate_->isEnabled())
                generate();
            else
                demonstrating_ = false;
        });
}

QStringList TryPage::arguments() const
{
    QStringList words{QString::fromStdString(session_.model()->path.string())};
    if (!isChat())
        words << QStringLiteral("--prompt") << prompt_->toPlainText();
    words << QStringLiteral("--max-tokens") << tokens_->cleanText();
    words << QStringLiteral("--temperature") << QString::number(temperature_->value());
    words << QStringLiteral("--seed") << QString::number(seed_->value());
    return words;
}

void TryPage::generate()
{
    if (isChat()) {
        send();
        return;
    }
    for (TryColumn* column : columns_)
        column->clear();
    run();
}

void TryPage::send()
{
    for (TryColumn* column : columns_)
        column->conversation().ask(prompt_->toPlainText());
    prompt_->clear();
    run();
}

void TryPage::regenerate()
{
    if (temperature_->value() > 0)
        seed_->setValue(seed_->value() + 1);
    for (TryColumn* column : columns_)
        column->conversation().reopen();
    run();
}

void TryPage::removeLastTurn()
{
    // Sent by mistake, or to be said in other words.
    if (prompt_->toPlainText().isEmpty())
        prompt_->setPlainText(columns_[0]->conversation().lastQuestion());
    for (TryColumn* column : columns_) {
        column->conversation().removeLast();
        column->showConversation();
    }
    updateButtons();
    prompt_->setFocus();
}

void TryPage::clearConversation()
{
    for (TryColumn* column : columns_)
        column->clear();
    updateButtons();
    prompt_->setFocus();
}

void TryPage::run()
{
    for (TryColumn* column : columns_)
        if (isChat()) {
            column->conversation().setSystem(systemText_->toPlainText().trimmed());
            column->showConversation();
        }
    running_ = true;
    next_ = 0;
    updateButtons();
    startNext();
}

void TryPage::startNext()
{
    while (running_ && next_ < columns_.size() && !columns_[next_]->isWanted())
        ++next_;
    if (!running_ || next_ >= columns_.size()) {
        running_ = demonstrating_ = false;
        updateButtons();
        return;
    }
    TryColumn* column = columns_[next_++];
    if (isChat())
        column->startChat(arguments());
    else
        column->start(arguments());
}

void TryPage::stop()
{
    running_ = false;
    for (TryColumn* column : columns_)
        if (column->isRunning())
            column->stop();
    updateButtons();
}

void TryPage::updateButtons()
{
    const bool hasWeights = session_.model() && session_.model()->weights;
    generate_->setEnabled(!running_ && hasWeights && !prompt_->toPlainText().isEmpty());
    stop_->setEnabled(running_);
    exampleButton_->setEnabled(!session_.folder().isEmpty());
    const bool wasAsked = !columns_[0]->conversation().isEmpty();
    for (QPushButton* button : {regenerate_, removeTurn_, clear_})
        button->setEnabled(!running_ && wasAsked);
    regenerate_->setEnabled(regenerate_->isEnabled() && hasWeights);
    chat_->setEnabled(!running_ && canChat_);
    about_->setText(!session_.model() ? tr("Open a project or a model on the page Start (Ctrl+1)")
                    : !hasWeights     ? tr("This model's folder has no weights, so it cannot write")
                    : isChat()        ? tr("A conversation with the base model and up to two adapters side by side")
                                      : tr("One prompt, the base model and up to two adapters side by side"));
}

void TryPage::placesKnown()
{
    // A module that is routed somewhere is a better start than one that never is.
    for (TryColumn* column : columns_) {
        const auto& places = column->view().places();
        if (places.empty())
            continue;
        bool isRouted = false;
        for (const RoutedPlace& place : places)
            isRouted |= place.layer == layer_->value() && place.module == module_->currentText();
        if (isRouted)
            break;
        const RoutedPlace* best = &places.front();
        for (const RoutedPlace& place : places)
            if (place.layer == layer_->value())
                best = &place;
        layer_->setValue(best->layer);
        module_->setCurrentText(best->module);
        break;
    }
    choosePlace();
}

void TryPage::choosePlace()
{
    for (TryColumn* column : columns_)
        if (column)
            column->view().setPlace(layer_->value(), module_->currentText());
}

} // namespace hilo
