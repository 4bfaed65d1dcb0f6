using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Synthetic;

/// <summary>Cars and buses from the side. Outlines are given for a vehicle of length 1 that faces right, its wheels at height 0.</summary>
internal static class VehiclePainter
{
    private static readonly Colour Tyre = Colour.Hex(0x1b1c1e);
    private static readonly Colour Rim = Colour.Hex(0xb9bec4);
    private static readonly Colour Glass = Colour.Hex(0x223140);

    private static readonly Body[] Bodies =
    [
        new( // saloon
            [new(.5, .07), new(.12, .07), new(.035, .075), new(.003, .14), new(.012, .235), new(.07, .275), new(.19, .285), new(.31, .385), new(.43, .415), new(.56, .405), new(.71, .29), new(.9, .255), new(.985, .2), new(1, .12), new(.968, .075), new(.88, .07)],
            [new(.235, .285), new(.335, .37), new(.435, .392), new(.445, .285)],
            [new(.465, .285), new(.463, .392), new(.555, .382), new(.675, .285)]),
        new( // hatchback
            [new(.5, .075), new(.12, .075), new(.032, .08), new(.003, .15), new(.015, .29), new(.06, .385), new(.2, .43), new(.45, .43), new(.58, .405), new(.74, .295), new(.91, .26), new(.99, .2), new(1, .12), new(.968, .08), new(.88, .075)],
            [new(.085, .3), new(.115, .375), new(.23, .405), new(.4, .405), new(.405, .29)],
            [new(.43, .29), new(.425, .405), new(.565, .382), new(.69, .29)]),
        new( // off-roader
            [new(.5, .09), new(.12, .09), new(.032, .095), new(.007, .16), new(.01, .33), new(.05, .455), new(.18, .475), new(.5, .475), new(.6, .455), new(.7, .345), new(.92, .315), new(.99, .25), new(1, .14), new(.972, .095), new(.88, .09)],
            [new(.07, .335), new(.09, .435), new(.36, .448), new(.365, .33)],
            [new(.395, .33), new(.39, .448), new(.585, .432), new(.66, .33)]),
        new( // van
            [new(.5, .075), new(.12, .075), new(.032, .08), new(.003, .14), new(.005, .35), new(.025, .485), new(.12, .5), new(.6, .5), new(.72, .47), new(.83, .325), new(.96, .27), new(.995, .2), new(1, .12), new(.972, .08), new(.88, .075)],
            [new(.07, .335), new(.075, .45), new(.3, .46), new(.305, .33)],
            [new(.56, .33), new(.555, .46), new(.695, .442), new(.785, .325)]),
    ];

    public static readonly (string Name, Colour Colour)[] Paints =
    [
        ("white", Colour.Hex(0xe7e8e6)), ("black", Colour.Hex(0x2a2c30)), ("silver", Colour.Hex(0xa9aeb3)), ("red", Colour.Hex(0xb3262b)), ("blue", Colour.Hex(0x2a5aa0)),
        ("green", Colour.Hex(0x2f6b46)), ("yellow", Colour.Hex(0xe2b52e)),
    ];

    private sealed record Body(Point2[] Outline, Point2[] RearWindow, Point2[] FrontWindow);

    public static void PaintCar(Stage stage, double x, double ground, double length, bool facesLeft)
    {
        var (canvas, body) = (stage.Canvas, stage.Pick(Bodies));
        var (name, paint) = stage.Pick(Paints);
        var place = new Placement(x, ground, length, facesLeft);
        PaintShadow(stage, place);
        var car = stage.Add("car", new() { ["colour"] = new AttributeValue.Text(name) });
        foreach (var hub in (ReadOnlySpan<double>)[.2, .79]) canvas.Fill(place.Disk(hub, .08, .098), Colour.Hex(0x0e0f10), car);
        canvas.Fill(place.Ring(Outlines.Smooth(body.Outline)), BodyShader(stage, place, paint, .45), car);
        canvas.Fill(place.Ring([new(.04, .07), new(.96, .07), new(.97, .1), new(.03, .1)]), Colour.Hex(0x26282b), car);
        PaintGlass(stage, place, body.RearWindow, car);
        PaintGlass(stage, place, body.FrontWindow, car);
        canvas.Fill(place.Ring([new(.446, .11), new(.452, .11), new(.458, .285), new(.452, .285)]), paint.Scaled(.45), car);
        canvas.Fill(place.Ring([new(.39, .245), new(.435, .245), new(.435, .256), new(.39, .256)]), paint.Scaled(.5), car);
        canvas.Fill(place.Disk(.955, .205, .018, .03), Colour.Hex(0xfdf3c8), car);
        canvas.Fill(place.Ring([new(.006, .19), new(.03, .19), new(.03, .245), new(.012, .245)]), Colour.Hex(0xc02020), car);
        PaintWheel(stage, place, .2, .082, car);
        PaintWheel(stage, place, .79, .082, car);
    }

