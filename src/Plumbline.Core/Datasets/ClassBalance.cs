namespace Plumbline.Core.Datasets;

/// <summary>How unevenly annotations spread over classes.</summary>
/// <param name="Ratio">The commonest class against the rarest that occurs; null when fewer than two occur.</param>
/// <param name="Evenness">Shannon entropy over its maximum, ln(number of classes): 1 when all classes are equally common, 0 when one has everything; null with fewer than two classes or no annotation.</param>
/// <param name="UnusedClasses">Classes that do not occur.</param>
public readonly record struct ClassBalance(double? Ratio, double? Evenness, int UnusedClasses)
{
    /// <summary>Measures annotations per class.</summary>
    public static ClassBalance Of(IEnumerable<long> annotations)
    {
        var all = annotations.ToArray();
        var used = all.Where(n => n > 0).ToArray();
        double total = used.Sum();
        double? ratio = used.Length > 1 ? (double)used.Max() / used.Min() : null;
        double? evenness = all.Length > 1 && total > 0 ? -used.Sum(n => n / total * Math.Log(n / total)) / Math.Log(all.Length) : null;
        return new(ratio, evenness is { } e ? Math.Abs(e) : null, all.Length - used.Length);
    }
}
