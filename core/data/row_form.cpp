// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_form.h"

#include "data/data_endings.h"
#include "data/text_list.h"

#include <algorithm>

namespace hilo {
namespace {

bool isSplitName(const std::string& name)
{
    return name == "train" || name == "validation" || name == "test";
}

/// {"field": "text", …}
Result<std::map<std::string, std::string>> textsByName(const JsonObject& object, const std::string& key)
{
    std::map<std::string, std::string> result;
    if (!object.has(key))
        return result;
    HILO_TRY(const JsonObject inner, object.object(key));
    for (const auto& [name, value] : inner.json().items()) {
        HILO_TRY(result[name], inner.text(name));
    }
    return result;
}

/// {"field": ["text", …], …}
Result<std::map<std::string, std::vector<std::string>>> listsByName(const JsonObject& object, const std::string& key)
{
    std::map<std::string, std::vector<std::string>> result;
    if (!object.has(key))
        return result;
    HILO_TRY(const JsonObject inner, object.object(key));
    for (const auto& [name, value] : inner.json().items()) {
        HILO_TRY(result[name], textList(inner, name));
        if (result[name].empty())
            return failure(inner.errorAt(name, "expected a list of texts"));
    }
    return result;
}

Status parseFiles(const JsonObject& object, RowForm& form)
{
    HILO_TRY(form.folders, textList(object, "folders"));
    HILO_TRY(form.files, listsByName(object, "files"));
    for (const auto& [split, patterns] : form.files)
        if (!isSplitName(split))
            return failure(object.errorAt("files", "\"" + split + "\" is none of train, validation and test"));
    if (form.files.empty() && !form.folders.empty())
        return failure(object.errorAt("folders", "say where \"files\" lie, and there are none"));
    if (form.folders.empty())
        form.folders = {""};
    HILO_TRY(form.ending, object.textOr("ending", ""));
    const auto endings = dataEndings();
    if (!form.ending.empty() &&
        (std::find(endings.begin(), endings.end(), form.ending) == endings.end() || isBinaryEnding(form.ending)))
        return failure(
            object.errorAt("ending", "\"" + form.ending + "\" is no ending of text files with rows", "as \".tsv\""));
    HILO_TRY(form.header, textList(object, "header"));
    HILO_TRY(form.keyColumn, object.textOr("key_column", ""));
    HILO_TRY(form.splitColumn, object.textOr("split_column", ""));
    if (object.has("labels")) {
        HILO_TRY(const JsonObject labels, object.object("labels"));
        HILO_CHECK(labels.onlyKeys({"file", "column"}));
        HILO_TRY(form.labelFile, labels.text("file"));
        HILO_TRY(form.labelColumn, labels.text("column"));
        if (form.labelFile.find("{name}") == std::string::npos || form.labelFile.find('/') != std::string::npos)
            return failure(labels.errorAt("file", "expected a file's name with {name} in it, for the name of the rows' "
                                                  "file without its ending"));
    }
    return {};
}

Status parseSteps(const JsonObject& object, RowForm& form)
{
    HILO_TRY(form.nameColumn, object.textOr("name_column", ""));
    HILO_TRY(form.rename, textsByName(object, "rename"));
    HILO_TRY(form.choices, listsByName(object, "choices"));
    HILO_TRY(form.blanks, textList(object, "blanks"));
    HILO_TRY(form.empty, textList(object, "empty"));
    if (object.has("values")) {
        HILO_TRY(const JsonObject values, object.object("values"));
        for (const auto& [field, texts] : values.json().items()) {
            HILO_TRY(form.values[field], textsByName(values, field));
        }
    }
    if (object.has("cuts")) {
        HILO_TRY(const JsonObject cuts, object.object("cuts"));
        for (const auto& [field, value] : cuts.json().items()) {
            HILO_TRY(const JsonObject cut, cuts.object(field));
            HILO_CHECK(cut.onlyKeys({"at", "before", "after"}));
            RowForm::Cut& one = form.cuts[field];
            HILO_TRY(one.at, cut.text("at"));
            HILO_TRY(one.before, cut.text("before"));
            HILO_TRY(one.after, cut.text("after"));
            if (one.at.empty())
                return failure(cut.errorAt("at", "is empty"));
        }
    }
    return {};
}

} // namespace

Result<RowForm> parseRowForm(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"name", "note", "protocols", "columns", "folders", "files", "ending", "header",
                                "labels", "key_column", "split_column", "name_column", "rename", "choices", "values",
                                "cuts", "blanks", "empty"}));
    RowForm form;
    HILO_TRY(form.name, object.text("name"));
    HILO_TRY(form.note, object.textOr("note", ""));
    HILO_TRY(form.protocols, textList(object, "protocols"));
    HILO_TRY(form.columns, textList(object, "columns"));
    HILO_CHECK(parseFiles(object, form));
    HILO_CHECK(parseSteps(object, form));
    if (form.columns.empty())
        form.columns = form.header;
    if (form.columns.empty())
        return failure(object.errorAt("columns", "is missing; expected the columns by which the form is known"));
    form.source = object.json().dump();
    return form;
}

} // namespace hilo
