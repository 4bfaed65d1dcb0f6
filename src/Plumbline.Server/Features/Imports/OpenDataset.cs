using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>The files of a preview or import, opened as a dataset; pictures may lie among them or be in the project already.</summary>
internal sealed class OpenDataset : IDisposable
{
    private readonly IFileTree outer;
    private readonly DatasetSource source;
    private readonly FormatOptions options;

    private OpenDataset(IFileTree outer, IFileTree tree, ProjectImages images, ImportPayload payload)
    {
        this.outer = outer;
        Images = images;
        Tree = tree;
        source = new DatasetSource(tree, new PictureFinder([tree, images]));
        options = payload.Options is null ? FormatOptions.Defaults : new FormatOptions(payload.Options);
        Candidates = payload.Format is null ? [.. DatasetFormats.Recognise(tree)] : [];
        Format = payload.Format is { } asked
            ? DatasetFormats.Find(asked) ?? throw new JobFailedException($"This version of Plumbline does not read the format '{asked}'.")
            : Candidates is [var (only, _)] ? only : null;
    }

    /// <summary>The label files and what lies beside them.</summary>
    public IFileTree Tree { get; }

    /// <summary>The images of the project.</summary>
    public ProjectImages Images { get; }

    /// <summary>What the files were recognised as; empty when the format was given.</summary>
    public IReadOnlyList<(DatasetFormat Format, string Why)> Candidates { get; }

    /// <summary>The format; null when it has to be chosen.</summary>
    public DatasetFormat? Format { get; }

    /// <summary>Opens the files; a single ZIP is the dataset itself.</summary>
    /// <exception cref="JobFailedException">They are no longer there, or a broken ZIP.</exception>
    public static async Task<OpenDataset> OpenAsync(ImportFiles files, Database database, BlobStore blobs, JobRun job, CancellationToken cancellation)
    {
        var payload = job.Payload<ImportPayload>();
        var outer = await files.OpenAsync(payload, cancellation);
        try
        {
            var images = await ProjectImages.ReadAsync(database, blobs, job.ProjectId, cancellation);
            return new OpenDataset(outer, OnlyArchive(outer) ?? outer, images, payload);
        }
        catch
        {
            outer.Dispose();
            throw;
        }
    }

    /// <summary>Opens a reader from the start.</summary>
    public Task<DatasetReader> ReadAsync(DatasetFormat format, IssueLog issues, CancellationToken cancellation) =>
        format.OpenAsync(source, new ReadRequest(ReadDetail.Shapes, options, issues), cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        if (!ReferenceEquals(Tree, outer)) Tree.Dispose();
        outer.Dispose();
    }

    private static ZipTree? OnlyArchive(IFileTree tree)
    {
        if (tree.Files is not [var only]) return null;
        try
        {
            var stream = tree.OpenRead(only);
            if (IsZip(stream)) return new ZipTree(stream, only);
            stream.Dispose();
            return TreePath.Extension(only) == ".zip" ? throw new JobFailedException($"{only} is not a ZIP.") : null;
        }
        catch (InvalidDataException e)
        {
            throw new JobFailedException($"{only} is not a ZIP that can be read: {e.Message}", e);
        }
    }

    private static bool IsZip(Stream stream)
    {
        Span<byte> head = stackalloc byte[4];
        var is4 = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length;
        if (stream.CanSeek) stream.Position = 0;
        return is4 && (head.SequenceEqual("PK\u0003\u0004"u8) || head.SequenceEqual("PK\u0005\u0006"u8));
    }
}
