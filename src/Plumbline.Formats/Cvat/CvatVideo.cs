using System.Globalization;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Cvat;

/// <summary>One object of a video: its keyframes in the order of their frames.</summary>
/// <param name="Id">The track's id in the file.</param>
/// <param name="Keyframes">Shapes with <c>keyframe="1"</c>.</param>
/// <param name="Given">Shapes between keyframes, as CVAT computed them; used only where the points of two keyframes do not pair up.</param>
/// <param name="Line">Line in the file.</param>
internal sealed record CvatTrack(string Id, List<CvatShape> Keyframes, Dictionary<long, CvatShape> Given, int Line)
{
    /// <summary>The first frame on which it is to be seen.</summary>
    public long First => Keyframes[0].Frame;

    /// <summary>The shape on a frame: a keyframe, or between two; the last keyframe holds until the video ends. Null where it is outside.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="held">True when the keyframes' points do not pair up, so that the earlier shape is held.</param>
    public CvatShape? At(long frame, out bool held)
    {
        held = false;
        int low = 0, high = Keyframes.Count - 1, place = -1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Keyframes[middle].Frame <= frame) (place, low) = (middle, middle + 1);
            else high = middle - 1;
        }

        if (place < 0 || Keyframes[place].IsOutside) return null;
        var before = Keyframes[place];
        if (before.Frame == frame || place + 1 == Keyframes.Count) return before;
        if (before.Towards(Keyframes[place + 1], frame) is { } between) return between;
        if (Given.TryGetValue(frame, out var given)) return given.IsOutside ? null : given;
        held = true;
        return before;
    }

    /// <summary>The last frame on which it is to be seen; null when it stays until the video ends.</summary>
    public long? Last => Keyframes[^1].IsOutside ? Keyframes[^1].Frame - 1 : null;
}

/// <summary>The frames of one task that is a video, with its tracks.</summary>
internal sealed class CvatVideo
{
    private const long MaxFrames = 2_000_000;
    private readonly HashSet<CvatTrack> held = [];
    private List<CvatTrack>? byFirst;
    private readonly List<CvatTrack> active = [];
    private int next;

    public List<CvatTrack> Tracks { get; } = [];

    /// <summary>Numbers of its frames, in order.</summary>
    /// <exception cref="DatasetFormatException">There are more than two million.</exception>
    public IEnumerable<long> Frames(CvatMeta? meta, string file)
    {
        var step = meta?.Step ?? 1;
        var first = meta?.StartFrame ?? (meta?.Size is null ? Tracks.Min(t => t.First) : 0);
        var seen = Tracks.SelectMany(t => t.Keyframes).Max(k => k.IsOutside ? k.Frame - 1 : k.Frame);
        var last = meta is { Size: { } size } && size <= long.MaxValue / Math.Max(step, 1) / 2 ? first + ((size - 1) * step) : meta?.StopFrame ?? seen;
        last = Math.Max(last, seen);
        if (last < first) return [];
        if (last - first > long.MaxValue / 2 || ((last - first) / step) + 1 > MaxFrames)
            throw new DatasetFormatException(file, string.Create(CultureInfo.InvariantCulture, $"the video would have more than {MaxFrames:N0} frames ({first} to {last}); check <size>, <stop_frame> and the frames of its tracks."));
        return Numbers(first, last, step);
    }

    /// <summary>Shapes on a frame, in the order of the tracks. Frames must be asked for in their order.</summary>
    public IEnumerable<(CvatTrack Track, CvatShape Shape)> On(long frame, string file, IssueLog issues)
    {
        byFirst ??= [.. Tracks.OrderBy(t => t.First)];
        while (next < byFirst.Count && byFirst[next].First <= frame) active.Add(byFirst[next++]);
        active.RemoveAll(t => t.Last < frame);
        foreach (var track in active.OrderBy(t => t.Line))
        {
            if (track.At(frame, out var isHeld) is not { } shape) continue;
            if (isHeld && held.Add(track))
                issues.Warning("not-interpolated", file, $"track {track.Id}", "points", "two keyframes have different numbers of points, and the file does not give the frames between; the earlier shape is held there.", new(Line: track.Line));
            yield return (track, shape);
        }
    }

    private static IEnumerable<long> Numbers(long first, long last, long step)
    {
        for (var frame = first; frame <= last; frame += step) yield return frame;
    }
}
