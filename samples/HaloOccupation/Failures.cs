namespace DiffCompile.Samples.HaloOccupation;

/// <summary>An argument is wrong. The message names it and says what was expected.</summary>
internal sealed class UsageException(string argument, string found, string expected)
    : Exception($"{argument}: {found}; expected {expected}.");

/// <summary>The arguments are fine, but the catalog does not give the result asked for.</summary>
internal sealed class ResultException(string message, Exception? innerException = null) : Exception(message, innerException);
