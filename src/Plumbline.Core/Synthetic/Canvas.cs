using System.Runtime.InteropServices;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Synthetic;

/// <summary>The colour of a pixel.</summary>
internal delegate Colour Shader(int x, int y);

/// <summary>One object while a scene is painted: how many pixels it took, before others covered it, and whether it runs out of the picture.</summary>
internal sealed class Painted
{
    public required int Id { get; init; }

    /// <summary>Lies inside another object (a nucleus in its cell): the outer one keeps the pixels too.</summary>
    public required bool Inner { get; init; }

    public long Pixels { get; set; }

    public bool Truncated { get; set; }
}

/// <summary>
/// Paints with anti-aliased edges and keeps, beside the colours, which object each pixel shows: what is painted later covers what was before, so visible masks are exact by construction.
/// A pixel belongs to an object when at least half of it is covered.
/// </summary>
internal sealed class Canvas(int width, int height)
{
    private const int SubRows = 4;

    private readonly float[] channels = new float[3 * width * height];
    private readonly int[] outerOwners = new int[width * height];
    private readonly int[] innerOwners = new int[width * height];
    private readonly float[] coverage = new float[width + 1];
    private readonly List<double> crossings = [];
    private int objects;

    public int Width => width;

    public int Height => height;

    /// <summary>A new object; painting in its name makes pixels its own.</summary>
    public Painted NewObject(bool inner = false) => new() { Id = ++objects, Inner = inner };

    /// <summary>The object that a pixel shows; 0 for none and outside the picture.</summary>
    public int OwnerAt(Point2 position)
    {
        var (x, y) = ((int)Math.Floor(position.X), (int)Math.Floor(position.Y));
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : outerOwners[(y * width) + x];
    }

    public void FillRows(double from, double to, Shader shade)
    {
        for (var y = (int)Math.Clamp(Math.Round(from), 0, height); y < (int)Math.Clamp(Math.Round(to), 0, height); y++)
        {
            for (var x = 0; x < width; x++) Blend(x, y, shade(x, y), 1);
        }
    }

    /// <summary>Paints a closed ring. With an owner the pixels become its own; without, they are background again, unless <paramref name="keepOwners"/> (shadows, shine, marks).</summary>
    public void Fill(ReadOnlySpan<Point2> ring, Shader shade, Painted? owner = null, bool keepOwners = false)
    {
        var bounds = Box.Around(ring);
        if (owner is not null && (bounds.X < -.5 || bounds.Y < -.5 || bounds.Right > width + .5 || bounds.Bottom > height + .5)) owner.Truncated = true;
        var lastRow = (int)Math.Min(height - 1, Math.Floor(bounds.Bottom));
        var (left, right) = ((int)Math.Clamp(Math.Floor(bounds.X), 0, width), (int)Math.Clamp(Math.Ceiling(bounds.Right), 0, width));
        for (var y = (int)Math.Max(0, Math.Floor(bounds.Y)); y <= lastRow; y++)
        {
            Array.Clear(coverage, left, right - left);
            for (var sub = 0; sub < SubRows; sub++) AddSubRow(ring, y + ((sub + .5) / SubRows));
            for (var x = left; x < right; x++)
            {
                if (coverage[x] <= 0) continue;
                Blend(x, y, shade(x, y), Math.Min(1, coverage[x]));
                if (coverage[x] >= .5f && !keepOwners) Own((y * width) + x, owner);
            }
        }
    }

    public void Fill(ReadOnlySpan<Point2> ring, Colour colour, Painted? owner = null, bool keepOwners = false) => Fill(ring, (_, _) => colour, owner, keepOwners);

    /// <summary>Softens everything painted so far by passes of a (1 2 1) kernel; edges of masks stay where they are.</summary>
    public void Blur(int passes)
    {
        var row = new float[Math.Max(width, height) * 3];
        for (var pass = 0; pass < passes; pass++)
        {
            for (var y = 0; y < height; y++) BlurLine(channels.AsSpan(3 * y * width, 3 * width), 3, row);
            BlurColumns();
        }
    }

