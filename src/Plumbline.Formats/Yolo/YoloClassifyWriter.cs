using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Yolo;

/// <summary>Writes each picture into the folder of its split and class. An image has one class there: without a tag it is left out, further tags are.</summary>
internal sealed class YoloClassifyWriter(YoloClassifyFormat format, DatasetReader dataset, WriteRequest request)
{
    private const string DefaultSplit = "train";
    private static readonly LossKind NoClass = new("image-left-out", "image", "YOLO classification has a class for every image; an image without a tag is left out.");
    private static readonly LossKind SecondTag = new("tag-left-out", "annotation", "YOLO classification has one class an image; further tags are left out.");
    private static readonly LossKind NameChanged = new("class-name", "class", "A class's name becomes a folder; what folders cannot be called is replaced by '_'.");
    private static readonly LossKind NoSplit = new("split", "split", "YOLO wants a split; images without one are written as train.", Bookkeeping: true);
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ReportedPaths paths = new(request.Losses);
    private long written, withoutSplit;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var folders = Folders();
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken)) Write(item, folders);
        losses.AddForAll(NoSplit, withoutSplit);
        common.Finish();
        return new(written, written);
    }

    private void Write(DatasetItem item, string[] folders)
    {
        if (item.Picture is not { } picture || request.Pictures == PictureMode.None)
        {
            request.Issues.Error("no-picture", item.Path, item.Path, null, "its picture is not here or not wanted, and the pictures are all that this format writes; it is left out.");
            return;
        }

        common.Count(item);
        DatasetAnnotation? tag = null;
        foreach (var annotation in item.Annotations)
        {
            if (annotation.Shape is not TagShape) losses.Add(new LossKind("shape-left-out", "shape", $"{format.Title} has no {Words.Of(annotation.SourceKind ?? annotation.Shape.Kind)}; it is left out."), item, annotation);
            else if (tag is null) common.Count(item, tag = annotation);
            else losses.Add(SecondTag, item, annotation);
        }

        if (tag is null)
        {
            losses.Add(NoClass, item);
            return;
        }

        if (item.Split is null) withoutSplit++;
        var split = item.Split ?? DefaultSplit;
        var path = paths.Of(item, split);
        request.Target.Add($"{split}/{folders[tag.ClassIndex]}/{path}", picture, request.Pictures);
        written++;
    }

    // A name that another class's folder has already, case aside, is numbered.
    private string[] Folders()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var folders = dataset.Header.Classes.Select(c => c.Name.AsSpan().IndexOfAny("/\\\0") < 0 && TreePath.TryNormalise(c.Name, out var same) && same == c.Name ? c.Name : Safe(c.Name)).ToArray();
        for (var i = 0; i < folders.Length; i++)
        {
            var name = folders[i];
            for (var n = 2; !taken.Add(folders[i]); n++) folders[i] = FormattableString.Invariant($"{name}_{n}");
        }

        losses.AddForAll(NameChanged, folders.Zip(dataset.Header.Classes).Count(f => f.First != f.Second.Name));
        return folders;
    }

    private static string Safe(string name)
    {
        var safe = name.Replace('/', '_').Replace('\\', '_').Replace('\0', '_').TrimStart('.');
        return safe.Length == 0 || safe.Length > 200 || safe.Contains(':', StringComparison.Ordinal) ? "_" + safe.Replace(':', '_')[..Math.Min(199, safe.Length)] : safe;
    }
}
