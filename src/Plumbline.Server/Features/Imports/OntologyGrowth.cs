using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Server.Features.Imports;

/// <summary>Grows a project's ontology by what a dataset needs: new classes with their place in the tree, attributes, skeletons. What is there keeps its meaning.</summary>
/// <param name="header">The dataset.</param>
/// <param name="use">What its objects use.</param>
/// <param name="before">The ontology as it is.</param>
/// <param name="choices">What was decided about classes.</param>
/// <param name="newId">Makes ids.</param>
/// <param name="issues">Receives what an ontology cannot take.</param>
internal sealed class OntologyGrowth(DatasetHeader header, DatasetUse use, Ontology before, IReadOnlyList<ClassChoice> choices, Func<string> newId, IssueLog issues)
{
    private const int DeepestTree = 100;
    private static readonly string[] Palette = ["#e6194b", "#3cb44b", "#4363d8", "#f58231", "#911eb4", "#008080", "#9a6324", "#808000", "#000075", "#f032e6", "#0082c8", "#800000"];
    private readonly ClassMatching matching = new(before, header);
    private readonly Dictionary<int, ClassChoice> chosen = choices.ToDictionary(choice => choice.Index);
    private readonly List<LabelClass> classes = [.. before.Classes];
    private readonly Dictionary<string, int> placeOf = before.Classes.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
    private readonly Dictionary<(string? ParentId, string Name), string> idOf = [];
    private readonly List<SkeletonDefinition> skeletons = [.. before.Skeletons];
    private readonly string?[] targets = new string?[header.Classes.Length];
    private readonly bool[] known = new bool[header.Classes.Length];
    private readonly Dictionary<string, int> firstOfName = header.Classes.Select((c, i) => (c.Name, i)).DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);

    /// <summary>The ontology afterwards (the same one when nothing is missing), and the class of the project that each class of the dataset becomes; null for one that is left out.</summary>
    /// <exception cref="Jobs.JobFailedException">The choices do not fit the dataset or the ontology, or the ontology would become too large.</exception>
    public (Ontology After, ImmutableArray<string?> Targets) Grow()
    {
        foreach (var c in before.Classes) idOf.TryAdd((c.ParentId, c.Name.Trim()), c.Id);
        foreach (var choice in choices)
        {
            if (choice.Index < 0 || choice.Index >= header.Classes.Length || header.Classes[choice.Index].Name != choice.Name)
                throw new Jobs.JobFailedException($"The dataset has no class “{choice.Name}” at place {choice.Index + 1} any more. Look at it again, then import it.");
        }

        for (var i = 0; i < targets.Length; i++)
        {
            if (TargetOf(i, 0) is { } id) Complete(placeOf[id], i);
        }

        var after = before with
        {
            Classes = [.. classes],
            ImageAttributes = WithMissing(before.ImageAttributes, header.ImageAttributes, use.ImageAttributes),
            Skeletons = [.. skeletons],
            Predicates = WithMissing(before.Predicates),
        };
        if (OntologyDiff.Between(before, after).IsEmpty) return (before, [.. targets]);
        if (OntologyValidation.Check(after) is [var fault, ..]) throw new Jobs.JobFailedException($"The project cannot take the dataset's classes: {fault.Message}");
        return (after, [.. targets]);
    }

    private ImmutableArray<PredicateDefinition> WithMissing(ImmutableArray<PredicateDefinition> present)
    {
        var names = present.Select(p => p.Name.Trim()).ToHashSet(StringComparer.Ordinal);
        var missing = use.Relations.Select(OntologyNames.OfRelation).Where(names.Add).Select(name => new PredicateDefinition { Id = newId(), Name = name }).ToList();
        return missing.Count == 0 ? present : [.. present, .. missing];
    }

    private string? TargetOf(int index, int depth)
    {
        if (known[index]) return targets[index];
        known[index] = true; // a class that is its own ancestor meets itself here and finds no parent
        var choice = chosen.GetValueOrDefault(index);
        return targets[index] = (choice?.Fate, choice?.ClassId ?? matching.Find(index)) switch
        {
            (ClassFate.Drop, _) => null,
            (ClassFate.Existing, var id) => id is not null && placeOf.ContainsKey(id) ? id : throw new Jobs.JobFailedException($"The class that “{choice.Name}” was to become is no longer in the project. Look at the dataset again, then import it."),
            (null, { } id) => id,
            _ => NewClass(index, OntologyNames.Clean(choice?.NewName ?? header.Classes[index].Name), depth),
        };
    }

    private string NewClass(int index, string name, int depth)
    {
        var source = header.Classes[index];
        var parentId = ParentOf(source, depth);
        if (idOf.TryGetValue((parentId, name), out var same)) return same;
        var id = idOf[(parentId, name)] = newId();
        placeOf[id] = classes.Count;
        classes.Add(new LabelClass
        {
            Id = id,
            Name = name,
            ParentId = parentId,
            Color = source.Color is ['#', _, _, _, _, _, _] color && color.Skip(1).All(char.IsAsciiHexDigit) ? color : Palette[classes.Count % Palette.Length],
            Description = source.Description.Length <= OntologyValidation.DescriptionLength ? source.Description : source.Description[..OntologyValidation.DescriptionLength],
            Shapes = source.Shapes.IsEmpty ? [] : [.. source.Shapes.Union(use[index].Shapes.Keys)],
        });
        return id;
    }

    private string? ParentOf(DatasetClass source, int depth)
    {
        if (string.IsNullOrEmpty(source.Parent)) return null;
        var parent = depth < DeepestTree && firstOfName.TryGetValue(source.Parent, out var at) ? TargetOf(at, depth + 1) : matching.FindByName(source.Parent);
        if (parent is null) issues.Warning("class-tree", header.Format, source.Name, "parent", $"The class above it, “{source.Parent}”, is no class of the dataset or the project; it stands at the top.");
        return parent;
    }

    // What the objects of the dataset's class need beyond what the project's class has.
    private void Complete(int place, int index)
    {
        var (target, source) = (classes[place], header.Classes[index]);
        var attributes = WithMissing(target.Attributes, source.Attributes, use[index].Attributes);
        var skeleton = target.SkeletonId;
        if (skeleton is null && source.Skeleton is { } wanted && (target.Shapes.IsEmpty || target.Shapes.Contains(ShapeKind.Keypoints))) skeleton = SkeletonFor(wanted, source.Name);
        if (attributes.Length != target.Attributes.Length || skeleton != target.SkeletonId) classes[place] = target with { Attributes = attributes, SkeletonId = skeleton };
    }

    private ImmutableArray<AttributeDefinition> WithMissing(ImmutableArray<AttributeDefinition> present, ImmutableArray<AttributeDefinition> declared, SortedDictionary<string, AttributeUse> used)
    {
        var names = present.Select(a => a.Name.Trim()).ToHashSet(StringComparer.Ordinal);
        var added = new List<(AttributeDefinition Made, AttributeDefinition? Declared)>();
        foreach (var (name, definition) in declared.Select(d => (d.Name, (AttributeDefinition?)d)).Concat(used.Keys.Select(n => (n, (AttributeDefinition?)null))))
        {
            var clean = OntologyNames.Clean(name);
            if (names.Add(clean)) added.Add(((used.GetValueOrDefault(name) ?? new AttributeUse()).Define(newId(), clean, definition), definition));
        }

        var ids = added.Where(a => a.Declared is { Id.Length: > 0 }).DistinctBy(a => a.Declared!.Id).ToDictionary(a => a.Declared!.Id, a => a.Made); // declared, or filtered out
        return added.Count == 0 ? present : [.. present, .. added.Select(a => a.Made with { Condition = ConditionOf(a.Declared, ids) })];
    }

    // A condition on another attribute that came along; not on one that has a condition itself, so that no circle can come about.
    private static AttributeCondition? ConditionOf(AttributeDefinition? declared, Dictionary<string, AttributeDefinition> ids)
    {
        if (declared?.Condition is not { } condition || !ids.TryGetValue(condition.AttributeId, out var asked) || condition.AttributeId == declared.Id) return null;
        var possible = asked.Kind switch
        {
            AttributeKind.Boolean => condition.EqualTo is "true" or "false",
            AttributeKind.Select or AttributeKind.MultiSelect => asked.Options.Contains(condition.EqualTo),
            _ => true,
        };
        return possible ? condition with { AttributeId = asked.Id } : null;
    }

    private string? SkeletonFor(SkeletonDefinition wanted, string className)
    {
        var count = wanted.Points.Length;
        bool Fits(SkeletonEdge edge) => edge.From != edge.To && edge.From >= 0 && edge.To >= 0 && edge.From < count && edge.To < count;
        var mirrored = wanted.Mirrored.SelectMany(pair => new[] { pair.From, pair.To }).ToList();
        if (!OntologyNames.AreUsable(wanted.Points) || !wanted.Edges.All(Fits) || !wanted.Mirrored.All(Fits) || mirrored.Distinct().Count() != mirrored.Count)
        {
            issues.Warning("skeleton", header.Format, className, "skeleton", "Its names or edges are not usable (empty, double, or beyond the points); keypoints come without a skeleton.");
            return null;
        }

        if (skeletons.FirstOrDefault(s => s.Points.SequenceEqual(wanted.Points) && s.Edges.SequenceEqual(wanted.Edges)) is { } same) return same.Id;
        var name = OntologyNames.Clean(wanted.Name, OntologyNames.Clean(className));
        for (var n = 2; skeletons.Any(s => s.Name.Trim() == name); n++) name = OntologyNames.Clean($"{OntologyNames.Clean(className)} {n}");
        var id = newId();
        skeletons.Add(new SkeletonDefinition { Id = id, Name = name, Points = wanted.Points, Edges = wanted.Edges, Mirrored = wanted.Mirrored });
        return id;
    }
}
