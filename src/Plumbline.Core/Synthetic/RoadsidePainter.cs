using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Synthetic;

/// <summary>Traffic signs and lights. Poles are background that covers what is behind; plates and housings are objects.</summary>
internal static class RoadsidePainter
{
    private static readonly Colour White = Colour.Hex(0xf4f3ee);
    private static readonly Colour Red = Colour.Hex(0xc4161c);

    public static void PaintSign(Stage stage, double x, double ground, double size)
    {
        var meaning = stage.Pick("stop", "yield", "speed limit", "parking");
        var radius = size * .17;
        var centre = new Point2(x, ground - size + radius);
        PaintPole(stage, x, ground, size - radius, size * .014);
        var sign = stage.Add("sign", new() { ["meaning"] = new AttributeValue.Text(meaning) });
        var canvas = stage.Canvas;
        switch (meaning)
        {
            case "stop":
                canvas.Fill(Corners(centre, radius, 8, .5), White, sign);
                canvas.Fill(Corners(centre, radius * .9, 8, .5), Red, sign);
                Lettering.Write(canvas, "STOP", centre, radius * 1.4, White, sign);
                break;
            case "yield":
                canvas.Fill(Corners(centre, radius * 1.12, 3, 1), Red, sign);
                canvas.Fill(Corners(centre, radius * .68, 3, 1), White, sign);
                break;
            case "speed limit":
                canvas.Fill(Outlines.Ellipse(centre.X, centre.Y, radius, radius), Red, sign);
                canvas.Fill(Outlines.Ellipse(centre.X, centre.Y, radius * .78, radius * .78), White, sign);
                Lettering.Write(canvas, stage.Pick("30", "50", "70"), centre, radius * 1.05, Colour.Hex(0x161616), sign);
                break;
            default:
                canvas.Fill(Outlines.RoundedRectangle(centre.X - (radius * .9), centre.Y - (radius * .9), radius * 1.8, radius * 1.8, radius * .2), Colour.Hex(0x1d55a5), sign);
                Lettering.Write(canvas, "P", centre, radius * .72, White, sign);
                break;
        }
    }

    public static void PaintLight(Stage stage, double x, double ground, double size)
    {
        var lamp = stage.Random.Next(3);
        var (width, height) = (size * .13, size * .36);
        var top = ground - size;
        PaintPole(stage, x, ground, size - height, size * .014);
        var light = stage.Add("light", new() { ["lamp"] = new AttributeValue.Text(((ReadOnlySpan<string>)["red", "amber", "green"])[lamp]) });
        var canvas = stage.Canvas;
        canvas.Fill(Outlines.RoundedRectangle(x - (width / 2), top, width, height, width * .25), Colour.Hex(0x1c1f1e), light);
        ReadOnlySpan<Colour> lamps = [Colour.Hex(0xff3b2f), Colour.Hex(0xffb020), Colour.Hex(0x2fe07a)];
        for (var i = 0; i < 3; i++)
        {
            var y = top + (height * (.2 + (.3 * i)));
            canvas.Fill(Outlines.Ellipse(x, y, width * .33, width * .33), i == lamp ? lamps[i] : lamps[i].Scaled(.2), light);
            if (i == lamp) canvas.Fill(Outlines.Ellipse(x, y, width * .75, width * .75), lamps[i].WithAlpha(.22), keepOwners: true);
        }
    }

    private static void PaintPole(Stage stage, double x, double ground, double height, double radius) =>
        stage.Canvas.Fill(Outlines.Rectangle(x - radius, ground - height, 2 * radius, height), (px, _) => Colour.Grey(.62 - (.25 * Math.Abs(px + .5 - x) / radius)));

    private static Point2[] Corners(Point2 centre, double radius, int count, double turn) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var (sin, cos) = Math.SinCos(((i + turn) * Math.Tau / count) - (count == 3 ? Math.PI / 6 : 0));
        return new Point2(centre.X + (radius * cos), centre.Y + (radius * sin));
    })];
}
