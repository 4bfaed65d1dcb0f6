namespace Plumbline.Imaging.Headers;

/// <summary>Recognises a format by its first bytes; the file's name says nothing.</summary>
internal static class FormatSniffer
{
    internal const int BytesNeeded = 16;

    internal static ImageFormat? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return ImageFormat.Jpeg;
        if (head.StartsWith(PngFile.Signature)) return ImageFormat.Png;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return ImageFormat.Gif;
        if (head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8)) return ImageFormat.WebP;
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8)) return ImageFormat.Tiff;
        if (head.StartsWith("BM"u8)) return ImageFormat.Bmp;
        return null;
    }

    /// <summary>The name of a picture format that people do have and that is not read, so that the refusal can say so.</summary>
    internal static string? KnownButUnsupported(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8))
        {
            var brand = head.Slice(8, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return "AVIF";
            if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8)) return "HEIF";
        }

        if (head.StartsWith("\0\0\0\x0CjP  "u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51])) return "JPEG 2000";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || head.StartsWith("\0\0\0\x0CJXL "u8)) return "JPEG XL";
        if (head.Length >= 3 && head[0] == (byte)'P' && head[1] is >= (byte)'1' and <= (byte)'7' && head[2] is (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t') return "PNM";
        if (head.StartsWith("\0\0\x01\0"u8)) return "ICO";
        if (head.StartsWith("%PDF-"u8)) return "PDF";
        if (head.StartsWith("8BPS"u8)) return "Photoshop";
        if (head.StartsWith("<svg"u8)) return "SVG";
        return null;
    }
}
