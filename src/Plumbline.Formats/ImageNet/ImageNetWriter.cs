using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.ImageNet;

/// <summary>Writes <c>synsets.txt</c> and either <c>SPLIT/CLASS/</c> with the pictures, or <c>SPLIT.txt</c> with pictures in <c>images/SPLIT/</c>.</summary>
internal sealed class ImageNetWriter(ImageNetFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly LossKind NoClass = new("image-left-out", "image", "The image has no class for the whole, and its folder would be the class; it is left out (--imagenet-layout lists writes it).");
    private static readonly LossKind SecondTag = new("tag-left-out", "annotation", "A picture lies in one folder, so it has one class; this one is left out (--imagenet-layout lists writes it).");
    private static readonly LossKind ClassName = new("class-name", "class", "A class is the name of a folder and a line of synsets.txt; what these cannot hold is replaced by '_'.");
    private static readonly LossKind OtherSplit = new("split", "split", "Splits are told by their names, such as train or val; this one is not read as a split.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly bool lists = request.Options[ImageNetFormat.Layout] == "lists";
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly SortedDictionary<string, SpoolStream> files = new(StringComparer.Ordinal);
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var folders = Folders();
        var text = new Utf8Text();
        foreach (var name in folders) text.Add(name).Add("\n"u8);
        try
        {
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken)) Write(item, folders);
            request.Target.Write("synsets.txt", text.Written);
            foreach (var (split, list) in files)
            {
                using var stream = request.Target.Create($"{split}.txt");
                list.Position = 0;
                list.CopyTo(stream);
            }
        }
        finally
        {
            foreach (var list in files.Values) list.Dispose();
        }

        common.Finish();
        return new(imageCount, annotationCount);
    }

    private void Write(DatasetItem item, string[] folders)
    {
        if (!lists && (item.Picture is null || request.Pictures == PictureMode.None))
        {
            request.Issues.Error("no-picture", item.Path, item.Path, null, "its picture is not here or not wanted, and the pictures are all that this layout has (--imagenet-layout lists needs none); it is left out.");
            return;
        }

        var tags = item.Annotations.Where(a => fit.Of(item, a) is TagShape).ToList();
        if (!lists && tags.Count == 0)
        {
            losses.Add(NoClass, item);
            return;
        }

        common.Count(item);
        imageCount++;
        if (item.Split is { } given && !SplitNames.Is(given)) losses.Add(OtherSplit, item);
        var path = paths.Of(item, item.Split);
        foreach (var tag in lists ? tags : tags.Take(1))
        {
            common.Count(item, tag);
            annotationCount++;
        }

        if (lists)
        {
            var name = item.Split ?? "default";
            if (!files.TryGetValue(name, out var list)) files[name] = list = new SpoolStream();
            list.Write(System.Text.Encoding.UTF8.GetBytes($"{path}{string.Concat(tags.Select(t => string.Create(CultureInfo.InvariantCulture, $" {t.ClassIndex}")))}\n"));
        }
        else
        {
            foreach (var tag in tags.Skip(1)) losses.Add(SecondTag, item, tag);
        }

        if (item.Picture is not { } picture || request.Pictures == PictureMode.None) return;
        request.Target.Add(lists ? TreePath.Join(TreePath.Join("images", item.Split ?? ""), path) : TreePath.Join(item.Split ?? "", $"{folders[tags[0].ClassIndex]}/{path}"), picture, request.Pictures);
    }

    private string[] Folders()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var folders = dataset.Header.Classes.Select(c => Safe(c.Name)).ToArray();
        for (var i = 0; i < folders.Length; i++)
        {
            var name = folders[i];
            for (var n = 2; !taken.Add(folders[i]); n++) folders[i] = FormattableString.Invariant($"{name}_{n}");
        }

        losses.AddForAll(ClassName, folders.Zip(dataset.Header.Classes).Count(f => f.First != f.Second.Name));
        return folders;
    }

    private static string Safe(string name)
    {
        var safe = string.Concat(name.Select(c => c is '/' or '\\' || char.IsControl(c) ? '_' : c)).Trim();
        if (safe.StartsWith('.') || (safe.Length > 1 && safe[1] == ':')) safe = "_" + safe[1..].Replace(':', '_');
        return safe.Length == 0 || SplitNames.Is(safe) ? $"_{safe}" : safe;
    }
}
