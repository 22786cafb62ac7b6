// SPDX-License-Identifier: GPL-3.0-or-later
// Folders as the hub holds them, as save_to_disk writes them, and of documents.
#include "data/data_files.h"
#include "data/file_pattern.h"
#include "support/testing.h"

#include <filesystem>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A folder of files, which may stand in folders.
class Tree
{
  public:
    explicit Tree(const std::vector<std::string>& names = {})
    {
        for (const std::string& name : names)
            put(name, "{\"a\": 1}\n");
        spec.path = folder_.path().string();
    }

    void put(const std::string& name, const std::string& content)
    {
        fs::create_directories((folder_ / name).parent_path());
        writeText(folder_ / name, content);
    }

    /// "train: a b; test: c"
    std::string files() const
    {
        std::string text;
        for (const auto& [split, paths] : REQUIRE_OK(findDataFiles(spec)).splits) {
            text += (text.empty() ? "" : "; ") + split + ":";
            for (const fs::path& path : paths)
                text += " " + path.lexically_relative(folder_.path()).string();
        }
        return text;
    }

    Error error() const { return REQUIRE_ERROR(findDataFiles(spec)); }
    std::string notes() const
    {
        std::string text;
        const DataFiles found = REQUIRE_OK(findDataFiles(spec));
        for (const DataNote& note : found.notes)
            text += note.text + "\n";
        for (const DataNote& note : found.unused)
            text += note.file + ": " + note.text + "\n";
        return text;
    }

    /// A split as it would stand in the data's "split".
    void choose(const std::string& split, const std::string& name)
    {
        spec.splitFiles[split] = (folder_ / name).string();
    }

    DataSpec spec;

  private:
    TemporaryFolder folder_;
};

std::string card(const std::string& yaml)
{
    return "---\nlicense: mit\n" + yaml + "dataset_info:\n- &odd\n  features: [x\n---\n# A set\n";
}

} // namespace

HILO_TEST(cardsNameTheFilesOfTheirConfigurations)
{
    Tree tree({"data/train-00000-of-00001-1a2b.parquet", "data/test-00000-of-00001.parquet", "other/a.json",
               "other/b.json", "other/deep/c.json", "other/notes.pdf", "train.csv"});
    tree.put("README.md", card("configs:\n"
                               "- config_name: main # the usual one\n"
                               "  default: true\n"
                               "  data_files:\n"
                               "  - split: train\n"
                               "    path: data/train-*\n"
                               "  - split: test\n"
                               "    path: \"data/test-*.parquet\"\n"
                               "- config_name: 'all of it'\n"
                               "  data_files: other/**/*\n"
                               "- config_name: listed\n"
                               "  data_files: [other/a.json, \"other/[b-c].json\"]\n"
                               "- config_name: mapped\n"
                               "  data_files:\n"
                               "    train: other/a.json\n"
                               "    dev:\n"
                               "      - other/b.json\n"
                               "- config_name: moved\n"
                               "  data_dir: other/deep\n"
                               "- config_name: table\n"
                               "  sep: \"\\t\"\n"
                               "  data_files: train.csv\n"));
    CHECK_EQ(tree.files(), "test: data/test-00000-of-00001.parquet; train: data/train-00000-of-00001-1a2b.parquet");
    CHECK_CONTAINS(tree.notes(), "\"main\" is read, which is its default; it has main, all of it, listed");
    tree.spec.config = "all of it";
    CHECK_EQ(tree.files(), "train: other/a.json other/b.json other/deep/c.json");
    CHECK_CONTAINS(tree.notes(), "notes.pdf: its format");
    tree.spec.config = "listed";
    CHECK_EQ(tree.files(), "train: other/a.json other/b.json");
    tree.spec.config = "mapped";
    CHECK_EQ(tree.files(), "train: other/a.json; validation: other/b.json");
    tree.spec.config = "moved";
    CHECK_EQ(tree.files(), "train: other/deep/c.json");
    tree.spec.config = "table";
    CHECK_EQ(REQUIRE_OK(findDataFiles(tree.spec)).separator, '\t');
    tree.spec.config = "none";
    CHECK_CONTAINS(tree.error().message, "no configuration \"none\"");
    CHECK_CONTAINS(tree.error().hint, "main, all of it");
}

