using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Datasets;

namespace Plumbline.Core.Checks;

/// <summary>What a delivery must have: written once, checked by `validate --contract` on every delivery. What is not given is not asked for.</summary>
public sealed record DatasetContract
{
    /// <summary>The check id of everything that breaks a contract.</summary>
    public const string CheckId = "contract";

    /// <summary>What it is and which version, for reports.</summary>
    public string? Name { get; init; }

    /// <summary>Formats that are accepted.</summary>
    public ImmutableArray<string> Formats { get; init; } = [];

    /// <summary>Classes that may occur.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Classes that must occur.</summary>
    public ImmutableArray<string> RequiredClasses { get; init; } = [];

    /// <summary>Shapes that may occur, such as <c>box</c>.</summary>
    public ImmutableArray<ShapeKind> Shapes { get; init; } = [];

    /// <summary>Splits that must be there.</summary>
    public ImmutableArray<string> Splits { get; init; } = [];

    /// <summary>Fewest images.</summary>
    public long? MinImages { get; init; }

    /// <summary>Fewest annotations.</summary>
    public long? MinAnnotations { get; init; }

    /// <summary>Fewest images of each class that may occur (or, without a list, that does).</summary>
    public long? MinImagesPerClass { get; init; }

    /// <summary>Fewest annotations of each class that may occur (or, without a list, that does).</summary>
    public long? MinAnnotationsPerClass { get; init; }

    /// <summary>Largest share of images without annotations, in [0, 1].</summary>
    public double? MaxEmptyImageShare { get; init; }

    /// <summary>Most findings by check id, or of <c>error</c> and <c>warning</c> altogether.</summary>
    public ImmutableSortedDictionary<string, long> MaxFindings { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Most findings for each annotation, in [0, 1], by check id or <c>error</c> and <c>warning</c>.</summary>
    public ImmutableSortedDictionary<string, double> MaxFindingShare { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>How a dataset breaks the contract; nothing when it keeps it.</summary>
    /// <param name="format">Name of its format.</param>
    /// <param name="statistics">Its counts.</param>
    /// <param name="found">Findings by check id, and by <c>error</c> and <c>warning</c>.</param>
    public IEnumerable<Finding> Breaches(string format, DatasetStatistics statistics, IReadOnlyDictionary<string, long> found)
    {
        if (!Formats.IsDefaultOrEmpty && !Formats.Contains(format)) yield return Breach("formats", $"the format is {format}; the contract asks for {string.Join(" or ", Formats)}.");
        if (statistics.Images < MinImages) yield return Breach("minImages", $"{statistics.Images} images; the contract asks for {MinImages}.");
        if (statistics.Annotations < MinAnnotations) yield return Breach("minAnnotations", $"{statistics.Annotations} annotations; the contract asks for {MinAnnotations}.");
        foreach (var split in Splits.Where(s => !statistics.Splits.ContainsKey(s))) yield return Breach("splits", $"there is no split '{split}'.");
        foreach (var (kind, count) in statistics.Shapes)
        {
            if (!Shapes.IsDefaultOrEmpty && !Shapes.Contains(kind)) yield return Breach("shapes", $"{count} annotations are of shape {CamelCase.Of(kind)}; the contract allows {string.Join(", ", Shapes.Select(CamelCase.Of))}.");
        }

        foreach (var breach in ClassBreaches(statistics)) yield return breach;
        if (MaxEmptyImageShare is { } share && statistics.Images > 0 && statistics.EmptyImages > share * statistics.Images)
            yield return Breach("maxEmptyImageShare", $"{(double)statistics.EmptyImages / statistics.Images:0.####} of the images are empty; the contract allows {share}.");
        foreach (var (key, most) in MaxFindings)
        {
            if (found.GetValueOrDefault(key) is var count && count > most) yield return Breach("maxFindings", $"{count} findings of '{key}'; the contract allows {most}.");
        }

        foreach (var (key, most) in MaxFindingShare)
        {
            if (found.GetValueOrDefault(key) is var count && count > most * statistics.Annotations) yield return Breach("maxFindingShare", $"{count} findings of '{key}' for {statistics.Annotations} annotations; the contract allows a share of {most}.");
        }
    }

    private IEnumerable<Finding> ClassBreaches(DatasetStatistics statistics)
    {
        var byName = statistics.Classes.GroupBy(c => c.Name).ToDictionary(g => g.Key, g => (Annotations: g.Sum(c => c.Annotations), Images: g.Sum(c => c.Images)), StringComparer.Ordinal);
        foreach (var (name, (annotations, _)) in byName)
        {
            if (!Classes.IsDefaultOrEmpty && annotations > 0 && !Classes.Contains(name)) yield return Breach("classes", $"{annotations} annotations are of the class '{name}', which the contract does not allow.");
        }

        foreach (var name in RequiredClasses.Where(c => byName.GetValueOrDefault(c).Annotations == 0)) yield return Breach("requiredClasses", $"no annotation has the class '{name}'.");
        foreach (var name in Classes.IsDefaultOrEmpty ? byName.Where(c => c.Value.Annotations > 0).Select(c => c.Key) : Classes)
        {
            var (annotations, images) = byName.GetValueOrDefault(name);
            if (images < MinImagesPerClass) yield return Breach("minImagesPerClass", $"'{name}' is in {images} images; the contract asks for {MinImagesPerClass}.");
            if (annotations < MinAnnotationsPerClass) yield return Breach("minAnnotationsPerClass", $"'{name}' has {annotations} annotations; the contract asks for {MinAnnotationsPerClass}.");
        }
    }

    private static Finding Breach(string term, FormattableString message) => new(CheckId, CheckSeverity.Error, null, term, message.ToString(CultureInfo.InvariantCulture));
}
