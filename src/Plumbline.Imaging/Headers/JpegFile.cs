using System.Buffers.Binary;

namespace Plumbline.Imaging.Headers;

/// <summary>What a JPEG says before its scans (ITU-T T.81, annex B).</summary>
internal sealed record JpegFile(int Width, int Height, int Components, int Precision, bool IsProgressive, bool IsBaselineFamily, int? Quality)
{
    private const int MaxHeaderBytes = 64 << 20; // APPn segments may carry previews and profiles of many segments
    private static ReadOnlySpan<byte> StandaloneMarkers => [0x01, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8];

    // ITU-T T.81, table K.1: the luminance table that quality settings scale. Only its sum matters for the estimate.
    private const int StandardLuminanceSum = 3689;

    /// <summary>Walks the marker segments up to the frame header.</summary>
    /// <returns>Null when there is no frame header before the first scan or the end.</returns>
    internal static JpegFile? Read(ImageSource source)
    {
        int? quality = null;
        for (var offset = 2L; offset < Math.Min(source.Length, MaxHeaderBytes);)
        {
            var marker = source.Read(offset, 4);
            if (marker.Length < 4) return null;
            if (marker[0] != 0xFF || marker[1] is 0xFF or 0x00 || StandaloneMarkers.Contains(marker[1]))
            {
                offset += marker[0] == 0xFF && StandaloneMarkers.Contains(marker[1]) ? 2 : 1; // fill bytes and rubbish between segments: decoders skip them
                continue;
            }

            var code = marker[1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(marker.AsSpan(2));
            if (code == 0xDB) quality ??= QualityOf(source.Read(offset + 4, length - 2));
            if (code is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return ReadFrame(code, source.Read(offset + 4, length - 2), quality);
            if (code is 0xDA or 0xD9 || length < 2) return null;
            offset += 2 + length;
        }

        return null;
    }

    private static JpegFile? ReadFrame(byte code, ReadOnlySpan<byte> frame, int? quality) =>
        frame.Length < 6 ? null : new JpegFile(
            BinaryPrimitives.ReadUInt16BigEndian(frame[3..]),
            BinaryPrimitives.ReadUInt16BigEndian(frame[1..]),
            frame[5],
            frame[0],
            IsProgressive: code is 0xC2 or 0xCA,
            IsBaselineFamily: code is 0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA,
            quality);

    /// <summary>The setting 1–100 with which the IJG library would have made the first quantisation table; an estimate for tables of other makers.</summary>
    private static int? QualityOf(ReadOnlySpan<byte> table)
    {
        if (table.Length < 65) return null;
        var sum = 0;
        if (table[0] >> 4 != 0)
        {
            if (table.Length < 129) return null;
            for (var i = 0; i < 64; i++) sum += BinaryPrimitives.ReadUInt16BigEndian(table[(1 + (2 * i))..]);
        }
        else
        {
            foreach (var q in table[1..65]) sum += q;
        }

        var scale = 100.0 * sum / StandardLuminanceSum;
        return (int)Math.Clamp(Math.Round(scale <= 100 ? (200 - scale) / 2 : 5000 / scale), 1, 100);
    }
}
