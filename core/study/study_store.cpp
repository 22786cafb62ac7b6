// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_store.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "run/run_id.h"
#include "study/study_file.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* studyEnding = ".study.json";

fs::path studiesFolder(const Project& project)
{
    return project.folder() / "studies";
}

} // namespace

fs::path studyFile(const Project& project, const std::string& name)
{
    return studiesFolder(project) / (name + studyEnding);
}

std::vector<std::string> studyNames(const Project& project)
{
    std::vector<std::string> names;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(studiesFolder(project), code)) {
        const std::string file = entry.path().filename().string();
        if (file.ends_with(studyEnding) && checkRunId(file.substr(0, file.size() - std::string(studyEnding).size())))
            names.push_back(file.substr(0, file.size() - std::string(studyEnding).size()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<Study> readStudy(const Project& project, const std::string& name)
{
    const fs::path file = studyFile(project, name);
    std::error_code code;
    if (!checkRunId(name) || !fs::exists(file, code)) {
        std::string all;
        for (const std::string& known : studyNames(project))
            all += (all.empty() ? "" : ", ") + known;
        return failure(badInput(studiesFolder(project).string(), name, "The project has no study of this name.",
                                all.empty() ? "Make one: hilo study new." : "Its studies are " + all + "."));
    }
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(Study study, parseStudy(document, file.string(), file.parent_path()));
    // A file that was copied under another name is that study.
    study.name = name;
    return study;
}

Result<FileLock> lockStudy(const Project& project, const std::string& name)
{
    HILO_CHECK(checkRunId(name));
    std::error_code code;
    fs::create_directories(studiesFolder(project), code);
    if (code)
        return failure(badInput(studiesFolder(project).string(), {},
                                "The folder of the studies cannot be made: " + code.message() + ".",
                                "Choose a project that can be written."));
    return FileLock::acquire(studiesFolder(project) / ("." + name + ".lock"));
}

Status writeStudy(const Project& project, const Study& study)
{
    HILO_CHECK(checkRunId(study.name));
    return writeJsonFile(studyFile(project, study.name),
                         studyDocument(study, project.folder(), studiesFolder(project)));
}

Status removeStudyFile(const Project& project, const std::string& name)
{
    HILO_CHECK(checkRunId(name));
    std::error_code code;
    fs::remove(studyFile(project, name), code);
    if (code)
        return failure(
            badInput(studyFile(project, name).string(), {}, "The study cannot be removed: " + code.message() + "."));
    return syncPath(studiesFolder(project));
}

} // namespace hilo
