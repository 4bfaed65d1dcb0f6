using System.Text.Json;
using Plumbline.Formats;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli;

/// <summary>The answer of <c>convert</c>.</summary>
internal sealed record ConversionSummary(string Source, string Target, DatasetFormat From, DatasetFormat To, ConversionResult Result, LossReport Losses, IssueLog Issues)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("source", Source);
        json.WriteString("from", From.Name);
        json.WriteString("target", Target);
        json.WriteString("to", To.Name);
        json.WriteNumber("imagesRead", Result.ImagesRead);
        json.WriteNumber("images", Result.Written.Images);
        json.WriteNumber("annotations", Result.Written.Annotations);
        json.WriteNumber("pictures", Result.PicturesFound);
        json.WriteStartObject("issues");
        json.WriteNumber("errors", Issues.Errors);
        json.WriteNumber("warnings", Issues.Warnings);
        json.WriteEndObject();
        json.WriteStartObject("losses");
        json.WriteNumber("total", Losses.Total);
        json.WriteNumber("ofLabels", Losses.OfLabels);
        json.WriteStartArray("kinds");
        foreach (var (kind, count) in Losses.Counts)
        {
            json.WriteStartObject();
            json.WriteString("code", kind.Code);
            json.WriteString("field", kind.Field);
            json.WriteNumber("count", count);
            json.WriteBoolean("bookkeeping", kind.Bookkeeping);
            json.WriteString("why", kind.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
