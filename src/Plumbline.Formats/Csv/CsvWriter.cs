using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Csv;

/// <summary>Writes <c>annotations.csv</c>: a row an annotation, an otherwise empty row for an image without any; pictures under <c>images/SPLIT</c> when the target is a folder or ZIP.</summary>
internal sealed class CsvWriter(CsvFormat format, DatasetReader dataset, WriteRequest request)
{
    private const int FlushBytes = 1 << 16;
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly Utf8Text text = new();
    private readonly Utf8Text json = new();

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var common = new CommonLosses(format, dataset.Header, request.Losses);
        using var file = request.Target.Create("annotations.csv");
        long images = 0, annotations = 0;
        text.Add(string.Join(',', CsvColumns.Written)).Add("\n"u8);
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            common.Count(item);
            images++;
            annotations += item.Annotations.Count;
            foreach (var annotation in item.Annotations)
            {
                common.Count(item, annotation);
                Row(item, annotation);
            }

            if (item.Annotations.Count == 0) Image(item).Add(",,,,,,,,,,,,\n"u8);
            if (text.Length > FlushBytes) Flush(file);
            if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile)
                request.Target.Add(TreePath.Join(item.Split is null ? "images" : $"images/{item.Split}", item.Path), picture, request.Pictures);
        }

        Flush(file);
        common.Finish();
        return new(images, annotations);
    }

    private Utf8Text Image(DatasetItem item)
    {
        text.AddCsv(item.Path).Add(","u8).AddCsv(item.Split ?? "").Add(","u8);
        return item.Size is { } size ? text.Add((long)size.Width).Add(","u8).Add((long)size.Height) : text.Add(","u8);
    }

    private void Row(DatasetItem item, DatasetAnnotation annotation)
    {
        Image(item).Add(","u8).AddCsv(dataset.Header.Classes[annotation.ClassIndex].Name).Add(","u8);
        if (ShapeGeometry.Bounds(annotation.Shape) is { } box) text.Add(box.X).Add(","u8).Add(box.Y).Add(","u8).Add(box.Right).Add(","u8).Add(box.Bottom);
        else text.Add(",,,"u8);
        text.Add(","u8);
        if (annotation.Shape is not (BoxShape or TagShape)) Json(writer => ShapeJson.Write(writer, annotation.Shape));
        text.Add(","u8);
        if (annotation.Score is { } score) text.Add(score);
        text.Add(annotation.Ignore ? ",1,"u8 : ",,"u8);
        if (annotation.Z != 0) text.Add((long)annotation.Z);
        text.Add(","u8).AddCsv(annotation.GroupId ?? "").Add(","u8).AddCsv(annotation.TrackId ?? "").Add(","u8);
        if (!annotation.Attributes.IsEmpty) Json(writer => WriteAttributes(writer, annotation));
        text.Add("\n"u8);
    }

    private static void WriteAttributes(Utf8JsonWriter writer, DatasetAnnotation annotation)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in annotation.Attributes)
        {
            writer.WritePropertyName(name);
            AttributeJson.Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private void Json(Action<Utf8JsonWriter> write)
    {
        json.Clear();
        using (var writer = new Utf8JsonWriter(json, Compact)) write(writer);
        text.AddCsv(System.Text.Encoding.UTF8.GetString(json.Written));
    }

    private void Flush(Stream file)
    {
        file.Write(text.Written);
        text.Clear();
    }
}
