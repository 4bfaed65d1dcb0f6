using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Synthetic;

/// <summary>One product's looks; all facings of it are alike.</summary>
internal sealed record Product(string Packing, double Width, double Height, string ColourName, Colour Colour, Colour Accent, string Brand, int Style);

/// <summary>Boxes, bottles, cans and pouches with labels, lit from above.</summary>
internal static class ProductPainter
{
    private static readonly Colour Paper = Colour.Hex(0xf6f3ea);

    public static void Paint(Stage stage, Product product, double middle, double floor, double tilt)
    {
        var item = stage.Add(product.Packing, new() { ["colour"] = new AttributeValue.Text(product.ColourName), ["brand"] = new AttributeValue.Text(product.Brand) });
        var pen = new Pen(stage, item, product, middle, floor, tilt);
        pen.Shadow();
        switch (product.Packing)
        {
            case "box": PaintBox(pen, product); break;
            case "bottle": PaintBottle(pen, product); break;
            case "can": PaintCan(pen, product); break;
            default: PaintPouch(pen, product); break;
        }
    }

    private static void PaintBox(Pen pen, Product product)
    {
        pen.Flat(Outlines.Rectangle(-.5, 0, .985, 1), product.Colour);
        pen.Flat([new(.46, 0), new(.49, 0), new(.49, 1), new(.46, 1)], product.Colour.Scaled(.6));
        if (product.Style % 2 == 0) pen.Flat([new(-.5, .0), new(.46, .0), new(.46, .2), new(-.5, .34)], product.Accent);
        else pen.Flat([new(-.5, .82), new(.46, .82), new(.46, 1), new(-.5, 1)], product.Accent);
        pen.Flat(Outlines.Ellipse(-.02, .33, .3, .17), Paper.Mix(product.Accent, .25));
        pen.Flat(Outlines.Ellipse(-.06, .33, .17, .1), product.Accent.Scaled(.85));
        pen.Flat(Outlines.Ellipse(.06, .31, .12, .08), Colour.Hex(0xe8b84a));
        pen.Flat(Outlines.Rectangle(-.42, .575, .8, .2), Paper);
        pen.Word(product.Brand, -.02, .675, .66, product.Colour.Scaled(.55));
    }

    private static void PaintBottle(Pen pen, Product product)
    {
        Point2[] glass =
        [
            new(-.46, .0), new(-.48, .04), new(-.48, .58), new(-.4, .68), new(-.2, .77), new(-.15, .84), new(-.15, .93), new(.15, .93), new(.15, .84), new(.2, .77), new(.4, .68), new(.48, .58), new(.48, .04), new(.46, .0),
        ];
        pen.Round(glass, product.Colour.Mix(Colour.Hex(0x18231c), product.Style == 0 ? .5 : .15), .55);
        pen.Round(Outlines.Rectangle(-.18, .91, .36, .09), product.Accent, .4);
        pen.Round(Outlines.Rectangle(-.48, .16, .96, .34), Paper, .3);
        pen.Round(Outlines.Rectangle(-.48, .16, .96, .05), product.Accent, .3);
        pen.Flat(Outlines.Ellipse(0, .28, .2, .055), product.Accent);
        pen.Word(product.Brand, 0, .41, .72, product.Colour.Scaled(.5));
        pen.Shine(Outlines.Limb(new(-.32, .08), new(-.32, .56), .035, .035), .4);
        pen.Shine(Outlines.Limb(new(-.09, .8), new(-.09, .89), .02, .02), .4);
    }

