using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Synthetic;

/// <summary>A street seen from the pavement: sky, houses, trees, two lanes of traffic, people on both sides.</summary>
internal static class StreetScene
{
    private const double Skyline = .585;
    private const double RoadTop = .635;
    private const double RoadBottom = .885;

    private static readonly AttributeDefinition Occluded = new() { Id = "occluded", Name = "Occluded", Kind = AttributeKind.Boolean };
    private static readonly AttributeDefinition Truncated = new() { Id = "truncated", Name = "Truncated", Kind = AttributeKind.Boolean };
    private static readonly AttributeDefinition ColourName = new() { Id = "colour", Name = "Colour", Kind = AttributeKind.Select, Options = [.. VehiclePainter.Paints.Select(p => p.Name)] };

    public static Ontology Ontology { get; } = new()
    {
        Classes =
        [
            new LabelClass { Id = "vehicle", Name = "Vehicle", Color = "#4c78a8", Description = "Motor vehicles; label the kind below." },
            new LabelClass { Id = "car", Name = "Car", ParentId = "vehicle", Color = "#2f80ed", Key = "1", Description = "Passenger cars and vans, wheels and mirrors included, shadow not.", Attributes = [Occluded, Truncated, ColourName] },
            new LabelClass { Id = "bus", Name = "Bus", ParentId = "vehicle", Color = "#9b51e0", Key = "2", Description = "City buses.", Attributes = [Occluded, Truncated, ColourName] },
            new LabelClass { Id = "person", Name = "Person", Color = "#eb5757", Key = "3", Description = "People with what they wear; 17 keypoints as in COCO.", SkeletonId = "person", Attributes = [Occluded, Truncated] },
            new LabelClass
            {
                Id = "sign", Name = "Traffic sign", Color = "#f2994a", Key = "4", Description = "The plate without its pole.",
                Attributes = [Occluded, Truncated, new AttributeDefinition { Id = "meaning", Name = "Meaning", Kind = AttributeKind.Select, Options = ["stop", "yield", "speed limit", "parking"] }],
            },
            new LabelClass
            {
                Id = "light", Name = "Traffic light", Color = "#27ae60", Key = "5", Description = "The housing with its lamps, without the pole.",
                Attributes = [Occluded, Truncated, new AttributeDefinition { Id = "lamp", Name = "Lamp", Kind = AttributeKind.Select, Options = ["red", "amber", "green"] }],
            },
        ],
        Skeletons = [PersonPainter.Skeleton],
    };

    public static Raster Paint(Stage stage)
    {
        StreetBackdrop.PaintSky(stage, Skyline);
        StreetBackdrop.PaintHouses(stage, Skyline);
        StreetBackdrop.PaintGround(stage, Skyline, RoadTop, RoadBottom);
        var height = stage.Height;
        for (var i = stage.Random.Next(2, 5); i > 0; i--) StreetBackdrop.PaintTree(stage, stage.Between(-.02, 1.02) * stage.Width, (Skyline + .025) * height, stage.Between(.24, .4) * height);
        for (var i = stage.Random.Next(2, 4); i > 0; i--) RoadsidePainter.PaintSign(stage, stage.Between(.03, .97) * stage.Width, (Skyline + .035) * height, .19 * height);
        if (stage.Chance(.7)) RoadsidePainter.PaintLight(stage, stage.Between(.1, .9) * stage.Width, (Skyline + .04) * height, .25 * height);
        PaintPeople(stage, stage.Random.Next(4, 9), .16, .605, .63);
        PaintLane(stage, ground: .725, size: .25, facesLeft: true);
        PaintLane(stage, ground: .845, size: .325, facesLeft: false);
        StreetBackdrop.PaintNearPavement(stage, RoadBottom);
        if (stage.Chance(.6)) RoadsidePainter.PaintSign(stage, stage.Between(.08, .92) * stage.Width, .955 * height, .42 * height);
        PaintPeople(stage, stage.Random.Next(2, 6), .34, .93, .99);
        return stage.Canvas.Finish(stage.Noise, .022, stage.Between(-.25, .25), stage.Between(-.1, .05));
    }

    private static void PaintPeople(Stage stage, int count, double size, double from, double to)
    {
        foreach (var feet in Enumerable.Range(0, count).Select(_ => stage.Between(from, to)).Order())
        {
            PersonPainter.Paint(stage, new Point2(stage.Between(-.01, 1.01) * stage.Width, feet * stage.Height), size * stage.Between(.88, 1.08) * stage.Height);
        }
    }

    private static void PaintLane(Stage stage, double ground, double size, bool facesLeft)
    {
        var x = stage.Between(-.35, .05) * stage.Width;
        while (x < stage.Width)
        {
            var length = size * stage.Between(.92, 1.1) * stage.Height * 4 / 3;
            if (stage.Chance(.16))
            {
                length *= 1.75;
                VehiclePainter.PaintBus(stage, x, ground * stage.Height, length, facesLeft);
            }
            else
            {
                VehiclePainter.PaintCar(stage, x, ground * stage.Height, length, facesLeft);
            }

            x += length * stage.Between(1.08, 2.1);
        }
    }
}
