using FsCheck;
using FsCheck.Fluent;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Conversions;

/// <summary>What was read = what was written + what the loss report lists, for every format that writes.</summary>
public class RoundTripTests
{
    private static readonly string[] LeftOut = ["shape-left-out", "ignored-left-out", "outside"];

    public static TheoryData<string> Formats => new(DatasetFormats.All.Select(f => f.Name));

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_read_back_is_what_was_given_less_the_losses(string format) => ForSeeds(format, async seed =>
    {
        var given = RandomDataset.Make(seed);
        var written = await Trips.WriteAsync(format, given);
        if (given.Items.Count == 0) return;
        var read = await Trips.ReadAsync(format, written.Tree);
        Assert.Empty(read.Issues);
        Assert.Equal(given.Header.Classes.Select(c => c.Name), read.Header.Classes.Select(c => c.Name));
        Assert.Equal(given.Items.Select(i => i.Path), read.Items.Select(i => i.Path));
        foreach (var (before, after) in given.Items.Zip(read.Items))
        {
            Assert.Equal(before.Size, after.Size);
            Assert.Equal(before.Split ?? (format.StartsWith("yolo", StringComparison.Ordinal) ? "train" : null), after.Split);
            var lost = written.Losses.Where(l => l.Item.StartsWith(before.Path + "#", StringComparison.Ordinal)).ToLookup(l => l.Item);
            var kept = before.Annotations.Where(a => !lost[before.NameOf(a)].Any(l => LeftOut.Contains(l.Code))).ToList();
            Assert.Equal(kept.Count, after.Annotations.Count);
            foreach (var (a, b) in kept.Zip(after.Annotations)) AssertSame(Trips.Format(format).Abilities, a, b, [.. lost[before.NameOf(a)].Select(l => l.Code)]);
        }
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_do_not_change_from_the_second_trip_on(string format) => ForSeeds(format, async seed =>
    {
        var first = await Trips.WriteAsync(format, RandomDataset.Make(seed));
        if (RandomDataset.Make(seed).Items.Count == 0) return;
        var second = await Trips.WriteAsync(format, await Trips.ReadAsync(format, first.Tree));
        var third = await Trips.WriteAsync(format, await Trips.ReadAsync(format, second.Tree));
        Assert.Equal(second.Tree.Dump(), third.Tree.Dump());
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void Same_data_gives_the_same_bytes(string format) => ForSeeds(format, async seed =>
        Assert.Equal((await Trips.WriteAsync(format, RandomDataset.Make(seed))).Tree.Dump(), (await Trips.WriteAsync(format, RandomDataset.Make(seed))).Tree.Dump()));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Written_datasets_are_recognised(string format) => ForSeeds(format, async seed =>
    {
        var given = RandomDataset.Make(seed);
        if (!given.Items.Any(i => i.Annotations.Any(a => a.Shape is BoxShape { Box.Area: > 0 } && !a.Ignore))) return;
        var written = await Trips.WriteAsync(format, given);
        Assert.Equal([format], DatasetFormats.Recognise(written.Tree).Select(f => f.Format.Name));
    });

    private static void AssertSame(FormatAbilities can, DatasetAnnotation before, DatasetAnnotation after, string[] losses)
    {
        Assert.Equal(before.ClassIndex, after.ClassIndex);
        if (can.Shapes.Contains(before.Shape.Kind))
        {
            if (!losses.Intersect(["shape", "parts", "holes", "clipped"]).Any()) AssertClose(before.Shape, after.Shape);
        }
        else
        {
            Assert.Equal(can.StoredAs[before.Shape.Kind], after.Shape.Kind);
            Assert.Contains("shape", losses);
        }

        Check(can.Ignore, "ignore-flag", before.Ignore, after.Ignore);
        Check(can.Scores, "score", before.Score, after.Score);
        Check(can.ZOrder, "z-order", before.Z, after.Z);
        Check(can.Attributes && !losses.Contains("attribute-type"), "attributes", Named(before), Named(after));
        if (before.GroupId is not null) Assert.Contains("group", losses);

        void Check<T>(bool kept, string code, T was, T @is)
        {
            if (kept) Assert.Equal(was, @is);
            else Assert.True(Equals(was, @is) || losses.Contains(code) || losses.Contains("attribute-type"), $"{code}: {was} became {@is} and nothing says so");
        }
    }

    private static string Named(DatasetAnnotation annotation) => string.Join("; ", annotation.Attributes.Select(a => $"{a.Key}={a.Value}"));

    private static void AssertClose(Shape before, Shape after)
    {
        Assert.Equal(before.Kind, after.Kind);
        switch (before, after)
        {
            case (BoxShape a, BoxShape b): Assert.True(Far([new(a.Box.X, a.Box.Y), new(a.Box.Width, a.Box.Height)], [new(b.Box.X, b.Box.Y), new(b.Box.Width, b.Box.Height)]) < 2e-6); break;
            case (PolygonShape a, PolygonShape b): Assert.True(Far(Points(a.Polygon), Points(b.Polygon)) < 2e-6); break;
            case (MaskShape a, MaskShape b): Assert.Equal(0, a.Mask.Xor(b.Mask).Area); break;
        }
    }

    private static Point2[] Points(Polygon polygon) => [.. polygon.Rings().SelectMany(r => r.Points)];

    private static double Far(Point2[] a, Point2[] b) => a.Length != b.Length ? double.PositiveInfinity : a.Zip(b).Select(p => Math.Max(Math.Abs(p.First.X - p.Second.X), Math.Abs(p.First.Y - p.Second.Y))).DefaultIfEmpty(0).Max();

    private static void ForSeeds(string label, Func<int, Task> check) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => check(seed).GetAwaiter().GetResult()).Label(label).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(1_000_000));
}
