// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_view.h"

namespace hilo {
namespace {

constexpr const char* viewsFile = "compare-views.json";
constexpr const char* viewsFormat = "hilo.compare-views/1";

/// Each text of a view by its key.
template <class View, class Visit>
void eachText(View& view, const Visit& visit)
{
    visit("name", view.name);
    visit("filter", view.filter);
    visit("metric", view.metric);
    visit("horizontal", view.horizontal);
    visit("vertical", view.vertical);
    visit("colour", view.colourBy);
    visit("symbol", view.symbolBy);
    visit("group_by", view.groupBy);
}

template <class View, class Visit>
void eachList(View& view, const Visit& visit)
{
    visit("columns", view.columns);
    visit("hidden", view.hidden);
    visit("extra", view.extra);
}

Result<CompareView> parseView(const JsonObject& object)
{
    CompareView view;
    Status status;
    eachText(view, [&](const char* key, QString& text) {
        if (auto read = object.textOr(key, ""))
            text = QString::fromStdString(*read);
        else if (status)
            status = failure(read.error());
    });
    eachList(view, [&](const char* key, QStringList& list) {
        if (!object.has(key) || !status)
            return;
        const auto array = object.array(key);
        if (!array) {
            status = failure(array.error());
            return;
        }
        for (const Json& one : **array) {
            if (one.is_string())
                list << QString::fromStdString(one.get<std::string>());
            else
                status = failure(object.errorAt(key, "expected a list of texts"));
        }
    });
    HILO_CHECK(status);
    HILO_TRY(view.groupSeeds, object.flagOr("group_seeds", true));
    if (view.name.isEmpty())
        return failure(object.errorAt("name", "expected a name"));
    return view;
}

} // namespace

Result<std::vector<CompareView>> readCompareViews(const std::filesystem::path& project)
{
    std::vector<CompareView> views;
    const std::filesystem::path file = project / viewsFile;
    std::error_code code;
    if (!std::filesystem::exists(file, code))
        return views;
    HILO_TRY(const Json document, readJsonFile(file, {std::size_t{4} << 20, 8}));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != viewsFormat)
        return failure(root.errorAt("format", std::string("expected \"") + viewsFormat + "\"",
                                    "The file may be of a newer version of this program."));
    HILO_TRY(const Json* list, root.array("views"));
    for (std::size_t i = 0; i < list->size(); ++i) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*list)[i], file.string(), "views[" + std::to_string(i) + "]"));
        HILO_TRY(views.emplace_back(), parseView(object));
    }
    return views;
}

Status writeCompareViews(const std::filesystem::path& project, const std::vector<CompareView>& views)
{
    Json list = Json::array();
    for (const CompareView& view : views) {
        Json one = Json::object();
        eachText(view, [&one](const char* key, const QString& text) { one[key] = text.toStdString(); });
        one["group_seeds"] = view.groupSeeds;
        eachList(view, [&one](const char* key, const QStringList& texts) {
            one[key] = Json::array();
            for (const QString& text : texts)
                one[key].push_back(text.toStdString());
        });
        list.push_back(std::move(one));
    }
    return writeJsonFile(project / viewsFile, {{"format", viewsFormat}, {"views", std::move(list)}});
}

} // namespace hilo
