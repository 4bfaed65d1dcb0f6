using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Laws;

/// <summary>Files that were damaged or made to harm: each reader reads or refuses them, within bounds of time and memory.</summary>
public partial class HostileFilesLaws
{
    // Far above what the small files of these tests can need, far below what hurts.
    private const long MaxAllocated = 512L << 20;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private static readonly string[] Numbers = ["1e308", "-1e308", "1e999", "NaN", "-1", "0", "99999999999999999999", "2147483648", "-2147483649", "1e-320", "null", "\"\"", "true"];
    private static readonly string[] Tokens = ["[", "]", "{", "}", "\"", ",", ":", "<", ">", "/", "&", "\0", "\uFEFF", "\n", "\\", "\\ud800", "../", "%", "人"];

    public static TheoryData<string> Formats => new(DatasetFormats.All.Select(f => f.Name));

    /// <summary>The same rounds in every run, more in the long mode. <c>PLUMBLINE_FUZZ_ROUNDS=17-18</c> runs some again, from the first up to but without the last.</summary>
    private static (int From, int To) Rounds => Environment.GetEnvironmentVariable("PLUMBLINE_FUZZ_ROUNDS")?.Split('-') is [var from, var to]
        ? (int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture))
        : (0, Environment.GetEnvironmentVariable("PLUMBLINE_LONG_TESTS") == "1" ? 100_000 : 300);

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Damaged_files_are_read_or_refused_and_nothing_crashes_hangs_or_swells(string format)
    {
        var whole = new List<IReadOnlyDictionary<string, byte[]>>();
        for (var seed = 1; whole.Count < 6; seed++)
        {
            var tree = (await Trips.WriteAsync(format, RandomDataset.Make(seed * 7919))).Tree;
            if (tree.Files.Count > 0) whole.Add(tree.Files.ToDictionary(f => f, f => Trips.Bytes(tree, f), StringComparer.Ordinal));
        }

        // Each round has chance of its own: one that failed can be run alone, and they need not wait for one another.
        await Parallel.ForAsync(Rounds.From, Rounds.To, TestContext.Current.CancellationToken, async (round, _) =>
        {
            var random = new Random(format.Aggregate(round, (seed, letter) => unchecked((seed * 31) + letter)));
            var files = new Dictionary<string, byte[]>(whole[random.Next(whole.Count)], StringComparer.Ordinal);
            var candidates = files.Keys.Where(f => random.Next(20) == 0 || !PictureFinder.IsPicture(f)).Order(StringComparer.Ordinal).ToList();
            if (candidates.Count == 0) candidates = [.. files.Keys.Order(StringComparer.Ordinal)];
            var file = candidates[random.Next(candidates.Count)];
            for (var times = random.Next(1, 4); times > 0; times--) files[file] = Damage(random, files[file]);
            await ReadOrRefuse(format, new MemoryTree(files), (ReadDetail)random.Next(4), $"round {round}, {file}");
        });
    }

    private static async Task ReadOrRefuse(string format, MemoryTree tree, ReadDetail detail, string where)
    {
        using var stop = new CancellationTokenSource(Hang);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            DatasetFormats.Recognise(tree);
            await using var reader = await Trips.Format(format).OpenAsync(DatasetSource.In(tree), new ReadRequest(detail, FormatOptions.Defaults, new IssueLog()), stop.Token);
            await foreach (var item in reader.ReadItemsAsync(stop.Token))
            {
                foreach (var annotation in item.Annotations) Assert.InRange(annotation.ClassIndex, 0, reader.Header.Classes.Length - 1);
            }
        }
        catch (DatasetFormatException)
        {
            // Refused in words.
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Assert.Fail($"{where}: {fault}");
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxAllocated, $"{where}: took {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB");
    }

    private static byte[] Damage(Random random, byte[] bytes)
    {
        if (bytes.Length == 0) return [.. Enumerable.Range(0, random.Next(50)).Select(_ => (byte)random.Next(256))];
        switch (random.Next(8))
        {
            case 0:
                var flipped = (byte[])bytes.Clone();
                for (var i = random.Next(1, 5); i > 0; i--) flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..random.Next(bytes.Length)];
            case 2:
                return Splice(bytes, random.Next(bytes.Length + 1), 0, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
            case 3:
                var from = random.Next(bytes.Length);
                return Splice(bytes, from, random.Next(Math.Min(40, bytes.Length - from) + 1), []);
            case 4:
                var start = random.Next(bytes.Length);
                return Splice(bytes, random.Next(bytes.Length), 0, bytes[start..random.Next(start, Math.Min(bytes.Length, start + 400))]);
            case 5:
                return Splice(bytes, random.Next(bytes.Length), 0, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(new[] { "[", "{\"a\":", "<a>", "- " }[random.Next(4)], 2000))));
            case 6:
                return SwapTokens(random, bytes);
            default:
                return ReplaceNumber(random, bytes);
        }
    }

    private static byte[] ReplaceNumber(Random random, byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var numbers = Number().Matches(text);
        if (numbers.Count == 0) return bytes;
        var number = numbers[random.Next(numbers.Count)];
        return Splice(bytes, number.Index, number.Length, Encoding.UTF8.GetBytes(Numbers[random.Next(Numbers.Length)]));
    }

    private static byte[] SwapTokens(Random random, byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var words = Word().Matches(text);
        if (words.Count < 2) return bytes;
        var (a, b) = (words[random.Next(words.Count)], words[random.Next(words.Count)]);
        if (a.Index > b.Index) (a, b) = (b, a);
        return a.Index == b.Index ? bytes : Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, a.Index), b.Value, text.AsSpan(a.Index + a.Length, b.Index - a.Index - a.Length), a.Value + text[(b.Index + b.Length)..]));
    }

    private static byte[] Splice(byte[] bytes, int at, int drop, byte[] put) => [.. bytes[..at], .. put, .. bytes[(at + drop)..]];

    [GeneratedRegex("-?[0-9]+(\\.[0-9]+)?")]
    private static partial Regex Number();

    [GeneratedRegex("[A-Za-z0-9_.\"]+")]
    private static partial Regex Word();
}
