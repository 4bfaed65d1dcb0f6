using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Synthetic;

/// <summary>People on foot, from the front or from behind, with the 17 points of COCO's person.</summary>
internal static class PersonPainter
{
    private static readonly Colour[] Skins = [Colour.Hex(0xf1c9a5), Colour.Hex(0xd9a279), Colour.Hex(0xa86b45), Colour.Hex(0x6f4429)];
    private static readonly Colour[] Hairs = [Colour.Hex(0x2a211c), Colour.Hex(0x5a3d26), Colour.Hex(0xb38a4d), Colour.Hex(0x8c8780), Colour.Hex(0x101012)];
    private static readonly Colour[] Tops =
        [Colour.Hex(0xc0392b), Colour.Hex(0x2e6da4), Colour.Hex(0xe0dfd8), Colour.Hex(0x2f3a45), Colour.Hex(0x3f7f56), Colour.Hex(0xd9a441), Colour.Hex(0x7a4f8c), Colour.Hex(0x4b9fa5), Colour.Hex(0xc97b94)];

    private static readonly Colour[] Trousers = [Colour.Hex(0x2b3a55), Colour.Hex(0x26262a), Colour.Hex(0x6d6252), Colour.Hex(0x8b8f94), Colour.Hex(0x4a3b30)];

    public static SkeletonDefinition Skeleton { get; } = new()
    {
        Id = "person",
        Name = "Person (COCO)",
        Points =
        [
            "nose", "left eye", "right eye", "left ear", "right ear", "left shoulder", "right shoulder", "left elbow", "right elbow", "left wrist", "right wrist", "left hip", "right hip",
            "left knee", "right knee", "left ankle", "right ankle",
        ],
        Edges =
        [
            new(15, 13), new(13, 11), new(16, 14), new(14, 12), new(11, 12), new(5, 11), new(6, 12), new(5, 6), new(5, 7), new(6, 8), new(7, 9), new(8, 10), new(1, 2), new(0, 1), new(0, 2),
            new(1, 3), new(2, 4), new(3, 5), new(4, 6),
        ],
        Mirrored = [new(1, 2), new(3, 4), new(5, 6), new(7, 8), new(9, 10), new(11, 12), new(13, 14), new(15, 16)],
    };

    /// <summary>Paints a person of the given height standing at feet.</summary>
    public static void Paint(Stage stage, Point2 feet, double size)
    {
        var back = stage.Chance(.25);
        var joints = Pose(stage, feet, size, back);
        PaintShadow(stage, feet, size);
        var person = stage.Add("person");
        stage.SetSkeleton(joints, [.. Enumerable.Range(0, joints.Length).Select(i => back && i < 3)]);
        var (skin, hair, top, trousers) = (stage.Pick(Skins), stage.Pick(Hairs), stage.Pick(Tops), stage.Pick(Trousers));
        PaintLegs(stage, person, joints, size, trousers);
        PaintArm(stage, person, joints, size, top.Scaled(.86), skin, 6);
        PaintTorso(stage, person, joints, size, top);
        PaintArm(stage, person, joints, size, top.Scaled(.93), skin, 5);
        PaintHead(stage, person, joints, size, skin, hair, back);
    }

    /// <summary>The joints in COCO's order. A person's left side is on the right of the picture when seen from the front.</summary>
    private static Point2[] Pose(Stage stage, Point2 feet, double size, bool back)
    {
        var left = back ? -1 : 1;
        var (stride, swing, lean) = (stage.Between(-.085, .085), stage.Between(-.07, .07), stage.Between(-.015, .015));
        var (lift, bend) = (stage.Between(0, .03), stage.Between(0, .07));
        Point2 At(double x, double y) => new(feet.X + (size * (x + (lean * y))), feet.Y - (size * y));
        var knee = stride > 0 ? .035 : 0;
        return
        [
            At(0, .915), At(left * .021, .932), At(-left * .021, .932), At(left * .052, .925), At(-left * .052, .925),
            At(left * .108, .805), At(-left * .108, .805),
            At((left * .142) + (swing * .5), .655), At((-left * .142) + (swing * .5), .655),
            At((left * (.135 - bend)) + swing, .52 + (bend * 1.6)), At((-left * .135) + swing, .52),
            At(left * .062, .505), At(-left * .062, .505),
            At((left * .066) + (stride * .55), .275 + knee), At((-left * .066) - (stride * .55), .275),
            At((left * .068) + stride, .04 + lift), At((-left * .068) - stride, .04),
        ];
    }

    private static void PaintShadow(Stage stage, Point2 feet, double size)
    {
        for (var i = 0; i < 3; i++)
        {
            stage.Canvas.Fill(Outlines.Ellipse(feet.X, feet.Y - (size * .01), size * (.17 - (.02 * i)), size * (.032 - (.006 * i))), new Colour(.05f, .05f, .06f, .2f), keepOwners: true);
        }
    }

