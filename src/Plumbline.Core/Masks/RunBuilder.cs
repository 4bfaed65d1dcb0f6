using System.Buffers;
using System.Collections.Immutable;

namespace Plumbline.Core.Masks;

/// <summary>Collects ascending spans of inside pixels into alternating run lengths, zeros first. Touching spans become one; no run is 0 but the first.</summary>
/// <remarks>
/// Owns a pooled buffer from the first span to <see cref="Finish"/>. A run longer than int.MaxValue (only masks over 2 gigapixels have any) is written as two with an empty one between.
/// </remarks>
internal ref struct RunBuilder
{
    private int[]? buffer;
    private int count;
    private long position;

    public RunBuilder()
    {
    }

    /// <summary>Adds [start, end), which must not start before the end of the last one. An empty span adds nothing.</summary>
    public void AddSpan(long start, long end)
    {
        if (start >= end) return;
        buffer ??= ArrayPool<int>.Shared.Rent(64);
        if (start == position && count > 0)
        {
            Extend(end - start);
        }
        else
        {
            Push(start - position);
            Push(end - start);
        }

        position = end;
    }

    /// <summary>The runs, with an outside run up to <paramref name="length"/> when the last span ends before it.</summary>
    public ImmutableArray<int> Finish(long length)
    {
        if (length == 0) return [];
        buffer ??= ArrayPool<int>.Shared.Rent(64);
        if (position < length) Push(length - position);
        var runs = ImmutableArray.Create(buffer.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(buffer);
        buffer = null;
        return runs;
    }

    private void Extend(long length)
    {
        if (length <= int.MaxValue - buffer![count - 1])
        {
            buffer[count - 1] += (int)length;
            return;
        }

        Push(0);
        Push(length);
    }

    private void Push(long length)
    {
        while (length > int.MaxValue)
        {
            PushOne(int.MaxValue);
            PushOne(0);
            length -= int.MaxValue;
        }

        PushOne((int)length);
    }

    private void PushOne(int run)
    {
        if (count == buffer!.Length)
        {
            var larger = ArrayPool<int>.Shared.Rent(count * 2);
            buffer.AsSpan(0, count).CopyTo(larger);
            ArrayPool<int>.Shared.Return(buffer);
            buffer = larger;
        }

        buffer[count++] = run;
    }
}