    /// <summary>The picture, with light that falls off across it, darker corners and sensor noise.</summary>
    /// <param name="noise">Seed of the sensor noise.</param>
    /// <param name="grain">Its amplitude, as a share of full brightness.</param>
    /// <param name="lightX">Gain from the left edge to the right.</param>
    /// <param name="lightY">Gain from the top edge to the bottom.</param>
    public Raster Finish(Noise noise, double grain, double lightX, double lightY)
    {
        var rgb = new byte[channels.Length];
        for (int y = 0, i = 0; y < height; y++)
        {
            var v = ((y + .5f) / height) - .5f;
            for (var x = 0; x < width; x++, i += 3)
            {
                var u = ((x + .5f) / width) - .5f;
                var gain = 255 * (1 + ((float)lightX * u) + ((float)lightY * v) - (.35f * ((u * u) + (v * v))));
                var bits = noise.Hash(x, y);
                var shared = (int)(bits & 255) - 128; // mostly brightness noise, a little colour noise
                for (var c = 0; c < 3; c++)
                {
                    bits >>= 8;
                    var jitter = (shared + (((int)(bits & 255) - 128) * .6f)) * (float)grain * (255 / 128f);
                    rgb[i + c] = (byte)Math.Clamp((channels[i + c] * gain) + jitter + .5f, 0, 255);
                }
            }
        }

        return new Raster(width, height, rgb);
    }

    /// <summary>The visible pixels of every object, in one pass over the picture.</summary>
    public Dictionary<int, Mask> VisibleMasks()
    {
        var spans = new Dictionary<int, List<LineSpan>>();
        AddSpans(outerOwners, spans);
        AddSpans(innerOwners, spans);
        return spans.ToDictionary(entry => entry.Key, entry => ToMask(entry.Value));
    }

    private static Mask ToMask(List<LineSpan> spans)
    {
        var (left, right, top) = (spans.Min(s => s.Start), spans.Max(s => s.End), spans[0].Line);
        var (columns, rows) = (right - left, spans[^1].Line - top + 1);
        var runs = new RunBuilder();
        foreach (var (line, start, end) in spans)
        {
            var origin = ((long)(line - top) * columns) - left;
            runs.AddSpan(origin + start, origin + end);
        }

        return Mask.FromTrusted(left, top, columns, rows, runs.Finish((long)columns * rows));
    }

    private void AddSpans(int[] owners, Dictionary<int, List<LineSpan>> spans)
    {
        for (var y = 0; y < height; y++)
        {
            var row = owners.AsSpan(y * width, width);
            for (var x = 0; x < width;)
            {
                var id = row[x];
                var length = row[x..].IndexOfAnyExcept(id);
                var end = length < 0 ? width : x + length;
                if (id != 0)
                {
                    ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(spans, id, out _);
                    (list ??= []).Add(new LineSpan(y, x, end));
                }

                x = end;
            }
        }
    }

    private void Own(int pixel, Painted? owner)
    {
        var owners = owner is { Inner: true } ? innerOwners : outerOwners;
        var id = owner?.Id ?? 0;
        if (owner is not { Inner: true } && outerOwners[pixel] != id) innerOwners[pixel] = 0;
        if (owners[pixel] == id) return;
        owners[pixel] = id;
        if (owner is not null) owner.Pixels++;
    }

    private void Blend(int x, int y, Colour colour, float cover)
    {
        var i = 3 * ((y * width) + x);
        var alpha = cover * colour.A;
        channels[i] += alpha * (colour.R - channels[i]);
        channels[i + 1] += alpha * (colour.G - channels[i + 1]);
        channels[i + 2] += alpha * (colour.B - channels[i + 2]);
    }

    private void AddSubRow(ReadOnlySpan<Point2> ring, double y)
    {
        crossings.Clear();
        var b = ring[^1];
        foreach (var a in ring)
        {
            if ((a.Y <= y) != (b.Y <= y)) crossings.Add(a.X + ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)));
            b = a;
        }

        crossings.Sort();
        for (var i = 0; i + 1 < crossings.Count; i += 2)
        {
            var (start, end) = (Math.Clamp(crossings[i], 0, width), Math.Clamp(crossings[i + 1], 0, width));
            var (first, last) = ((int)start, (int)end);
            if (first == last)
            {
                coverage[first] += (float)(end - start) / SubRows;
                continue;
            }

            coverage[first] += (float)(first + 1 - start) / SubRows;
            for (var x = first + 1; x < last; x++) coverage[x] += 1f / SubRows;
            coverage[last] += (float)(end - last) / SubRows;
        }
    }

    private static void BlurLine(Span<float> line, int step, Span<float> copy)
    {
        line.CopyTo(copy);
        for (var i = step; i < line.Length - step; i++) line[i] = ((copy[i - step] + copy[i + step]) * .25f) + (copy[i] * .5f);
    }

    private void BlurColumns()
    {
        var stride = 3 * width;
        var above = channels.AsSpan(0, stride).ToArray();
        var here = new float[stride];
        for (var y = 1; y < height - 1; y++)
        {
            var row = channels.AsSpan(y * stride, stride);
            var below = channels.AsSpan((y + 1) * stride, stride);
            row.CopyTo(here);
            for (var i = 0; i < stride; i++) row[i] = ((above[i] + below[i]) * .25f) + (here[i] * .5f);
            (above, here) = (here, above);
        }
    }
}
