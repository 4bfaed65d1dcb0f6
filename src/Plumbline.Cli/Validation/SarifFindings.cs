using System.Text;
using System.Text.Json;
using Plumbline.Core.Checks;

namespace Plumbline.Cli.Validation;

/// <summary>SARIF 2.1.0, as code hosts take it.</summary>
internal sealed class SarifFindings : FindingWriter
{
    private readonly SpooledList results = new();
    private readonly SortedSet<string> rules = new(CheckSuite.Catalogue.Select(c => c.Id).Append(DatasetContract.CheckId), StringComparer.Ordinal);

    public override void Add(ReportedFinding finding)
    {
        rules.Add(finding.Finding.Check);
        results.Add(json =>
        {
            json.WriteStartObject();
            json.WriteString("ruleId", finding.Finding.Check);
            json.WriteString("level", finding.Severity);
            json.WriteStartObject("message");
            json.WriteString("text", finding.ToString());
            json.WriteEndObject();
            if (finding.Finding.File is not null || finding.Finding.Item is not null) WriteLocation(json, finding);
            json.WriteEndObject();
        });
    }

    public override void Finish(ValidationSummary summary)
    {
        var output = Console.Out;
        output.WriteLine("{");
        output.WriteLine("  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",");
        output.WriteLine("  \"version\": \"2.1.0\",");
        output.Write("  \"runs\": [{\"tool\": {\"driver\": ");
        output.Write(Driver());
        output.WriteLine("},");
        output.Write("  \"columnKind\": \"utf16CodeUnits\", \"results\": [");
        results.CopyTo(output);
        output.WriteLine("]}]");
        output.WriteLine("}");
    }

    public override void Dispose() => results.Dispose();

    private static void WriteLocation(Utf8JsonWriter json, ReportedFinding finding)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (finding.Finding.File is { } file)
        {
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));
            json.WriteEndObject();
            if (finding.Position.Line is not null || finding.Position.Offset is not null)
            {
                json.WriteStartObject("region");
                if (finding.Position.Line is { } line) json.WriteNumber("startLine", line);
                if (finding.Position.Offset is { } offset) json.WriteNumber("byteOffset", offset);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (finding.Finding.Item is { } item)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", item);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private string Driver()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", "plumbline validate");
            json.WriteString("version", typeof(SarifFindings).Assembly.GetName().Version!.ToString(3)); // our own assembly has a version
            json.WriteStartArray("rules");
            foreach (var id in rules)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                if (CheckSuite.Catalogue.FirstOrDefault(c => c.Id == id) is { } check)
                {
                    json.WriteStartObject("fullDescription");
                    json.WriteString("text", check.Explanation);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
