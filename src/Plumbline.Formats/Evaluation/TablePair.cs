using System.Globalization;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Evaluation;

/// <summary>Truth and predictions side by side: which image and class of one is which of the other.</summary>
public sealed class TablePair
{
    private TablePair(ObjectTable truth, ObjectTable predictions, int[] images, int[] classes) =>
        (Truth, Predictions, TruthImageOf, TruthClassOf) = (truth, predictions, images, classes);

    /// <summary>The truth.</summary>
    public ObjectTable Truth { get; }

    /// <summary>What is compared with it.</summary>
    public ObjectTable Predictions { get; }

    /// <summary>For each image of the predictions its place in the truth; −1 for one without objects that the truth lacks.</summary>
    public IReadOnlyList<int> TruthImageOf { get; }

    /// <summary>For each class of the predictions its place in the truth; −1 for one without objects that the truth lacks.</summary>
    public IReadOnlyList<int> TruthClassOf { get; }

    /// <summary>
    /// Brings both sides together: images by path (then by bare name without extension, where that is unique), classes by name; by id where the predictions are COCO results. A prediction whose
    /// image or class the truth lacks is an error in the log.
    /// </summary>
    /// <exception cref="DatasetFormatException">They share no image or no class.</exception>
    public static TablePair Align(ObjectTable truth, ObjectTable predictions, IssueLog issues)
    {
        var images = Images(truth, predictions);
        var classes = Classes(truth, predictions);
        var (strayImages, strayClasses) = (new long[images.Length], new long[classes.Length]);
        for (var i = 0; i < predictions.Count; i++)
        {
            ref readonly var prediction = ref predictions[i];
            if (images[prediction.Image] < 0) strayImages[prediction.Image]++;
            else if (classes[prediction.Class] < 0) strayClasses[prediction.Class]++;
        }

        if (predictions.Images.Count > 0 && !images.Any(i => i >= 0))
            throw new DatasetFormatException(predictions.Name, $"it shares no image with {truth.Name}: there {Some(truth.Images.Select(i => predictions.Images[0].Path is null ? $"image {i.Id}" : i.Name))}, here {Some(predictions.Images.Select(i => i.Name))}.");
        if (predictions.Count > 0 && !classes.Any(c => c >= 0))
            throw new DatasetFormatException(predictions.Name, $"it shares no class with {truth.Name}: there {Some(truth.Classes.Select(c => predictions.Classes[0].Name is null ? $"class {c.Id}" : c.Title))}, here {Some(predictions.Classes.Select(c => c.Title))}.");
        Report(issues, predictions, predictions.Images.Select(i => i.Name), strayImages, "unknown-image", $"an image that {truth.Name} lacks");
        Report(issues, predictions, predictions.Classes.Select(c => c.Title), strayClasses, "unknown-class", $"a class that {truth.Name} lacks");
        return new(truth, predictions, images, classes);
    }

    private static void Report(IssueLog issues, ObjectTable predictions, IEnumerable<string> names, long[] strays, string code, string what)
    {
        foreach (var (name, count) in names.Zip(strays).Where(n => n.Second > 0))
            issues.Error(code, predictions.Name, name, null, string.Create(CultureInfo.InvariantCulture, $"{count} predictions are for {what}."));
    }

    private static int[] Images(ObjectTable truth, ObjectTable predictions)
    {
        if (predictions.Images.All(i => i.Path is null)) return Match(truth.Images.Select(i => i.Id), predictions.Images.Select(i => i.Id));
        var places = Match(truth.Images.Select(i => i.Path), predictions.Images.Select(i => i.Path));
        var taken = places.Where(p => p >= 0).ToHashSet();
        var bare = truth.Images.Select((image, place) => (Stem: Stem(image.Path), place)).Where(i => i.Stem is not null && !taken.Contains(i.place)).GroupBy(i => i.Stem!, StringComparer.Ordinal).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First().place, StringComparer.Ordinal);
        var wanted = predictions.Images.Select((image, place) => (Stem: Stem(image.Path), place)).Where(i => i.Stem is not null && places[i.place] < 0).GroupBy(i => i.Stem!, StringComparer.Ordinal).Where(g => g.Count() == 1);
        foreach (var one in wanted)
        {
            if (bare.TryGetValue(one.Key, out var place)) places[one.First().place] = place;
        }

        return places;
    }

    private static string? Stem(string? path) => path is null ? null : TreePath.FileName(TreePath.Stem(path));

    private static int[] Classes(ObjectTable truth, ObjectTable predictions) => predictions.Classes.All(c => c.Name is null)
        ? Match(truth.Classes.Select(c => c.Id), predictions.Classes.Select(c => c.Id))
        : Match(truth.Classes.Select(c => c.Name), predictions.Classes.Select(c => c.Name));

    // Names that occur several times are matched in their order.
    private static int[] Match(IEnumerable<string?> known, IEnumerable<string?> asked)
    {
        var places = new Dictionary<(string Name, int Nth), int>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, name) in known.Index())
        {
            if (name is not null) places.Add((name, Next(seen, name)), place);
        }

        seen.Clear();
        return [.. asked.Select(name => name is null ? -1 : places.GetValueOrDefault((name, Next(seen, name)), -1))];
    }

    private static int Next(Dictionary<string, int> seen, string name)
    {
        var nth = seen.GetValueOrDefault(name);
        seen[name] = nth + 1;
        return nth;
    }

    private static string Some(IEnumerable<string> names)
    {
        var few = names.Take(4).ToList();
        return few.Count == 0 ? "none" : string.Join(", ", few.Take(3)) + (few.Count > 3 ? ", …" : "");
    }
}
