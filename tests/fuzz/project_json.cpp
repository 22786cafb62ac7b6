// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "input_folder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const hilo::fuzz::InputFolder folder("project_json");
    folder.write("project.json", data, size);
    const auto project = hilo::Project::open(folder.path());
    if (!project)
        return 0;
    if (project->folder() != std::filesystem::canonical(folder.path()) || !project->runIds())
        std::abort();
    // Whatever the project is called, no run of that name lies outside of it.
    const auto run = project->pathOfRun(project->name());
    if (run && run->lexically_normal().parent_path() != project->runsFolder())
        std::abort();
    return 0;
}
