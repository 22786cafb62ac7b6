// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_list_model.h"

#include "common/metric_text.h"
#include "common/numbers.h"
#include "common/release_later.h"
#include "runs/run_texts.h"

#include <QDateTime>
#include <QLocale>
#include <QMimeData>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace hilo {
namespace {

const QString mimeType = QStringLiteral("application/x-hilo-queued-run");

int rankOf(const RunSummary& run)
{
    return isActive(run) ? 0 : run.state == "queued" ? 1 : 2;
}

std::int64_t lastTime(const RunSummary& run)
{
    return run.endedAt ? *run.endedAt : run.lastEventAt ? *run.lastEventAt : run.startedAt.value_or(0);
}

bool comesFirst(const RunSummary& a, const RunSummary& b)
{
    if (rankOf(a) != rankOf(b))
        return rankOf(a) < rankOf(b);
    if (rankOf(a) == 1) {
        const double last = std::numeric_limits<double>::infinity();
        if (a.queuePosition.value_or(last) != b.queuePosition.value_or(last))
            return a.queuePosition.value_or(last) < b.queuePosition.value_or(last);
    } else if (rankOf(a) == 2 && lastTime(a) != lastTime(b)) {
        return lastTime(a) > lastTime(b);
    }
    return a.id < b.id;
}

bool comesBefore(const RunSummary* a, const RunSummary* b)
{
    return comesFirst(*a, *b);
}

/// Whether a word in lower case is in a text of any case.
bool holds(const std::string& text, const std::string& word)
{
    const auto same = [](char in, char wanted) {
        return (in >= 'A' && in <= 'Z' ? static_cast<char>(in + ('a' - 'A')) : in) == wanted;
    };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

/// What a row shows; the silence is compared in whole minutes, as it is told.
bool looksTheSame(const RunSummary& a, const RunSummary& b)
{
    const auto minutes = [](const RunSummary& run) { return run.silentMilliseconds.value_or(0) / 60000; };
    return a.name == b.name && a.state == b.state && a.seed == b.seed && a.lastStep == b.lastStep &&
           a.totalSteps == b.totalSteps && a.accuracy == b.accuracy && a.loss == b.loss && a.endedAt == b.endedAt &&
           a.lastEventAt == b.lastEventAt && a.errorMessage == b.errorMessage && a.problem == b.problem &&
           a.tags == b.tags && a.note == b.note && a.starred == b.starred && a.queuePosition == b.queuePosition &&
           minutes(a) == minutes(b);
}

} // namespace

void RunListModel::setRuns(std::vector<RunSummary> runs)
{
    sort(runs);
    shareRuns(std::make_shared<const std::vector<RunSummary>>(std::move(runs)));
}

void RunListModel::sort(std::vector<RunSummary>& runs)
{
    std::sort(runs.begin(), runs.end(), comesFirst);
}

void RunListModel::shareRuns(RunList runs)
{
    // What is shown is held against what comes: until then both are needed.
    const RunList old = std::exchange(list_, std::move(runs));
    const std::deque<RunSummary> oldMoved = std::exchange(moved_, {});
    all_.clear();
    all_.reserve(list_->size());
    waiting_ = active_ = 0;
    for (const RunSummary& run : *list_) {
        all_.push_back(&run);
        timeLeft_.observe(run);
        waiting_ += run.state == "queued" ? 1 : 0;
        active_ += isActive(run) ? 1 : 0;
    }
    if (!std::is_sorted(all_.begin(), all_.end(), comesBefore))
        std::sort(all_.begin(), all_.end(), comesBefore);
    show();
    releaseLater(old);
}

void RunListModel::setFilter(const QString& text, RunGroup group)
{
    words_ = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    plainWords_.clear();
    for (const QString& word : words_)
        plainWords_.push_back(word.toLower().toStdString());
    const auto isAscii = [](QChar letter) { return letter.unicode() < 128; };
    if (!std::all_of(text.begin(), text.end(), isAscii))
        plainWords_.clear();
    group_ = group;
    show();
}

bool RunListModel::passes(const RunSummary& run) const
{
    const bool inGroup = group_ == RunGroup::All || (group_ == RunGroup::Active && isActive(run)) ||
                         (group_ == RunGroup::Waiting && run.state == "queued") ||
                         (group_ == RunGroup::Finished && run.state == "finished") ||
                         (group_ == RunGroup::Starred && run.starred != 0) ||
                         (group_ == RunGroup::Trouble &&
                          (run.state == "failed" || run.state == "interrupted" || run.state == "missing" ||
                           run.state == "damaged" || isSilent(run) || !run.findings.empty()));
    if (!inGroup || words_.isEmpty())
        return inGroup;
    // No word has a space in it, so none reaches from one text into the next.
    if (!plainWords_.empty())
        return std::all_of(plainWords_.begin(), plainWords_.end(), [&run](const std::string& word) {
            return holds(run.name, word) || holds(run.id, word) || holds(run.state, word) || holds(run.tags, word) ||
                   holds(run.note, word);
        });
    const QString text =
        QString::fromStdString(run.name + ' ' + run.id + ' ' + run.state + ' ' + run.tags + ' ' + run.note);
    return std::all_of(words_.begin(), words_.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

void RunListModel::show()
{
    Rows wanted;
    wanted.reserve(all_.size());
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(wanted),
                 [this](const RunSummary* run) { return passes(*run); });
    const auto sameRun = [](const RunSummary* a, const RunSummary* b) { return a == b || a->id == b->id; };
    if (!std::equal(shown_.begin(), shown_.end(), wanted.begin(), wanted.end(), sameRun)) {
        removeOthers(wanted);
        reorder(wanted);
        insertNew(wanted);
    }
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        const RunSummary* old = std::exchange(shown_[row], wanted[row]);
        if (old != wanted[row] && !looksTheSame(*old, *wanted[row]))
            Q_EMIT dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
    }
}

/// What is gone goes, in whole blocks from the end.
void RunListModel::removeOthers(const Rows& wanted)
{
    std::unordered_set<std::string_view> kept;
    kept.reserve(wanted.size());
    for (const RunSummary* run : wanted)
        kept.insert(run->id);
    std::vector<bool> stays(shown_.size());
    std::transform(shown_.begin(), shown_.end(), stays.begin(),
                   [&kept](const RunSummary* run) { return kept.contains(run->id); });
    for (int last = static_cast<int>(shown_.size()) - 1; last >= 0;) {
        if (stays[static_cast<std::size_t>(last)]) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !stays[static_cast<std::size_t>(first - 1)])
            --first;
        beginRemoveRows({}, first, last);
        shown_.erase(shown_.begin() + first, shown_.begin() + last + 1);
        endRemoveRows();
        last = first - 1;
    }
}

