using System.Buffers;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Text;

/// <summary>Walks the lines of a stream of any size; only the line in hand lies in memory.</summary>
/// <param name="stream">At its start; owned by the caller.</param>
/// <param name="file">For messages.</param>
/// <param name="quotes">Whether line ends between double quotes belong to the line, as in CSV.</param>
internal sealed class LineScanner(Stream stream, string file, bool quotes = false) : IDisposable
{
    private const int MaxLine = 1 << 28;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private long bufferOffset, lineEnds;
    private int start, end;
    private bool ended;

    /// <summary>Bytes before the line in hand.</summary>
    public long Offset { get; private set; }

    /// <summary>The number of the line in hand, from 1; with quotes, of its first line.</summary>
    public long Line { get; private set; }

    /// <summary>Moves to the next line, given without its end; valid until the next call.</summary>
    /// <exception cref="DatasetFormatException">A line is over 256 MiB.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        var scanned = 0;
        var quoted = false;
        while (true)
        {
            var cut = Find(buffer.AsSpan(start, end - start), ref scanned, ref quoted);
            if (cut < 0 && !ended)
            {
                Refill();
                continue;
            }

            if (cut < 0 && start == end)
            {
                line = default;
                return false;
            }

            var length = cut < 0 ? end - start : cut;
            line = buffer.AsSpan(start, length);
            Offset = bufferOffset + start;
            Line = lineEnds + 1;
            lineEnds += 1 + (quotes ? line.Count((byte)'\n') : 0);
            start += length + (cut < 0 ? 0 : 1);
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    // Goes on where the last look ended, so that a line over many windows is looked at once.
    private int Find(ReadOnlySpan<byte> bytes, ref int scanned, ref bool quoted)
    {
        while (scanned < bytes.Length)
        {
            var step = !quotes ? bytes[scanned..].IndexOf((byte)'\n') : quoted ? bytes[scanned..].IndexOf((byte)'"') : bytes[scanned..].IndexOfAny((byte)'"', (byte)'\n');
            if (step < 0) break;
            scanned += step + 1;
            if (bytes[scanned - 1] == (byte)'\n') return scanned - 1;
            quoted = !quoted;
        }

        scanned = bytes.Length;
        return -1;
    }

    private void Refill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            bufferOffset += start;
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            if (end >= MaxLine) throw new DatasetFormatException(file, $"a line is longer than {MaxLine >> 20} MiB.", new(Line: lineEnds + 1));
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        var count = stream.Read(buffer, end, buffer.Length - end);
        end += count;
        ended = count == 0;
    }
}
