using System.Collections.Immutable;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Formats.Pictures;

/// <summary>One number a pixel: to which segment it belongs.</summary>
internal sealed class SegmentMap
{
    private const int MaxPixels = 1 << 26;
    private readonly int width, height;
    private readonly int[] ids;

    private SegmentMap(int width, int height, int[] ids)
    {
        this.width = width;
        this.height = height;
        this.ids = ids;
    }

    /// <summary>An empty map; null when it would have more than 64 megapixels.</summary>
    public static SegmentMap? Empty(PictureSize size) => (long)size.Width * size.Height <= MaxPixels ? new(size.Width, size.Height, new int[size.Width * size.Height]) : null;

    /// <summary>The map of a PNG: R + 256·G + 256²·B.</summary>
    /// <exception cref="InvalidDataException">Not a usable PNG, or over 64 megapixels.</exception>
    public static SegmentMap Read(Stream png)
    {
        var image = PngReader.Read(png);
        return (long)image.Width * image.Height <= MaxPixels ? new(image.Width, image.Height, image.Colors()) : throw new InvalidDataException("not a usable PNG: it has more than 64 megapixels.");
    }

    /// <summary>The map of a PNG of indices: places in a palette or grey levels; RGB is looked up in the palette.</summary>
    /// <param name="png">The file.</param>
    /// <param name="palette">What colours stand for the indices where the file has colours.</param>
    /// <exception cref="InvalidDataException">Not a usable PNG, or over 64 megapixels.</exception>
    public static SegmentMap ReadIndices(Stream png, IReadOnlyList<int> palette)
    {
        var image = PngReader.Read(png);
        if ((long)image.Width * image.Height > MaxPixels) throw new InvalidDataException("not a usable PNG: it has more than 64 megapixels.");
        if (image.Color is PngColor.Palette or PngColor.Grey or PngColor.GreyAlpha) return new(image.Width, image.Height, image.Labels());
        var places = palette.Select((color, i) => (color, i)).DistinctBy(c => c.color).ToDictionary(c => c.color, c => c.i);
        return new(image.Width, image.Height, [.. image.Colors().Select(c => places.GetValueOrDefault(c))]);
    }

    /// <summary>Whether it is as large as the image.</summary>
    public bool Fits(PictureSize size) => (width, height) == (size.Width, size.Height);

    /// <summary>As a PNG of three colours.</summary>
    public PngImage ToPng()
    {
        var samples = new byte[ids.Length * 3];
        for (var i = 0; i < ids.Length; i++) (samples[3 * i], samples[(3 * i) + 1], samples[(3 * i) + 2]) = ((byte)ids[i], (byte)(ids[i] >> 8), (byte)(ids[i] >> 16));
        return new(width, height, PngColor.Rgb, 8, samples, []);
    }

    /// <summary>As a PNG of a palette; ids beyond it are not allowed.</summary>
    public PngImage ToPng(IReadOnlyList<int> palette) =>
        new(width, height, PngColor.Palette, 8, Array.ConvertAll(ids, id => checked((byte)id)), [.. palette.SelectMany(c => new[] { (byte)c, (byte)(c >> 8), (byte)(c >> 16) })]);

    /// <summary>Gives the mask's pixels inside the map to a segment, whoever had them.</summary>
    public void Paint(Mask mask, int id)
    {
        foreach (var span in RunLengths.Spans(mask.Runs.AsSpan(), mask.Width))
        {
            var y = mask.Y + span.Line;
            int left = Math.Max(0, mask.X + span.Start), right = Math.Min(width, mask.X + span.End);
            if (y >= 0 && y < height && left < right) ids.AsSpan((y * width) + left, right - left).Fill(id);
        }
    }

    /// <summary>What each segment has in the end: its pixels and the box around them.</summary>
    public Dictionary<int, (long Area, Box Bounds)> Measure()
    {
        var found = new Dictionary<int, (long Area, int Left, int Top, int Right, int Bottom)>();
        Walk((id, y, left, right) =>
        {
            ref var m = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(found, id, out var known);
            m = known ? (m.Area + right - left, Math.Min(m.Left, left), m.Top, Math.Max(m.Right, right), y + 1) : (right - left, left, y, right, y + 1);
        });
        return found.ToDictionary(f => f.Key, f => (f.Value.Area, new Box(f.Value.Left, f.Value.Top, f.Value.Right - f.Value.Left, f.Value.Bottom - f.Value.Top)));
    }

    /// <summary>The mask of each segment.</summary>
    public Dictionary<int, Mask> Masks()
    {
        var spans = new Dictionary<int, List<(int Start, int End)>>();
        Walk((id, y, left, right) =>
        {
            if (!spans.TryGetValue(id, out var list)) spans[id] = list = [];
            list.Add(((y * width) + left, (y * width) + right));
        });
        return spans.ToDictionary(s => s.Key, s => new Mask(0, 0, width, height, Runs(s.Value)).Tight());
    }

    private ImmutableArray<int> Runs(List<(int Start, int End)> spans)
    {
        var runs = new RunBuilder();
        foreach (var (start, end) in spans) runs.AddSpan(start, end);
        return runs.Finish(ids.Length);
    }

    private void Walk(Action<int, int, int, int> span)
    {
        for (var y = 0; y < height; y++)
        {
            var row = ids.AsSpan(y * width, width);
            for (var left = 0; left < width;)
            {
                var id = row[left];
                var length = row[left..].IndexOfAnyExcept(id);
                var right = length < 0 ? width : left + length;
                if (id != 0) span(id, y, left, right);
                left = right;
            }
        }
    }
}