    private static void PaintLegs(Stage stage, Painted person, Point2[] joints, double size, Colour trousers)
    {
        var canvas = stage.Canvas;
        foreach (var side in (ReadOnlySpan<int>)[1, 0])
        {
            var (hip, knee, ankle) = (joints[11 + side], joints[13 + side], joints[15 + side]);
            var cloth = Cloth(stage, trousers.Scaled(side == 1 ? .85 : 1), hip, knee, size * .06);
            canvas.Fill(Outlines.Limb(new(ankle.X - (size * .004), ankle.Y + (size * .018)), new(ankle.X + (size * .012), ankle.Y + (size * .024)), size * .024, size * .02), Colour.Hex(0x1f1c1b), person);
            canvas.Fill(Outlines.Limb(knee, ankle, size * .042, size * .03), cloth, person);
            canvas.Fill(Outlines.Limb(hip, knee, size * .058, size * .043), cloth, person);
        }
    }

    private static void PaintTorso(Stage stage, Painted person, Point2[] joints, double size, Colour top)
    {
        var (left, right, leftHip, rightHip) = (joints[5], joints[6], joints[11], joints[12]);
        if (left.X < right.X) (left, right, leftHip, rightHip) = (right, left, rightHip, leftHip);
        var s = size * .032;
        Point2[] outline =
        [
            new(right.X + (size * .075), right.Y - (size * .036)), new(left.X - (size * .075), left.Y - (size * .036)), new(left.X - (s * .3), left.Y - (s * .75)), new(left.X + (s * .7), left.Y + (s * .5)),
            new(left.X - (s * .1), left.Y + (size * .11)), new(leftHip.X + (size * .05), leftHip.Y - (size * .07)), new(leftHip.X + (size * .058), leftHip.Y + (size * .03)),
            new(rightHip.X - (size * .058), rightHip.Y + (size * .03)), new(rightHip.X - (size * .05), rightHip.Y - (size * .07)), new(right.X + (s * .1), right.Y + (size * .11)),
            new(right.X - (s * .7), right.Y + (s * .5)), new(right.X + (s * .3), right.Y - (s * .75)),
        ];
        stage.Canvas.Fill(Outlines.Smooth(outline, 4), Cloth(stage, top, right, left, size * .14), person);
    }

    private static void PaintArm(Stage stage, Painted person, Point2[] joints, double size, Colour sleeve, Colour skin, int shoulder)
    {
        var (start, elbow, wrist) = (joints[shoulder], joints[shoulder + 2], joints[shoulder + 4]);
        var cloth = Cloth(stage, sleeve, start, elbow, size * .04);
        stage.Canvas.Fill(Outlines.Ellipse(wrist.X, wrist.Y + (size * .012), size * .021, size * .026), skin, person);
        stage.Canvas.Fill(Outlines.Limb(elbow, wrist, size * .029, size * .022), cloth, person);
        stage.Canvas.Fill(Outlines.Limb(start, elbow, size * .04, size * .03), cloth, person);
    }

    private static void PaintHead(Stage stage, Painted person, Point2[] joints, double size, Colour skin, Colour hair, bool back)
    {
        var canvas = stage.Canvas;
        var nose = joints[0];
        var neck = new Point2((joints[5].X + joints[6].X) / 2, joints[5].Y);
        canvas.Fill(Outlines.Limb(neck, nose, size * .03, size * .028), skin.Scaled(.82), person);
        canvas.Fill(Outlines.Ellipse(nose.X, nose.Y - (size * .022), size * .056, size * .068), hair, person);
        if (back) return;
        canvas.Fill(Outlines.Ellipse(nose.X, nose.Y - (size * .006), size * .049, size * .059), (x, y) => skin.Scaled(1.04 - (.16 * Math.Abs(x - nose.X) / (size * .05))), person);
        canvas.Fill(Outlines.Ellipse(nose.X, nose.Y - (size * .056), size * .05, size * .024), hair, person);
        foreach (var eye in (ReadOnlySpan<int>)[1, 2]) canvas.Fill(Outlines.Ellipse(joints[eye].X, joints[eye].Y, size * .008, size * .006), Colour.Hex(0x1d1a18), person);
        canvas.Fill(Outlines.Ellipse(nose.X, nose.Y + (size * .004), size * .006, size * .009), skin.Scaled(.78), person);
        canvas.Fill(Outlines.Ellipse(nose.X, nose.Y + (size * .028), size * .015, size * .005), Colour.Hex(0x9b4b45), person);
    }

    /// <summary>Cloth with folds, darker towards the edges of the limb between a and b.</summary>
    private static Shader Cloth(Stage stage, Colour colour, Point2 a, Point2 b, double radius)
    {
        var noise = stage.Noise;
        return (x, y) =>
        {
            var edge = Math.Min(1, new Point2(x + .5, y + .5).DistanceToSegment(a, b) / radius);
            return colour.Scaled(.9 + (.17 * noise.Clouds(x / 5d, y / 11d)) - (.2 * edge * edge));
        };
    }
}
