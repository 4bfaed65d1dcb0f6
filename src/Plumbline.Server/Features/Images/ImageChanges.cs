using Plumbline.Server.Features.Events;

namespace Plumbline.Server.Features.Images;

/// <summary>Tells open pages that a project's list of images has changed: at once, and at most once a second while changes go on.</summary>
public sealed class ImageChanges(EventBus events, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _quiet = []; // projects told less than a second ago, and whether something happened since

    /// <summary>Images of the project were added, removed or restored. Call it after the commit.</summary>
    public void Happened(string projectId)
    {
        lock (_gate)
        {
            if (_quiet.ContainsKey(projectId))
            {
                _quiet[projectId] = true;
                return;
            }

            _quiet[projectId] = false;
        }

        Tell(projectId);
    }

    private void Tell(string projectId)
    {
        events.Publish("images", projectId, new { projectId });
        _ = WaitAsync(projectId);
    }

    private async Task WaitAsync(string projectId)
    {
        await Task.Delay(Interval, clock);
        lock (_gate)
        {
            if (!_quiet[projectId])
            {
                _quiet.Remove(projectId);
                return;
            }

            _quiet[projectId] = false;
        }

        Tell(projectId);
    }
}
