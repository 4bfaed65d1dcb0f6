using System.Buffers;
using System.Collections.Immutable;

namespace Plumbline.Core.Masks;

/// <summary>One inside span of one line: [Start, End) of line Line.</summary>
internal readonly record struct LineSpan(int Line, int Start, int End);

/// <summary>The lines and offsets that inside pixels take up; empty when there are none.</summary>
internal readonly record struct LineExtent(int FirstLine, int Lines, int FirstOffset, int Offsets)
{
    public bool IsEmpty => Lines == 0;
}

/// <summary>
/// What row-major and column-major run lengths have in common: pixels in lines (rows or columns) of one length, alternating runs across line ends, zeros first.
/// Everything here walks runs and never a bitmap.
/// </summary>
internal static class RunLengths
{
    /// <summary>Truth tables for <see cref="Combine"/>.</summary>
    public const int Or = 0b1110, And = 0b1000, AndNot = 0b0100, ExclusiveOr = 0b0110;

    public static long Area(ReadOnlySpan<int> runs)
    {
        long area = 0;
        for (var i = 1; i < runs.Length; i += 2) area += runs[i];
        return area;
    }

    /// <summary>No run of 0 but the first, and not all outside.</summary>
    public static bool IsCanonical(ReadOnlySpan<int> runs) => runs.Length > 1 && !runs[1..].Contains(0);

    /// <summary>The spans of each line in order; a run over several lines becomes one span a line.</summary>
    public static LineSpans Spans(ReadOnlySpan<int> runs, int lineLength) => new(runs, lineLength);

    public static LineExtent Extent(ReadOnlySpan<int> runs, int lineLength)
    {
        int firstLine = -1, lastLine = -1, firstOffset = int.MaxValue, endOffset = 0;
        foreach (var span in Spans(runs, lineLength))
        {
            if (firstLine < 0) firstLine = span.Line;
            lastLine = span.Line;
            firstOffset = Math.Min(firstOffset, span.Start);
            endOffset = Math.Max(endOffset, span.End);
        }

        return firstLine < 0 ? default : new LineExtent(firstLine, lastLine - firstLine + 1, firstOffset, endOffset - firstOffset);
    }

    /// <summary>The same pixels in another frame that starts at (firstLine, firstOffset) of this one; what lies outside the new frame is dropped.</summary>
    public static ImmutableArray<int> Reframe(ReadOnlySpan<int> runs, int lineLength, long firstLine, long firstOffset, int newLineLength, int newLines)
    {
        var result = new RunBuilder();
        foreach (var span in Spans(runs, lineLength))
        {
            var line = span.Line - firstLine;
            if (line >= newLines) break;
            if (line < 0) continue;
            var start = Math.Max(span.Start - firstOffset, 0);
            var end = Math.Min(span.End - firstOffset, newLineLength);
            result.AddSpan((line * newLineLength) + start, (line * newLineLength) + end);
        }

        return result.Finish((long)newLineLength * newLines);
    }

    /// <summary>Combines two masks of one frame pixel by pixel; bit (2a + b) of <paramref name="truthTable"/> is the answer for inside-ness a and b. 0 and 0 must give 0.</summary>
    public static ImmutableArray<int> Combine(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int truthTable, long length)
    {
        var result = new RunBuilder();
        const int FlipA = 2, FlipB = 1;
        int nextA = 0, nextB = 0, leftA = 0, leftB = 0;
        var state = FlipA | FlipB; // the first run of each flips it to outside
        for (long position = 0; position < length;)
        {
            while (leftA == 0 && nextA < a.Length)
            {
                leftA = a[nextA++];
                state ^= FlipA;
            }

            while (leftB == 0 && nextB < b.Length)
            {
                leftB = b[nextB++];
                state ^= FlipB;
            }

            var step = Math.Min(leftA, leftB);
            if (((truthTable >> state) & 1) != 0) result.AddSpan(position, position + step);
            position += step;
            leftA -= step;
            leftB -= step;
        }

        return result.Finish(length);
    }

    /// <summary>
    /// Turns lines into columns: pixels (line, offset) of the window become pixels (offset, line), run by run. A pixel row changes at a line exactly where that line differs from the
    /// one before it, so the changes are found by comparing neighbouring lines' span ends; time and memory go with the runs read and written, not with the area.
    /// </summary>
    public static ImmutableArray<int> Transpose(ReadOnlySpan<int> runs, int lineLength, LineExtent window)
    {
        var changes = new List<(int Offset, int Line)>();
        List<int> previous = [], current = [];
        var line = window.FirstLine;
        foreach (var span in Spans(runs, lineLength))
        {
            while (line < span.Line)
            {
                AddDifferences(previous, current, line++ - window.FirstLine, changes);
                (previous, current) = (current, previous);
                current.Clear();
            }

            current.Add(span.Start - window.FirstOffset);
            current.Add(span.End - window.FirstOffset);
        }

        for (; line <= window.FirstLine + window.Lines; line++)
        {
            AddDifferences(previous, current, line - window.FirstLine, changes);
            (previous, current) = (current, previous);
            current.Clear();
        }

        return CollectByOffset(changes, window);
    }

