using System.Text.Json;

namespace Plumbline.Core.Annotations;

/// <summary>A JSON value and where it stands in its document, so that every complaint can name the place.</summary>
internal readonly struct JsonAt(JsonElement element, string pointer, string? rule = null)
{
    internal JsonElement Element => element;

    internal string Pointer => pointer;

    /// <summary>A member that must be there.</summary>
    internal JsonAt this[string name] =>
        Find(name) ?? throw Fault($"'{name}' is missing.");

    /// <summary>A member that may be missing; null when it is. A JSON null counts as there.</summary>
    internal JsonAt? Find(string name) =>
        element.TryGetProperty(name, out var value) ? new JsonAt(value, $"{pointer}/{name}", rule) : null;

    /// <summary>A member that may be missing or null; null when it is.</summary>
    internal JsonAt? FindValue(string name) => Find(name) is { Element.ValueKind: not JsonValueKind.Null } found ? found : null;

    /// <summary>The same value under a rule that complaints about it and what is in it will name.</summary>
    internal JsonAt Under(string named) => new(element, pointer, named);

    /// <summary>Demands an object with no other members than these.</summary>
    internal JsonAt AsObject(params ReadOnlySpan<string> members)
    {
        Demand(JsonValueKind.Object, "an object");
        foreach (var property in element.EnumerateObject())
        {
            if (!members.Contains(property.Name)) throw Fault($"'{property.Name}' is not known here.");
        }

        return this;
    }

    /// <summary>Demands an array and returns its elements.</summary>
    internal IEnumerable<JsonAt> Items()
    {
        Demand(JsonValueKind.Array, "an array");
        return Enumerate(element, pointer, rule);

        static IEnumerable<JsonAt> Enumerate(JsonElement array, string pointer, string? rule)
        {
            var i = 0;
            foreach (var item in array.EnumerateArray()) yield return new JsonAt(item, $"{pointer}/{i++}", rule);
        }
    }

    /// <summary>A finite number.</summary>
    internal double Number()
    {
        Demand(JsonValueKind.Number, "a number");
        return element.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Fault("The number is too large.");
    }

    /// <summary>A whole number of 32 bits.</summary>
    internal int Integer()
    {
        Demand(JsonValueKind.Number, "a whole number");
        return element.TryGetInt32(out var value) ? value : throw Fault("This must be a whole number between -2147483648 and 2147483647.");
    }

    /// <summary>A revision: a whole number of at least 0.</summary>
    internal long Revision()
    {
        Demand(JsonValueKind.Number, "a revision");
        return element.TryGetInt64(out var value) && value >= 0 ? value : throw Fault("A revision is a whole number of at least 0.");
    }

    /// <summary>true or false.</summary>
    internal bool Flag() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault("This must be true or false."),
    };

    /// <summary>Text of at most so many UTF-16 units, without NUL and without broken surrogates.</summary>
    internal string Text(int maximum)
    {
        Demand(JsonValueKind.String, "text");
        string value;
        try
        {
            value = element.GetString()!; // the kind is String
        }
        catch (InvalidOperationException)
        {
            throw Fault("The text is not valid Unicode.");
        }

        if (value.Length > maximum) throw Fault($"The text is longer than {maximum} characters.");
        return value.Contains('\0') ? throw Fault("The text contains a NUL character.") : value;
    }

    /// <summary>A UUID.</summary>
    internal Guid Id() =>
        element.ValueKind == JsonValueKind.String && element.TryGetGuid(out var value) ? value : throw Fault("This must be a UUID.");

    /// <summary>The camelCase name of an enum's member.</summary>
    internal T Name<T>()
        where T : struct, Enum
    {
        var name = Text(64);
        foreach (var value in Enum.GetValues<T>())
        {
            if (CamelCase.Of(value) == name) return value;
        }

        throw Fault($"'{name}' is not one of {string.Join(", ", Enum.GetValues<T>().Select(CamelCase.Of))}.");
    }

    internal AnnotationFormatException Fault(string message) => new(pointer, message, rule);

    private void Demand(JsonValueKind kind, string what)
    {
        if (element.ValueKind != kind) throw Fault($"This must be {what}.");
    }
}