    private static void PaintCan(Pen pen, Product product)
    {
        pen.Round(Outlines.RoundedRectangle(-.49, .0, .98, 1, .06), Colour.Hex(0xb9bdc1), .5);
        pen.Round(Outlines.Rectangle(-.49, .06, .98, .85), product.Colour, .5);
        pen.Round(Outlines.Rectangle(-.49, .5, .98, .3), product.Style < 2 ? Paper : product.Accent, .5);
        pen.Flat(Outlines.Ellipse(0, .28, .26, .14), product.Accent.Mix(Paper, .3));
        pen.Word(product.Brand, 0, .65, .74, product.Style < 2 ? product.Colour.Scaled(.6) : Paper);
        pen.Shine(Outlines.Limb(new(-.3, .1), new(-.3, .88), .04, .04), .35);
    }

    private static void PaintPouch(Pen pen, Product product)
    {
        Point2[] bag =
        [
            new(-.44, .01), new(-.2, .0), new(.2, .0), new(.44, .01), new(.49, .2), new(.46, .5), new(.47, .8), new(.49, .9), new(.48, 1), new(.2, .985), new(-.2, .99), new(-.48, 1), new(-.49, .9), new(-.46, .78),
            new(-.46, .5), new(-.49, .2),
        ];
        pen.Round(Outlines.Smooth(bag, 3), product.Colour, .35);
        pen.Flat(Outlines.Rectangle(-.48, .91, .96, .012), product.Colour.Scaled(.6));
        pen.Round(Outlines.Ellipse(0, .34, .34, .2), Paper, .2);
        pen.Flat(Outlines.Ellipse(-.08, .34, .16, .1), product.Accent);
        pen.Flat(Outlines.Ellipse(.12, .31, .13, .085), product.Accent.Scaled(.75));
        pen.Word(product.Brand, 0, .69, .74, Paper);
        pen.Shine(Outlines.Limb(new(-.34, .5), new(-.3, .84), .03, .02), .25);
    }

    /// <summary>Paints in the product's own frame: x from −0.5 to 0.5 across, y from 0 at its foot to 1 at its top.</summary>
    private sealed class Pen(Stage stage, Painted item, Product product, double middle, double floor, double tilt)
    {
        private readonly double sin = Math.Sin(tilt);
        private readonly double cos = Math.Cos(tilt);

        public void Flat(Point2[] ring, Colour colour)
        {
            var noise = stage.Noise;
            stage.Canvas.Fill(Place(ring), (x, y) => colour.Scaled(.86 + (.16 * ((floor - y) / product.Height)) + (.06 * noise.Clouds(x / 14d, y / 14d))), item);
        }

        /// <summary>A part that curves away from the viewer at its sides.</summary>
        public void Round(Point2[] ring, Colour colour, double depth)
        {
            var noise = stage.Noise;
            stage.Canvas.Fill(Place(ring), (x, y) =>
            {
                var u = Math.Clamp((x + .5 - middle) / product.Width * 2, -1, 1);
                return colour.Scaled((1.1 - (depth * u * u) - (.12 * u)) * (.88 + (.12 * ((floor - y) / product.Height)) + (.06 * noise.Clouds(x / 14d, y / 14d))));
            }, item);
        }

        public void Shine(Point2[] ring, double strength) => stage.Canvas.Fill(Place(ring), new Colour(1, 1, 1, (float)strength), keepOwners: true);

        public void Word(string word, double x, double y, double width, Colour colour) => Lettering.Write(stage.Canvas, word, At(new(x, y)), width * product.Width, colour, item, tilt);

        public void Shadow()
        {
            for (var i = 0; i < 3; i++)
            {
                var reach = product.Width * (.53 + (.03 * i));
                stage.Canvas.Fill(Outlines.RoundedRectangle(middle - reach + (product.Width * .03), floor - (product.Height * .95), 2 * reach, product.Height * .95, product.Width * .2), new Colour(0, 0, 0, .13f), keepOwners: true);
            }
        }

        private Point2[] Place(Point2[] ring) => [.. ring.Select(At)];

        private Point2 At(Point2 p)
        {
            var (u, v) = (p.X * product.Width, -p.Y * product.Height);
            return new Point2(middle + (u * cos) - (v * sin), floor + (u * sin) + (v * cos));
        }
    }
}
