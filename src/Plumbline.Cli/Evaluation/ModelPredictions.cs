using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.LabelErrors;
using Plumbline.Core.Quality.Overlap;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Evaluation;

/// <summary>What a model found, by image: from COCO results (by id) or a dataset with scores (by path and class name).</summary>
internal sealed class ModelPredictions
{
    private readonly ObjectTable table;
    private readonly IssueLog issues;
    private readonly Dictionary<string, int> images = new(StringComparer.Ordinal);
    private readonly List<int>[] rows;
    private readonly int[] classes;
    private readonly bool byId;

    /// <param name="table">The predictions; owned by the caller.</param>
    /// <param name="known">The classes of the labels.</param>
    /// <param name="issues">Receives predictions of images and classes that the labels lack.</param>
    public ModelPredictions(ObjectTable table, IReadOnlyList<DatasetClass> known, IssueLog issues)
    {
        (this.table, this.issues) = (table, issues);
        byId = table.Images.All(image => image.Path is null);
        for (var i = 0; i < table.Images.Count; i++) images.TryAdd((byId ? table.Images[i].Id : table.Images[i].Path) ?? "", i);
        rows = [.. table.Images.Select(_ => new List<int>())];
        for (var row = 0; row < table.Count; row++) rows[table[row].Image].Add(row);
        classes = [.. table.Classes.Select(c => known.Select((k, i) => (k, i)).Where(k => c.Name is null ? k.k.SourceId == c.Id : k.k.Name == c.Name).Select(k => k.i).DefaultIfEmpty(-1).First())];
        for (var c = 0; c < classes.Length; c++)
        {
            if (classes[c] < 0 && rows.Sum(here => here.Count(row => table[row].Class == c)) is > 0 and var count)
                issues.Error("unknown-class", table.Name, table.Classes[c].Title, null, string.Create(CultureInfo.InvariantCulture, $"{count} predictions are of a class that the labels lack."));
        }
    }

    /// <summary>The predictions of one image with their names. Each image is asked for once.</summary>
    public List<(LocatedObject Located, string Name)> Of(AlignedImage image)
    {
        var key = byId ? image.Items.FirstOrDefault(item => item?.SourceId is not null)?.SourceId : image.Path;
        if (key is null || !images.Remove(key, out var place)) return [];
        var here = rows[place].Where(row => classes[table[row].Class] >= 0).ToList();
        if (here.Count == 0) return [];
        var (width, height) = ImageShapes.SizeOf(image);
        using var shapes = table.Shapes.Fetch([.. here.Select(row => table[row])]);
        return [.. here.Select((row, i) =>
        {
            var found = table[row];
            var name = string.Create(CultureInfo.InvariantCulture, $"{image.Path}, prediction {row + 1}");
            if (found.Score > 1) issues.Error("score", table.Name, name, "score", string.Create(CultureInfo.InvariantCulture, $"its score {found.Score} is above 1; likely errors need confidences."));
            var shape = ShapeOf(shapes, i, found, name, (width, height));
            return (new LocatedObject(classes[found.Class], new ComparedShape(shape, width, height), Math.Min(1, found.Score)), name);
        })];
    }

    /// <summary>Reports predictions of images that were never asked for.</summary>
    public void Finish()
    {
        foreach (var place in images.Values.Order().Where(place => rows[place].Count > 0))
            issues.Error("unknown-image", table.Name, table.Images[place].Name, null, string.Create(CultureInfo.InvariantCulture, $"{rows[place].Count} predictions are for an image that the labels lack."));
    }

    private Shape ShapeOf(ShapeBatch shapes, int i, in TableObject found, string name, (int Width, int Height) size)
    {
        if (shapes.HasRunLengths(i) is null) return new BoxShape(found.Box);
        try
        {
            return new MaskShape(shapes.Mask(i, size.Width, size.Height).ToMask());
        }
        catch (FormatException e)
        {
            throw new DatasetFormatException(table.Name, $"{name}: {e.Message}.");
        }
    }
}