/// What stays takes its new order.
void RunListModel::reorder(const Rows& wanted)
{
    std::unordered_map<std::string_view, int> placeOf;
    placeOf.reserve(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        placeOf.emplace(wanted[i]->id, static_cast<int>(i));
    std::vector<std::pair<int, const RunSummary*>> places;
    places.reserve(shown_.size());
    for (const RunSummary* run : shown_)
        places.emplace_back(placeOf[run->id], run);
    if (std::is_sorted(places.begin(), places.end()))
        return;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    std::vector<std::string> ids;
    for (const QModelIndex& index : old)
        ids.push_back(shown_[static_cast<std::size_t>(index.row())]->id);
    std::sort(places.begin(), places.end());
    std::transform(places.begin(), places.end(), shown_.begin(), [](const auto& place) { return place.second; });
    QModelIndexList moved;
    for (const std::string& id : ids)
        moved << index(rowOf(QString::fromStdString(id)));
    changePersistentIndexList(old, moved);
    Q_EMIT layoutChanged();
}

/// What is new comes, in whole blocks.
void RunListModel::insertNew(const Rows& wanted)
{
    std::unordered_set<std::string_view> known;
    known.reserve(shown_.size());
    for (const RunSummary* run : shown_)
        known.insert(run->id);
    std::vector<bool> isNew(wanted.size());
    std::transform(wanted.begin(), wanted.end(), isNew.begin(),
                   [&known](const RunSummary* run) { return !known.contains(run->id); });
    for (std::size_t row = 0; row < wanted.size();) {
        std::size_t end = row;
        while (end < wanted.size() && isNew[end])
            ++end;
        if (end > row) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(end) - 1);
            shown_.insert(shown_.begin() + static_cast<std::ptrdiff_t>(row),
                          wanted.begin() + static_cast<std::ptrdiff_t>(row),
                          wanted.begin() + static_cast<std::ptrdiff_t>(end));
            endInsertRows();
        }
        row = end + 1;
    }
}

const RunSummary* RunListModel::at(int row) const
{
    return row >= 0 && row < static_cast<int>(shown_.size()) ? shown_[static_cast<std::size_t>(row)] : nullptr;
}

int RunListModel::rowOf(const QString& id) const
{
    const std::string wanted = id.toStdString();
    const auto found =
        std::find_if(shown_.begin(), shown_.end(), [&](const RunSummary* run) { return run->id == wanted; });
    return found == shown_.end() ? -1 : static_cast<int>(found - shown_.begin());
}

void RunListModel::moveInQueue(const QString& id, const QString& before)
{
    const auto find = [this](const QString& wanted) {
        return std::find_if(all_.begin(), all_.end(), [wanted = wanted.toStdString()](const RunSummary* run) {
            return run->state == "queued" && run->id == wanted;
        });
    };
    if (find(id) == all_.end() || id == before || (!before.isEmpty() && find(before) == all_.end()))
        return;
    RunSummary run = **find(id);
    all_.erase(find(id));
    auto place = before.isEmpty()
                     ? std::find_if(all_.begin(), all_.end(), [](const RunSummary* r) { return rankOf(*r) > 1; })
                     : find(before);
    // Shown at once between its new neighbours; the next look at the store brings the true numbers.
    const double above = place != all_.begin() && (*(place - 1))->state == "queued"
                             ? (*(place - 1))->queuePosition.value_or(0)
                             : run.queuePosition.value_or(0) - 1e6;
    const double below = before.isEmpty() ? above + 2 : (*place)->queuePosition.value_or(above + 2);
    run.queuePosition = (above + below) / 2;
    moved_.push_back(std::move(run));
    all_.insert(place, &moved_.back());
    show();
    Q_EMIT queueMoveRequested(id, before);
}

int RunListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

QString RunListModel::resultOf(const RunSummary& run) const
{
    if (isActive(run)) {
        if (isMeasuring(run))
            return tr("measuring");
        const auto progress = progressOf(run);
        return progress ? tr("%1 %").arg(static_cast<int>(*progress * 100)) : stateText(run);
    }
    if (run.state == "finished" && run.accuracy)
        return percentage(*run.accuracy);
    if (run.state == "finished" && run.loss)
        return tr("loss %1").arg(MetricText("loss").number(*run.loss));
    return stateText(run);
}

QString RunListModel::detailOf(const RunSummary& run) const
{
    QStringList parts;
    if (run.seed)
        parts << tr("seed %1").arg(*run.seed);
    if (isSilent(run) || run.state == "paused") {
        parts << stateText(run);
    } else if (run.state == "running") {
        const auto left = timeLeft_.of(run);
        if (isMeasuring(run))
            parts << tr("all steps done, the result is measured");
        else
            parts << (left ? tr("%1 left").arg(durationText(*left)) : tr("starting"));
    } else if (run.state == "failed") {
        parts << QString::fromStdString(run.errorMessage).section(QLatin1Char('\n'), 0, 0);
    } else if (run.endedAt) {
        const QDateTime ended = QDateTime::fromMSecsSinceEpoch(*run.endedAt);
        parts << QLocale().toString(ended, ended.date() == QDate::currentDate() ? QStringLiteral("HH:mm")
                                                                                : QStringLiteral("d MMM HH:mm"));
    }
    if (!run.tags.empty())
        parts << QStringLiteral("# ") + QString::fromStdString(run.tags);
    if (!run.problem.empty())
        parts << QString::fromStdString(run.problem);
    parts << findingTexts(run).mid(0, 1);
    return parts.join(QStringLiteral(" · "));
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    const RunSummary* run = index.isValid() ? at(index.row()) : nullptr;
    if (!run)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return runTitle(*run);
    case StarredRole:
        return run->starred != 0;
    case IdRole:
        return QString::fromStdString(run->id);
    case ProgressRole: {
        const auto progress = isActive(*run) ? progressOf(*run) : std::nullopt;
        return progress ? QVariant(*progress) : QVariant();
    }
    case DetailRole:
        return detailOf(*run);
    case ResultRole:
        return resultOf(*run);
    case WaitingRole:
        return run->state == "queued";
    case Qt::ToolTipRole: {
        QString text =
            QStringLiteral("%1\n%2\n%3").arg(QString::fromStdString(run->id), stateText(*run), detailOf(*run));
        if (!run->note.empty())
            text += QStringLiteral("\n\n") + QString::fromStdString(run->note);
        return text;
    }
    case Qt::AccessibleTextRole: {
        const QString text =
            QStringLiteral("%1, %2, %3, %4").arg(runTitle(*run), stateText(*run), resultOf(*run), detailOf(*run));
        return run->starred != 0 ? tr("starred, %1").arg(text) : text;
    }
    default:
        return {};
    }
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const
{
    const RunSummary* run = index.isValid() ? at(index.row()) : nullptr;
    // Drops go between rows, so that rows themselves take none.
    if (!run)
        return Qt::ItemIsDropEnabled;
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return run->state == "queued" ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList RunListModel::mimeTypes() const
{
    return {mimeType};
}

QMimeData* RunListModel::mimeData(const QModelIndexList& indexes) const
{
    auto* data = new QMimeData;
    if (!indexes.isEmpty())
        data->setData(mimeType, indexes.first().data(IdRole).toString().toUtf8());
    return data;
}

bool RunListModel::canDropMimeData(const QMimeData* data, Qt::DropAction, int, int, const QModelIndex&) const
{
    return data && data->hasFormat(mimeType);
}

bool RunListModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                const QModelIndex& parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const int target = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    const auto waits = [this](int place) { return at(place) && at(place)->state == "queued"; };
    // Above the queue means its beginning, below it its end.
    int before = target;
    while (before < rowCount() && !waits(before) && rankOf(*shown_[static_cast<std::size_t>(before)]) < 1)
        ++before;
    moveInQueue(QString::fromUtf8(data->data(mimeType)),
                waits(before) ? index(before).data(IdRole).toString() : QString());
    // The row was moved already: the view must not take it away.
    return false;
}

} // namespace hilo
