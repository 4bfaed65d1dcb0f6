using System.Globalization;
using System.Text.Encodings.Web;

namespace Plumbline.Cli.Validation;

/// <summary><c>{"checked":{…},"findings":[…],"summary":{…}}</c>, one finding a line.</summary>
internal sealed class JsonFindings : FindingWriter
{
    private readonly SpooledList findings = new();

    public override void Add(ReportedFinding finding) => findings.Add(json =>
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Finding.Check);
        json.WriteString("severity", finding.Severity);
        if (finding.Finding.File is { } file) json.WriteString("file", file);
        if (finding.Finding.Item is { } item) json.WriteString("item", item);
        json.WriteString("message", finding.Finding.Message);
        if (finding.Fix is { } fix) json.WriteString("fix", fix);
        if (finding.Position.Line is { } line) json.WriteNumber("line", line);
        if (finding.Position.Column is { } column) json.WriteNumber("column", column);
        if (finding.Position.Offset is { } offset) json.WriteNumber("offset", offset);
        json.WriteEndObject();
    });

    public override void Finish(ValidationSummary summary)
    {
        var output = Console.Out;
        output.WriteLine("{");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""  "checked": {"images": {{summary.Images}}, "annotations": {{summary.Annotations}}, "pictures": {{summary.Pictures}}, "format": {{Quoted(summary.Format)}}},"""));
        output.Write("  \"findings\": [");
        findings.CopyTo(output);
        output.WriteLine("],");
        var checks = string.Join(", ", summary.ByCheck.Select(c => string.Create(CultureInfo.InvariantCulture, $"{Quoted(c.Key)}: {c.Value}")));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  \"summary\": {{\"error\": {summary.Errors}, \"warning\": {summary.Warnings}, \"checks\": {{{checks}}}}}"));
        output.WriteLine("}");
    }

    public override void Dispose() => findings.Dispose();

    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
