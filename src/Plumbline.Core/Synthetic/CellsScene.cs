using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Synthetic;

/// <summary>Cells in a dish under a fluorescence microscope: green membranes, blue nuclei, a little blur, debris between.</summary>
internal static class CellsScene
{
    private static readonly Colour Membrane = new(.2f, .95f, .42f);
    private static readonly Colour Plasma = new(.06f, .3f, .2f);
    private static readonly Colour Chromatin = new(.25f, .42f, 1f);

    private static readonly AttributeDefinition Occluded = new() { Id = "occluded", Name = "Overlapped", Kind = AttributeKind.Boolean };
    private static readonly AttributeDefinition Truncated = new() { Id = "truncated", Name = "Touches the border", Kind = AttributeKind.Boolean };
    private static readonly AttributeDefinition Phase = new() { Id = "phase", Name = "Phase", Kind = AttributeKind.Select, Options = ["interphase", "dividing"] };

    public static Ontology Ontology { get; } = new()
    {
        Classes =
        [
            new LabelClass { Id = "cell", Name = "Cell", Color = "#27ae60", Key = "1", Description = "The whole cell up to the outside of its membrane, nucleus included.", Attributes = [Occluded, Truncated, Phase] },
            new LabelClass { Id = "nucleus", Name = "Nucleus", Color = "#2f80ed", Key = "2", Description = "Each blue body; a dividing cell has two.", Attributes = [Occluded, Truncated] },
            new LabelClass { Id = "debris", Name = "Debris", Color = "#f2c94c", Key = "3", Description = "Bright specks that are no cells.", Attributes = [Occluded, Truncated] },
        ],
    };

    public static Raster Paint(Stage stage)
    {
        var (canvas, noise) = (stage.Canvas, stage.Noise);
        var unit = Math.Min(stage.Width * .75, stage.Height);
        canvas.FillRows(0, stage.Height, (x, y) => new Colour(.012f, .03f, .035f).Scaled(.5 + (1.6 * noise.Clouds(x / 210d, y / 210d))));
        foreach (var (centre, index) in Places(stage, unit).Select((p, i) => (p, i))) PaintCell(stage, centre, unit * stage.Between(.05, .08), $"cell-{index}");
        canvas.Blur(2);
        for (var i = stage.Random.Next(6, 15); i > 0; i--) PaintDebris(stage, unit);
        canvas.Blur(1);
        return canvas.Finish(noise, .03, stage.Between(-.2, .2), stage.Between(-.2, .2));
    }

    /// <summary>Centres that keep their distance, give or take: dense, with some overlap.</summary>
    private static List<Point2> Places(Stage stage, double unit)
    {
        var places = new List<Point2>();
        var distance = unit * stage.Between(.115, .135);
        for (var attempt = 0; attempt < 1400; attempt++)
        {
            var place = new Point2(stage.Between(-.03, 1.03) * stage.Width, stage.Between(-.03, 1.03) * stage.Height);
            if (stage.Noise.Clouds(place.X / unit * 2.4, place.Y / unit * 2.4) > .34 && places.All(p => p.DistanceTo(place) > distance)) places.Add(place);
        }

        return places;
    }

    private static void PaintCell(Stage stage, Point2 centre, double radius, string group)
    {
        var (canvas, noise) = (stage.Canvas, stage.Noise);
        var dividing = stage.Chance(.12);
        var (angle, stretch, glow) = (stage.Between(0, Math.Tau), dividing ? 1.35 : stage.Between(1, 1.3), stage.Between(.65, 1.15));
        var ring = Outlines.Blob(stage.Random, centre.X, centre.Y, radius * stretch, radius / Math.Sqrt(stretch), angle, dividing ? .04 : .11, 64);
        var cell = stage.Add("cell", new() { ["phase"] = new AttributeValue.Text(dividing ? "dividing" : "interphase") }, groupId: group);
        canvas.Fill(ring, Membrane.Scaled(glow * .85), cell);
        foreach (var (scale, share) in (ReadOnlySpan<(double, double)>)[(.965, .62), (.93, .36), (.89, .15)])
        {
            canvas.Fill(Shrunk(ring, centre, scale), (x, y) => Plasma.Mix(Membrane, share).Scaled(glow * (.6 + (.8 * noise.Clouds(x / 9d, y / 9d)))), cell);
        }

        for (var i = 0; i < 14; i++)
        {
            var spot = Polar(centre, stage.Between(0, Math.Tau), radius * stage.Between(.35, .78));
            canvas.Fill(Outlines.Ellipse(spot.X, spot.Y, radius * stage.Between(.02, .05), radius * .03), new Colour(.5f, 1, .45f, .45f), keepOwners: true);
        }

        if (!dividing)
        {
            PaintNucleus(stage, Polar(centre, stage.Between(0, Math.Tau), radius * stage.Between(0, .16)), radius * stage.Between(.38, .5), stage.Between(1, 1.35), angle, group);
            return;
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var place = new Point2(centre.X + (side * radius * .58 * Math.Cos(angle)), centre.Y + (side * radius * .58 * Math.Sin(angle)));
            PaintNucleus(stage, place, radius * .27, 1.5, angle + (Math.PI / 2), group);
        }
    }

    private static void PaintNucleus(Stage stage, Point2 centre, double radius, double stretch, double angle, string group)
    {
        var (canvas, noise) = (stage.Canvas, stage.Noise);
        var ring = Outlines.Blob(stage.Random, centre.X, centre.Y, radius * stretch, radius, angle, .06);
        var nucleus = stage.Add("nucleus", inner: true, groupId: group);
        var glow = stage.Between(.75, 1.1);
        canvas.Fill(ring, Chromatin.Scaled(glow * .7), nucleus);
        canvas.Fill(Shrunk(ring, centre, .9), (x, y) => Chromatin.Scaled(glow * (.45 + (1.05 * noise.Clouds(x / 6d, y / 6d)))), nucleus);
        for (var i = stage.Random.Next(1, 4); i > 0; i--)
        {
            var spot = Polar(centre, stage.Between(0, Math.Tau), radius * stage.Between(.1, .55));
            canvas.Fill(Outlines.Ellipse(spot.X, spot.Y, radius * .16, radius * .13), new Colour(.05f, .1f, .42f, .75f), keepOwners: true);
        }
    }

    private static void PaintDebris(Stage stage, double unit)
    {
        var (x, y, radius) = (stage.Between(.01, .99) * stage.Width, stage.Between(.01, .99) * stage.Height, unit * stage.Between(.006, .012));
        var debris = stage.Add("debris");
        stage.Canvas.Fill(Outlines.Blob(stage.Random, x, y, radius, radius * stage.Between(.5, 1), stage.Between(0, 3), .2, 24), stage.Pick(Colour.Hex(0xffe9a8), Colour.Hex(0xff9a8a), Colour.Hex(0xd8ffe6)), debris);
    }

    private static Point2[] Shrunk(Point2[] ring, Point2 centre, double scale) => [.. ring.Select(p => new Point2(centre.X + ((p.X - centre.X) * scale), centre.Y + ((p.Y - centre.Y) * scale)))];

    private static Point2 Polar(Point2 centre, double angle, double distance) => new(centre.X + (distance * Math.Cos(angle)), centre.Y + (distance * Math.Sin(angle)));
}
