// SPDX-License-Identifier: GPL-3.0-or-later
// hilo-engine: all commands. `hilo` becomes it for those that need LibTorch.
#include "engine/base/torch_facts.h"
#include "run_commands.h"

int main(int argc, char** argv)
{
    using namespace hilo::cli;
    return runCommands(argc, argv,
                       {addInspect, addAllocate,  addEstimate,   addTrain,  addResume, addEvaluate,     addGenerate,
                        addServe,   addCompare,   addProject,    addWork,   addExport, addImport,       addPretrain,
                        addProfile, addMap,       addSweep,      addStudy,  addRefine, addSearch,       addData,
                        addFetch,   addBenchmark, addCompletion, addManual, addMerge,  addImportScores, addRun},
                       hilo::torchFacts);
}
