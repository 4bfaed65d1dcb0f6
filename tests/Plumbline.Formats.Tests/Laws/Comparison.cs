using System.Text.RegularExpressions;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Tests.Laws;

/// <summary>
/// Holds what was given against what came back: every difference must be an entry of the loss report about that item and that field, or about all. What a format adds of its own
/// (an id, an area, a box computed from the shape) is no difference.
/// </summary>
internal sealed partial class Comparison(FormatAbilities can, DatasetHeader given, DatasetHeader read, IReadOnlyList<LossEntry> losses, IReadOnlyList<DatasetIssue> issues)
{
    private const double Tolerance = 2e-6;
    private readonly ILookup<string, LossEntry> byItem = losses.ToLookup(l => l.Item, StringComparer.Ordinal);

    /// <summary>The first difference that nothing explains; null when all is well.</summary>
    public string? Unexplained(IReadOnlyList<DatasetItem> before, IReadOnlyList<DatasetItem> after) => Classes() ?? Items(before, after);

    private string? Classes()
    {
        var (was, now) = (given.Classes.Select(c => c.Name).ToList(), read.Classes.Select(c => c.Name).ToList());
        if (can.ClassList && !was.SequenceEqual(now)) return $"classes {string.Join('|', was)} became {string.Join('|', now)}";
        foreach (var c in given.Classes)
        {
            if (read.Classes.FirstOrDefault(other => other.Name == c.Name) is not { } same)
            {
                if (!Said("*", "class") && !losses.Any(l => l.LeavesOut)) return $"class {c.Name} is gone";
                continue;
            }

            if (c.Parent != same.Parent && !Said("*", "parent")) return $"class {c.Name}: parent {c.Parent} became {same.Parent}";
            if (c.Color is not null && c.Color != same.Color && !Said("*", "color")) return $"class {c.Name}: colour {c.Color} became {same.Color}";
            if (c.Description != same.Description && !Said("*", "class")) return $"class {c.Name}: its meaning is gone";
            if (!c.Shapes.IsEmpty && !c.Shapes.SequenceEqual(same.Shapes) && !Said("*", "class")) return $"class {c.Name}: its shapes are gone";
            if (c.Attributes.Length > same.Attributes.Length && !Said("*", "class")) return $"class {c.Name}: its attribute definitions are gone";
            if (c.Skeleton is { } skeleton && !(same.Skeleton is { } kept && skeleton.Points.SequenceEqual(kept.Points) && skeleton.Edges.SequenceEqual(kept.Edges) && skeleton.Mirrored.SequenceEqual(kept.Mirrored)) && !Said("*", "class")) return $"class {c.Name}: its skeleton is gone";
        }

        return null;
    }

