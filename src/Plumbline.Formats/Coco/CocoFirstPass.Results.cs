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
            index.images.AddRange(names.images);
            index.categories.AddRange(names.categories);
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
                case "images": Each(json, images.Add, "images", cancellationToken); break;
                case "categories": Each(json, categories.Add, "categories", cancellationToken); break;
                case "annotations": Each(json, (_, _, _) => { }, "annotations", cancellationToken); break;
                default: json.Value(out _); break;
            }
        }
    }

    private void NameImage(Owner state, long owner, int place)
    {
        if (state == Owner.Number) images.NameById(owner);
        else if (state == Owner.Text) images.NameById(textOwners[place]);
    }
}
