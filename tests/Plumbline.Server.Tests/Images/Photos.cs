using System.IO.Compression;
using System.Text;
using Plumbline.Core;
using Plumbline.Imaging;

namespace Plumbline.Server.Tests.Images;

/// <summary>Pictures and archives made for a test.</summary>
internal static class Photos
{
    /// <summary>A JPEG of soft colours, another for each seed.</summary>
    internal static byte[] Jpeg(int seed, int width = 320, int height = 240) => Scene(seed, width, height).ToJpeg();

    internal static byte[] Png(int seed, int width = 32, int height = 24) => Scene(seed, width, height).ToPng();

    internal static Raster Scene(int seed, int width, int height)
    {
        var random = new Random(seed);
        var (fx, fy, phase) = (random.NextDouble() * 6, random.NextDouble() * 6, random.NextDouble() * 6);
        var rgb = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = 3 * ((y * width) + x);
                rgb[at] = (byte)(128 + (127 * Math.Sin((fx * x / width) + phase)));
                rgb[at + 1] = (byte)(128 + (127 * Math.Cos((fy * y / height) + phase)));
                rgb[at + 2] = (byte)(seed * 37);
            }
        }

        return new Raster(width, height, rgb);
    }

    /// <summary>Puts an EXIF block with nothing but the orientation into a JPEG.</summary>
    internal static byte[] Turned(byte[] jpeg, int orientation)
    {
        byte[] exif = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(2 + exif.Length), .. exif, .. jpeg.AsSpan(2)];
    }

    internal static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    /// <summary>A one-bit PNG of nothing, whose rows compress a thousandfold.</summary>
    internal static byte[] BlankPng(int side)
    {
        static byte[] Chunk(string type, byte[] data)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            var crc = uint.MaxValue;
            foreach (var b in body)
            {
                crc ^= b;
                for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }

            return [.. BigEndian(data.Length), .. body, .. BigEndian((int)~crc)];
        }

        static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < side; y++) zip.Write(new byte[1 + ((side + 7) / 8)]);
        }

        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", [.. BigEndian(side), .. BigEndian(side), 1, 0, 0, 0, 0]), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }
}