HILO_TEST(severalConfigurationsWithoutAChoiceAreAnError)
{
    Tree tree({"cola/a.json", "sst2/a.json"});
    tree.put("README.md", card("configs:\n- config_name: cola\n  data_files: cola/*\n"
                               "- config_name: sst2\n  data_files: sst2/*\n"));
    const Error error = tree.error();
    CHECK_EQ(static_cast<int>(error.code), 3);
    CHECK_CONTAINS(error.message, "cola, sst2");
    CHECK_CONTAINS(error.hint, "--data-config cola");
    CHECK_CONTAINS(error.hint, "\"config\": \"cola\"");
    // The same without a card.
    Tree folders({"cola/train.jsonl", "cola/test.jsonl", "sst2/train/0000.parquet", "images/a.png"});
    CHECK_CONTAINS(folders.error().message, "cola, sst2");
    folders.spec.config = "sst2";
    CHECK_EQ(folders.files(), "train: sst2/train/0000.parquet");
    folders.spec.config = "images";
    CHECK_CONTAINS(folders.error().hint, "cola, sst2");
}

HILO_TEST(cardsThatAreNotReadSayWhere)
{
    const auto errorOf = [](const std::string& yaml) {
        Tree tree({"a.json"});
        tree.put("README.md", "---\nlicense: mit\n" + yaml + "---\n");
        return tree.error();
    };
    CHECK_EQ(errorOf("configs:\n- config_name: a\n  data_files: *.json\n").place, "line 5");
    CHECK_CONTAINS(errorOf("configs:\n- config_name: a\n  data_files: *.json\n").message, "belongs into quotes");
    CHECK_CONTAINS(errorOf("configs: &x\n- a\n").message, "begins with &");
    CHECK_CONTAINS(errorOf("configs:\n- data_files: |\n    a\n").message, "begins with |");
    CHECK_CONTAINS(errorOf("configs:\n- data_files: ../a.json\n").message, "leads out");
    CHECK_CONTAINS(errorOf("configs:\n- data_files: /etc/a.json\n").message, "leads out");
    CHECK_CONTAINS(errorOf("configs:\n- data_files: hf://datasets/a/b.json\n").message, "leads out");
    CHECK_CONTAINS(errorOf("configs:\n- data_files: b*.json\n").message, "no data file fits b*.json");
    CHECK_CONTAINS(errorOf("configs:\n- data_files:\n  - split: train\n").message, "no path");
    CHECK_CONTAINS(errorOf("configs: yes\n").message, "a list of configurations");
}

HILO_TEST(foldersOfTheHubWithoutACard)
{
    CHECK_EQ(Tree({"README.md", "data/train-00000-of-00001.parquet", "data/test.parquet", "images/x.png"}).files(),
             "test: data/test.parquet; train: data/train-00000-of-00001.parquet");
    CHECK_EQ(Tree({"train/0000.parquet", "train/0001.parquet", "validation/0000.parquet", "docs/x.csv"}).files(),
             "train: train/0000.parquet train/0001.parquet; validation: validation/0000.parquet");
    const Tree one({"default/train/0000.parquet"});
    CHECK_EQ(one.files(), "train: default/train/0000.parquet");
    CHECK_CONTAINS(one.notes(), "\"default\" are read");
}

HILO_TEST(splitsOfOneMeaningAreChosenByName)
{
    Tree tree({"data/train_sft-1.jsonl", "data/train_gen-1.jsonl", "data/test_sft-1.jsonl"});
    tree.put("README.md", card("configs:\n- data_files:\n  - {split: train_sft, path: data/train_sft-*}\n"
                               "  - {split: train_gen, path: data/train_gen-*}\n"
                               "  - {split: test_sft, path: data/test_sft-*}\n"));
    const Error error = tree.error();
    CHECK_CONTAINS(error.message, "train_sft and train_gen");
    CHECK_CONTAINS(error.hint, "\"split\": {\"train\": \"train_gen\"");
    tree.choose("train", "train_gen");
    CHECK_EQ(tree.files(), "train: data/train_gen-1.jsonl");
    CHECK_CONTAINS(tree.notes(), "test_sft: the data's \"split\" does not name");
    tree.choose("validation", "test_sft");
    CHECK_EQ(tree.files(), "train: data/train_gen-1.jsonl; validation: data/test_sft-1.jsonl");
    tree.choose("test", "test_gen");
    CHECK_CONTAINS(tree.error().message, "nor a split \"test_gen\"");
}

