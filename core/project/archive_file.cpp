// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/archive_file.h"

#include "base/atomic_file.h"
#include "base/sha256.h"
#include "project/archive.h"
#include "run/run_id.h"
#include "run/run_notes.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <span>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t blockBytes = std::size_t{1} << 18;
/// Compression bombs end here; a disk that is too small ends earlier.
constexpr std::int64_t largestFile = std::int64_t{1} << 42;

using Writing = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Reading = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

/// Where libarchive writes to: our own writer, whose error is kept.
struct Sink
{
    AtomicFileWriter& writer;
    Status status;
};

la_ssize_t writeToSink(archive*, void* context, const void* bytes, std::size_t count)
{
    auto& sink = *static_cast<Sink*>(context);
    if (sink.status)
        sink.status = sink.writer.write({static_cast<const std::byte*>(bytes), count});
    return sink.status ? static_cast<la_ssize_t>(count) : -1;
}

Error damaged(const fs::path& file, const std::string& what)
{
    return badInput(file.string(), {}, "The archive is damaged: " + what + ".",
                    "Restore it from a backup; nothing was changed.");
}

std::string textOf(archive* handle)
{
    const char* const text = archive_error_string(handle);
    return text ? text : "unknown error";
}

Status packOne(archive* handle, const fs::path& folder, const fs::path& relative, const Sink& sink)
{
    std::error_code code;
    if (!fs::is_regular_file(folder / relative, code))
        return failure(badInput((folder / relative).string(), {}, "A regular file was expected."));
    std::ifstream stream(folder / relative, std::ios::binary);
    const auto size = fs::file_size(folder / relative, code);
    if (!stream || code)
        return failure(badInput((folder / relative).string(), {}, "Cannot be read."));
    const Entry entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), relative.generic_string().c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    if (archive_write_header(handle, entry.get()) != ARCHIVE_OK)
        return sink.status ? failure(internalError("libarchive: " + textOf(handle) + ".")) : sink.status;
    std::string block(blockBytes, '\0');
    std::uintmax_t packed = 0;
    while (stream && packed < size) {
        stream.read(block.data(), static_cast<std::streamsize>(std::min<std::uintmax_t>(block.size(), size - packed)));
        const auto count = static_cast<std::size_t>(stream.gcount());
        if (archive_write_data(handle, block.data(), count) != static_cast<la_ssize_t>(count))
            return sink.status ? failure(internalError("libarchive: " + textOf(handle) + ".")) : sink.status;
        packed += count;
    }
    if (packed != size)
        return failure(badInput((folder / relative).string(), {}, "The file became shorter while it was read."));
    return {};
}

/// Gives the name of each file to begin, which says whether its content is wanted, and then the content. zlib undoes
/// the compression: libarchive 3.6 does not compare gzip's checksum.
class ArchiveReader
{
  public:
    using Begin = std::function<Result<bool>(const std::string& name)>;
    using Content = std::function<Status(std::span<const std::byte>)>;
    using End = std::function<Status()>;

    explicit ArchiveReader(const fs::path& file)
        : file_(file), stream_(gzopen(file.c_str(), "rb"), gzclose), handle_(archive_read_new(), archive_read_free)
    {
    }

    Status read(const Begin& begin, const Content& content, const End& end, const Progress& progress)
    {
        HILO_CHECK(readEntries(begin, content, end, progress));
        // zlib compares the checksum when it meets the end, which lies behind the end of the tar file.
        char rest[4096];
        int count = 0;
        while ((count = gzread(stream_.get(), rest, sizeof rest)) > 0) {
        }
        int problem = Z_OK;
        const char* const text = gzerror(stream_.get(), &problem);
        return count == 0 && problem == Z_OK ? Status() : failure(damaged(file_, text));
    }

  private:
    static la_ssize_t readBlock(archive* handle, void* context, const void** bytes)
    {
        auto& reader = *static_cast<ArchiveReader*>(context);
        const int count =
            gzread(reader.stream_.get(), reader.block_.data(), static_cast<unsigned>(reader.block_.size()));
        int problem = Z_OK;
        if (count < 0)
            archive_set_error(handle, EIO, "%s", gzerror(reader.stream_.get(), &problem));
        *bytes = reader.block_.data();
        return count;
    }

