using System.Globalization;

namespace DiffCompile.Verification;

/// <summary>What is compared in one check.</summary>
public enum GradientCheckKind
{
    /// <summary>The function was finite at one point at least; else nothing can be said of its derivatives.</summary>
    Coverage,

    /// <summary>A derivative throws exactly when the function throws, and the same type of exception.</summary>
    ExceptionParity,

    /// <summary>The JVP against finite differences of the value.</summary>
    Jvp,

    /// <summary>The VJP against finite differences of the value, with random cotangents.</summary>
    Vjp,

    /// <summary>The VJP adds to its destination rather than overwriting it.</summary>
    Accumulation,

    /// <summary>⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ for random ȳ and ẋ.</summary>
    InnerProduct,

    /// <summary>The gradient against finite differences of the value.</summary>
    Gradient,

    /// <summary>The gradient against the VJP, which with cotangent c is c times as large.</summary>
    GradientAgainstVjp,

    /// <summary>The Hessian-vector product against finite differences of the gradient.</summary>
    HessianVectorProduct,

    /// <summary>⟨w, H v⟩ = ⟨v, H w⟩ for random v and w.</summary>
    HessianSymmetry,
}

/// <summary>How one check ended.</summary>
public enum GradientCheckOutcome
{
    /// <summary>Both sides agree.</summary>
    Passed,

    /// <summary>They do not.</summary>
    Failed,

    /// <summary>They agree within the error of the finite differences, but that is too large to mean anything.</summary>
    Inconclusive,
}

/// <summary>One comparison at one point.</summary>
/// <param name="Kind">What is compared.</param>
/// <param name="Component">Which input or output, or along which direction; empty where there is only one.</param>
/// <param name="Expected">What it should be: from finite differences, or from the other derivative.</param>
/// <param name="Found">What the derivative says.</param>
/// <param name="Tolerance">Difference that was allowed, absolute.</param>
/// <param name="Point">All inputs.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Note">What numbers cannot say, such as the exception; else empty.</param>
public sealed record GradientCheckEntry(
    GradientCheckKind Kind,
    string Component,
    double Expected,
    double Found,
    double Tolerance,
    IReadOnlyList<double> Point,
    GradientCheckOutcome Outcome,
    string Note = "")
{
    /// <summary>One line: what, where, expected and found.</summary>
    public override string ToString()
    {
        string component = Component.Length > 0 ? " [" + Component + "]" : "";
        string what = Note.Length > 0 ? Note : string.Create(
            CultureInfo.InvariantCulture, $"expected {Expected:R}, found {Found:R}, allowed difference {Tolerance:G2}");
        string point = Point.Count == 0 ? "" : " at (" + string.Join(", ", Point.Select(x => x.ToString("R", CultureInfo.InvariantCulture))) + ")";
        return $"{Outcome}: {Kind}{component}: {what}{point}";
    }
}
