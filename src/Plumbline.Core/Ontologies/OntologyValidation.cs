using System.Collections.Immutable;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Ontologies;

/// <summary>One thing that is wrong with an ontology.</summary>
/// <param name="Pointer">JSON pointer into the ontology: <c>/classes/3/name</c>.</param>
/// <param name="Item">Id of the class, attribute or skeleton concerned; null when the fault is not in one.</param>
/// <param name="Rule">Stable name of the rule.</param>
/// <param name="Message">For people: what is wrong.</param>
public sealed record OntologyFault(string Pointer, string? Item, string Rule, string Message);

/// <summary>Says whether an ontology can be used: ids and names are unique, references lead somewhere, the class tree has no cycle.</summary>
public static class OntologyValidation
{
    /// <summary>Most classes of an ontology.</summary>
    public const int MaximumClasses = 20_000;

    /// <summary>Most attributes of a class, options of an attribute, or points of a skeleton.</summary>
    public const int MaximumParts = 2_000;

    /// <summary>Longest id.</summary>
    public const int IdLength = 64;

    /// <summary>Longest name, option or point name.</summary>
    public const int NameLength = 200;

    /// <summary>Most examples of a class.</summary>
    public const int MaximumExamples = 50;

    /// <summary>Longest caption of an example.</summary>
    public const int CaptionLength = 500;

    /// <summary>Longest description of a class.</summary>
    public const int DescriptionLength = 20_000;

    /// <summary>Faults after which checking stops.</summary>
    public const int MaximumFaults = 100;

    /// <summary>All faults in document order, 100 at most; empty when the ontology can be used.</summary>
    public static ImmutableArray<OntologyFault> Check(Ontology ontology)
    {
        ArgumentNullException.ThrowIfNull(ontology);
        var faults = new FaultList();
        if (ontology.Classes.Length > MaximumClasses) faults.Add("/classes", null, "too-many", $"An ontology has at most {MaximumClasses} classes.");
        else
        {
            var attributeIds = new HashSet<string>(StringComparer.Ordinal);
            CheckClasses(ontology, attributeIds, faults);
            AttributeValidation.Check(ontology.ImageAttributes, "/imageAttributes", attributeIds, faults);
            CheckSkeletons(ontology.Skeletons, faults);
            CheckPredicates(ontology, faults);
        }

        return faults.ToImmutable();
    }

    private static void CheckClasses(Ontology ontology, HashSet<string> attributeIds, FaultList faults)
    {
        var (ids, names, keys) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<(string?, string)>(), new HashSet<string>(StringComparer.Ordinal));
        var skeletons = ontology.Skeletons.Where(skeleton => skeleton is not null).Select(skeleton => skeleton.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < ontology.Classes.Length && !faults.IsFull; i++)
        {
            var at = $"/classes/{i}";
            if (ontology.Classes[i] is not { } c)
            {
                faults.Add(at, null, "missing", "A class is null.");
                continue;
            }

            faults.CheckId(c.Id, at, ids);
            if (faults.CheckName(c.Name, c.Id, $"{at}/name") && !names.Add((c.ParentId, c.Name.Trim()))) faults.Add($"{at}/name", c.Id, "duplicate-name", $"There is another class “{c.Name}” at this place in the tree.");
            if (!IsColor(c.Color)) faults.Add($"{at}/color", c.Id, "bad-color", $"“{c.Color}” is not a colour like #3b82f6.");
            if (c.Key is { } key) CheckKey(c, key, $"{at}/key", keys, faults);
            if (c.Description.Length > DescriptionLength) faults.Add($"{at}/description", c.Id, "too-long", $"A description has at most {DescriptionLength} characters.");
            if (c.Shapes.Distinct().Count() != c.Shapes.Length || c.Shapes.Any(shape => !Enum.IsDefined(shape))) faults.Add($"{at}/shapes", c.Id, "duplicate-shape", "A shape is listed twice or does not exist.");
            if (c.SkeletonId is { } skeleton && !skeletons.Contains(skeleton)) faults.Add($"{at}/skeletonId", c.Id, "unknown-skeleton", $"There is no skeleton “{skeleton}”.");
            if (c.SkeletonId is not null && c.Shapes.Length > 0 && !c.Shapes.Contains(ShapeKind.Keypoints)) faults.Add($"{at}/shapes", c.Id, "skeleton-without-keypoints", $"“{c.Name}” has a skeleton and does not allow keypoints.");
            CheckExamples(c, $"{at}/examples", faults);
            AttributeValidation.Check(c.Attributes, $"{at}/attributes", attributeIds, faults);
        }

