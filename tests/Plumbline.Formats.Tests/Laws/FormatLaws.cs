using FsCheck;
using FsCheck.Fluent;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Laws;

/// <summary>What holds for every format that is registered, over arbitrary datasets.</summary>
public class FormatLaws
{
    public static TheoryData<string> Formats => new(DatasetFormats.All.Select(f => f.Name));

    public static TheoryData<string, string> Pairs => [.. DatasetFormats.All.SelectMany(a => DatasetFormats.All.Select(b => new TheoryDataRow<string, string>(a.Name, b.Name)))];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_read_back_is_what_was_given_less_the_losses(string format) => ForSeeds(60, async seed =>
    {
        var given = RandomDataset.Make(seed);
        var written = await Trips.WriteAsync(format, given);
        if (written.Summary.Images == 0) return;
        var read = await Trips.ReadAsync(format, written.Tree, ReadDetail.Everything);
        Assert.Empty(read.Issues);
        AssertExplained(format, given.Header, given.Items, read, written);
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void Ten_trips_change_no_byte_from_the_second_on_and_no_number_by_more_than_a_millionth_of_a_pixel(string format) => ForSeeds(12, async seed =>
    {
        var written = await Trips.WriteAsync(format, RandomDataset.Make(seed));
        if (written.Summary.Images == 0) return;
        var first = await Trips.ReadAsync(format, written.Tree);
        WriteResult? second = null;
        for (var trip = 2; trip <= 10; trip++)
        {
            written = await Trips.WriteAsync(format, await Trips.ReadAsync(format, written.Tree, Trips.Format(format).DetailNeeded(format)));
            second ??= written;
            AssertSameBytes(second, written, $"trip {trip}");
        }

        AssertExplained(format, first.Header, first.Items, await Trips.ReadAsync(format, written.Tree), null);
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void Same_data_gives_the_same_bytes(string format) => ForSeeds(15, async seed =>
        AssertSameBytes(await Trips.WriteAsync(format, RandomDataset.Make(seed)), await Trips.WriteAsync(format, RandomDataset.Make(seed)), "again"));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Written_datasets_are_recognised_as_what_they_are_and_nothing_else(string format) => ForSeeds(40, async seed =>
    {
        var given = RandomDataset.Make(seed);
        var written = await Trips.WriteAsync(format, given);
        var can = Trips.Format(format).Abilities;
        // A dataset none of whose objects the format is for may look like that of a sibling.
        if (written.Summary.Annotations == 0 || !given.Items.Any(i => i.Annotations.Any(a => !a.Ignore && a.Shape.Kind == can.Shapes[0] && written.Losses.All(l => l.Item != i.NameOf(a) || !l.LeavesOut)))) return;
        Assert.Equal([format], DatasetFormats.Recognise(written.Tree).Select(f => f.Format.Name));
    });

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Between_any_two_formats_what_was_read_is_what_was_written_plus_what_the_report_lists(string from, string to) => ForSeeds(4, async seed =>
    {
        var source = await Trips.WriteAsync(from, RandomDataset.Make(seed));
        if (source.Summary.Images == 0) return;
        var given = await Trips.ReadAsync(from, source.Tree, ReadDetail.Everything);
        var written = await Trips.WriteAsync(to, await Trips.ReadAsync(from, source.Tree, Trips.Format(to).DetailNeeded(from)));
        if (written.Summary.Images == 0) return;
        var read = await Trips.ReadAsync(to, written.Tree, ReadDetail.Everything);
        Assert.Empty(read.Issues);
        AssertExplained(to, given.Header, given.Items, read, written);
    });

    private static void AssertExplained(string format, DatasetHeader header, IReadOnlyList<DatasetItem> given, ReadResult read, WriteResult? written)
    {
        var comparison = new Comparison(Trips.Format(format).Abilities, header, read.Header, written?.Losses ?? [], written?.Issues ?? []);
        if (comparison.Unexplained(given, read.Items) is { } difference) Assert.Fail(difference);
    }

    private static void AssertSameBytes(WriteResult a, WriteResult b, string when)
    {
        Assert.Equal(a.Tree.Files, b.Tree.Files);
        foreach (var file in a.Tree.Files)
        {
            if (!Trips.Bytes(a.Tree, file).AsSpan().SequenceEqual(Trips.Bytes(b.Tree, file))) Assert.Equal(a.Tree.Text(file), $"{when}, {file}:\n{b.Tree.Text(file)}");
        }
    }

    /// <summary>The same seeds in every run; others each time in the long mode. <c>PLUMBLINE_LAW_SEED</c> tries a single one again.</summary>
    private static void ForSeeds(int count, Func<int, Task> check)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("PLUMBLINE_LAW_SEED"), out var only)) check(only).GetAwaiter().GetResult();
        else if (Environment.GetEnvironmentVariable("PLUMBLINE_LONG_TESTS") == "1") Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(seed).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(count * 25));
        else
        {
            for (var seed = 1; seed <= count; seed++) check(seed).GetAwaiter().GetResult();
        }
    }
}
