using System.Text;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Tests.Support;

/// <summary>What came of reading: the dataset, and the issues.</summary>
internal sealed record ReadResult(DatasetHeader Header, List<DatasetItem> Items, List<DatasetIssue> Issues);

/// <summary>What came of writing: the files, and the losses.</summary>
internal sealed record WriteResult(MemoryTree Tree, List<LossEntry> Losses, List<DatasetIssue> Issues, WriteSummary Summary);

/// <summary>Reads and writes in memory.</summary>
internal static class Trips
{
    public static DatasetFormat Format(string name) => DatasetFormats.Find(name)!;

    public static MemoryTree Tree(params (string Path, string Text)[] files) => new(files.Select(f => KeyValuePair.Create(f.Path, Encoding.UTF8.GetBytes(f.Text))));

    public static MemoryTree Tree(params (string Path, byte[] Bytes)[] files) => new(files.Select(f => KeyValuePair.Create(f.Path, f.Bytes)));

    public static async Task<ReadResult> ReadAsync(string format, IFileTree tree, ReadDetail detail = ReadDetail.Shapes, params (string, string)[] options)
    {
        var issues = new List<DatasetIssue>();
        await using var reader = await Format(format).OpenAsync(DatasetSource.In(tree), new ReadRequest(detail, Options(options), new IssueLog(issues.Add)), TestContext.Current.CancellationToken);
        var items = new List<DatasetItem>();
        await foreach (var item in reader.ReadItemsAsync(TestContext.Current.CancellationToken)) items.Add(item);
        return new(reader.Header, items, issues);
    }

    public static async Task<WriteResult> WriteAsync(string format, DatasetReader dataset, bool singleFile = false, params (string, string)[] options)
    {
        var losses = new List<LossEntry>();
        var issues = new List<DatasetIssue>();
        var target = new MemoryTarget(singleFile);
        var summary = await Format(format).WriteAsync(dataset, new WriteRequest(target, Options(options), PictureMode.Copy, new LossReport(losses.Add), new IssueLog(issues.Add)), TestContext.Current.CancellationToken);
        return new(target.ToTree(), losses, issues, summary);
    }

    public static Task<WriteResult> WriteAsync(string format, ReadResult read, params (string, string)[] options) => WriteAsync(format, new ListReader(read.Header, read.Items), false, options);

    public static byte[] Bytes(IFileTree tree, string path)
    {
        using var stream = tree.OpenRead(path);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Text(this IFileTree tree, string path)
    {
        using var reader = new StreamReader(tree.OpenRead(path));
        return reader.ReadToEnd();
    }

    private static FormatOptions Options((string Name, string Value)[] options) => new(options.Select(o => KeyValuePair.Create(o.Name, o.Value)));
}
