using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>The first pass over a list of detections, which has neither images nor categories of its own.</summary>
internal sealed partial class CocoFirstPass
{
    /// <summary>The index of a list of detections: images and categories come from a COCO file, or are named by their numbers where there is none.</summary>
    public static CocoIndex RunResults(Stream results, string file, Stream? truth, string truthFile, IssueLog issues, CancellationToken cancellationToken)
    {
        var pass = new CocoFirstPass(file, CocoTask.Keypoints, issues) { unnamed = truth is null };
        if (truth is not null)
        {
            var names = new CocoFirstPass(truthFile, CocoTask.Keypoints, issues);
            names.WalkNames(truth, cancellationToken);
            pass.images.AddRange(names.images);
            pass.categories.AddRange(names.categories);
        }

        using var json = new JsonFile(results, file);
        if (json.Peek() != (byte)'[') throw json.Fault("COCO results start with '['");
        Each(json, pass.AddAnnotation, "results", cancellationToken);
        json.End();
        return pass.Settle();
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
}
