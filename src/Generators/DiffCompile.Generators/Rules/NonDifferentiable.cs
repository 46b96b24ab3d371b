namespace DiffCompile.Generators.Rules;

/// <summary>A method that will not get a rule: why, and what to write instead.</summary>
internal sealed record Refusal(string Method, string Reason, string Instead);

/// <summary>Methods known to have no usable derivative. They are refused with their own reason, not as unknown.</summary>
internal static class NonDifferentiable
{
    private static readonly Dictionary<string, Refusal> ByMethod = Rows.ToDictionary(refusal => refusal.Method);

    public static IEnumerable<Refusal> Rows =>
    [
        .. Everywhere("ILogB", "gives the exponent as an int, a step function of its operand", "Math.Floor(Math.Log2(x)) where a step is meant, else Math.Log2(x)"),
        .. Everywhere("BitIncrement", "moves to the neighbouring floating-point number, which is no function of a real number", "x itself, or a stated small step"),
        .. Everywhere("BitDecrement", "moves to the neighbouring floating-point number, which is no function of a real number", "x itself, or a stated small step"),
        .. Everywhere("ReciprocalEstimate", "gives a value that depends on the processor, a step function of few bits", "1.0 / x"),
        .. Everywhere("ReciprocalSqrtEstimate", "gives a value that depends on the processor, a step function of few bits", "1.0 / Math.Sqrt(x)"),
        .. Numbers("MaxNative", "gives a value that depends on the processor for NaN and signed zeros", "Math.Max(x, y)"),
        .. Numbers("MinNative", "gives a value that depends on the processor for NaN and signed zeros", "Math.Min(x, y)"),
        .. Numbers("ClampNative", "gives a value that depends on the processor for NaN and signed zeros", "Math.Clamp(x, min, max)"),
        .. Everywhere("SinCos", "gives two values at once", "Math.Sin(x) and Math.Cos(x)"),
        .. Numbers("SinCosPi", "gives two values at once", "double.SinPi(x) and double.CosPi(x)"),
        .. Numbers("ConvertToInteger", "turns its operand into an integer, which loses the derivative", "Math.Truncate(x) where a step is meant"),
        .. Numbers("ConvertToIntegerNative", "turns its operand into an integer, which loses the derivative", "Math.Truncate(x) where a step is meant"),
    ];

    /// <summary>Why a method "Namespace.Type.Method" is refused; null when it is not listed.</summary>
    public static Refusal? Find(string qualifiedName) => ByMethod.TryGetValue(qualifiedName, out Refusal? refusal) ? refusal : null;

    private static IEnumerable<Refusal> Everywhere(string name, string reason, string instead) =>
        In(["System.Math.", "System.MathF.", "System.Double.", "System.Single."], name, reason, instead);

    private static IEnumerable<Refusal> Numbers(string name, string reason, string instead) =>
        In(["System.Double.", "System.Single."], name, reason, instead);

    private static IEnumerable<Refusal> In(string[] types, string name, string reason, string instead) =>
        types.Select(type => new Refusal(type + name, reason, instead));
}
