using System.Runtime.CompilerServices;
using Plumbline.Core.Checks;
using Plumbline.Core.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Imaging;

namespace Plumbline.Cli;

/// <summary>What was learnt from one picture.</summary>
/// <param name="Look">What it is and looks like; null when it is missing or refused.</param>
/// <param name="Fault">Why it was refused; null when it was not.</param>
internal sealed record PictureLook(QuickLook? Look, string? Fault);

/// <summary>An item with what its picture told.</summary>
/// <param name="Item">The item.</param>
/// <param name="Look">Null where it has no picture.</param>
internal sealed record LookedAt<T>(T Item, PictureLook? Look)
    where T : class; // the runtime has compiled code for any class; for a structure it would compile it anew in each run

/// <summary>Looks at pictures, a few side by side, and gives them back in order.</summary>
internal static class PictureLooks
{
    // To hand over and to wait costs as much as a tenth of a small picture: a thread takes several at once.
    private const int AtOnce = 8;

    /// <summary>Each item with what its picture told; null where it has none.</summary>
    public static async IAsyncEnumerable<LookedAt<T>> LookAsync<T>(
        IAsyncEnumerable<T> items, Func<T, DatasetPicture?> pictureOf, PictureHashKind hash = PictureHashKind.Difference, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        var ahead = new Queue<Task<LookedAt<T>[]>>();
        var next = new List<T>(AtOnce);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            next.Add(item);
            if (next.Count < AtOnce) continue;
            Start();
            if (ahead.Count <= Environment.ProcessorCount) continue;
            foreach (var looked in await ahead.Dequeue()) yield return looked;
        }

        if (next.Count > 0) Start();
        while (ahead.TryDequeue(out var last))
        {
            foreach (var looked in await last) yield return looked;
        }

        void Start()
        {
            var batch = next.ToArray();
            next.Clear();
            ahead.Enqueue(Array.Exists(batch, item => pictureOf(item) is not null) ? Task.Run(() => LookAt(batch), cancellationToken) : Task.FromResult(LookAt(batch)));
        }

        LookedAt<T>[] LookAt(T[] batch) => Array.ConvertAll(batch, item =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new LookedAt<T>(item, pictureOf(item) is { } picture ? Look(picture, hash) : null);
        });
    }

    /// <summary>The picture's bytes, from disk where they lie there.</summary>
    public static ImageSource Open(DatasetPicture picture)
    {
        if (picture.LocalPath is { } path) return ImageSource.FromFile(path);
        using var stream = picture.OpenRead();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return ImageSource.FromBytes(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    /// <summary>The facts as the checks take them.</summary>
    /// <param name="look">What the picture told; null where there is none.</param>
    /// <param name="place">The image's place.</param>
    /// <param name="equal">Knows which pictures are equal.</param>
    /// <param name="picture">The picture.</param>
    public static PictureFacts Facts(PictureLook? look, int place, EqualPictures equal, DatasetPicture? picture)
    {
        if (look is null || picture is null) return new PictureFacts(Missing: true);
        if (look.Look is not { } seen) return new PictureFacts(look.Fault);
        string? fault = null;
        int? first = null;
        try
        {
            first = equal.FirstWith(seen, place, () => Open(picture));
        }
        catch (ImageRefusedException e)
        {
            fault = e.Refusal.Message;
        }

        return new PictureFacts(fault)
        {
            StoredWidth = seen.Description.StoredWidth,
            StoredHeight = seen.Description.StoredHeight,
            Orientation = seen.Description.Orientation,
            PixelHash = first is { } known ? FormattableString.Invariant($"{known}") : null,
            DifferenceHash = seen.Hash,
        };
    }

    private static PictureLook Look(DatasetPicture picture, PictureHashKind hash)
    {
        try
        {
            return new(QuickLook.At(Open(picture), ImageLimits.Default, hash), null);
        }
        catch (ImageRefusedException e)
        {
            return new(null, e.Refusal.Message);
        }
        catch (IOException e)
        {
            return new(null, e.Message);
        }
    }
}
