using System.Text.Json;
using Plumbline.Core.Quality;

namespace Plumbline.Cli.Evaluation;

/// <summary>The JSON document of <c>evaluate</c>.</summary>
internal static class EvaluationJson
{
    public static void Write(Utf8JsonWriter json, EvaluationReport report)
    {
        json.WriteStartObject();
        json.WriteString("task", report.Task);
        json.WriteStartObject("metrics");
        WriteMetrics(json, report.Metrics);
        json.WriteEndObject();
        WriteIntervals(json, report.Metrics);
        json.WriteStartArray("perClass");
        foreach (var one in report.PerClass)
        {
            json.WriteStartObject();
            json.WriteString("class", one.Class);
            WriteMetrics(json, one.Metrics);
            json.WriteNumber("images", one.Images);
            json.WriteNumber("truths", one.Truths);
            WriteIntervals(json, one.Metrics);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (report.Slices.Count > 0)
        {
            json.WriteStartArray("slices");
            foreach (var slice in report.Slices)
            {
                json.WriteStartObject();
                json.WriteString("key", slice.Key);
                json.WriteString("value", slice.Value);
                json.WriteNumber("images", slice.Images);
                json.WriteStartObject("metrics");
                WriteMetrics(json, slice.Metrics);
                json.WriteEndObject();
                WriteIntervals(json, slice.Metrics);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("undefined");
        foreach (var (name, measure) in report.Metrics) WriteUndefined(json, name, measure, null, null);
        foreach (var one in report.PerClass)
        {
            foreach (var (name, measure) in one.Metrics) WriteUndefined(json, name, measure, "class", one.Class);
        }

        foreach (var slice in report.Slices)
        {
            foreach (var (name, measure) in slice.Metrics) WriteUndefined(json, name, measure, "slice", slice.Value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, IReadOnlyDictionary<string, Measure> metrics)
    {
        foreach (var (name, measure) in metrics)
        {
            if (measure.Value is { } value) json.WriteNumber(name, value);
            else json.WriteNull(name);
        }
    }

    private static void WriteIntervals(Utf8JsonWriter json, IReadOnlyDictionary<string, Measure> metrics)
    {
        if (metrics.Values.All(measure => measure.Interval is null)) return;
        json.WriteStartObject("intervals");
        foreach (var (name, measure) in metrics)
        {
            if (measure.Interval is not { } interval) continue;
            json.WriteStartArray(name);
            json.WriteNumberValue(interval.Low);
            json.WriteNumberValue(interval.High);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteUndefined(Utf8JsonWriter json, string name, Measure measure, string? key, string? of)
    {
        if (measure.Undefined is null) return;
        json.WriteStartObject();
        json.WriteString("metric", name);
        if (key is not null) json.WriteString(key, of);
        json.WriteString("why", measure.Undefined);
        json.WriteEndObject();
    }
}
