namespace Plumbline.Core.Annotations;

/// <summary>JSON that is not what it should be; says where.</summary>
/// <param name="pointer">JSON pointer (RFC 6901) to the value at fault.</param>
/// <param name="message">What is wrong with that value, for a person.</param>
/// <param name="rule">The rule of <see cref="RefusalRule"/> that a well-formed annotation breaks; null when the JSON itself is wrong.</param>
public sealed class AnnotationFormatException(string pointer, string message, string? rule = null) : Exception(message)
{
    /// <summary>JSON pointer to the value at fault; empty for the whole document.</summary>
    public string Pointer => pointer;

    /// <summary>The rule broken by a shape or an attribute; null when the JSON itself is wrong.</summary>
    public string? Rule => rule;
}
