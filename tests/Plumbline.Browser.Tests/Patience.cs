using Xunit;

namespace Plumbline.Browser.Tests;

/// <summary>Waiting for something that happens elsewhere, such as on the server.</summary>
internal static class Patience
{
    /// <summary>Asks again and again until the answer is right; after ten seconds the test fails with the last answer.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Predicate<T> isRight)
    {
        var end = DateTime.UtcNow.AddSeconds(10);
        for (; ; )
        {
            var answer = await ask();
            if (isRight(answer)) return answer;
            if (DateTime.UtcNow > end) Assert.Fail($"After ten seconds it is still: {(answer is IEnumerable<string> list ? string.Join(" | ", list) : answer)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the server holds exactly these objects.</summary>
    public static Task UntilSavedAsync(this Workroom room, int image, params string[] objects)
    {
        var expected = objects.Order(StringComparer.Ordinal).ToList();
        return UntilAsync(() => room.SavedAsync(image), saved => saved.SequenceEqual(expected));
    }
}
