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

/// <summary>Looks at pictures, a few side by side, and gives them back in order.</summary>
internal static class PictureLooks
{
    /// <summary>Each item with what its picture told; null where it has none.</summary>
    public static async IAsyncEnumerable<(T Item, PictureLook? Look)> LookAsync<T>(
        IAsyncEnumerable<T> items, Func<T, DatasetPicture?> pictureOf, PictureHashKind hash = PictureHashKind.Difference, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ahead = new Queue<(T Item, Task<PictureLook>? Look)>();
        var window = 2 * Environment.ProcessorCount;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            ahead.Enqueue((item, pictureOf(item) is { } picture ? Task.Run(() => Look(picture, hash), cancellationToken) : null));
            if (ahead.Count > window) yield return await NextAsync();
        }

        while (ahead.Count > 0) yield return await NextAsync();

        async Task<(T, PictureLook?)> NextAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (item, look) = ahead.Dequeue();
            return (item, look is null ? null : await look);
        }
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