    public static void PaintBus(Stage stage, double x, double ground, double length, bool facesLeft)
    {
        var (canvas, place) = (stage.Canvas, new Placement(x, ground, length, facesLeft));
        var (name, paint) = stage.Pick(Paints[3], Paints[4], Paints[5], Paints[6]);
        PaintShadow(stage, place);
        var bus = stage.Add("bus", new() { ["colour"] = new AttributeValue.Text(name) });
        Point2[] outline = [new(.01, .04), new(.0, .1), new(.002, .28), new(.02, .315), new(.5, .318), new(.97, .315), new(.992, .28), new(1, .1), new(.99, .04)];
        canvas.Fill(place.Ring(outline), BodyShader(stage, place, paint, .32), bus);
        canvas.Fill(place.Ring([new(.0, .105), new(1, .105), new(1, .128), new(.0, .128)]), Colour.Hex(0xf1efe8), bus);
        canvas.Fill(place.Ring([new(.02, .165), new(.98, .165), new(.985, .285), new(.02, .285)]), Colour.Hex(0x15191d), bus);
        for (var i = 0; i < 8; i++)
        {
            var left = .03 + (i * .118);
            if (i is 3 or 7) PaintGlass(stage, place, [new(left, .055), new(left + .046, .055), new(left + .046, .275), new(left, .275)], bus);
            if (i is 3 or 7) PaintGlass(stage, place, [new(left + .05, .055), new(left + .098, .055), new(left + .098, .275), new(left + .05, .275)], bus);
            else PaintGlass(stage, place, [new(left, .175), new(left + .108, .175), new(left + .108, .275), new(left, .275)], bus);
        }

        canvas.Fill(place.Ring([new(.8, .29), new(.975, .29), new(.975, .31), new(.8, .31)]), Colour.Hex(0xf5a623), bus);
        canvas.Fill(place.Disk(.985, .085, .01, .014), Colour.Hex(0xfdf3c8), bus);
        PaintWheel(stage, place, .19, .047, bus);
        PaintWheel(stage, place, .8, .047, bus);
    }

    private static Shader BodyShader(Stage stage, Placement place, Colour paint, double top)
    {
        var noise = stage.Noise;
        return (px, py) =>
        {
            var v = (place.Ground - py) / place.Length / top; // 0 at the ground, 1 at the roof
            var shine = Math.Max(0, 1 - (Math.Abs(v - .57) * 14)) * .32;
            return paint.Scaled(.62 + (.5 * v) + (.05 * noise.Clouds(px / 60d, py / 12d))).Mix(Colour.Hex(0xffffff), shine + (.12 * v));
        };
    }

    private static void PaintGlass(Stage stage, Placement place, Point2[] window, Painted owner)
    {
        var slant = stage.Between(0, 40);
        var height = .1 * place.Length;
        stage.Canvas.Fill(place.Ring(window), (px, py) =>
        {
            var band = ((px + (py * .7) + slant) % (place.Length * .16)) / (place.Length * .16);
            return Glass.Mix(Colour.Hex(0x93aabb), (.25 * (band > .72 ? 1 : 0)) + (.35 * (((place.Ground - py) / place.Length) - .28) / (height / place.Length)));
        }, owner);
    }

    private static void PaintWheel(Stage stage, Placement place, double hub, double radius, Painted owner)
    {
        var canvas = stage.Canvas;
        canvas.Fill(place.Disk(hub, radius, radius), Tyre, owner);
        canvas.Fill(place.Disk(hub, radius, radius * .62), Rim, owner);
        for (var spoke = 0; spoke < 5; spoke++)
        {
            var (sin, cos) = Math.SinCos(spoke * Math.Tau / 5);
            var centre = place.Point(new(hub, radius));
            var reach = radius * place.Length * .36;
            canvas.Fill(Outlines.Ellipse(centre.X + (reach * cos), centre.Y + (reach * sin), radius * place.Length * .13, radius * place.Length * .13), Colour.Hex(0x4a4f55), owner);
        }

        canvas.Fill(place.Disk(hub, radius, radius * .14), Colour.Hex(0x6d737a), owner);
    }

    private static void PaintShadow(Stage stage, Placement place)
    {
        for (var i = 0; i < 4; i++)
        {
            stage.Canvas.Fill(Outlines.Ellipse(place.X + (place.Length / 2), place.Ground, place.Length * (.53 - (.025 * i)), place.Length * (.045 - (.008 * i))), new Colour(.03f, .03f, .04f, .24f), keepOwners: true);
        }
    }

    /// <summary>Where a vehicle of length 1 stands in the picture.</summary>
    private readonly record struct Placement(double X, double Ground, double Length, bool FacesLeft)
    {
        public Point2 Point(Point2 p) => new(X + (Length * (FacesLeft ? 1 - p.X : p.X)), Ground - (Length * p.Y));

        public Point2[] Ring(Point2[] points) => [.. points.Select(Point)];

        public Point2[] Disk(double x, double y, double radius) => Disk(x, y, radius, radius);

        public Point2[] Disk(double x, double y, double radiusX, double radiusY)
        {
            var centre = Point(new(x, y));
            return Outlines.Ellipse(centre.X, centre.Y, radiusX * Length, radiusY * Length);
        }
    }
}
