using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>The index of a list of detections, which has neither images nor categories of its own.</summary>
internal sealed partial class CocoIndex
{
    /// <summary>The index of a list of detections: images and categories come from a COCO file, or are named by their numbers where there is none.</summary>
    public static CocoIndex BuildResults(Stream results, string file, Stream? truth, string truthFile, IssueLog issues, CancellationToken cancellationToken)
    {
        var index = new CocoIndex(file, CocoTask.Keypoints, issues) { unnamed = truth is null };
        if (truth is not null)
        {
            var names = new CocoIndex(truthFile, CocoTask.Keypoints, issues);
            names.WalkNames(truth, cancellationToken);
            index.Images.AddRange(names.Images);
            index.Categories.AddRange(names.Categories);
            foreach (var (number, place) in names.imageByNumber) index.imageByNumber[number] = place;
            foreach (var (text, place) in names.imageByText) index.imageByText[text] = place;
        }

        using var json = new JsonFile(results, file);
        if (json.Peek() != (byte)'[') throw json.Fault("COCO results start with '['");
        Each(json, index.AddAnnotation, "results", cancellationToken);
        json.End();
        index.Settle();
        return index;
    }

    private void WalkNames(Stream stream, CancellationToken cancellationToken)
    {
        using var json = new JsonFile(stream, file);
        for (var first = true; json.NextElement(ref first, (byte)'{', (byte)'}');)
        {
            switch (json.Key())
            {
                case "images": Each(json, AddImage, "images", cancellationToken); break;
                case "categories": Each(json, AddCategory, "categories", cancellationToken); break;
                case "annotations": Each(json, (_, _, _) => { }, "annotations", cancellationToken); break;
                default: json.Value(out _); break;
            }
        }
    }

    private void NameCategory(string id)
    {
        if (categoriesSeen.Add(id)) Categories.Add(new(id, new DatasetClass { Name = $"category {id.Trim('"')}", SourceId = id }));
    }

    private void NameImage(Owner state, long owner, int place)
    {
        var known = state switch
        {
            Owner.Number => !imageByNumber.TryAdd(owner, Images.Count),
            Owner.Text => !imageByText.TryAdd(textOwners[place], Images.Count),
            _ => true,
        };
        if (known) return;
        var id = state == Owner.Number ? FormattableString.Invariant($"{owner}") : textOwners[place];
        Images.Add(new(TreePath.Salvage(id.Trim('"')) ?? FormattableString.Invariant($"image {Images.Count + 1}"), id, null, 0, 0));
    }
}
