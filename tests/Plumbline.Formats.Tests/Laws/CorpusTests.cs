using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Laws;

/// <summary>
/// The corpus in <c>testdata/datasets/FORMAT/VARIANT/</c>. <c>example</c> is what the writer makes of one dataset, byte for byte; every variant reads as its golden summary says.
/// <c>PLUMBLINE_UPDATE_GOLDEN=1</c> writes both anew, to be reviewed as a diff.
/// </summary>
public class CorpusTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("PLUMBLINE_UPDATE_GOLDEN") == "1";

    public static TheoryData<string> Formats => new(DatasetFormats.All.Select(f => f.Name));

    public static TheoryData<string, string> Variants => [.. Directory.GetDirectories(Repository.Path("testdata", "datasets")).Order(StringComparer.Ordinal)
        .SelectMany(format => Directory.GetDirectories(format).Order(StringComparer.Ordinal).Select(variant => new TheoryDataRow<string, string>(Path.GetFileName(format), Path.GetFileName(variant))))];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_example_is_written_as_the_corpus_has_it(string format)
    {
        var written = await Trips.WriteAsync(format, ExampleDataset.Make());
        var folder = Repository.Path("testdata", "datasets", format, "example");
        if (Update) Write(folder, written.Tree);
        using var corpus = new DirectoryTree(folder);
        Assert.Equal(corpus.Files, written.Tree.Files);
        foreach (var file in corpus.Files)
        {
            // What deflate makes of the same pixels may change with the runtime.
            if (PictureFinder.IsPicture(file)) Assert.Equal(PngReader.Read(corpus.OpenRead(file)).Samples, PngReader.Read(written.Tree.OpenRead(file)).Samples);
            else Assert.Equal(corpus.Text(file), written.Tree.Text(file));
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Every_variant_reads_as_its_summary_says(string format, string variant)
    {
        using var tree = new DirectoryTree(Repository.Path("testdata", "datasets", format, variant));
        var summary = await Summary(format, tree);
        var golden = Repository.Path("testdata", "golden", "datasets", format, $"{variant}.txt");
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!); // a path of a file has a folder
            await File.WriteAllTextAsync(golden, summary, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), summary);
    }

    // The dataset as plumb says it, and what the reader remarks on.
    private static async Task<string> Summary(string format, IFileTree tree)
    {
        var recognised = string.Join(", ", DatasetFormats.Recognise(tree).Select(f => f.Format.Name));
        try
        {
            var read = await Trips.ReadAsync(format, tree, ReadDetail.Everything);
            var plumb = (await Trips.WriteAsync("plumb", new ListReader(read.Header, [.. read.Items.Select(i => i with { Picture = null })]))).Tree;
            return $"recognised: {recognised}\n{plumb.Text("manifest.json")}{plumb.Text("items.jsonl")}{string.Concat(read.Issues.Select(i => $"{i.Severity} {i.Code} {i}\n"))}";
        }
        catch (DatasetFormatException fault)
        {
            return $"recognised: {recognised}\nrefused: {fault.Line.Replace(tree.Name, "CORPUS", StringComparison.Ordinal)}\n";
        }
    }

    private static void Write(string folder, MemoryTree tree)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var file in tree.Files)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a path of a file has a folder
            File.WriteAllBytes(path, Trips.Bytes(tree, file));
        }
    }
}
