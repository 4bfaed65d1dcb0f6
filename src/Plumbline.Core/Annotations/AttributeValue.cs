using System.Collections.Immutable;

namespace Plumbline.Core.Annotations;

/// <summary>The value of one attribute. On the wire: a JSON boolean, number, string or array of strings.</summary>
public abstract record AttributeValue
{
    private protected AttributeValue()
    {
    }

    /// <summary>A yes or no.</summary>
    public sealed record Flag(bool Value) : AttributeValue;

    /// <summary>A finite number.</summary>
    public sealed record Number(double Value) : AttributeValue;

    /// <summary>Free text, or the one option chosen of a select.</summary>
    public sealed record Text(string Value) : AttributeValue;

    /// <summary>The options chosen of a multi-select, in the order of their definition.</summary>
    public sealed record Choices(ImmutableArray<string> Values) : AttributeValue
    {
        /// <inheritdoc />
        public bool Equals(Choices? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

        /// <inheritdoc />
        public override int GetHashCode() => Values.Length;
    }
}
