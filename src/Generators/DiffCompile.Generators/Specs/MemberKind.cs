namespace DiffCompile.Generators.Specs;

/// <summary>The generated members of a method F.</summary>
internal enum MemberKind
{
    Gradient,
    ValueAndGradient,
    Jvp,
    Vjp,
    Jacobian,
    HessianVectorProduct,
    Hessian,
    Diagnose,
}
