using System.Buffers.Binary;
using Plumbline.Core;
using Plumbline.Imaging;

namespace Plumbline.Benchmarks.Ingest;

/// <summary>A folder of twelve-megapixel JPEGs, quality 85, with the detail of photos; every file has bytes of its own.</summary>
internal sealed class PhotoWorkload : IDisposable
{
    private const int Width = 4000;
    private const int Height = 3000;
    private const int DistinctPictures = 24;

    public PhotoWorkload(int count)
    {
        Folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        var pictures = new byte[Math.Min(count, DistinctPictures)][];
        Parallel.For(0, pictures.Length, i => pictures[i] = Picture(i).ToJpeg(85));
        Files = [.. Enumerable.Range(0, count).Select(i => Path.Combine(Folder, $"{i:0000}.jpg"))];
        for (var i = 0; i < count; i++) File.WriteAllBytes(Files[i], Numbered(pictures[i % pictures.Length], i));
        Bytes = Files.Sum(file => new FileInfo(file).Length);
    }

    public string Folder { get; }

    public string[] Files { get; }

    public long Bytes { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A comment segment behind the first marker makes the bytes unique and costs the decoder nothing.</summary>
    private static byte[] Numbered(byte[] jpeg, int number)
    {
        var comment = new byte[8];
        (comment[0], comment[1], comment[3]) = (0xFF, 0xFE, 6);
        BinaryPrimitives.WriteInt32BigEndian(comment.AsSpan(4), number);
        return [.. jpeg.AsSpan(0, 2), .. comment, .. jpeg.AsSpan(2)];
    }

    /// <summary>Soft shapes under a little sensor noise.</summary>
    private static Raster Picture(int seed)
    {
        var rgb = new byte[3 * Width * Height];
        var noise = (uint)(seed * 7919) + 1;
        var (waves, phase) = (5 + (seed % 7), seed * 0.7);
        for (var y = 0; y < Height; y++)
        {
            var rowTone = 60 * Math.Sin((waves * Math.PI * y / Height) + phase);
            for (var x = 0; x < Width; x++)
            {
                noise = (noise * 1664525) + 1013904223;
                var tone = 128 + rowTone + (((x * waves / 500) + (y / 400)) % 2 * 40) + ((noise >> 24) % 12);
                var at = 3 * ((y * Width) + x);
                rgb[at] = (byte)Math.Clamp(tone, 0, 255);
                rgb[at + 1] = (byte)Math.Clamp(tone - 20, 0, 255);
                rgb[at + 2] = (byte)Math.Clamp(tone + 15, 0, 255);
            }
        }

        return new Raster(Width, Height, rgb);
    }
}
