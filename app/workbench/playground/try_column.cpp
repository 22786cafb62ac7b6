// SPDX-License-Identifier: GPL-3.0-or-later
#include "playground/try_column.h"

#include "common/numbers.h"
#include "common/theme.h"
#include "label_kind.h"
#include "page.h"
#include "playground/token_view.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>

namespace hilo {
namespace {

template <class Value>
Value valueOr(const Json& object, const char* key, Value fallback)
{
    try {
        return object.value(key, fallback);
    } catch (const Json::exception&) {
        return fallback; // of another type
    }
}

std::vector<RoutedPlace> placesFrom(const Json& object)
{
    std::vector<RoutedPlace> places;
    const auto list = object.find("modules");
    if (list == object.end() || !list->is_array())
        return places;
    for (const Json& one : *list)
        if (one.is_object())
            places.push_back({valueOr(one, "layer", 0), QString::fromStdString(valueOr(one, "module", std::string())),
                              valueOr(one, "experts", 0)});
    return places;
}

std::vector<TokenExperts> expertsFrom(const Json& object)
{
    std::vector<TokenExperts> chosen;
    const auto list = object.find("chosen");
    if (list == object.end() || !list->is_array())
        return chosen;
    for (const Json& module : *list) {
        TokenExperts experts;
        for (const Json& pair : module)
            if (pair.is_array() && pair.size() == 2 && pair[0].is_number_integer() && pair[1].is_number())
                experts.emplace_back(pair[0].get<int>(), pair[1].get<double>());
        chosen.push_back(std::move(experts));
    }
    return chosen;
}

} // namespace

TryColumn::TryColumn(bool isBase, QWidget* parent) : QFrame(parent), isBase_(isBase), runner_(new ProgramRunner(this))
{
    setObjectName(QStringLiteral("card"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    auto* line = new QHBoxLayout;
    title_ = makeHeading(isBase ? tr("Base model") : tr("Adapter"), this);
    line->addWidget(title_);
    if (!isBase) {
        choice_ = new QComboBox(this);
        choice_->setAccessibleName(tr("Adapter"));
        choice_->setToolTip(tr("Which run's adapter continues the prompt in this column"));
        choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice_->setMinimumContentsLength(12);
        line->addWidget(choice_, 1);
        connect(choice_, &QComboBox::activated, this, [this](int index) {
            if (index == choice_->count() - 1) {
                const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose adapter"));
                choose(folder.isEmpty() ? QString() : folder);
            }
            // Another model did not say what stands here.
            conversation_.clear();
            showConversation();
            sayWhatComes();
            Q_EMIT adapterChanged();
        });
    } else {
        line->addStretch();
    }
    // The texts of all columns begin at the same height.
    title_->setMinimumHeight(QComboBox().sizeHint().height());
    layout->addLayout(line);
    view_ = new TokenView(this);
    layout->addWidget(view_, 1);
    shares_ = new QLabel(this);
    shares_->setWordWrap(true);
    shares_->setAccessibleName(tr("Shares of the experts"));
    layout->addWidget(shares_);
    state_ = makeQuietLabel({}, this);
    state_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(state_);
    connect(&Theme::instance(), &Theme::changed, this, &TryColumn::updateShares);
    if (!isBase)
        setAdapters({});
    sayWhatComes();
}

/// An empty pane says what will be in it.
void TryColumn::sayWhatComes()
{
    view_->setPlaceholderText(isBase_ ? tr("What the base model writes appears here.")
                              : adapter().isEmpty()
                                  ? tr("Choose a run's adapter above to see what the model writes with it.")
                                  : tr("What the model writes with this adapter appears here, each token in the colour "
                                       "of the expert that weighed most."));
}

void TryColumn::setAdapters(const QList<std::pair<QString, QString>>& adapters)
{
    const QString before = adapter();
    choice_->clear();
    choice_->addItem(tr("none"), QString());
    for (const auto& [name, folder] : adapters)
        choice_->addItem(name, folder);
    choice_->addItem(tr("Other folder…"));
    choose(before);
}

bool TryColumn::choose(const QString& folder)
{
    int at = choice_->findData(folder);
    if (at < 0 && !folder.isEmpty()) {
        at = choice_->count() - 1;
        choice_->insertItem(at, QDir(folder).dirName(), folder);
    }
    choice_->setCurrentIndex(std::max(0, at));
    sayWhatComes();
    return at >= 0;
}

void TryColumn::chooseNumber(int number)
{
    // The first entry is "none", the last one opens a dialog.
    if (choice_ && number + 1 < choice_->count() - 1)
        choose(choice_->itemData(number + 1).toString());
}

QString TryColumn::adapter() const
{
    return choice_ ? choice_->currentData().toString() : QString();
}

bool TryColumn::isWanted() const
{
    return isBase_ || !adapter().isEmpty();
}

void TryColumn::showConversation()
{
    view_->start({});
    // A column that nobody answers in would look as if an answer were to come.
    view_->setTurns(isWanted() ? conversation_.turns() : std::vector<ChatTurn>());
    shares_->clear();
    say({});
    if (!isWanted())
        sayWhatComes();
}

void TryColumn::startChat(const QStringList& arguments)
{
    const QString file = folder_.filePath(QStringLiteral("messages.json"));
    if (const Status written = writeJsonFile(file.toStdString(), conversation_.messages()); !written) {
        say(QString::fromStdString(describe(written.error())), true);
        Q_EMIT ended();
        return;
    }
    view_->setTurns(conversation_.turns());
    start(arguments + QStringList{QStringLiteral("--chat"), QStringLiteral("--messages"), file});
    isChat_ = true;
}

void TryColumn::start(QStringList arguments)
{
    isChat_ = false;
    if (!isBase_)
        arguments << QStringLiteral("--adapter") << adapter();
    arguments << QStringLiteral("--stream-json");
    tokens_ = 0;
    interrupted_ = false;
    if (choice_)
        choice_->setEnabled(false); // until what it writes has ended
    clock_.invalidate();
    shown_.invalidate();
    view_->start({});
    shares_->clear();
    say(tr("Loading the model …"));
    runner_->listen(
        QStringList{QStringLiteral("generate")} + arguments, [this](const Json& object) { take(object); },
        [this](const Result<Json>& answer) { finish(answer); },
        [this](const ProgramProgress& progress) {
            if (tokens_ == 0)
                say(progress.what + QStringLiteral(" …"));
        });
}

void TryColumn::stop()
{
    interrupted_ = true;
    runner_->interrupt();
}

void TryColumn::clear()
{
    runner_->cancel();
    if (choice_)
        choice_->setEnabled(true);
    conversation_.clear();
    showConversation();
}

void TryColumn::take(const Json& object)
{
    const std::string event = valueOr(object, "event", std::string());
    if (event == "started") {
        view_->start(placesFrom(object));
        clock_.start();
        shown_.start();
        Q_EMIT started();
    } else if (event == "token") {
        const bool isPrompt = valueOr(object, "prompt", false);
        view_->addToken(valueOr(object, "index", std::int64_t{-1}),
                        QString::fromStdString(valueOr(object, "text", std::string())), isPrompt);
        if (!isPrompt)
            ++tokens_;
    } else if (event == "experts") {
        view_->setExperts(valueOr(object, "index", std::int64_t{-1}), expertsFrom(object));
    } else if (event == "finished") {
        const double seconds = valueOr(object, "seconds", 0.0);
        const auto made = valueOr(object, "tokens", std::int64_t{0});
        say(tr("%n token(s)", nullptr, static_cast<int>(made)) +
            (seconds > 0 ? tr(", %1 tokens/s").arg(QLocale().toString(static_cast<double>(made) / seconds, 'f', 1))
                         : QString()) +
            (interrupted_ ? tr(", stopped") : QString()));
        updateShares();
        return;
    }
    if (shown_.isValid() && shown_.elapsed() > 200 && tokens_ > 0) {
        shown_.restart();
        say(tr("%n token(s), %1 tokens/s", nullptr, static_cast<int>(tokens_))
                .arg(QLocale().toString(static_cast<double>(tokens_) * 1000 / static_cast<double>(clock_.elapsed()),
                                        'f', 1)));
        updateShares();
    }
}

void TryColumn::finish(const Result<Json>& answer)
{
    if (choice_)
        choice_->setEnabled(true);
    // An answer that was stopped is one as far as it goes.
    if (isChat_ && (answer || tokens_ > 0))
        conversation_.answer(view_->generatedText());
    // What was made before it was stopped has been told.
    if (!answer && !(answer.error().code == ErrorCode::Cancelled && tokens_ > 0))
        say(answer.error().code == ErrorCode::Cancelled ? tr("Stopped.")
                                                        : QString::fromStdString(describe(answer.error())),
            answer.error().code != ErrorCode::Cancelled);
    updateShares();
    Q_EMIT ended();
}

void TryColumn::updateShares()
{
    const std::vector<double> shares = view_->shares();
    QStringList parts;
    for (std::size_t expert = 0; expert < shares.size(); ++expert)
        parts << QStringLiteral("<span style='background:%1'>&nbsp;%2&nbsp;</span>&nbsp;%3")
                     .arg(TokenView::expertColour(static_cast<int>(expert)).name())
                     .arg(expert)
                     .arg(percentage(shares[expert], 0).replace(QLatin1Char(' '), QStringLiteral("&nbsp;")));
    shares_->setText(parts.isEmpty() ? QString() : tr("Expert: %1").arg(parts.join(QStringLiteral("  "))));
    shares_->setVisible(!parts.isEmpty());
}

void TryColumn::say(const QString& text, bool isProblem)
{
    setLabelKind(*state_, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    state_->setText(text);
}

} // namespace hilo
