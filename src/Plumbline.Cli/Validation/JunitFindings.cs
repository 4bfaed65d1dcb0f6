using System.Globalization;
using System.Text;
using System.Xml;
using Plumbline.Core.Checks;

namespace Plumbline.Cli.Validation;

/// <summary>JUnit XML: a test case for each check, failed where it found an error; warnings go to its output. The first 1,000 findings of each check are listed.</summary>
internal sealed class JunitFindings : FindingWriter
{
    private const int Listed = 1_000;
    private readonly SortedDictionary<string, (long Errors, long Warnings, List<string> Lines)> checks = new(StringComparer.Ordinal);

    public override void Add(ReportedFinding finding)
    {
        var known = checks.GetValueOrDefault(finding.Finding.Check, (0, 0, []));
        if (known.Lines.Count < Listed) known.Lines.Add($"{finding.Severity}: {finding}");
        var error = finding.Finding.Severity == CheckSeverity.Error ? 1 : 0;
        checks[finding.Finding.Check] = (known.Errors + error, known.Warnings + 1 - error, known.Lines);
    }

    public override void Finish(ValidationSummary summary)
    {
        var cases = CheckSuite.Catalogue.Select(c => c.Id).Union(checks.Keys).Order(StringComparer.Ordinal).ToList();
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, Encoding = Encoding.UTF8, CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", $"plumbline validate {summary.Source}");
            xml.WriteAttributeString("tests", Number(cases.Count));
            xml.WriteAttributeString("failures", Number(checks.Values.Count(c => c.Errors > 0)));
            foreach (var id in cases) WriteCase(xml, id);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        Console.Out.WriteLine(text.ToString());
    }

    public override void Dispose()
    {
    }

    private void WriteCase(XmlWriter xml, string id)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "plumbline.validate");
        xml.WriteAttributeString("name", id);
        if (checks.TryGetValue(id, out var found))
        {
            xml.WriteStartElement(found.Errors > 0 ? "failure" : "system-out");
            if (found.Errors > 0) xml.WriteAttributeString("message", string.Create(CultureInfo.InvariantCulture, $"{found.Errors} errors, {found.Warnings} warnings"));
            xml.WriteString(string.Join('\n', found.Lines.Select(Printable)) + (found.Errors + found.Warnings > found.Lines.Count ? "\n…" : ""));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // File names may hold characters that no XML document may.
    private static string Printable(string line) => string.Concat(line.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Utf8Text : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
