using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Observability;

/// <summary>For load balancers and scripts: is the process alive, can it serve.</summary>
public static class Health
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).Allow(Access.Anyone).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).Allow(Access.Anyone).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(Database database, CancellationToken cancellation)
    {
        await database.ReadAsync(session => session.ScalarAsync<long>("SELECT 1", null, cancellation), cancellation);
        return TypedResults.Text("ready");
    }
}
