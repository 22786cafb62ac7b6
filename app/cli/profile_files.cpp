// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile_files.h"

#include <algorithm>

namespace hilo::cli {

Result<std::vector<ComplexityProfile>> readProfiles(const std::vector<std::string>& files, const ModelSource& model,
                                                    const Progress& progress)
{
    std::vector<ComplexityProfile> profiles;
    for (const std::string& file : files) {
        HILO_TRY(ComplexityProfile profile, readComplexityProfile(file));
        profiles.push_back(std::move(profile));
    }
    const bool hashed =
        std::any_of(profiles.begin(), profiles.end(), [](const auto& one) { return !one.modelSha256.empty(); });
    std::string hash;
    if (hashed && model.weights) {
        HILO_TRY(hash, modelHash(model, progress));
    }
    for (const ComplexityProfile& profile : profiles)
        HILO_CHECK(validateComplexityProfile(profile, model.config, hash));
    return profiles;
}

} // namespace hilo::cli
