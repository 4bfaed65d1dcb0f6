using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Formats;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli;

/// <summary>The file of <c>--report</c>: every loss and every issue, written as they come, the summary at the end.</summary>
internal sealed class ConversionReport : IDisposable
{
    private const int FlushBytes = 1 << 16;
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly FileTarget file;
    private readonly Stream stream;
    private readonly Utf8JsonWriter losses;
    private readonly SpoolStream issueSpool = new();
    private readonly Utf8JsonWriter issues;

    public ConversionReport(string path, string source, string target, DatasetFormat from, DatasetFormat to)
    {
        file = new FileTarget(path);
        stream = file.Create("report.json");
        losses = new Utf8JsonWriter(stream, Options);
        issues = new Utf8JsonWriter(issueSpool, Options with { Indented = false });
        losses.WriteStartObject();
        losses.WriteString("source", source);
        losses.WriteString("from", from.Name);
        losses.WriteString("target", target);
        losses.WriteString("to", to.Name);
        losses.WriteStartArray("losses");
        issues.WriteStartArray();
    }

    public void Add(LossEntry loss)
    {
        losses.WriteStartObject();
        losses.WriteString("item", loss.Item);
        losses.WriteString("code", loss.Code);
        losses.WriteString("field", loss.Field);
        losses.WriteString("why", loss.Why);
        losses.WriteEndObject();
        if (losses.BytesPending > FlushBytes) losses.Flush();
    }

    public void Add(DatasetIssue issue)
    {
        issues.WriteStartObject();
        issues.WriteString("severity", issue.Severity == IssueSeverity.Error ? "error" : "warning");
        issues.WriteString("code", issue.Code);
        issues.WriteString("file", issue.File);
        if (issue.Item is not null) issues.WriteString("item", issue.Item);
        if (issue.Field is not null) issues.WriteString("field", issue.Field);
        issues.WriteString("message", issue.Message);
        if (issue.Position.Line is { } line) issues.WriteNumber("line", line);
        if (issue.Position.Column is { } column) issues.WriteNumber("column", column);
        if (issue.Position.Offset is { } offset) issues.WriteNumber("offset", offset);
        issues.WriteEndObject();
        if (issues.BytesPending > FlushBytes) issues.Flush();
    }

    /// <summary>Closes the lists, adds the summary and makes the file visible.</summary>
    public void Finish(ConversionSummary summary)
    {
        losses.WriteEndArray();
        issues.WriteEndArray();
        issues.Flush();
        losses.WritePropertyName("issues");
        losses.Flush();
        issueSpool.Position = 0;
        using (var list = JsonDocument.Parse(issueSpool)) list.RootElement.WriteTo(losses);
        losses.WritePropertyName("summary");
        summary.WriteTo(losses);
        losses.WriteEndObject();
        losses.Dispose();
        stream.Dispose();
        file.Commit();
    }

    public void Dispose()
    {
        try
        {
            losses.Dispose();
            issues.Dispose();
            issueSpool.Dispose();
            stream.Dispose();
        }
        finally
        {
            file.Dispose(); // also where a full disk refuses what the others still held
        }
    }
}