    private string? Items(IReadOnlyList<DatasetItem> before, IReadOnlyList<DatasetItem> after)
    {
        var left = after.ToList();
        foreach (var item in before)
        {
            var path = byItem[item.Name].Where(l => l.Field == "path").Select(l => WrittenAs().Match(l.Why)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            path.Add(item.Path);
            var place = left.FindIndex(i => path.Contains(i.Path) && (i.Split == item.Split || Said("*", "split")) && Item(item, i) is null);
            if (place >= 0)
            {
                left.RemoveAt(place);
                continue;
            }

            if (byItem[item.Name].Any(l => l.LeavesOut) || issues.Any(i => i.Item == item.Path && i.Severity == IssueSeverity.Error)) continue;
            var nearest = left.Find(i => path.Contains(i.Path) && i.Split == item.Split) ?? left.Find(i => path.Contains(i.Path));
            return nearest is null ? $"{item.Split}/{item.Path} is gone; there are {string.Join(", ", left.Select(i => $"{i.Split}/{i.Path}"))}" : $"{item.Path}: {Item(item, nearest) ?? "its split changed"}";
        }

        return left.Count == 0 ? null : $"{left[0].Path} came from nowhere";
    }

    private string? Item(DatasetItem was, DatasetItem now)
    {
        if (was.Size is not null && was.Size != now.Size) return $"size {was.Size} became {now.Size}";
        if (Differs(was.Outcome is Outcome.VerifiedEmpty or Outcome.Unusable ? was.Outcome : null, now.Outcome) && !Said(was.Name, "outcome")) return $"outcome {was.Outcome} became {now.Outcome}";
        if (Differs(was.Frame, now.Frame) && !Said(was.Name, "frame")) return $"frame {was.Frame} became {now.Frame}";
        if (Differs(was.SourceId, now.SourceId) && !Said(was.Name, "id")) return $"id {was.SourceId} became {now.SourceId}";
        if (Text(was.Attributes) != Text(now.Attributes) && !Said(was.Name, "attributes")) return $"attributes {Text(was.Attributes)} became {Text(now.Attributes)}";
        if (!Related(was, given).SequenceEqual(Related(now, read)) && !Said(was.Name, "relations")) return $"relations {string.Join(", ", Related(was, given))} became {string.Join(", ", Related(now, read))}";
        return Annotations(was, now);
    }

    private static IEnumerable<string> Related(DatasetItem item, DatasetHeader header) => item.Relations.Select(r => $"{NameOf(item, header, r.From)}-{NameOf(item, header, r.To)} {r.Name} {r.Direction}").Order(StringComparer.Ordinal);

    private static string NameOf(DatasetItem item, DatasetHeader header, int place) => $"{header.Classes[item.Annotations[place].ClassIndex].Name}";

    private string? Annotations(DatasetItem was, DatasetItem now)
    {
        var left = now.Annotations.ToList();
        // Those that must come back as they were choose first: what changed may look like several.
        foreach (var annotation in was.Annotations.OrderBy(a => byItem[was.NameOf(a)].Any(l => l.Field == "shape")))
        {
            var said = byItem[was.NameOf(annotation)].ToList();
            if (said.Any(l => l.LeavesOut)) continue;
            var place = left.FindIndex(other => Annotation(annotation, other, said) is null);
            if (place < 0) return $"{was.NameOf(annotation)}: {(left.Count == 0 ? $"{annotation.Shape.Kind} is gone" : Annotation(annotation, left.Find(other => other.Shape.Kind == annotation.Shape.Kind) ?? left[0], said))} (said: {string.Join(", ", said.Select(l => l.Code))})";
            left.RemoveAt(place);
        }

        return left.Count == 0 ? null : $"{left[0].Shape.Kind} came from nowhere";
    }

    private string? Annotation(DatasetAnnotation was, DatasetAnnotation now, List<LossEntry> said)
    {
        var (name, other) = (given.Classes[was.ClassIndex].Name, read.Classes[now.ClassIndex].Name);
        if (name != other && !Told("class")) return $"class {name} became {other}";
        if (Shape(was.Shape, now.Shape, said) is { } shape) return shape;
        if (was.Ignore != now.Ignore && !Told("ignore")) return $"ignore {was.Ignore} became {now.Ignore}";
        if (was.Score != now.Score && !Told("score")) return $"score {was.Score} became {now.Score}";
        if (was.Z != now.Z && !Told("z")) return $"z {was.Z} became {now.Z}";
        if (was.GroupId != now.GroupId && !Told("groupId")) return $"group {was.GroupId} became {now.GroupId}";
        if (was.TrackId != now.TrackId && !Told("trackId")) return $"track {was.TrackId} became {now.TrackId}";
        if (Text(was.Attributes) != Text(now.Attributes) && !Told("attributes")) return $"attributes {Text(was.Attributes)} became {Text(now.Attributes)}";
        if (Differs(was.Provenance, now.Provenance) && !Told("provenance")) return $"provenance {was.Provenance} became {now.Provenance}";
        if (Differs(was.SourceId, now.SourceId) && !Told("id")) return $"id {was.SourceId} became {now.SourceId}";
        if (Differs(was.StatedArea, now.StatedArea) && !Told("area") && !Told("shape")) return $"area {was.StatedArea} became {now.StatedArea}";
        // An outline that is a box may come back as the box that the file states.
        if (was.Outline is { } outline && !((now.Outline ?? (now.StatedBox is { } around ? new BoxShape(around) : null)) is { } kept && Close(outline, kept)) && !Told("outline") && !Told("shape")) return "its outline is gone";
        if (was.StatedBox is { } box && !(now.StatedBox is { } stated && Close(box, stated)) && !Told("bbox") && !Told("shape")) return $"stated box {box} became {now.StatedBox}";
        return null;

        bool Told(string field) => said.Any(l => l.Field == field) || Said("*", field);
    }

    private string? Shape(Shape was, Shape now, List<LossEntry> said)
    {
        var told = said.Any(l => l.Field == "shape") || Said("*", "shape");
        if (!can.Shapes.Contains(was.Kind) && !(can.StoredAs.Of(was.Kind) is { } stored && (now.Kind == stored || told))) return $"{was.Kind} became {now.Kind}, which the format does not declare";
        if (!can.Shapes.Contains(was.Kind) && !told) return $"{was.Kind} became {now.Kind} and nothing says so";
        return told || Close(was, now) ? null : $"{was} became {now}";
    }

    private bool Said(string item, string field) => byItem[item].Concat(byItem["*"]).Any(l => l.Field == field);

    // What was not there before is no loss.
    private static bool Differs<T>(T? was, T? now) => was is not null && !was.Equals(now);

    private static string Text(IEnumerable<KeyValuePair<string, AttributeValue>> attributes) => string.Join("; ", attributes.Select(a => $"{a.Key}={(a.Value is AttributeValue.Choices c ? string.Join('|', c.Values) : a.Value)}"));

    internal static bool Close(Shape a, Shape b) => (a, b) switch
    {
        (TagShape, TagShape) => true,
        (MaskShape m, MaskShape n) => m.Mask.SamePixels(n.Mask),
        (PolygonShape m, PolygonShape n) => m.Polygon.Parts.Select(p => p.Holes.Length).SequenceEqual(n.Polygon.Parts.Select(p => p.Holes.Length)) && Close(Points(m), Points(n)),
        (KeypointsShape m, KeypointsShape n) => m.Keypoints.Points.Select(p => p.Visibility).SequenceEqual(n.Keypoints.Points.Select(p => p.Visibility)) && Close(Points(m), Points(n)),
        _ => a.Kind == b.Kind && Close(Points(a), Points(b)),
    };

    private static bool Close(Box a, Box b) => Close([new(a.X, a.Y), new(a.Right, a.Bottom)], [new(b.X, b.Y), new(b.Right, b.Bottom)]);

    private static bool Close(Point2[] a, Point2[] b) => a.Length == b.Length && a.Zip(b).All(p => Math.Abs(p.First.X - p.Second.X) < Tolerance && Math.Abs(p.First.Y - p.Second.Y) < Tolerance);

    private static Point2[] Points(Shape shape) => shape switch
    {
        PointShape s => [s.Position],
        BoxShape s => [new(s.Box.X, s.Box.Y), new(s.Box.Right, s.Box.Bottom)],
        // The same rectangle has four forms, a quarter turn apart.
        RotatedBoxShape s => [.. s.Box.Corners().OrderBy(p => Math.Round(p.X, 3)).ThenBy(p => Math.Round(p.Y, 3))],
        EllipseShape s => [.. s.Ellipse.ToRing(1).Points],
        PolygonShape s => [.. s.Polygon.Rings().SelectMany(r => r.Points)],
        PolylineShape s => [.. s.Polyline.Points],
        // Where an absent point lies means nothing.
        KeypointsShape s => [.. s.Keypoints.Points.Where(p => p.Visibility != Visibility.Absent).Select(p => p.Position)],
        CuboidShape s => [.. s.Corners],
        _ => [],
    };

    [GeneratedRegex("It is written as (.+)\\.$", RegexOptions.Singleline)]
    private static partial Regex WrittenAs();
}
