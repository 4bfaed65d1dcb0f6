using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Json;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Datumaro;

/// <summary>The <c>categories</c> of a file: labels with parents, names and edges of keypoints, colours.</summary>
internal static class DatumaroCategories
{
    /// <summary>The classes that they are.</summary>
    public static ImmutableArray<DatasetClass> Read(JsonElement json)
    {
        var classes = json.Field("label").Field("labels").Elements()
            .Select(l => new DatasetClass { Name = l.TextField("name") ?? "", Parent = l.TextField("parent") is { Length: > 0 } parent ? parent : null })
            .ToList();
        foreach (var points in json.Field("points").Field("items").Elements())
        {
            if (Place(points) is not { } place) continue;
            var names = points.Field("labels").Elements().Select(n => n.ValueKind == JsonValueKind.String ? n.GetString()! : "").ToImmutableArray(); // a JSON string is one
            if (names.IsEmpty) continue;
            // Joints count from 1, as COCO's skeletons do.
            var edges = points.Field("joints").Elements().Where(j => j.ValueKind == JsonValueKind.Array && j.GetArrayLength() == 2)
                .Select(j => (From: j[0].AsNumber() - 1, To: j[1].AsNumber() - 1)).Where(j => j is { From: { } from, To: { } to } && from >= 0 && from < names.Length && to >= 0 && to < names.Length)
                .Select(j => new SkeletonEdge((int)j.From!.Value, (int)j.To!.Value)); // filtered
            var skeleton = new SkeletonDefinition { Id = classes[place].Name, Name = classes[place].Name, Points = names, Edges = [.. edges] };
            classes[place] = classes[place] with { Skeleton = skeleton with { Mirrored = MirroredPoints.Of(skeleton) } };
        }

        foreach (var colour in json.Field("mask").Field("colormap").Elements())
        {
            if (Place(colour) is { } place && Level(colour, "r") is { } r && Level(colour, "g") is { } g && Level(colour, "b") is { } b) classes[place] = classes[place] with { Color = $"#{r:x2}{g:x2}{b:x2}" };
        }

        return [.. classes];

        int? Place(JsonElement entry) => entry.Field("label_id").AsNumber() is { } id && id >= 0 && id < classes.Count && Math.Floor(id) == id ? (int)id : null;
        static int? Level(JsonElement entry, string name) => entry.Field(name).AsNumber() is { } level && level >= 0 && level <= 255 ? (int)level : null;
    }

    /// <summary>Adds the categories of a dataset.</summary>
    public static void Write(Utf8Text text, DatasetHeader header)
    {
        text.Add("{\"label\":{\"label_groups\":[],\"labels\":["u8);
        for (var i = 0; i < header.Classes.Length; i++)
            text.Add(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8).AddJson(header.Classes[i].Name).Add(",\"parent\":"u8).AddJson(header.Classes[i].Parent ?? "").Add(",\"attributes\":[]}"u8);
        text.Add("],\"attributes\":[]}"u8);
        WriteEach(text, ",\"points\":{\"items\":["u8, header, c => c.Skeleton is not null, (place, item) =>
        {
            text.Add("{\"label_id\":"u8).Add((long)place).Add(",\"labels\":["u8);
            var skeleton = item.Skeleton!; // filtered
            for (var i = 0; i < skeleton.Points.Length; i++) text.Add(i == 0 ? ""u8 : ","u8).AddJson(skeleton.Points[i]);
            text.Add("],\"joints\":["u8);
            for (var i = 0; i < skeleton.Edges.Length; i++) text.Add(i == 0 ? "["u8 : ",["u8).Add((long)skeleton.Edges[i].From + 1).Add(","u8).Add((long)skeleton.Edges[i].To + 1).Add("]"u8);
            text.Add("]}"u8);
        });
        WriteEach(text, ",\"mask\":{\"colormap\":["u8, header, c => c.Color is { Length: 7 }, (place, item) =>
        {
            var rgb = Convert.FromHexString(item.Color.AsSpan(1));
            text.Add("{\"label_id\":"u8).Add((long)place).Add(",\"r\":"u8).Add((long)rgb[0]).Add(",\"g\":"u8).Add((long)rgb[1]).Add(",\"b\":"u8).Add((long)rgb[2]).Add("}"u8);
        });
        text.Add("}"u8);
    }

    private static void WriteEach(Utf8Text text, ReadOnlySpan<byte> head, DatasetHeader header, Func<DatasetClass, bool> has, Action<int, DatasetClass> write)
    {
        var first = true;
        for (var i = 0; i < header.Classes.Length; i++)
        {
            if (!has(header.Classes[i])) continue;
            text.Add(first ? head : ","u8);
            first = false;
            write(i, header.Classes[i]);
        }

        if (!first) text.Add("]}"u8);
    }
}