HILO_TEST(whatSaveToDiskWroteIsRead)
{
    Tree tree;
    const std::string rows = readText(dataFile("arrow/nested.arrow"));
    tree.put("dataset_dict.json", "{\"splits\": [\"train\", \"test\"]}");
    for (const std::string split : {"train", "test"}) {
        tree.put(split + "/data-00000-of-00001.arrow", rows);
        tree.put(split + "/cache-1a2b.arrow", rows);
        tree.put(split + "/dataset_info.json", "{}");
        tree.put(split + "/state.json", "{\"_data_files\": [{\"filename\": \"data-00000-of-00001.arrow\"}], "
                                        "\"_fingerprint\": \"x\", \"_split\": \"" +
                                            split + "\"}");
    }
    CHECK_EQ(tree.files(), "test: test/data-00000-of-00001.arrow; train: train/data-00000-of-00001.arrow");
    const Dataset data = REQUIRE_OK(readDataset(tree.spec));
    CHECK_EQ(data.splits.at("train").size(), 4u);
    CHECK_EQ(*data.splits.at("test")[0].field("deep.a.b.c"), "1");
    // One split's folder by itself.
    DataSpec one;
    one.path = tree.spec.path + "/test";
    const DataFiles files = REQUIRE_OK(findDataFiles(one));
    CHECK_EQ(files.splits.at("train").size(), 1u);
    CHECK_CONTAINS(files.notes.at(0).text, "\"test\"");
    tree.spec.config = "a";
    CHECK_CONTAINS(tree.error().message, "no configuration");
}

HILO_TEST(savedSetsThatAreNotWholeAreErrors)
{
    const auto errorOf = [](const std::string& state) {
        Tree tree({"train/other.jsonl"});
        tree.put("dataset_dict.json", "{\"splits\": [\"train\"]}");
        if (!state.empty())
            tree.put("train/state.json", state);
        return tree.error();
    };
    CHECK_CONTAINS(errorOf("").message, "no state.json");
    CHECK_CONTAINS(errorOf("{\"_data_files\": [{\"filename\": \"a.arrow\"}]}").message, "a.arrow is not there");
    CHECK_CONTAINS(errorOf("{\"_data_files\": [{\"filename\": \"../a.arrow\"}]}").message, "no name of a file");
    CHECK_CONTAINS(errorOf("{\"_data_files\": []}").message, "no data files");
    CHECK_CONTAINS(
        errorOf("{\"_data_files\": [{\"filename\": \"other.jsonl\"}], \"_indices_data_files\": [{}]}").message,
        "selection of rows");
    Tree bad;
    bad.put("dataset_dict.json", "{\"splits\": [\"../x\"]}");
    CHECK_CONTAINS(bad.error().message, "no name of a file");
}

