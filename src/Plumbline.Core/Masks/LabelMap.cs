namespace Plumbline.Core.Masks;

/// <summary>A tile of a label map, where it lies, and the set's revision in which it was last painted; 0 = never.</summary>
public sealed record PlacedTile(TilePlace Place, LabelTile Tile, long Revision);

/// <summary>The label map of an annotation set: tiles that say which segment each pixel belongs to.</summary>
public static class LabelMap
{
    /// <summary>The pixels of every segment of the tiles. Tight; no segment without a pixel.</summary>
    public static Dictionary<Guid, Mask> MasksOf(IEnumerable<PlacedTile> tiles)
    {
        var spans = new Dictionary<Guid, List<LineSpan>>();
        foreach (var (place, tile, _) in tiles)
        {
            var at = 0;
            foreach (var (label, length) in tile.Runs)
            {
                if (label > 0) AddSpans(ListOf(spans, tile.Segments[label - 1]), place, at, at + length);
                at += length;
            }
        }

        return spans.ToDictionary(segment => segment.Key, segment => MaskOf(segment.Value));
    }

    private static void AddSpans(List<LineSpan> spans, TilePlace place, int start, int end)
    {
        while (start < end)
        {
            var (line, offset) = Math.DivRem(start, LabelTile.Side);
            var stop = Math.Min(end, (line + 1) * LabelTile.Side);
            spans.Add(new LineSpan(place.Y + line, place.X + offset, place.X + offset + stop - start));
            start = stop;
        }
    }

    private static Mask MaskOf(List<LineSpan> spans)
    {
        spans.Sort((a, b) => a.Line != b.Line ? a.Line.CompareTo(b.Line) : a.Start.CompareTo(b.Start));
        var (left, right) = (spans.Min(span => span.Start), spans.Max(span => span.End));
        var (top, bottom) = (spans[0].Line, spans[^1].Line + 1);
        var runs = new RunBuilder();
        foreach (var span in spans)
        {
            var origin = ((long)(span.Line - top) * (right - left)) - left;
            runs.AddSpan(origin + span.Start, origin + span.End);
        }

        return Mask.FromTrusted(left, top, right - left, bottom - top, runs.Finish((long)(right - left) * (bottom - top))).Tight();
    }

    private static List<LineSpan> ListOf(Dictionary<Guid, List<LineSpan>> spans, Guid segment)
    {
        if (!spans.TryGetValue(segment, out var list)) spans[segment] = list = [];
        return list;
    }
}
