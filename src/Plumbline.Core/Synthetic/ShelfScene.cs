using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Synthetic;

/// <summary>A shop's rack from the front: boards with price tags, and on each board rows of like products with a few gaps and a few that lean.</summary>
internal static class ShelfScene
{
    private static readonly string[] Brands = ["NOVA", "KIVO", "LUMA", "ARVO", "TRIO", "BELO", "MIRA", "OTRO", "VELA", "SOLA", "PURE", "ZILO"];

    private static readonly (string Name, Colour Colour)[] Colours =
    [
        ("red", Colour.Hex(0xc8322f)), ("orange", Colour.Hex(0xe07b28)), ("yellow", Colour.Hex(0xe9c03a)), ("green", Colour.Hex(0x3f8f4b)), ("teal", Colour.Hex(0x2b8f94)), ("blue", Colour.Hex(0x2f62b0)),
        ("purple", Colour.Hex(0x7a4a9c)), ("brown", Colour.Hex(0x7b4d2e)), ("white", Colour.Hex(0xe9e7df)),
    ];

    private static readonly AttributeDefinition[] ProductAttributes =
    [
        new() { Id = "occluded", Name = "Occluded", Kind = AttributeKind.Boolean },
        new() { Id = "truncated", Name = "Truncated", Kind = AttributeKind.Boolean },
        new() { Id = "colour", Name = "Colour", Kind = AttributeKind.Select, Options = [.. Colours.Select(c => c.Name)] },
        new() { Id = "brand", Name = "Brand", Kind = AttributeKind.Text },
    ];

    public static Ontology Ontology { get; } = new()
    {
        Classes =
        [
            new LabelClass { Id = "product", Name = "Product", Color = "#4c78a8", Description = "Anything for sale; label the kind of packing below." },
            new LabelClass { Id = "box", Name = "Box", ParentId = "product", Color = "#f2994a", Key = "1", Description = "Cartons.", Attributes = [.. ProductAttributes] },
            new LabelClass { Id = "bottle", Name = "Bottle", ParentId = "product", Color = "#27ae60", Key = "2", Description = "Bottles with their caps.", Attributes = [.. ProductAttributes] },
            new LabelClass { Id = "can", Name = "Can", ParentId = "product", Color = "#2d9cdb", Key = "3", Description = "Tins and drink cans.", Attributes = [.. ProductAttributes] },
            new LabelClass { Id = "pouch", Name = "Pouch", ParentId = "product", Color = "#bb6bd9", Key = "4", Description = "Bags and pouches.", Attributes = [.. ProductAttributes] },
            new LabelClass { Id = "tag", Name = "Price tag", Color = "#eb5757", Key = "5", Description = "Tags on the boards' edges.", Attributes = [.. ProductAttributes[..2], new AttributeDefinition { Id = "price", Name = "Price", Kind = AttributeKind.Number, Minimum = 0 }] },
        ],
    };

    public static Raster Paint(Stage stage)
    {
        var (canvas, noise, width, height) = (stage.Canvas, stage.Noise, stage.Width, stage.Height);
        canvas.FillRows(0, height, (x, y) => new Colour(.4f, .39f, .385f).Scaled((((x + (y / 9 % 2 * 5)) % 11) < 3 && y % 9 < 3 ? .72 : 1) * (.75 + (.3 * noise.Clouds(x / 180d, y / 180d)))));
        var shelves = stage.Random.Next(4, 6);
        var pitch = height / (shelves - .12);
        for (var shelf = 0; shelf < shelves; shelf++)
        {
            var floor = ((shelf + .82) * pitch) - (.02 * height);
            var (top, board) = (floor - (pitch * .89), pitch * .085);
            canvas.FillRows(top, top + (pitch * .22), (_, y) => new Colour(0, 0, 0, (float)(.62 * (1 - ((y - top) / (pitch * .22))))));
            FillShelf(stage, floor, pitch * .84);
            PaintBoard(stage, floor, board);
        }

        return canvas.Finish(noise, .02, stage.Between(-.3, .3), stage.Between(-.15, .1));
    }

    private static void FillShelf(Stage stage, double floor, double room)
    {
        for (var x = -stage.Between(0, .04) * stage.Width; x < stage.Width;)
        {
            var product = Design(stage, room);
            for (var facing = stage.Random.Next(2, 6); facing > 0 && x < stage.Width; facing--)
            {
                if (stage.Chance(.035))
                {
                    x += product.Width;
                    continue;
                }

                var tilt = stage.Chance(.07) ? stage.Between(-.06, .06) : stage.Between(-.006, .006);
                ProductPainter.Paint(stage, product, x + (product.Width / 2), floor + stage.Between(0, 3), tilt);
                x += product.Width * stage.Between(.985, 1.05);
            }

            x += stage.Chance(.12) ? stage.Between(.2, .6) * product.Width : 2;
        }
    }

    private static Product Design(Stage stage, double room)
    {
        var packing = stage.Pick("box", "box", "box", "bottle", "bottle", "can", "pouch");
        var height = room * (packing is "can" ? stage.Between(.42, .6) : packing is "pouch" ? stage.Between(.6, .85) : stage.Between(.7, .98));
        var aspect = packing switch { "box" => stage.Between(.55, .85), "bottle" => stage.Between(.27, .37), "can" => stage.Between(.52, .68), _ => stage.Between(.66, .85) };
        var (name, colour) = stage.Pick(Colours);
        var accent = stage.Pick(Colours.Where(c => c.Name != name).ToArray()).Colour;
        return new Product(packing, height * aspect, height, name, colour, accent, stage.Pick(Brands), stage.Random.Next(4));
    }

    private static void PaintBoard(Stage stage, double floor, double thickness)
    {
        var (canvas, noise, width) = (stage.Canvas, stage.Noise, stage.Width);
        canvas.Fill(Outlines.Rectangle(-1, floor, width + 2, thickness), (x, y) => new Colour(.83f, .835f, .84f).Scaled(1.06 - (.35 * (y - floor) / thickness) + (.04 * noise.At(x / 50d, y / 3d))));
        canvas.Fill(Outlines.Rectangle(-1, floor + thickness, width + 2, thickness * .35), new Colour(0, 0, 0, .55f));
        for (var x = stage.Between(.01, .08) * width; x < width; x += stage.Between(.1, .19) * width)
        {
            var price = Math.Round(stage.Between(.49, 9.99), 2);
            var (tagWidth, tagHeight) = (thickness * 1.75, thickness * .8);
            var tag = stage.Add("tag", new() { ["price"] = new AttributeValue.Number(price) });
            canvas.Fill(Outlines.RoundedRectangle(x, floor + (thickness * .1), tagWidth, tagHeight, 2), stage.Chance(.2) ? Colour.Hex(0xf7d64a) : Colour.Hex(0xfbfaf5), tag);
            Lettering.Write(canvas, price.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), new(x + (tagWidth / 2), floor + (thickness * .5)), tagWidth * .72, Colour.Hex(0x1a1a1a), tag);
        }
    }
}
