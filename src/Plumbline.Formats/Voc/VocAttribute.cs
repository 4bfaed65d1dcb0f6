using System.Globalization;
using Plumbline.Core.Annotations;

namespace Plumbline.Formats.Voc;

/// <summary>Attribute values as VOC's text. Text that reads as a number or a truth value comes back as one.</summary>
internal static class VocAttribute
{
    public static AttributeValue Parse(string text) => text switch
    {
        "true" or "True" => new AttributeValue.Flag(true),
        "false" or "False" => new AttributeValue.Flag(false),
        _ when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new AttributeValue.Number(number),
        _ => new AttributeValue.Text(text),
    };

    /// <summary>The text, and whether reading it gives the same value back.</summary>
    public static (string Text, bool IsExact) Format(AttributeValue value)
    {
        var text = value switch
        {
            AttributeValue.Flag flag => flag.Value ? "true" : "false",
            AttributeValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
            AttributeValue.Text words => words.Value,
            AttributeValue.Choices choices => string.Join(",", choices.Values),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return (text, text == text.Trim() && Parse(text).Equals(value));
    }
}
