using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Rendering;

/// <summary>A colour of eight-bit sRGB.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>White.</summary>
    public static Rgb White { get; } = new(255, 255, 255);

    /// <summary>Black.</summary>
    public static Rgb Black { get; } = new(0, 0, 0);

    /// <summary>Reads <c>#rrggbb</c>; null when the text is something else.</summary>
    public static Rgb? Parse(string? text) =>
        text is ['#', ..] && text.Length == 7 && int.TryParse(text.AsSpan(1), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;

    /// <summary>Colours that are told apart side by side: hues a golden angle apart, in turn light and dark. The same place, the same colour.</summary>
    public static Rgb ForPlace(int place)
    {
        var hue = (place * 137.508 % 360) / 60;
        var value = (place % 3) switch { 0 => .95, 1 => .75, _ => .85 };
        var least = value * (1 - ((place % 2) == 0 ? .85 : .65));
        var between = least + ((value - least) * (1 - Math.Abs((hue % 2) - 1)));
        var (r, g, b) = (int)hue switch
        {
            0 => (value, between, least),
            1 => (between, value, least),
            2 => (least, value, between),
            3 => (least, between, value),
            4 => (between, least, value),
            _ => (value, least, between),
        };
        return new((byte)Math.Round(r * 255), (byte)Math.Round(g * 255), (byte)Math.Round(b * 255));
    }

    /// <summary>Black or white, whichever reads better on this colour.</summary>
    public Rgb Contrast => (299 * Red) + (587 * Green) + (114 * Blue) > 140_000 ? Black : White;
}

/// <summary>Draws on a picture: areas, lines with soft edges, letters. Everything outside is cut off; the same calls give the same bytes on every machine.</summary>
public sealed class PictureCanvas
{
    private readonly byte[] pixels;

    /// <summary>A canvas of one colour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public PictureCanvas(int width, int height, Rgb colour)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height) = (width, height);
        pixels = new byte[checked(3 * width * height)];
        for (var at = 0; at < pixels.Length; at += 3) (pixels[at], pixels[at + 1], pixels[at + 2]) = (colour.Red, colour.Green, colour.Blue);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The picture as it is now.</summary>
    public Raster ToRaster() => new(Width, Height, pixels.AsSpan().ToArray());

    /// <summary>Puts a picture down with its top left corner at a place.</summary>
    public void Place(Raster picture, int x, int y)
    {
        var (left, right) = (Math.Max(0, -x), Math.Min(picture.Width, Width - x));
        if (right <= left) return;
        for (var row = Math.Max(0, -y); row < Math.Min(picture.Height, Height - y); row++)
            picture.Rgb.Span.Slice(3 * ((row * picture.Width) + left), 3 * (right - left)).CopyTo(pixels.AsSpan(3 * (((y + row) * Width) + x + left)));
    }

    /// <summary>Fills pixels.</summary>
    public void Fill(Mask area, Rgb colour, double opacity = 1)
    {
        foreach (var (line, start, end) in RunLengths.Spans(area.Runs.AsSpan(), area.Width))
        {
            var y = area.Y + line;
            if (y < 0 || y >= Height) continue;
            for (var x = Math.Max(0, area.X + start); x < Math.Min(Width, area.X + end); x++) Blend(x, y, colour, opacity);
        }
    }

    /// <summary>Fills the pixels whose centres lie in a polygon.</summary>
    public void Fill(Polygon polygon, Rgb colour, double opacity = 1) => Fill(CentreRasterizer.Rasterize(polygon, Width, Height), colour, opacity);

