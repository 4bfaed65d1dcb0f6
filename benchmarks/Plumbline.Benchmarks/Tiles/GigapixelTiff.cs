using System.Buffers.Binary;

namespace Plumbline.Benchmarks.Tiles;

/// <summary>A TIFF of 32,768 × 32,768 pixels in a file of 13 MB: its 4,096 stored tiles are sixteen different ones, in no order that repeats.</summary>
internal sealed class GigapixelTiff : IDisposable
{
    public const int Side = 32_768;

    private const int TileSide = 512;
    private const int TilesAcross = Side / TileSide;
    private const int TileBytes = 3 * TileSide * TileSide;
    private const int Different = 16;
    private const int FirstTile = 1 << 16;

    public GigapixelTiff()
    {
        Folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        File = Path.Combine(Folder, "mosaic.tif");
        using var file = System.IO.File.Create(File);
        file.Write(Header());
        file.Position = FirstTile;
        for (var i = 0; i < Different; i++) file.Write(Tile(i));
    }

    public string File { get; }

    private string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static byte[] Header()
    {
        const int Entries = 11, BitsAt = 8 + 2 + (Entries * 12) + 4, OffsetsAt = BitsAt + 8, LengthsAt = OffsetsAt + (4 * TilesAcross * TilesAcross);
        var bytes = new byte[FirstTile];
        "II*\0"u8.CopyTo(bytes);
        var at = 4;
        Number(8);
        Short(Entries);
        foreach (var (tag, type, count, value) in (ReadOnlySpan<(int, int, int, int)>)
        [
            (256, 4, 1, Side), (257, 4, 1, Side), (258, 3, 3, BitsAt), (259, 3, 1, 1), (262, 3, 1, 2), (277, 3, 1, 3), (284, 3, 1, 1),
            (322, 4, 1, TileSide), (323, 4, 1, TileSide), (324, 4, TilesAcross * TilesAcross, OffsetsAt), (325, 4, TilesAcross * TilesAcross, LengthsAt),
        ])
        {
            Short(tag);
            Short(type);
            Number(count);
            Number(value);
        }

        at = BitsAt;
        for (var band = 0; band < 3; band++) Short(8);
        at = OffsetsAt;
        for (var i = 0; i < TilesAcross * TilesAcross; i++) Number(FirstTile + (TileBytes * Pick(i)));
        for (var i = 0; i < TilesAcross * TilesAcross; i++) Number(TileBytes);
        return bytes;

        void Short(int value)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), (short)value);
            at += 2;
        }

        void Number(int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
            at += 4;
        }
    }

    private static int Pick(int place) => (int)((unchecked((uint)place * 2_654_435_761u) >> 16) % Different);

    /// <summary>Soft shapes under a little sensor noise.</summary>
    private static byte[] Tile(int number)
    {
        var rgb = new byte[TileBytes];
        var noise = ((uint)number * 7919) + 1;
        for (var y = 0; y < TileSide; y++)
        {
            for (var x = 0; x < TileSide; x++)
            {
                var tone = 128 + (50 * Math.Sin((x + (number * 20)) / 23.0)) + (40 * Math.Cos((y * (1 + (number % 3))) / 37.0));
                noise = (noise * 1_664_525) + 1_013_904_223;
                var at = 3 * ((y * TileSide) + x);
                for (var band = 0; band < 3; band++) rgb[at + band] = (byte)(tone + (8 * band) + ((noise >> (24 + band)) % 12));
            }
        }

        return rgb;
    }
}