HILO_TEST(foldersOfTextsAreDocuments)
{
    Tree tree;
    tree.put("README.md", card(""));
    tree.put("one.md", "# One\n\ntext\n");
    tree.put("part/testing.txt", "two\nlines\n");
    tree.put(".git/hidden.txt", "x\n");
    CHECK_EQ(tree.files(), "train: one.md part/testing.txt");
    CHECK_CONTAINS(tree.notes(), "each of its 2 text files is a document");
    CHECK_CONTAINS(tree.notes(), "README.md: it is the card");
    const Dataset documents = REQUIRE_OK(readDataset(tree.spec));
    CHECK_EQ(documents.splits.at("train").size(), 2u);
    CHECK_EQ(*documents.splits.at("train")[1].field("text"), "two\nlines\n");
    tree.spec.documents = false;
    CHECK_EQ(REQUIRE_OK(readDataset(tree.spec)).splits.at("train").size(), 4u);
    // Files named after splits have a row a line, unless told otherwise.
    Tree lines;
    lines.put("train.txt", "one\ntwo\n");
    CHECK_EQ(REQUIRE_OK(readDataset(lines.spec)).splits.at("train").size(), 2u);
    lines.spec.documents = true;
    CHECK_EQ(REQUIRE_OK(readDataset(lines.spec)).splits.at("train").size(), 1u);
    // One text among many that is called like a split makes none of it.
    CHECK_EQ(Tree({"a.txt", "b.txt", "testing.txt"}).files(), "train: a.txt b.txt testing.txt");
    CHECK_EQ(Tree({"a/x.txt", "test/y.txt"}).files(), "train: a/x.txt test/y.txt");
    CHECK_CONTAINS(Tree({"a.txt", "b.jsonl", "c.jsonl"}).error().message, "No file in the folder");
}

HILO_TEST(theDatasKeysOfReading)
{
    const auto parse = [](const Json& json) -> Result<DataSpec> {
        HILO_TRY(const JsonObject object, JsonObject::of(json, "run.json", "data"));
        return parseDataSpec(object, "/data");
    };
    const Json json = {{"path", "x"},    {"template", "text"}, {"columns", Json::object()},
                       {"config", "a"},  {"separator", "tab"}, {"documents", "file"},
                       {"split", "none"}};
    const DataSpec spec = REQUIRE_OK(parse(json));
    CHECK_EQ(spec.separator, '\t');
    CHECK(spec.documents == true);
    Json again = toJson(spec);
    again["path"] = "x";
    CHECK_EQ(again.dump(), json.dump());
    CHECK_CONTAINS(REQUIRE_ERROR(parse({{"path", "x"}, {"template", "t"}, {"separator", "::"}})).place, "separator");
    CHECK_CONTAINS(REQUIRE_ERROR(parse({{"path", "x"}, {"template", "t"}, {"separator", "\""}})).place, "separator");
    CHECK_CONTAINS(REQUIRE_ERROR(parse({{"path", "x"}, {"template", "t"}, {"documents", "page"}})).hint, "line");
    CHECK(!toJson(REQUIRE_OK(parse({{"path", "x"}, {"template", "t"}}))).contains("config"));
}

HILO_TEST(patternsOfFiles)
{
    for (const auto& [path, pattern] : {std::pair("a.json", "*.json"),
                                        {"data/a.json", "data/*"},
                                        {"a/b/c", "**"},
                                        {"a/b/c", "a/**/c"},
                                        {"a/c", "a/**/c"},
                                        {"a/b/c.txt", "**/*.txt"},
                                        {"c.txt", "**/*.txt"},
                                        {"aXbXc", "a*b*c"},
                                        {"x1", "x[0-9]"},
                                        {"x1", "x[!a-z]"},
                                        {"x1", "x?"},
                                        {"x[", "x["},
                                        {"./a", "a"}})
        CHECK(fitsPattern(path, pattern));
    for (const auto& [path, pattern] : {std::pair("data/a.json", "*.json"),
                                        {"a/b/c", "a/*"},
                                        {"ab", "a"},
                                        {"xa", "x[0-9]"},
                                        {"a", ""},
                                        {"", "a"},
                                        {"a/b", "a/b/c"}})
        CHECK(!fitsPattern(path, pattern));
    CHECK(!fitsPattern(std::string(5000, 'a'), "*a*a*a*a*a*a*a*a*a*a*b"));
}

HILO_TEST(aSplitThatAFolderOfPlainFilesDoesNotNameIsRefused)
{
    const TemporaryFolder folder;
    writeText(folder / "train.jsonl", "{\"text\": \"a\"}\n");
    DataSpec spec;
    spec.path = folder.path().string();
    spec.splitFiles["train"] = (folder / "nope").string();
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readDataset(spec))), "nope");
}