    /// <summary>Fills a box of whole pixels.</summary>
    public void Fill(int x, int y, int width, int height, Rgb colour, double opacity = 1)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(Width, x + width); column++) Blend(column, row, colour, opacity);
        }
    }

    /// <summary>Draws a line along points; where it meets itself it is not drawn twice.</summary>
    /// <param name="points">At least one.</param>
    /// <param name="closed">Whether the last point is joined to the first.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="colour">Its colour.</param>
    public void Stroke(ReadOnlySpan<Point2> points, bool closed, double width, Rgb colour)
    {
        var bounds = Box.Around(points);
        var reach = (width / 2) + 1;
        var (left, top) = ((int)Math.Clamp(Math.Floor(bounds.X - reach), 0, Width), (int)Math.Clamp(Math.Floor(bounds.Y - reach), 0, Height));
        var (right, bottom) = ((int)Math.Clamp(Math.Ceiling(bounds.Right + reach), 0, Width), (int)Math.Clamp(Math.Ceiling(bounds.Bottom + reach), 0, Height));
        if (right <= left || bottom <= top) return;
        var cover = new float[(right - left) * (bottom - top)];
        for (var i = closed ? 0 : Math.Min(1, points.Length - 1); i < points.Length; i++)
            Cover(points[i == 0 ? points.Length - 1 : i - 1], points[i], width / 2, (left, top, right, bottom), cover);
        for (int y = top, at = 0; y < bottom; y++)
        {
            for (var x = left; x < right; x++, at++)
            {
                if (cover[at] > 0) Blend(x, y, colour, cover[at]);
            }
        }
    }

    /// <summary>Writes one line of text in block letters; answers how many pixels wide it is.</summary>
    /// <param name="text">The text; see <see cref="BlockFont"/> for the letters that there are.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Top edge.</param>
    /// <param name="square">Pixels of one square of a letter; a letter is 5 wide, 7 high and 1 apart.</param>
    /// <param name="colour">Its colour.</param>
    public int Write(string text, int x, int y, int square, Rgb colour)
    {
        var spelt = BlockFont.Spell(text);
        for (var i = 0; i < spelt.Length; i++)
        {
            for (var row = 0; row < BlockFont.Rows; row++)
            {
                for (var column = 0; column < BlockFont.Columns; column++)
                {
                    if (BlockFont.IsSet(spelt[i], column, row)) Fill(x + (((i * (BlockFont.Columns + 1)) + column) * square), y + (row * square), square, square, colour);
                }
            }
        }

        return WidthOf(text, square);
    }

    /// <summary>How many pixels wide a text is.</summary>
    public static int WidthOf(string text, int square) => BlockFont.Spell(text).Length * (BlockFont.Columns + 1) * square;

    /// <summary>How many pixels high a line of text is.</summary>
    public static int HeightOf(int square) => BlockFont.Rows * square;

    private static void Cover(Point2 a, Point2 b, double half, (int Left, int Top, int Right, int Bottom) window, float[] cover)
    {
        var (firstRow, lastRow) = ((int)Math.Max(window.Top, Math.Floor(Math.Min(a.Y, b.Y) - half - 1)), (int)Math.Min(window.Bottom - 1, Math.Ceiling(Math.Max(a.Y, b.Y) + half + 1)));
        var (firstColumn, lastColumn) = ((int)Math.Max(window.Left, Math.Floor(Math.Min(a.X, b.X) - half - 1)), (int)Math.Min(window.Right - 1, Math.Ceiling(Math.Max(a.X, b.X) + half + 1)));
        for (var y = firstRow; y <= lastRow; y++)
        {
            // Of a slanted line only the columns near it in this row are looked at.
            var (from, to) = (firstColumn, lastColumn);
            if (Math.Abs(b.Y - a.Y) > 1)
            {
                var slope = (b.X - a.X) / (b.Y - a.Y);
                var (x1, x2) = (a.X + (slope * (y - half - 1 - a.Y)), a.X + (slope * (y + 1 + half + 1 - a.Y)));
                from = (int)Math.Max(from, Math.Floor(Math.Min(x1, x2) - half - 1));
                to = (int)Math.Min(to, Math.Ceiling(Math.Max(x1, x2) + half + 1));
            }

            for (var x = from; x <= to; x++)
            {
                var share = (float)Math.Clamp(half + .5 - new Point2(x + .5, y + .5).DistanceToSegment(a, b), 0, 1);
                ref var known = ref cover[((y - window.Top) * (window.Right - window.Left)) + x - window.Left];
                known = Math.Max(known, share);
            }
        }
    }

    private void Blend(int x, int y, Rgb colour, double opacity)
    {
        var at = 3 * ((y * Width) + x);
        pixels[at] = Mix(pixels[at], colour.Red, opacity);
        pixels[at + 1] = Mix(pixels[at + 1], colour.Green, opacity);
        pixels[at + 2] = Mix(pixels[at + 2], colour.Blue, opacity);
    }

    private static byte Mix(byte under, byte over, double opacity) => (byte)(under + ((over - under) * opacity) + .5);
}
