using System.Text.Json;
using Plumbline.Core.Quality;

namespace Plumbline.Cli.Evaluation;

/// <summary>A measure in JSON: <c>value</c> (null with <c>undefined</c>, the reason), <c>interval</c> where there is one, <c>n</c>.</summary>
internal static class MeasureJson
{
    /// <summary>Writes the fields into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, Measure measure)
    {
        if (measure.Value is { } value) json.WriteNumber("value", value);
        else json.WriteNull("value");
        if (measure.Interval is { } interval)
        {
            json.WriteStartArray("interval");
            json.WriteNumberValue(interval.Low);
            json.WriteNumberValue(interval.High);
            json.WriteEndArray();
        }

        json.WriteNumber("n", measure.Items);
        if (measure.Undefined is { } why) json.WriteString("undefined", why);
    }
}
