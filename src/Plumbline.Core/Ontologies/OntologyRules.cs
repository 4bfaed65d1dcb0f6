using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Ontologies;

/// <summary>Says whether an annotation may be stored under an ontology. Immutable; make one for each version of the ontology.</summary>
/// <remarks>
/// The rules look at what changes: work that was allowed when it was done can still be moved after its class was retired, lost a shape or an option.
/// Required attributes are not asked for here but before an image is submitted.
/// </remarks>
public sealed class OntologyRules
{
    /// <summary>The class id under which a tag holds the attributes of the image as a whole.</summary>
    public const string ImageClassId = "@image";

    private const string ImageClassName = "the image";

    private readonly FrozenDictionary<string, ClassRules> _classes;
    private readonly FrozenDictionary<string, PredicateDefinition> _predicates;

    /// <summary>Prepares the rules of one ontology.</summary>
    public OntologyRules(Ontology ontology)
    {
        var skeletons = ontology.Skeletons.ToDictionary(skeleton => skeleton.Id);
        _classes = ontology.Classes
            .Select(one => new ClassRules(
                one.Id, one.Name, one.Retired, one.Shapes.IsDefault ? [] : one.Shapes, Index(one.Attributes), one.SkeletonId is null ? null : skeletons.GetValueOrDefault(one.SkeletonId)))
            .Append(new ClassRules(ImageClassId, ImageClassName, false, [ShapeKind.Tag], Index(ontology.ImageAttributes), null))
            .ToFrozenDictionary(one => one.Id);
        _predicates = ontology.Predicates.ToFrozenDictionary(predicate => predicate.Id);
    }

    /// <summary>Why the annotation may not be stored; null when it may.</summary>
    /// <param name="wanted">The state wanted.</param>
    /// <param name="before">The state it replaces, a tombstone's last one included; null for a new annotation.</param>
    /// <param name="find">Finds the annotations that it is related to; null for one that is not there.</param>
    public Refusal? Check(Annotation wanted, Annotation? before, Func<Guid, Annotation?> find)
    {
        if (!_classes.TryGetValue(wanted.ClassId, out var known))
        {
            return new Refusal(RefusalRule.UnknownClass, $"The class '{wanted.ClassId}' is not in the project's ontology (any more). Choose another class.");
        }

        var sameClass = before?.ClassId == wanted.ClassId;
        if (known.Retired && !sameClass) return new Refusal(RefusalRule.RetiredClass, $"The class '{known.Name}' is retired and takes no new objects. Choose another class.");
        if (!(sameClass && before?.Shape.Kind == wanted.Shape.Kind) && CheckShape(known, wanted.Shape) is { } shape) return shape;
        foreach (var (id, value) in wanted.Attributes)
        {
            if (sameClass && before is not null && before.Attributes.TryGetValue(id, out var old) && old.Equals(value)) continue;
            if (CheckAttribute(known, id, value) is { } attribute) return attribute;
        }

        foreach (var relation in wanted.Relations)
        {
            if (sameClass && before is not null && before.Relations.Contains(relation)) continue;
            if (CheckRelation(wanted, relation, find) is { } refusal) return refusal;
        }

        return null;
    }

    private Refusal? CheckRelation(Annotation subject, Relation relation, Func<Guid, Annotation?> find)
    {
        if (!_predicates.TryGetValue(relation.Predicate, out var predicate)) return Unrelated($"The ontology has no predicate '{relation.Predicate}' (any more).");
        if (relation.Object == subject.Id) return Unrelated($"An object cannot have '{predicate.Name}' to itself.");
        if (find(relation.Object) is not { } other) return Unrelated($"What it is said to have '{predicate.Name}' to is not in this image (any more): {relation.Object}.");
        return predicate.Fits(subject.ClassId, other.ClassId) ? null : Unrelated($"'{predicate.Name}' does not go from {NameOf(subject.ClassId)} to {NameOf(other.ClassId)}.");
    }

    private string NameOf(string classId) => _classes.TryGetValue(classId, out var known) ? $"'{known.Name}'" : $"'{classId}'";

    private static Refusal Unrelated(string message) => new(RefusalRule.BadRelation, message);

    private static Refusal? CheckShape(ClassRules known, Shape shape)
    {
        if (known.Shapes.Length > 0 && !known.Shapes.Contains(shape.Kind))
        {
            var allowed = string.Join(", ", known.Shapes.Select(CamelCase.Of));
            return new Refusal(RefusalRule.ShapeNotAllowed, $"{Subject(known)} cannot be drawn as {CamelCase.Of(shape.Kind)}; it allows {allowed}.");
        }

        return shape is KeypointsShape { Keypoints.Points.Length: var points } && known.Skeleton is { } skeleton && points != skeleton.Points.Length
            ? new Refusal(RefusalRule.BadShape, $"The skeleton '{skeleton.Name}' has {skeleton.Points.Length} points, this object has {points}.")
            : null;
    }

    private static Refusal? CheckAttribute(ClassRules known, string id, AttributeValue value)
    {
        if (!known.Attributes.TryGetValue(id, out var definition)) return Bad($"{Subject(known)} has no attribute '{id}'.");
        return (definition.Kind, value) switch
        {
            (AttributeKind.Boolean, AttributeValue.Flag) => null,
            (AttributeKind.Number, AttributeValue.Number number) => CheckRange(definition, number.Value),
            (AttributeKind.Text, AttributeValue.Text) => null,
            (AttributeKind.Select, AttributeValue.Text text) => CheckOption(definition, text.Value),
            (AttributeKind.MultiSelect, AttributeValue.Choices choices) => CheckChoices(definition, choices.Values),
            _ => Bad($"'{definition.Name}' takes {Expected(definition.Kind)}."),
        };
    }

    private static Refusal? CheckRange(AttributeDefinition definition, double value)
    {
        if (definition.Minimum is { } minimum && value < minimum) return Bad($"'{definition.Name}' must be at least {minimum}; it is {value}.");
        return definition.Maximum is { } maximum && value > maximum ? Bad($"'{definition.Name}' must be at most {maximum}; it is {value}.") : null;
    }

    private static Refusal? CheckOption(AttributeDefinition definition, string option) =>
        definition.Options.Contains(option) ? null : Bad($"'{option}' is not an option of '{definition.Name}'.");

    private static Refusal? CheckChoices(AttributeDefinition definition, ImmutableArray<string> options)
    {
        if (options.Distinct().Count() != options.Length) return Bad($"An option of '{definition.Name}' is chosen twice.");
        return options.Select(option => CheckOption(definition, option)).FirstOrDefault(refusal => refusal is not null);
    }

    private static string Expected(AttributeKind kind) => kind switch
    {
        AttributeKind.Boolean => "yes or no",
        AttributeKind.Number => "a number",
        AttributeKind.Text => "text",
        AttributeKind.Select => "one of its options",
        AttributeKind.MultiSelect => "a list of its options",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of attribute is unknown."),
    };

    private static string Subject(ClassRules known) => known.Id == ImageClassId ? "The image" : $"The class '{known.Name}'";

    private static Refusal Bad(string message) => new(RefusalRule.BadAttribute, message);

    private static FrozenDictionary<string, AttributeDefinition> Index(ImmutableArray<AttributeDefinition> attributes) =>
        attributes.IsDefault ? FrozenDictionary<string, AttributeDefinition>.Empty : attributes.ToFrozenDictionary(attribute => attribute.Id);

    private sealed record ClassRules(
        string Id, string Name, bool Retired, ImmutableArray<ShapeKind> Shapes, FrozenDictionary<string, AttributeDefinition> Attributes, SkeletonDefinition? Skeleton);
}
