using System.Buffers.Binary;
using System.IO.Compression;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging.Tests;

/// <summary>Small pictures made for a test.</summary>
internal static class Pictures
{
    /// <summary>Every pixel tells where it is: red grows to the right, green downwards.</summary>
    internal static Raster Gradient(int width, int height)
    {
        var rgb = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = 3 * ((y * width) + x);
                rgb[at] = (byte)(255 * x / Math.Max(1, width - 1));
                rgb[at + 1] = (byte)(255 * y / Math.Max(1, height - 1));
                rgb[at + 2] = 60;
            }
        }

        return new Raster(width, height, rgb);
    }

    /// <summary>Puts an EXIF block with nothing but the orientation behind a JPEG's first marker.</summary>
    internal static byte[] WithOrientation(byte[] jpeg, int orientation) =>
        [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(2 + 6 + Exif(orientation).Length), .. "Exif\0\0"u8, .. Exif(orientation), .. jpeg.AsSpan(2)];

    /// <summary>Puts an eXIf chunk with nothing but the orientation behind a PNG's header.</summary>
    internal static byte[] PngWithOrientation(byte[] png, int orientation) => [.. png.AsSpan(0, 33), .. Chunk("eXIf", Exif(orientation)), .. png.AsSpan(33)];

    /// <summary>A PNG of a single grey value: tiny file, any size.</summary>
    internal static byte[] BlankPng(int width, int height, int bitDepth)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[1 + (((long)width * bitDepth) + 7) / 8];
            for (var y = 0; y < height; y++) zip.Write(row);
        }

        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A 24- or 32-bit bitmap.</summary>
    internal static byte[] Bmp(Raster picture, int bits = 24, bool topDown = false)
    {
        var rowBytes = ((picture.Width * bits) + 31) / 32 * 4;
        var bytes = new byte[54 + (rowBytes * picture.Height)];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), picture.Width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), topDown ? -picture.Height : picture.Height);
        bytes[26] = 1;
        bytes[28] = (byte)bits;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var (red, green, blue) = picture[x, y];
                var at = 54 + (rowBytes * (topDown ? y : picture.Height - 1 - y)) + (x * bits / 8);
                (bytes[at], bytes[at + 1], bytes[at + 2]) = (blue, green, red);
            }
        }

        return bytes;
    }

    /// <summary>Saves through any libvips saver, such as <c>tiffsave_buffer</c>.</summary>
    internal static byte[] Save(Raster picture, string saver)
    {
        using var image = VipsImage.FromMemory(picture.Rgb.Span, picture.Width, picture.Height, 3);
        using var blob = new VipsOperation(saver, image).RunToBlob();
        return blob.ToArray();
    }

    /// <summary>A 16-bit grey TIFF holding only values from <paramref name="low"/> to <paramref name="high"/>, growing to the right.</summary>
    internal static byte[] GreyTiff16(int width, int height, int low, int high)
    {
        var samples = new byte[2 * width * height];
        for (var i = 0; i < width * height; i++) BinaryPrimitives.WriteUInt16LittleEndian(samples.AsSpan(2 * i), (ushort)(low + ((high - low) * (i % width) / (width - 1))));
        return
        [
            .. "II*\0"u8, 8, 0, 0, 0, 9, 0,
            .. Entry(256, 4, width), .. Entry(257, 4, height), .. Entry(258, 3, 16), .. Entry(259, 3, 1), .. Entry(262, 3, 1),
            .. Entry(273, 4, 8 + 2 + (9 * 12) + 4), .. Entry(277, 3, 1), .. Entry(278, 4, height), .. Entry(279, 4, samples.Length),
            0, 0, 0, 0, .. samples,
        ];

        static byte[] Entry(ushort tag, byte type, int value) => [.. BitConverter.GetBytes(tag), type, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(value)];
    }

    private static byte[] Exif(int orientation) => [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. type.Select(c => (byte)c), .. data];
        var crc = uint.MaxValue;
        foreach (var b in body)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
        }

        var length = new byte[4];
        var check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, ~crc);
        return [.. length, .. body, .. check];
    }
}
