using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Json;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Coco;

/// <summary>COCO's keypoints: <c>[x1, y1, v1, …]</c> in annotations, names and edges (counted from 1) in categories.</summary>
internal static class CocoKeypoints
{
    private const int MaxPoints = 10_000;

    /// <summary>Null for an empty list.</summary>
    /// <exception cref="FormatException">Not triples of finite numbers, or a visibility is not 0, 1 or 2.</exception>
    public static Keypoints? Parse(ReadOnlySpan<byte> json)
    {
        if (json[0] == (byte)'n') return null;
        var points = ImmutableArray.CreateBuilder<Keypoint>();
        Span<double> triple = stackalloc double[3];
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) throw new FormatException("keypoints must be a list of numbers");
        var place = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out triple[place]) || !double.IsFinite(triple[place])) throw new FormatException("keypoints must be finite numbers");
            if (++place < 3) continue;
            place = 0;
            if (triple[2] is not (0 or 1 or 2)) throw new FormatException($"a keypoint has the visibility {triple[2]}; it must be 0, 1 or 2");
            if (points.Count == MaxPoints) throw new FormatException($"it has more than {MaxPoints} keypoints");
            points.Add(new(new(triple[0], triple[1]), (Visibility)(int)triple[2]));
        }

        if (place != 0) throw new FormatException("keypoints come in threes: x, y, visibility");
        return points.Count == 0 ? null : new Keypoints(points.DrainToImmutable());
    }

    /// <summary>Writes <c>,"keypoints":[…],"num_keypoints":n</c>.</summary>
    public static void Write(Utf8Text text, Keypoints keypoints)
    {
        text.Add(",\"keypoints\":["u8);
        for (var i = 0; i < keypoints.Points.Length; i++)
        {
            var point = keypoints.Points[i];
            if (i > 0) text.Add(","u8);
            text.Add(point.Position.X).Add(","u8).Add(point.Position.Y).Add(","u8).Add((long)(int)point.Visibility);
        }

        text.Add("],\"num_keypoints\":"u8).Add((long)keypoints.Points.Count(p => p.Visibility != Visibility.Absent));
    }

    /// <summary>The skeleton of a category; null when it has no keypoints. Points whose names say left and right trade places.</summary>
    public static SkeletonDefinition? SkeletonOf(string category, ReadOnlySpan<byte> names, ReadOnlySpan<byte> edges)
    {
        if (names.IsEmpty || JsonSerializer.Deserialize(names, CocoJson.Default.StringArray) is not { Length: > 0 } points) return null;
        var pairs = edges.IsEmpty ? [] : JsonSerializer.Deserialize(edges, CocoJson.Default.Int32ArrayArray) ?? [];
        return new SkeletonDefinition
        {
            Id = category,
            Name = category,
            Points = [.. points],
            Edges = [.. pairs.Where(p => p is [var a, var b] && a >= 1 && a <= points.Length && b >= 1 && b <= points.Length).Select(p => new SkeletonEdge(p[0] - 1, p[1] - 1))],
            Mirrored = [.. Enumerable.Range(0, points.Length).Where(i => points[i] is { } name && name.Contains("left", StringComparison.OrdinalIgnoreCase)).Select(i => new SkeletonEdge(i, Array.IndexOf(points, points[i].Replace("left", "right", StringComparison.Ordinal).Replace("Left", "Right", StringComparison.Ordinal)))).Where(e => e.To >= 0 && e.To != e.From)],
        };
    }

    /// <summary>Writes <c>,"keypoints":[names],"skeleton":[[1,2],…]</c>.</summary>
    public static void Write(Utf8Text text, SkeletonDefinition skeleton)
    {
        text.Add(",\"keypoints\":["u8);
        for (var i = 0; i < skeleton.Points.Length; i++)
        {
            if (i > 0) text.Add(","u8);
            text.AddJson(skeleton.Points[i]);
        }

        text.Add("],\"skeleton\":["u8);
        for (var i = 0; i < skeleton.Edges.Length; i++) text.Add(i > 0 ? ",["u8 : "["u8).Add((long)skeleton.Edges[i].From + 1).Add(","u8).Add((long)skeleton.Edges[i].To + 1).Add("]"u8);
        text.Add("]"u8);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
[System.Text.Json.Serialization.JsonSerializable(typeof(int[][]))]
internal sealed partial class CocoJson : System.Text.Json.Serialization.JsonSerializerContext;
