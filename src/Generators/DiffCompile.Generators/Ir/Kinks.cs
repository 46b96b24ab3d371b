namespace DiffCompile.Generators.Ir;

/// <summary>Mirror of the runtime's KinkConvention.</summary>
internal enum Kinks
{
    Symmetric,
    Left,
    Right,
}