    /// <summary>Erodes by a square of 2·<paramref name="by"/> + 1 pixels: what keeps that distance from everything outside, the outside of the frame included. Lines first, then across.</summary>
    public static ImmutableArray<int> Erode(ReadOnlySpan<int> runs, int lineLength, int lines, int by)
    {
        var narrow = Widen(runs, lineLength, lines, -by);
        var across = Transpose(narrow.AsSpan(), lineLength, new LineExtent(0, lines, 0, lineLength));
        var both = Widen(across.AsSpan(), lines, lineLength, -by);
        return Transpose(both.AsSpan(), lines, new LineExtent(0, lineLength, 0, lines));
    }

    /// <summary>Every span grown by <paramref name="by"/> pixels at both ends within its line; shrunk where that is negative.</summary>
    public static ImmutableArray<int> Widen(ReadOnlySpan<int> runs, int lineLength, int lines, int by)
    {
        var result = new RunBuilder();
        long reached = 0;
        foreach (var span in Spans(runs, lineLength))
        {
            var line = (long)span.Line * lineLength;
            var start = Math.Max(reached, line + Math.Max(0, span.Start - by));
            var end = line + Math.Min(lineLength, span.End + by);
            if (start >= end) continue;
            result.AddSpan(start, end);
            reached = end;
        }

        return result.Finish((long)lineLength * lines);
    }

    private static void AddDifferences(List<int> previous, List<int> current, int line, List<(int Offset, int Line)> changes)
    {
        int p = 0, c = 0, start = 0;
        var differs = false;
        while (p < previous.Count || c < current.Count)
        {
            var atP = p < previous.Count ? previous[p] : int.MaxValue;
            var atC = c < current.Count ? current[c] : int.MaxValue;
            var at = Math.Min(atP, atC);
            if (atP == at) p++;
            if (atC == at) c++;
            if (atP == atC) continue;
            for (var offset = start; differs && offset < at; offset++) changes.Add((offset, line));
            differs = !differs;
            start = at;
        }
    }

    private static ImmutableArray<int> CollectByOffset(List<(int Offset, int Line)> changes, LineExtent window)
    {
        var ends = new int[window.Offsets + 1];
        foreach (var (offset, _) in changes) ends[offset + 1]++;
        for (var i = 0; i < window.Offsets; i++) ends[i + 1] += ends[i];
        var ordered = ArrayPool<int>.Shared.Rent(Math.Max(1, changes.Count));
        var next = ends.AsSpan(0, window.Offsets).ToArray();
        foreach (var (offset, line) in changes) ordered[next[offset]++] = line;

        var result = new RunBuilder();
        for (var offset = 0; offset < window.Offsets; offset++)
        {
            for (var i = ends[offset]; i < ends[offset + 1]; i += 2)
            {
                var origin = (long)offset * window.Lines;
                result.AddSpan(origin + ordered[i], origin + ordered[i + 1]);
            }
        }

        ArrayPool<int>.Shared.Return(ordered);
        return result.Finish((long)window.Offsets * window.Lines);
    }

    /// <summary>Walks <see cref="Spans"/>.</summary>
    public ref struct LineSpans
    {
        private readonly ReadOnlySpan<int> runs;
        private readonly int lineLength;
        private int next;
        private int left;
        private int line;
        private long offset;

        public LineSpans(ReadOnlySpan<int> runs, int lineLength)
        {
            this.runs = runs;
            this.lineLength = lineLength;
        }

        public LineSpan Current { get; private set; }

        public readonly LineSpans GetEnumerator() => this;

        public bool MoveNext()
        {
            while (left == 0)
            {
                if (next + 1 >= runs.Length) return false;
                offset += runs[next];
                left = runs[next + 1];
                next += 2;
            }

            if (offset >= lineLength)
            {
                line += (int)(offset / lineLength);
                offset %= lineLength;
            }

            var end = (int)Math.Min(offset + left, lineLength);
            Current = new LineSpan(line, (int)offset, end);
            left -= end - (int)offset;
            offset = end;
            return true;
        }
    }
}
