using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Agreement;

namespace Plumbline.Cli.Evaluation;

/// <summary>The answer of <c>agree</c>.</summary>
/// <param name="annotators">Their names.</param>
/// <param name="classes">Names of the classes; one when they were not told apart.</param>
/// <param name="study">What was found.</param>
/// <param name="threshold">Overlap from which two objects were the same thing.</param>
internal sealed class AgreementReport(IReadOnlyList<string> annotators, IReadOnlyList<string> classes, AgreementStudy study, double threshold)
{
    private readonly Measure alpha = study.Alpha();
    private readonly Measure meanOverlap = study.MeanOverlap();
    private readonly Measure fleiss = study.FleissKappaOfAll();

    private IEnumerable<(int A, int B)> Pairs => Enumerable.Range(0, annotators.Count).SelectMany(a => Enumerable.Range(a + 1, annotators.Count - a - 1).Select(b => (a, b)));

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("annotators");
        foreach (var name in annotators) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteNumber("images", study.Images);
        json.WriteNumber("objects", study.Objects);
        json.WriteNumber("iou", threshold);
        Write(json, "meanIoU", meanOverlap);
        json.WriteStartArray("cohenKappa");
        foreach (var (a, b) in Pairs) WritePair(json, a, b, study.CohenKappaOf(a, b));
        json.WriteEndArray();
        Write(json, "fleissKappa", fleiss);
        Write(json, "krippendorffAlpha", alpha);
        json.WriteStartArray("pairs");
        foreach (var (a, b) in Pairs)
        {
            json.WriteStartObject();
            WriteNames(json, a, b);
            Write(json, "meanIoU", study.MeanOverlapOfPair(a, b));
            Write(json, "krippendorffAlpha", study.AlphaOfPair(a, b));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("vitality");
        for (var a = 0; a < annotators.Count; a++)
        {
            json.WriteStartObject();
            json.WriteString("annotator", annotators[a]);
            MeasureJson.WriteFields(json, study.Vitality(a));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("perClass");
        for (var c = 0; c < classes.Count; c++)
        {
            json.WriteStartObject();
            json.WriteString("class", classes[c]);
            Write(json, "krippendorffAlpha", study.AlphaOfClass(c));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sweep");
        foreach (var (at, value) in study.Sweep())
        {
            json.WriteStartObject();
            json.WriteNumber("iou", at);
            MeasureJson.WriteFields(json, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Print()
    {
        var text = new StringBuilder();
        Add(text, $"{annotators.Count} annotators, {study.Images:N0} images, {study.Objects:N0} objects (the same thing from an overlap of {threshold:0.##})");
        text.AppendLine();
        Line(text, "Krippendorff's α", alpha, Band(alpha));
        Line(text, "mean overlap", meanOverlap, "of what two annotators both drew");
        Line(text, "Fleiss' κ", fleiss, "classes of what all drew");
        text.AppendLine();
        foreach (var (a, b) in Pairs)
        {
            Add(text, $"{annotators[a]} – {annotators[b]}");
            Line(text, "  α", study.AlphaOfPair(a, b));
            Line(text, "  Cohen's κ", study.CohenKappaOf(a, b));
            Line(text, "  mean overlap", study.MeanOverlapOfPair(a, b));
        }

        if (annotators.Count > 2)
        {
            text.AppendLine();
            for (var a = 0; a < annotators.Count; a++) Line(text, $"vitality of {annotators[a]}", study.Vitality(a));
        }

        text.AppendLine();
        for (var c = 0; c < classes.Count; c++) Line(text, $"α of {classes[c]}", study.AlphaOfClass(c));
        text.AppendLine();
        foreach (var (at, value) in study.Sweep()) Line(text, string.Create(CultureInfo.InvariantCulture, $"α at overlap {at:0.0}"), value);
        Console.Out.Write(text.ToString());
    }

    private static string Band(Measure measure) => AgreementBands.Of(measure) switch
    {
        AgreementBand.Reliable => "reliable (.8 and above)",
        AgreementBand.Tentative => "tentative (.667 to .8)",
        AgreementBand.Unreliable => "not to be relied on (below .667)",
        _ => "",
    };

    private static void Line(StringBuilder text, string name, Measure measure, string remark = "")
    {
        var value = measure.Value is { } number ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "—";
        var interval = measure.Interval is { } i ? string.Create(CultureInfo.InvariantCulture, $"95 % {i.Low:0.0000} to {i.High:0.0000}") : "";
        Add(text, $"{name,-28}{value,9}  {interval,-24}{measure.Undefined ?? remark}");
    }

    private static void Add(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());

    private void WriteNames(Utf8JsonWriter json, int a, int b)
    {
        json.WriteStartArray("pair");
        json.WriteStringValue(annotators[a]);
        json.WriteStringValue(annotators[b]);
        json.WriteEndArray();
    }

    private void WritePair(Utf8JsonWriter json, int a, int b, Measure measure)
    {
        json.WriteStartObject();
        WriteNames(json, a, b);
        MeasureJson.WriteFields(json, measure);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Measure measure)
    {
        json.WriteStartObject(name);
        MeasureJson.WriteFields(json, measure);
        json.WriteEndObject();
    }
}
