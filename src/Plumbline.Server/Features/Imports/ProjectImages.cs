using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>An image of the project, as an import sees it.</summary>
public sealed class ProjectImage
{
    public required string ImageId { get; init; }
    public required string Path { get; init; }
    public required string PixelsSha256 { get; init; }
    public long Width { get; init; }
    public long Height { get; init; }
}

/// <summary>
/// The project's images as a tree of upright pictures, so that labels without pictures find theirs: by path, or by the file's name where only one image is called so.
/// Holds about 200 bytes an image.
/// </summary>
internal sealed class ProjectImages : IFileTree
{
    private readonly BlobStore blobs;
    private readonly SortedDictionary<string, ProjectImage> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProjectImage?> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProjectImage> byFile = new(StringComparer.Ordinal);

    private ProjectImages(BlobStore blobs, IEnumerable<ProjectImage> images)
    {
        this.blobs = blobs;
        foreach (var image in images)
        {
            byPath[image.Path] = image;
            byFile.TryAdd(blobs.PathOf(image.PixelsSha256), image);
            if (!byName.TryAdd(TreePath.FileName(image.Path), image)) byName[TreePath.FileName(image.Path)] = null; // two of one name: neither is meant for sure
        }
    }

    /// <inheritdoc />
    public string Name => "the project";

    /// <inheritdoc />
    public IReadOnlyList<string> Files => [.. byPath.Keys];

    /// <inheritdoc />
    public IReadOnlyList<RefusedEntry> Refused => [];

    /// <summary>Reads the images as they are now.</summary>
    public static async Task<ProjectImages> ReadAsync(Database database, BlobStore blobs, string projectId, CancellationToken cancellation) =>
        new(blobs, await database.ReadAsync(session => DatasetSql.ListImagesAsync(session, projectId), cancellation));

    /// <summary>The image that a path of a dataset means; null when none does.</summary>
    public ProjectImage? Find(string path) => byPath.GetValueOrDefault(path) ?? byName.GetValueOrDefault(TreePath.FileName(path));

    /// <summary>The image whose picture a reader found in this tree; null when it comes from elsewhere.</summary>
    public ProjectImage? Of(DatasetPicture picture) => picture.LocalPath is { } file ? byFile.GetValueOrDefault(file) : null;

    /// <inheritdoc />
    public bool Exists(string path) => Find(path) is not null;

    /// <inheritdoc />
    public Stream OpenRead(string path) => Find(path) is { } image ? blobs.OpenRead(image.PixelsSha256) : throw new FileNotFoundException($"There is no image {path} in the project.", path);

    /// <inheritdoc />
    public string? LocalPath(string path) => Find(path) is { } image ? blobs.PathOf(image.PixelsSha256) : null;

    /// <inheritdoc />
    public void Dispose()
    {
        // Every stream has a handle of its own.
    }
}
