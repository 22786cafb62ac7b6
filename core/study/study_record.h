// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "project/project.h"
#include "run/provenance.h"
#include "run/right_rows.h"
#include "study/study.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

inline constexpr const char* studyRecordFormat = "hilo.study-record/1";

/// A finished run as a record has it: what the study's table needs, and what tells whether another run is the same.
/// Its settings are those that the study has for it (specOf()).
struct RecordedRun
{
    std::string id;
    Provenance provenance; ///< without the machine's name and the model's place
    std::vector<Json> events;
    std::vector<RightRows> rows;
};

/// A study with its finished runs, without adapters and checkpoints.
struct StudyRecord
{
    /// As its file has it, with the finished runs alone. All paths are seen from the project's folder studies/, also
    /// those out of the project, so that a project that is moved with what lies beside it finds its files.
    Json study;
    std::map<std::string, std::string> files; ///< SHA-256 of templates and the adapter to start from, namedFiles()
    std::vector<RecordedRun> runs;
};

/// What a spec's tasks name beside their data, by what it is: "template of kinds", "start_from"; only what is there.
std::map<std::string, std::string> namedFiles(const RunSpec& spec);

/// Errors: no finished run, an archived one (its files are packed), one whose run.json is not what the study has.
Result<StudyRecord> recordOf(const Study& study, const Project& project, RunReader& reader);

/// A line "hilo.study-record/1 SHA256 SIZE" and a frame of zstd with a JSON document of SIZE bytes; the hash is of the
/// frame.
std::string recordBytes(const StudyRecord& record);
/// Everything is checked before anything is given. file names it in errors.
Result<StudyRecord> parseRecord(std::string_view bytes, const std::string& file);

} // namespace hilo
