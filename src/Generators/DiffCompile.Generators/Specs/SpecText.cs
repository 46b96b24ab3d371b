namespace DiffCompile.Generators.Specs;

/// <summary>The text form of a specification.</summary>
internal static class SpecText
{
    public const int Version = 1;

    public static FunctionSpec Read(string text) => throw new NotSupportedException("Specifications of other assemblies cannot be read yet.");
}
