namespace DiffCompile.Generators;

/// <summary>Names of the generator's steps, for tests of caching.</summary>
internal static class TrackingNames
{
    public const string Parse = nameof(Parse);
    public const string Link = nameof(Link);
    public const string Compile = nameof(Compile);
    public const string SelfCheck = nameof(SelfCheck);
}
