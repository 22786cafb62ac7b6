// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/progress.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// What a run was made with: runs/ID/provenance.json.
struct Provenance
{
    std::string program;  ///< version
    std::string libtorch; ///< version; empty when not known
    std::string processor, kernel, host;
    std::vector<std::string> gpus;
    std::string driver; ///< NVIDIA's; empty without one
    std::string modelPath, modelSha256;
    std::string modelName, modelCommit; ///< of a model from the hub: "org/name" and the commit; else empty
    std::string dataSha256;
    std::string mapSha256;
    std::int64_t seed = 0;
    std::string runSha256;            ///< of run.json, the full settings
    std::vector<std::string> command; ///< that repeats it, from the run's folder
};

/// SHA-256 of a file, or of a folder's files by name and content; links are followed, hidden files left out.
Result<std::string> contentHash(const std::filesystem::path& path, const Progress& progress = {});

/// The hashes that a provenance has of a run document's model and of the data of all its tasks, whose paths are seen
/// from folder. Errors: files that are not there.
Result<std::string> modelContentHash(const Json& runDocument, const std::filesystem::path& folder,
                                     const Progress& progress = {});
Result<std::string> dataContentHash(const Json& runDocument, const std::filesystem::path& folder,
                                    const Progress& progress = {});

/// Of a run folder and this machine now. libtorchVersion comes from whoever links it.
Result<Provenance> collectProvenance(const std::filesystem::path& runFolder, const std::string& libtorchVersion,
                                     const Progress& progress = {});
/// Collects and writes provenance.json; the first one stays, so that a resumed run keeps what it began with.
Status recordProvenance(const std::filesystem::path& runFolder, const std::string& libtorchVersion,
                        const Progress& progress = {});
/// provenance.json, whatever was there.
Status writeProvenance(const Provenance& provenance, const std::filesystem::path& runFolder);
Result<Provenance> readProvenance(const std::filesystem::path& runFolder);

/// As a file has it, and back; file names it in errors.
Json toJson(const Provenance& provenance);
Result<Provenance> parseProvenance(const Json& document, const std::string& file);

/// What is not as it was: "the model's files", "the program (0.1.0, now 0.2.0)", …; empty when nothing.
/// libtorchVersion: of this program; empty when it links none, and then it is not compared.
Result<std::vector<std::string>> changedSince(const std::filesystem::path& runFolder,
                                              const std::string& libtorchVersion = {}, const Progress& progress = {});

} // namespace hilo