    Status readEntries(const Begin& begin, const Content& content, const End& end, const Progress& progress)
    {
        if (!stream_)
            return failure(badInput(file_.string(), {}, "The archive cannot be read."));
        if (gzdirect(stream_.get()) != 0)
            return failure(damaged(file_, "it is not compressed by gzip"));
        archive_read_support_format_tar(handle_.get());
        if (archive_read_open(handle_.get(), this, nullptr, readBlock, nullptr) != ARCHIVE_OK)
            return failure(damaged(file_, textOf(handle_.get())));
        for (;;) {
            archive_entry* entry = nullptr;
            const int next = archive_read_next_header(handle_.get(), &entry);
            if (next == ARCHIVE_EOF)
                return {};
            if (next != ARCHIVE_OK)
                return failure(damaged(file_, textOf(handle_.get())));
            if (progress.isCancelled())
                return failure(cancelled());
            const char* const name = archive_entry_pathname_utf8(entry);
            if (!name || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) ||
                archive_entry_size(entry) > largestFile)
                return failure(badInput(file_.string(), name ? name : "", "Only plain files are allowed in an archive.",
                                        "This archive was not made by this program; unpack it by hand."));
            progress.report({"Unpacking", 0, 0, name});
            HILO_TRY(const bool wanted, begin(name));
            if (!wanted)
                continue;
            HILO_CHECK(readContent(content));
            HILO_CHECK(end());
        }
    }

    Status readContent(const Content& content)
    {
        std::array<std::byte, 65536> block;
        for (;;) {
            const la_ssize_t count = archive_read_data(handle_.get(), block.data(), block.size());
            if (count == 0)
                return {};
            if (count < 0)
                return failure(damaged(file_, textOf(handle_.get())));
            HILO_CHECK(content(std::span(block).first(static_cast<std::size_t>(count))));
        }
    }

    fs::path file_;
    std::unique_ptr<gzFile_s, decltype(&gzclose)> stream_;
    std::vector<char> block_ = std::vector<char>(blockBytes);
    Reading handle_;
};

} // namespace

bool isIndexFile(const fs::path& relative)
{
    const std::string name = relative.generic_string();
    return name == "run.json" || name == "events.ndjson" || name == runNotesFile ||
           (name.starts_with("events.ndjson.") && name.find('/') == std::string::npos);
}

Status packFiles(const fs::path& folder, const std::vector<fs::path>& files, const fs::path& target,
                 const Progress& progress)
{
    HILO_TRY(AtomicFileWriter writer, AtomicFileWriter::create(target));
    Sink sink{writer, {}};
    const Writing handle(archive_write_new(), archive_write_free);
    archive_write_set_format_pax_restricted(handle.get());
    archive_write_add_filter_gzip(handle.get());
    // No filling up of the last block: damage there would go unseen.
    archive_write_set_bytes_in_last_block(handle.get(), 1);
    if (archive_write_open(handle.get(), &sink, nullptr, writeToSink, nullptr) != ARCHIVE_OK)
        return failure(internalError("libarchive: " + textOf(handle.get()) + "."));
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Packing", static_cast<std::int64_t>(i), static_cast<std::int64_t>(files.size()),
                         files[i].generic_string()});
        HILO_CHECK(packOne(handle.get(), folder, files[i], sink));
    }
    const bool closed = archive_write_close(handle.get()) == ARCHIVE_OK;
    HILO_CHECK(sink.status);
    if (!closed)
        return failure(internalError("libarchive: " + textOf(handle.get()) + "."));
    return writer.commit();
}

Status compareArchive(const fs::path& archive, const fs::path& folder, const std::vector<fs::path>& files,
                      const Progress& progress)
{
    std::set<std::string> missing;
    for (const fs::path& file : files)
        missing.insert(file.generic_string());
    const auto different = [&](const std::string& name) {
        return damaged(archive, "\"" + name + "\" is not as in the run's folder");
    };
    std::ifstream original;
    std::string name, block;
    const ArchiveReader::Begin begin = [&](const std::string& found) -> Result<bool> {
        if (missing.erase(found) == 0)
            return failure(different(found));
        name = found;
        original = std::ifstream(folder / name, std::ios::binary);
        return true;
    };
    const ArchiveReader::Content content = [&](std::span<const std::byte> bytes) -> Status {
        block.resize(bytes.size());
        original.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto expected = std::as_bytes(std::span(block));
        return original && std::equal(bytes.begin(), bytes.end(), expected.begin()) ? Status()
                                                                                    : failure(different(name));
    };
    const ArchiveReader::End end = [&]() -> Status {
        return original.peek() == std::ifstream::traits_type::eof() ? Status() : failure(different(name));
    };
    HILO_CHECK(ArchiveReader(archive).read(begin, content, end, progress));
    return missing.empty() ? Status() : failure(different(*missing.begin()));
}

Status checkArchive(const fs::path& archive, const Progress& progress)
{
    return ArchiveReader(archive).read([](const std::string&) -> Result<bool> { return true; },
                                       [](std::span<const std::byte>) { return Status(); }, [] { return Status(); },
                                       progress);
}

Status unpackArchive(const fs::path& archive, const fs::path& target, bool indexOnly, const Progress& progress)
{
    std::unique_ptr<AtomicFileWriter> writer;
    const ArchiveReader::Begin begin = [&](const std::string& name) -> Result<bool> {
        HILO_TRY(const fs::path file, pathInside(target, name, archive.string(), name));
        if (indexOnly && !isIndexFile(name))
            return false;
        std::error_code code;
        fs::create_directories(file.parent_path(), code);
        if (fs::exists(file, code))
            return failure(badInput(archive.string(), name, "The archive holds this file twice."));
        HILO_TRY(AtomicFileWriter made, AtomicFileWriter::create(file));
        writer = std::make_unique<AtomicFileWriter>(std::move(made));
        return true;
    };
    const ArchiveReader::Content content = [&](std::span<const std::byte> bytes) { return writer->write(bytes); };
    const ArchiveReader::End end = [&] { return writer->commit(); };
    return ArchiveReader(archive).read(begin, content, end, progress);
}

} // namespace hilo
