using Plumbline.Core.Datasets;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Imaging;

namespace Plumbline.Cli;

/// <summary>A picture and what people call it.</summary>
internal sealed record NamedPicture(string Name, DatasetPicture Picture);

/// <summary>The fingerprints of a dataset's pictures: about 150 bytes a picture, no pixels.</summary>
internal sealed class PictureSet
{
    private readonly List<string> names = [];
    private readonly List<ulong> hashes = [];
    private readonly List<int> sameAs = [];

    /// <summary>Names of the pictures, in the order of reading.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Their hashes.</summary>
    public ReadOnlySpan<ulong> Hashes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(hashes);

    /// <summary>For each picture the place of the first one with equal pixels.</summary>
    public IReadOnlyList<int> SameAs => sameAs;

    /// <summary>Pictures that could not be read, with the reason.</summary>
    public List<(string Name, string Why)> Refused { get; } = [];

    /// <summary>Looks at every picture.</summary>
    public static async Task<PictureSet> ReadAsync(IAsyncEnumerable<NamedPicture> pictures, PictureHashKind hash, long? count, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        var set = new PictureSet();
        var equal = new EqualPictures(ImageLimits.Default);
        long done = 0;
        await foreach (var (named, look) in PictureLooks.LookAsync(pictures, p => p.Picture, hash, cancellationToken))
        {
            set.Add(named, look!, equal); // every one has a picture
            progress?.Invoke(++done, count);
        }

        return set;
    }

    /// <summary>The pictures of a dataset, or of a folder or archive of pictures that is none.</summary>
    /// <exception cref="UsageException">The format asked for does not exist.</exception>
    public static async Task<PictureSet> ReadAsync(DatasetSource source, string? format, PictureHashKind hash, IssueLog issues, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        var known = format is not null ? SourceOpening.Named(format, "--format") : DatasetFormats.Recognise(source.Tree) is [var only] ? only.Format : null;
        if (known is null)
        {
            var files = source.Tree.Files.Where(PictureFinder.IsPicture).ToList();
            if (files.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is neither a dataset nor a picture here.");
            return await ReadAsync(files.Select(f => new NamedPicture(f, DatasetPicture.InTree(source.Tree, f))).ToAsyncEnumerable(), hash, files.Count, progress, cancellationToken);
        }

        await using var reader = await known.OpenAsync(source, new ReadRequest(ReadDetail.Boxes, FormatOptions.Defaults, issues), cancellationToken);
        var pictures = reader.ReadItemsAsync(cancellationToken)
            .Where(i => i.Picture is not null)
            .Select(i => new NamedPicture(i.Split is null ? i.Path : $"{i.Split}/{i.Path}", i.Picture!)); // filtered
        return await ReadAsync(pictures, hash, reader.ItemCount, progress, cancellationToken);
    }

    private void Add(NamedPicture named, PictureLook look, EqualPictures equal)
    {
        var (name, picture) = named;
        if (look.Look is not { } seen)
        {
            Refused.Add((name, look.Fault ?? "it could not be read."));
            return;
        }

        try
        {
            sameAs.Add(equal.FirstWith(seen, names.Count, () => PictureLooks.Open(picture)));
        }
        catch (ImageRefusedException e)
        {
            Refused.Add((name, e.Refusal.Message));
            return;
        }

        names.Add(name);
        hashes.Add(seen.Hash);
    }
}
