using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging.Tiles;

/// <summary>Cuts a picture into tiles of all sizes in one pass from top to bottom: a few rows of tiles are in memory, never the picture (where its format allows).</summary>
public static class PyramidWriter
{
    private const string JpegSuffix = ".jpg[Q=90]"; // from 90 on colours keep their full resolution
    private const string PngSuffix = ".png[compression=4]";

    /// <summary>Writes the pyramid of an upright picture: PNG tiles of a PNG, JPEG tiles of anything else.</summary>
    /// <param name="source">A picture stored upright, or its upright copy.</param>
    /// <param name="format">Its format.</param>
    /// <param name="scratch">A file that does not exist, and is gone afterwards.</param>
    /// <param name="target">Gets the file as <see cref="TilePyramid"/> describes it; the same bytes for the same picture.</param>
    /// <param name="progress">Told the percentage of the cutting now and then, from another thread.</param>
    /// <param name="cancellation">Stops the cutting.</param>
    /// <exception cref="ImageRefusedException">The pixels cannot be decoded.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static TileGrid Write(ImageSource source, ImageFormat format, string scratch, Stream target, Action<int> progress, CancellationToken cancellation)
    {
        var tiles = format == ImageFormat.Png ? ImageFormat.Png : ImageFormat.Jpeg;
        using var file = new ScratchFile(scratch);
        TileGrid grid;
        try
        {
            grid = file.Write(() => Cut(source, format, tiles, scratch, progress, () => cancellation.IsCancellationRequested || file.MustStop));
        }
        catch (ImageRefusedException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }

        Pack(scratch, grid, tiles, target, cancellation);
        return grid;
    }

    private static TileGrid Cut(ImageSource source, ImageFormat format, ImageFormat tiles, string scratch, Action<int> progress, Func<bool> mustStop) =>
        PictureLoader.Guard(source, format, () =>
        {
            using var image = Upright.Then(PictureLoader.Open(source, format, sequential: true), Srgb.From);
            using var watch = new VipsWatch(image, progress, mustStop);
            using var save = new VipsOperation("dzsave", image).SetString("filename", scratch).SetParsed("container", "zip").SetParsed("depth", "onetile");
            save.Set("tile-size", TileGrid.DefaultSide).Set("overlap", 0).SetString("suffix", tiles == ImageFormat.Png ? PngSuffix : JpegSuffix).Set("strip", true);
            save.RunToFile();
            return new TileGrid(image.Width, image.Height);
        });

    /// <summary>From the archive that libvips writes, in the order in which it came to its tiles, to one in which a tile is found by its number.</summary>
    private static void Pack(string scratch, TileGrid grid, ImageFormat tiles, Stream target, CancellationToken cancellation)
    {
        using var archive = ZipFile.OpenRead(scratch);
        var entries = new ZipArchiveEntry?[grid.Count];
        foreach (var entry in archive.Entries)
        {
            if (Index(entry, grid) is { } index) entries[index] = entry;
        }

        target.Write(TilePyramid.Header(grid, tiles));
        var at = TilePyramid.HeaderBytes + (8 * (grid.Count + 1));
        var number = new byte[8];
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, at);
            target.Write(number);
            at += entry?.Length ?? throw new InvalidDataException("libvips left a tile out.");
        }

        BinaryPrimitives.WriteInt64LittleEndian(number, at);
        target.Write(number);
        foreach (var entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            using var tile = entry!.Open(); // counted above
            tile.CopyTo(target);
        }
    }

    /// <summary>The archive names tiles <c>…_files/LEVEL/COLUMN_ROW.jpg</c>; there are a few other files in it.</summary>
    private static long? Index(ZipArchiveEntry entry, TileGrid grid)
    {
        var parts = entry.FullName.Split('/');
        var place = Path.GetFileNameWithoutExtension(entry.Name).Split('_');
        return parts.Length >= 2 && place.Length == 2 && Number(parts[^2]) is { } level && Number(place[0]) is { } column && Number(place[1]) is { } row
            ? grid.IndexOf(level, column, row)
            : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
