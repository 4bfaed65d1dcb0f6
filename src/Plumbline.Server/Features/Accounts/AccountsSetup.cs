namespace Plumbline.Server.Features.Accounts;

/// <summary>Everything about people.</summary>
public static class AccountsSetup
{
    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        SetupApi.Map(api);
        SessionApi.Map(api);
        UsersApi.Map(api);
        InvitationsApi.Map(api);
        JoinApi.Map(api);
        PasswordResetApi.Map(api);
        TokensApi.Map(api);
    }
}