        if (!faults.Any) CheckTree(ontology.Classes, faults);
    }

    private static void CheckExamples(LabelClass c, string at, FaultList faults)
    {
        if (c.Examples.Length > MaximumExamples)
        {
            faults.Add(at, c.Id, "too-many", $"A class has at most {MaximumExamples} examples.");
            return;
        }

        for (var i = 0; i < c.Examples.Length && !faults.IsFull; i++)
        {
            if (c.Examples[i] is not { ImageId.Length: > 0 and <= IdLength } example) faults.Add($"{at}/{i}", c.Id, "bad-example", "An example names the image that it is.");
            else if (example.Caption is not { Length: <= CaptionLength }) faults.Add($"{at}/{i}/caption", c.Id, "too-long", $"A caption has at most {CaptionLength} characters.");
            else if (example.Region is { } part && !(part.X >= 0 && part.Y >= 0 && part.Width > 0 && part.Height > 0)) faults.Add($"{at}/{i}/region", c.Id, "bad-example", "The part of a picture begins in it and is not empty.");
        }
    }

    private static void CheckKey(LabelClass c, string key, string at, HashSet<string> keys, FaultList faults)
    {
        if (key is not [(>= '0' and <= '9') or (>= 'a' and <= 'z')]) faults.Add(at, c.Id, "bad-key", $"“{key}” is not a key from 0 to 9 or a to z.");
        else if (!keys.Add(key)) faults.Add(at, c.Id, "duplicate-key", $"Another class has the key “{key}” already.");
    }

    private static void CheckTree(ImmutableArray<LabelClass> classes, FaultList faults)
    {
        var parents = classes.ToDictionary(c => c.Id, c => c.ParentId, StringComparer.Ordinal);
        var rooted = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < classes.Length && !faults.IsFull; i++)
        {
            var path = new HashSet<string>(StringComparer.Ordinal);
            for (var id = classes[i].Id; id is not null && !rooted.Contains(id); id = parents[id])
            {
                if (!path.Add(id))
                {
                    faults.Add($"/classes/{i}/parentId", classes[i].Id, "parent-cycle", $"“{classes[i].Name}” is its own ancestor.");
                    return;
                }

                if (parents[id] is { } parent && !parents.ContainsKey(parent))
                {
                    faults.Add($"/classes/{i}/parentId", classes[i].Id, "unknown-parent", $"There is no class “{parent}” to be the parent.");
                    return;
                }
            }

            rooted.UnionWith(path);
        }
    }

    private static void CheckSkeletons(ImmutableArray<SkeletonDefinition> skeletons, FaultList faults)
    {
        var (ids, names) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < skeletons.Length && !faults.IsFull; i++)
        {
            var at = $"/skeletons/{i}";
            if (skeletons[i] is not { } s)
            {
                faults.Add(at, null, "missing", "A skeleton is null.");
                continue;
            }

            faults.CheckId(s.Id, at, ids);
            if (faults.CheckName(s.Name, s.Id, $"{at}/name") && !names.Add(s.Name.Trim())) faults.Add($"{at}/name", s.Id, "duplicate-name", $"There is another skeleton “{s.Name}”.");
            faults.CheckWords(s.Points, s.Id, $"{at}/points", "point");
            CheckPairs(s, s.Edges, $"{at}/edges", faults);
            CheckPairs(s, s.Mirrored, $"{at}/mirrored", faults);
            var mirrored = s.Mirrored.SelectMany(pair => new[] { pair.From, pair.To }).ToList();
            if (mirrored.Distinct().Count() != mirrored.Count) faults.Add($"{at}/mirrored", s.Id, "duplicate-mirror", "A point trades places with at most one other.");
        }
    }

    private static void CheckPredicates(Ontology ontology, FaultList faults)
    {
        if (ontology.Predicates.Length > MaximumParts)
        {
            faults.Add("/predicates", null, "too-many", $"There are at most {MaximumParts} predicates.");
            return;
        }

        var (ids, names) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var classes = ontology.Classes.Where(c => c is not null).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < ontology.Predicates.Length && !faults.IsFull; i++)
        {
            var at = $"/predicates/{i}";
            if (ontology.Predicates[i] is not { } p)
            {
                faults.Add(at, null, "missing", "A predicate is null.");
                continue;
            }

            faults.CheckId(p.Id, at, ids);
            if (faults.CheckName(p.Name, p.Id, $"{at}/name") && !names.Add(p.Name.Trim())) faults.Add($"{at}/name", p.Id, "duplicate-name", $"There is another predicate “{p.Name}”.");
            foreach (var (ends, field) in new[] { (p.From, "from"), (p.To, "to") })
            {
                if (ends.FirstOrDefault(id => !classes.Contains(id)) is { } unknown) faults.Add($"{at}/{field}", p.Id, "unknown-class", $"There is no class “{unknown}”.");
            }
        }
    }

    private static void CheckPairs(SkeletonDefinition skeleton, ImmutableArray<SkeletonEdge> pairs, string at, FaultList faults)
    {
        for (var i = 0; i < pairs.Length && !faults.IsFull; i++)
        {
            var (from, to) = pairs[i];
            if (from == to || from < 0 || to < 0 || from >= skeleton.Points.Length || to >= skeleton.Points.Length)
            {
                faults.Add($"{at}/{i}", skeleton.Id, "bad-index", $"The pair {from}–{to} does not join two of the {skeleton.Points.Length} points.");
            }
        }
    }

    private static bool IsColor(string color) => color is ['#', _, _, _, _, _, _] && color.Skip(1).All(char.IsAsciiHexDigit);
}
