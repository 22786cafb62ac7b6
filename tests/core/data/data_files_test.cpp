// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_files.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// A folder with files of these names.
class DataFolder
{
  public:
    explicit DataFolder(const std::vector<std::string>& names)
    {
        for (const std::string& name : names)
            writeText(folder_ / name, "x");
        spec_.path = folder_.path().string();
    }

    DataFiles files() const { return REQUIRE_OK(findDataFiles(spec_)); }
    Error error() const { return REQUIRE_ERROR(findDataFiles(spec_)); }
    const TemporaryFolder& folder() const { return folder_; }

    /// "a.csv b.csv"
    std::string of(const std::string& split) const
    {
        const DataFiles found = files();
        std::string names;
        if (const auto one = found.splits.find(split); one != found.splits.end())
            for (const auto& path : one->second)
                names += (names.empty() ? "" : " ") + path.filename().string();
        return names;
    }

    std::string whyUnused(const std::string& name) const
    {
        for (const DataNote& note : files().unused)
            if (note.file.ends_with("/" + name))
                return note.text;
        return "(used, or not told)";
    }

  private:
    TemporaryFolder folder_;
    DataSpec spec_;
};

} // namespace

HILO_TEST(aSplitsWordStandsBetweenSeparators)
{
    const DataFolder folder({"train.jsonl", "latest.jsonl", "contest.tsv", "retrieval.jsonl", "interval-notes.csv",
                             "constraints.csv", "device.json", "farodevigo.json", "evaluation.jsonl"});
    CHECK_EQ(folder.of("train"), "train.jsonl");
    CHECK_EQ(folder.of("test"), "");
    CHECK_EQ(folder.of("validation"), "");
    for (const char* name : {"latest.jsonl", "contest.tsv", "retrieval.jsonl", "interval-notes.csv", "device.json"})
        CHECK_CONTAINS(folder.whyUnused(name), "no word of its name");
}

HILO_TEST(everyUsualNameOfASplitIsFound)
{
    for (const char* name : {"train.jsonl", "TRAIN.CSV", "in_domain_train.tsv", "my-train-00000-of-00003.jsonl",
                             "train1.json", "data.train.jsonl", "Training.Json", "gloss train (2).csv"})
        CHECK_EQ(DataFolder({name}).of("train"), name);
    for (const char* name : {"dev.tsv", "validation.jsonl", "VALID.JSONL", "val_2.csv", "dev_matched.tsv"})
        CHECK_EQ(DataFolder({name}).of("validation"), name);
    for (const char* name : {"test.jsonl", "msr_paraphrase_test.tsv", "testing.csv", "Test2.Tsv"})
        CHECK_EQ(DataFolder({name}).of("test"), name);
}

HILO_TEST(whatTrainersLeaveBehindIsNoData)
{
    const DataFolder folder({"train.json", "test.json", "dataset_info.json", "state.json", "trainer_state.json",
                             "training_log.json", "training_args.json", "test_results.json", "eval_results.json",
                             "all_results.json", "eval.json", "train_metrics.csv", "test_predictions.jsonl",
                             "cache-train.jsonl", "README.md", "train.lock", "data-00000-of-00001.arrow",
                             ".gitattributes", "config.json"});
    CHECK_EQ(folder.of("train"), "train.json");
    CHECK_EQ(folder.of("test"), "test.json");
    CHECK_EQ(folder.of("validation"), "");
    for (const char* name : {"training_log.json", "test_results.json", "dataset_info.json", "train_metrics.csv"})
        CHECK_CONTAINS(folder.whyUnused(name), "leave behind");
    for (const char* name : {"state.json", "eval.json"})
        CHECK_CONTAINS(folder.whyUnused(name), "no word");
    CHECK_CONTAINS(folder.whyUnused("train.lock"), "format");
    // Nobody would take these for data.
    for (const char* name : {"README.md", ".gitattributes"})
        CHECK_EQ(folder.whyUnused(name), "(used, or not told)");
}

