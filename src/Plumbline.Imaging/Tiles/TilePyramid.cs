using System.Buffers.Binary;

namespace Plumbline.Imaging.Tiles;

/// <summary>
/// A file with all tiles of a picture, each an encoded picture of its own that is found in two short reads, however many there are. Little endian: <c>PLTILES1</c>, then width, height,
/// side of a tile and format as 32-bit numbers, then for each tile in the order of <see cref="TileGrid.IndexOf"/> where it begins as a 64-bit number, then where the last ends, then the tiles.
/// </summary>
public sealed class TilePyramid
{
    internal const int HeaderBytes = 24;

    private TilePyramid(TileGrid grid, ImageFormat format) => (Grid, Format) = (grid, format);

    /// <summary>The first bytes of such a file.</summary>
    internal static ReadOnlySpan<byte> Magic => "PLTILES1"u8;

    /// <summary>How the picture is cut.</summary>
    public TileGrid Grid { get; }

    /// <summary>The format of every tile: JPEG or PNG.</summary>
    public ImageFormat Format { get; }

    /// <summary>Reads one tile; null when the pyramid has no such tile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="level">0 = the smallest.</param>
    /// <param name="column">From the left, from 0.</param>
    /// <param name="row">From the top, from 0.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="InvalidDataException">The file is not a pyramid.</exception>
    public static async Task<(byte[] Bytes, ImageFormat Format)?> ReadTileAsync(string path, int level, int column, int row, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(path, options: FileOptions.Asynchronous);
        var header = ReadHeader(await ReadAsync(file, 0, HeaderBytes, cancellation));
        if (header.Grid.IndexOf(level, column, row) is not { } index) return null;
        var ends = await ReadAsync(file, HeaderBytes + (8 * index), 16, cancellation);
        var (from, to) = (BinaryPrimitives.ReadInt64LittleEndian(ends), BinaryPrimitives.ReadInt64LittleEndian(ends.AsSpan(8)));
        return (await ReadAsync(file, from, checked((int)(to - from)), cancellation), header.Format);
    }

    internal static byte[] Header(TileGrid grid, ImageFormat format)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), grid.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), grid.Height);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), grid.Side);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), format == ImageFormat.Png ? 1 : 0);
        return header;
    }

    private static TilePyramid ReadHeader(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith(Magic)) throw new InvalidDataException("The file is not a pyramid of tiles.");
        var grid = new TileGrid(
            BinaryPrimitives.ReadInt32LittleEndian(header[8..]), BinaryPrimitives.ReadInt32LittleEndian(header[12..]), BinaryPrimitives.ReadInt32LittleEndian(header[16..]));
        return new(grid, BinaryPrimitives.ReadInt32LittleEndian(header[20..]) == 1 ? ImageFormat.Png : ImageFormat.Jpeg);
    }

    private static async Task<byte[]> ReadAsync(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, int count, CancellationToken cancellation)
    {
        var buffer = new byte[count];
        for (var read = 0; read < count;)
        {
            var got = await RandomAccess.ReadAsync(file, buffer.AsMemory(read), offset + read, cancellation);
            if (got == 0) throw new InvalidDataException("The pyramid of tiles ends too early.");
            read += got;
        }

        return buffer;
    }
}
