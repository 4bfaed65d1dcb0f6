using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Datasets;

namespace Plumbline.Cli.Splitting;

/// <summary>What a split gave, and the proof that nothing leaks: looked up again in the finished assignment, not taken from how it was made.</summary>
internal sealed class SplitReport
{
    private const int Beyond = 4;
    private readonly SplitSource source;
    private readonly IReadOnlyList<SplitShare> shares;
    private readonly int[] splitOf;
    private readonly int units;
    private readonly int seed;
    private readonly int? bits;
    private readonly int[] images;
    private readonly long[][] labels;
    private readonly int groupsAcross;
    private readonly int equalAcross;
    private int nearAcross;
    private (int Distance, int A, int B)? closest;

    public SplitReport(SplitSource source, IReadOnlyList<SplitShare> shares, int[] splitOf, int units, int seed, int? bits)
    {
        (this.source, this.shares, this.splitOf, this.units, this.seed, this.bits) = (source, shares, splitOf, units, seed, bits);
        images = new int[shares.Count];
        labels = [.. shares.Select(_ => new long[source.LabelNames.Count])];
        var splitsOfGroup = new HashSet<int>[source.GroupCount];
        for (var i = 0; i < splitOf.Length; i++)
        {
            images[splitOf[i]]++;
            foreach (var (label, count) in source.Labels[i]) labels[splitOf[i]][label] += count;
            if (source.Groups[i] is var group and >= 0) (splitsOfGroup[group] ??= []).Add(splitOf[i]);
            if (splitOf[source.SameAs[i]] != splitOf[i]) equalAcross++;
        }

        groupsAcross = splitsOfGroup.Count(s => s.Count > 1);
        if (bits is { } near) LookAcross(near);
    }

    /// <summary>Groups, equal pictures or near ones on two sides; anything but 0 is a fault of ours.</summary>
    public int Leaks => groupsAcross + equalAcross + nearAcross;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("images", splitOf.Length);
        json.WriteNumber("units", units);
        json.WriteNumber("seed", seed);
        json.WriteStartArray("splits");
        for (var s = 0; s < shares.Count; s++)
        {
            json.WriteStartObject();
            json.WriteString("name", shares[s].Name);
            json.WriteNumber("wanted", Math.Round(shares[s].Share, 6));
            json.WriteNumber("share", Math.Round(ShareOf(images[s], splitOf.Length), 6));
            json.WriteNumber("images", images[s]);
            json.WriteStartObject("strata");
            for (var label = 0; label < source.LabelNames.Count; label++) json.WriteNumber(source.LabelNames[label], labels[s][label]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("leakage");
        json.WriteNumber("groups", source.GroupCount);
        json.WriteNumber("groupsAcrossSplits", groupsAcross);
        json.WriteNumber("picturesCompared", Compared);
        json.WriteNumber("picturesNotCompared", splitOf.Length - Compared);
        json.WriteNumber("equalPicturesAcrossSplits", equalAcross);
        if (bits is { } near) json.WriteNumber("nearDuplicateBits", near);
        else json.WriteNull("nearDuplicateBits");
        json.WriteNumber("nearDuplicatesAcrossSplits", nearAcross);
        if (closest is { } pair)
        {
            json.WriteStartObject("closestAcrossSplits");
            json.WriteNumber("distance", pair.Distance);
            json.WriteString("a", source.Images[pair.A].Path);
            json.WriteString("b", source.Images[pair.B].Path);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("closestAcrossSplits");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Print()
    {
        Line($"{splitOf.Length:N0} images in {units:N0} units that stay together (seed {seed})");
        for (var s = 0; s < shares.Count; s++)
        {
            var worst = Enumerable.Range(0, source.LabelNames.Count)
                .Select(l => (Name: source.LabelNames[l], Got: ShareOf(labels[s][l], labels.Sum(x => x[l]))))
                .OrderByDescending(l => Math.Abs(l.Got - shares[s].Share)).FirstOrDefault();
            Line($"  {shares[s].Name,-12}{images[s],9:N0} images, {ShareOf(images[s], splitOf.Length):0.0%} (wanted {shares[s].Share:0.0%}){(worst.Name is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; farthest from its share: '{worst.Name}' with {worst.Got:0.0%}"))}");
        }

        if (source.GroupCount > 0) Line($"  groups on two sides: {groupsAcross} of {source.GroupCount:N0}");
        Line($"  equal pictures on two sides: {equalAcross} (of {Compared:N0} compared; {splitOf.Length - Compared:N0} images without a readable picture)");
        if (bits is { } near) Line($"  pictures within {near} bits on two sides: {nearAcross}{(closest is { } c ? string.Create(CultureInfo.InvariantCulture, $"; the closest differ in {c.Distance}: {source.Images[c.A].Path} and {source.Images[c.B].Path}") : string.Create(CultureInfo.InvariantCulture, $"; none within {Math.Min(HashNeighbours.MostBits, near + Beyond)} either"))}");
    }

    private int Compared => source.Hashes.Count(h => h is not null);

    private void LookAcross(int near) => source.FindNear(Math.Min(HashNeighbours.MostBits, near + Beyond), (a, b, distance) =>
    {
        if (splitOf[a] == splitOf[b]) return;
        if (distance <= near) nearAcross++;
        if (closest is not { } known || (distance, a, b).CompareTo(known) < 0) closest = (distance, a, b);
    });

    private static double ShareOf(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
