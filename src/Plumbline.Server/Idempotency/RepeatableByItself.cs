namespace Plumbline.Server.Idempotency;

/// <summary>Metadata of an endpoint whose requests carry an id of their own, under which their answer is stored: it needs no <c>Idempotency-Key</c>.</summary>
public sealed class RepeatableByItself;
