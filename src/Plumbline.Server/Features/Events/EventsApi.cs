using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Events;

/// <summary>Live events: the stream, and who looks at which image.</summary>
public static class EventsApi
{
    /// <summary>Which of a person's windows looks at the image.</summary>
    public sealed record PresenceRequest(string ClientId);

    /// <summary>Everybody who looks at the image now, the asking person too.</summary>
    public sealed record PresenceAnswer(IReadOnlyList<PersonRef> People);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/events", Stream).Allow(Access.SignedIn).WithName("StreamEvents").Produces<string>(contentType: "text/event-stream");
        api.MapPut("/images/{imageId}/presence", SetPresence).Allow(ProjectRole.Viewer).WithName("SetPresence");
    }

    private static EventStream Stream(string? project, Caller caller, Database database, EventBus events, TimeProvider clock, IHostApplicationLifetime lifetime) =>
        new(database, events, clock, caller, project, lifetime.ApplicationStopping);

    /// <summary>The answer names everybody: whoever has just come missed the events of those who were there before.</summary>
    private static Ok<PresenceAnswer> SetPresence(string imageId, PresenceRequest request, Caller caller, Presence presence) =>
        TypedResults.Ok(new PresenceAnswer(presence.Touch(new PresencePing(imageId, caller.Project, caller.UserId, caller.Name, request.ClientId))));
}
