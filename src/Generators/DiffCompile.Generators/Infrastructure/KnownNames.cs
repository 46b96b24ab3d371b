namespace DiffCompile.Generators.Infrastructure;

/// <summary>Metadata names of the runtime's attributes.</summary>
internal static class KnownNames
{
    public const string DifferentiableAttribute = "DiffCompile.DifferentiableAttribute";

    public const string DerivativeOfAttribute = "DiffCompile.DerivativeOfAttribute";
}
