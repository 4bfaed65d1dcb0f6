namespace Plumbline.Server.Security;

/// <summary>Refuses to start a server that has an endpoint without a declared <see cref="Access"/>.</summary>
public static class EndpointAudit
{
    /// <exception cref="InvalidOperationException">An endpoint does not say who may call it.</exception>
    public static void RequireAccess(IEndpointRouteBuilder app)
    {
        var silent = app.DataSources.SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<Access>() is null)
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (silent.Count > 0) throw new InvalidOperationException($"These endpoints do not say who may call them: {string.Join(", ", silent)}.");
    }
}
