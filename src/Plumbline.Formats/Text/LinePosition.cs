using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Text;

/// <summary>Where a byte of a file stands in lines and columns.</summary>
internal static class LinePosition
{
    /// <summary>Counts from the start of the stream; the offset alone where it cannot be read again.</summary>
    public static FilePosition Of(Stream stream, long offset)
    {
        if (!stream.CanSeek) return new(Offset: offset);
        stream.Position = 0;
        var block = new byte[1 << 16];
        long line = 1, lineStart = 0, read = 0;
        while (read < offset)
        {
            var count = stream.Read(block, 0, (int)Math.Min(block.Length, offset - read));
            if (count == 0) break;
            var last = block.AsSpan(0, count).LastIndexOf((byte)'\n');
            line += block.AsSpan(0, count).Count((byte)'\n');
            if (last >= 0) lineStart = read + last + 1;
            read += count;
        }

        return new(line, offset - lineStart + 1, offset);
    }
}