HILO_TEST(oneFormatASplit)
{
    const DataFolder folder({"train.csv", "train.jsonl", "train-2.jsonl", "test.tsv", "test.csv", "dev.json"});
    CHECK_EQ(folder.of("train"), "train-2.jsonl train.jsonl");
    CHECK_EQ(folder.of("test"), "test.csv");
    CHECK_EQ(folder.of("validation"), "dev.json");
    CHECK_CONTAINS(folder.whyUnused("train.csv"), "one format");
    CHECK_CONTAINS(folder.whyUnused("test.tsv"), ".csv");
}

HILO_TEST(textFilesCountWhereNothingElseDoes)
{
    CHECK_EQ(DataFolder({"train.txt", "valid.txt"}).of("validation"), "valid.txt");
    const DataFolder folder({"train.csv", "test.txt"});
    CHECK_EQ(folder.of("test"), "");
    CHECK_CONTAINS(folder.whyUnused("test.txt"), "text files");
}

HILO_TEST(namesOfTwoSplitsOtherFormatsAndFoldersAreTold)
{
    const DataFolder folder({"train.csv", "train-dev.csv", "test.xlsx", "valid.jsonl.bz2"});
    std::filesystem::create_directory(folder.folder() / "test");
    CHECK_CONTAINS(folder.whyUnused("train-dev.csv"), "two splits");
    CHECK_CONTAINS(folder.whyUnused("test.xlsx"), "format");
    CHECK_CONTAINS(folder.whyUnused("valid.jsonl.bz2"), "format");
    CHECK_CONTAINS(folder.whyUnused("test"), "folders");
}

HILO_TEST(aFolderWithoutDataSaysWhatIsThere)
{
    const Error error = DataFolder({"latest.jsonl", "contest.csv", "train.pkl"}).error();
    CHECK_CONTAINS(error.message, "latest.jsonl (no word");
    CHECK_CONTAINS(error.message, "train.pkl (its format");
    CHECK_CONTAINS(error.hint, "train.jsonl");
    CHECK_CONTAINS(DataFolder({}).error().message, "No file");
}

HILO_TEST(compressedFilesAndArrowAreDataFiles)
{
    const DataFolder folder({"train.jsonl.gz", "dev.JSONL.ZST", "test.arrow", "test.csv", "train-2.jsonl",
                             "train-2.jsonl.gz", "test_results.json.gz"});
    CHECK_EQ(folder.of("train"), "train-2.jsonl train.jsonl.gz");
    CHECK_EQ(folder.of("validation"), "dev.JSONL.ZST");
    CHECK_EQ(folder.of("test"), "test.arrow");
    CHECK_CONTAINS(folder.whyUnused("train-2.jsonl.gz"), "unpacked");
    CHECK_CONTAINS(folder.whyUnused("test.csv"), "one format");
    CHECK_CONTAINS(folder.whyUnused("test_results.json.gz"), "leave behind");
}

HILO_TEST(theOnlyDataFileIsTheTrainingSplit)
{
    const DataFolder folder({"alpaca_data.json", "README.md", "dataset_info.json", "notes.txt"});
    CHECK_EQ(folder.of("train"), "alpaca_data.json");
    CHECK_CONTAINS(folder.files().notes.at(0).text, "only data file");
}

HILO_TEST(missingShardsAreTold)
{
    const DataFolder folder(
        {"train-00000-of-00003.parquet", "train-00002-of-00003.parquet", "test-00000-of-00001.parquet"});
    const auto notes = folder.files().notes;
    CHECK_EQ(notes.size(), 1u);
    CHECK_CONTAINS(notes.at(0).text, "1 of the 3 files");
    CHECK_CONTAINS(notes.at(0).file, "train-");
}

HILO_TEST(wordsOfSplits)
{
    CHECK_EQ(splitOfWord("DEV"), "validation");
    CHECK_EQ(splitOfWord("training"), "train");
    CHECK_EQ(splitOfWord("tests"), "");
    CHECK_EQ(splitOfWord(""), "");
}
