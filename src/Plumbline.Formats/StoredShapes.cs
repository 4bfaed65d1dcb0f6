using Plumbline.Core.Annotations;

namespace Plumbline.Formats;

/// <summary>Which shapes a format stores as another.</summary>
public sealed class StoredShapes
{
    private const int None = -1;
    private readonly int[] targets;

    private StoredShapes(int[] targets) => this.targets = targets;

    /// <summary>None at all.</summary>
    public static StoredShapes Nothing { get; } = new([.. Enum.GetValues<ShapeKind>().Select(_ => None)]);

    /// <summary>The shapes with their stand-ins, in the order of <see cref="ShapeKind"/>.</summary>
    public IEnumerable<(ShapeKind From, ShapeKind To)> Pairs => Enumerable.Range(0, targets.Length).Where(from => targets[from] != None).Select(from => ((ShapeKind)from, (ShapeKind)targets[from]));

    /// <summary>Some shapes, all stored as one kind.</summary>
    public static StoredShapes As(ShapeKind target, params ReadOnlySpan<ShapeKind> shapes) => Nothing.And(target, shapes);

    /// <summary>These and more.</summary>
    public StoredShapes And(ShapeKind target, params ReadOnlySpan<ShapeKind> shapes)
    {
        var more = targets.AsSpan().ToArray();
        foreach (var shape in shapes) more[(int)shape] = (int)target;
        return new(more);
    }

    /// <summary>What a shape is stored as; null when as itself or not at all.</summary>
    public ShapeKind? Of(ShapeKind shape) => targets[(int)shape] is var target && target != None ? (ShapeKind)target : null;
}
