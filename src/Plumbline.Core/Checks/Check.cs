using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>How bad a finding is.</summary>
public enum CheckSeverity
{
    /// <summary>Worth a look; may be right.</summary>
    Warning,

    /// <summary>Wrong: training or measuring on it would go wrong.</summary>
    Error,
}

/// <summary>
/// One automated check. It looks at images one by one and speaks for the whole dataset at the end; what it needs to remember in between it holds itself, so a run makes its own.
/// A new one is a file beside this and a line in <see cref="CheckSuite"/>.
/// </summary>
/// <param name="id">Stable kebab-case name: what reports, contracts and docs call it.</param>
/// <param name="severity">How bad what it finds is.</param>
/// <param name="explanation">What it looks for and why that matters, for people.</param>
public abstract class Check(string id, CheckSeverity severity, string explanation)
{
    /// <summary>Stable kebab-case name.</summary>
    public string Id { get; } = id;

    /// <summary>How bad what it finds is.</summary>
    public CheckSeverity Severity { get; } = severity;

    /// <summary>What it looks for and why that matters, for people.</summary>
    public string Explanation { get; } = explanation;

    /// <summary>Whether some of its findings carry a safe repair.</summary>
    public virtual bool CanFix => false;

    /// <summary>Looks at one image.</summary>
    public virtual void Look(CheckedImage image, FindingSink findings)
    {
    }

    /// <summary>Says what only the whole dataset shows. Called once, after the last image.</summary>
    public virtual void Finish(FindingSink findings)
    {
    }
}

/// <summary>What a check found.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The image's path; null when it is about the dataset.</param>
/// <param name="Item">The annotation as <c>path#id</c>, the class or the attribute; null when it is about the image or the dataset.</param>
/// <param name="Message">What is wrong, with numbers.</param>
/// <param name="Repair">What would mend it without a person's judgement; null when nothing would.</param>
public sealed record Finding(string Check, CheckSeverity Severity, string? File, string? Item, string Message, Repair? Repair = null);

/// <summary>A repair of one annotation.</summary>
/// <param name="Place">The annotation's place in its image.</param>
/// <param name="Shape">Its new shape; null to take the annotation out.</param>
public sealed record Repair(int Place, Shape? Shape);

/// <summary>Receives findings in the order in which they are made.</summary>
public sealed class FindingSink(Action<Finding> receive)
{
    /// <summary>About one annotation.</summary>
    public void Add(Check check, CheckedImage image, int place, string message, Repair? repair = null) =>
        receive(new(check.Id, check.Severity, image.Path, image.NameOf(place), message, repair));

    /// <summary>About an image.</summary>
    public void Add(Check check, string image, string message) => receive(new(check.Id, check.Severity, image, null, message));

    /// <summary>About the dataset, a class or an attribute of it.</summary>
    public void AddForDataset(Check check, string? item, string message) => receive(new(check.Id, check.Severity, null, item, message));

    /// <summary>About one annotation whose image has gone by.</summary>
    public void AddNamed(Check check, string image, string item, string message) => receive(new(check.Id, check.Severity, image, item, message));
}
