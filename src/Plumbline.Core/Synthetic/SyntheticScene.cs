using System.Buffers.Binary;
using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Synthetic;

/// <summary>The kinds of scene.</summary>
public enum SceneKind
{
    /// <summary>A street from the side: cars, buses, people with keypoints, signs, traffic lights before houses and trees.</summary>
    Street,

    /// <summary>A shop's shelves packed with boxes, bottles, cans and pouches, and their price tags.</summary>
    Shelf,

    /// <summary>Fluorescent cells under a microscope: membranes, nuclei, some dividing, debris.</summary>
    Cells,
}

/// <summary>The shape in which the truth is told.</summary>
public enum TruthShape
{
    /// <summary>The tight box of the visible pixels.</summary>
    Box,

    /// <summary>Their outline.</summary>
    Polygon,

    /// <summary>The pixels themselves.</summary>
    Mask,
}

/// <summary>A made-up picture and everything that is true about it. The same kind, seed and size give the same bytes and the same annotations on the same machine.</summary>
public sealed class SyntheticScene
{
    private SyntheticScene(SceneKind kind, int seed, Raster image, ImmutableArray<SyntheticObject> objects, Ontology ontology) =>
        (Kind, Seed, Image, Objects, Ontology) = (kind, seed, image, objects, ontology);

    /// <summary>What it shows.</summary>
    public SceneKind Kind { get; }

    /// <summary>The seed that it was made from.</summary>
    public int Seed { get; }

    /// <summary>The picture.</summary>
    public Raster Image { get; }

    /// <summary>Every object that shows at least 40 pixels and a tenth of itself, farthest first.</summary>
    public ImmutableArray<SyntheticObject> Objects { get; }

    /// <summary>The classes, attributes and skeletons of this kind of scene; the same for every seed.</summary>
    public Ontology Ontology { get; }

    /// <summary>Paints a scene.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is under 64 or over 8,192 pixels.</exception>
    public static SyntheticScene Create(SceneKind kind, int seed, int width = 1280, int height = 960)
    {
        if (width is < 64 or > 8192) throw new ArgumentOutOfRangeException(nameof(width), width, "A scene is 64 to 8,192 pixels wide.");
        if (height is < 64 or > 8192) throw new ArgumentOutOfRangeException(nameof(height), height, "A scene is 64 to 8,192 pixels high.");
        var stage = new Stage(new Canvas(width, height), new Random(seed), new Noise(seed));
        var image = kind switch
        {
            SceneKind.Street => StreetScene.Paint(stage),
            SceneKind.Shelf => ShelfScene.Paint(stage),
            SceneKind.Cells => CellsScene.Paint(stage),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of scene."),
        };
        return new SyntheticScene(kind, seed, image, stage.Truth(), OntologyOf(kind));
    }

    /// <summary>The classes, attributes and skeletons of a kind of scene.</summary>
    public static Ontology OntologyOf(SceneKind kind)
    {
        var ontology = kind switch
        {
            SceneKind.Street => StreetScene.Ontology,
            SceneKind.Shelf => ShelfScene.Ontology,
            SceneKind.Cells => CellsScene.Ontology,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of scene."),
        };
        return ontology with
        {
            Classes = [.. ontology.Classes.Select(one => one with { Attributes = [.. one.Attributes.Select(attribute => attribute with { Id = AttributeIdOf(one.Id, attribute.Id) })] })],
        };
    }

    /// <summary>The id of a class's attribute in the ontology, where each id stands once: the painters say the same of several classes.</summary>
    internal static string AttributeIdOf(string classId, string attribute) => $"{classId}-{attribute}";

    /// <summary>
    /// The truth as annotations, one for each object, followed by one of keypoints where it has a skeleton (both then share a group id). Ids follow from the scene, so two calls give the same;
    /// whoever stores the same scene twice chooses new ones.
    /// </summary>
    public ImmutableArray<Annotation> Annotations(TruthShape shape)
    {
        var annotations = ImmutableArray.CreateBuilder<Annotation>();
        foreach (var (index, item) in Objects.Index())
        {
            var group = item.GroupId ?? (item.Keypoints is null ? null : $"{Kind}-{Seed}-{index}");
            var annotation = new Annotation
            {
                Id = IdOf(2 * index),
                ClassId = item.ClassId,
                Shape = shape switch
                {
                    TruthShape.Box => new BoxShape(item.Box),
                    TruthShape.Polygon => new PolygonShape(item.Outline),
                    TruthShape.Mask => new MaskShape(item.Mask),
                    _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown shape."),
                },
                Attributes = item.Attributes,
                Z = item.Z,
                GroupId = group,
                Provenance = new Provenance(Origin.Synthetic),
            };
            annotations.Add(annotation);
            if (item.Keypoints is not null) annotations.Add(annotation with { Id = IdOf((2 * index) + 1), Shape = new KeypointsShape(item.Keypoints) });
        }

        return annotations.ToImmutable();
    }

    /// <summary>A UUID of version 7 whose time is the start of 2026 plus the object's number, so that ids sort in painting order.</summary>
    private Guid IdOf(int number)
    {
        const long StartOf2026 = 1_767_225_600_000;
        Span<byte> bytes = stackalloc byte[16];
        var noise = new Noise(Seed);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (StartOf2026 + number) << 16);
        for (var i = 0; i < 10; i++) bytes[6 + i] = (byte)noise.Hash(number, ((int)Kind * 64) + i);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
