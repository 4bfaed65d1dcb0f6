namespace Plumbline.Server.Security;

/// <summary>What a person may do in one project; each role includes the ones before it.</summary>
public enum ProjectRole
{
    Viewer = 1,
    Annotator = 2,
    Reviewer = 3,
    Manager = 4,
    Owner = 5,
}

/// <summary>The scopes of access tokens; each includes the ones before it.</summary>
public enum TokenScope
{
    Read = 1,
    Annotate = 2,
    Review = 3,
    Manage = 4,
    Admin = 5,
}

/// <summary>Who may call an endpoint. Every endpoint states one; the server does not start when one is missing.</summary>
public sealed record Access
{
    private Access()
    {
    }

    /// <summary>Anybody, signed in or not.</summary>
    public static Access Anyone { get; } = new() { AllowsAnonymous = true };

    /// <summary>Any person who is signed in; handlers list only what the person may see.</summary>
    public static Access SignedIn { get; } = new();

    /// <summary>A person at a browser: access tokens are refused, so that they cannot make stronger ones or change the password.</summary>
    public static Access Session { get; } = new() { RefusesTokens = true };

    /// <summary>Administrators of the installation.</summary>
    public static Access Admin { get; } = new() { NeedsAdmin = true };

    /// <summary>No session needed.</summary>
    public bool AllowsAnonymous { get; private init; }

    /// <summary>Only sessions of a browser.</summary>
    public bool RefusesTokens { get; private init; }

    /// <summary>Only administrators.</summary>
    public bool NeedsAdmin { get; private init; }

    /// <summary>The least role in the project that the route names (directly, or through an image, set, upload or job); null when the route names none.</summary>
    public ProjectRole? Role { get; private init; }

    /// <summary>The least scope of a token, where it does not follow from the rest.</summary>
    public TokenScope? Scope { get; init; }

    /// <summary>At least this role in the project that the route names.</summary>
    public static Access InProject(ProjectRole least) => new() { Role = least };
}

/// <summary>Declares access where an endpoint is mapped.</summary>
public static class AccessExtensions
{
    /// <summary>States who may call.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder builder, Access access)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(access);
        return builder;
    }

    /// <summary>At least this role in the project that the route names.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder builder, ProjectRole least)
        where TBuilder : IEndpointConventionBuilder => builder.Allow(Access.InProject(least));
}
