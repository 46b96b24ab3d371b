using System.Globalization;
using System.Reflection;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Rows;

/// <summary>What exactly is taken at kinks and at the ends of domains, in the members that authors get.</summary>
public sealed class EdgeValueTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    // A zero stops an infinity only where it comes first on the way: forward mode meets the infinite slope first and then the
    // zero factor, reverse mode the other way round. This is what forward mode gives where it differs.
    private static readonly Dictionary<(string Text, double At), double> Forward = new()
    {
        [("y * Math.Sqrt(x)", 0.0)] = NaN,
        [("y * Math.Log(x)", 0.0)] = NaN,
        [("Math.Asin(x) * y", 1.0)] = NaN,
        [("Math.Sqrt(x * x)", 0.0)] = 0.0,
        [("(x - x) / y", 1.0)] = 0.0,
    };

    private static readonly (string Text, string Kinks, double[] At, double[] Gradient)[] Table =
    [
        ("Math.Abs(x)", "Symmetric", [0.0], [0.0]),
        ("Math.Abs(x)", "Left", [0.0], [-1.0]),
        ("Math.Abs(x)", "Right", [0.0], [1.0]),
        ("Math.Abs(x)", "Right", [-0.0], [1.0]),
        ("Math.Abs(x)", "Symmetric", [NaN], [NaN]),
        ("Math.Max(x, y)", "Symmetric", [1.5, 1.5], [0.5, 0.5]),
        ("Math.Max(x, y)", "Left", [1.5, 1.5], [0.0, 1.0]),
        ("Math.Max(x, y)", "Right", [1.5, 1.5], [1.0, 0.0]),
        ("Math.Max(x, y)", "Symmetric", [0.0, -0.0], [0.5, 0.5]),
        ("Math.Max(x, y)", "Symmetric", [NaN, 1.0], [NaN, NaN]),
        ("Math.Min(x, y)", "Symmetric", [1.5, 1.5], [0.5, 0.5]),
        ("Math.Min(x, y)", "Left", [1.5, 1.5], [1.0, 0.0]),
        ("Math.Min(x, y)", "Right", [1.5, 1.5], [0.0, 1.0]),
        ("Math.Max(x, 0.0)", "Symmetric", [0.0], [0.5]),
        ("Math.Max(x, 0.0)", "Left", [0.0], [0.0]),
        ("Math.Max(x, 0.0)", "Right", [0.0], [1.0]),
        ("Math.Clamp(x, -1.0, 1.0)", "Symmetric", [1.0], [0.5]),
        ("Math.Clamp(x, -1.0, 1.0)", "Left", [1.0], [1.0]),
        ("Math.Clamp(x, -1.0, 1.0)", "Right", [1.0], [0.0]),
        ("Math.Clamp(x, -1.0, 1.0)", "Left", [-1.0], [0.0]),
        ("Math.Clamp(x, -1.0, 1.0)", "Right", [-1.0], [1.0]),
        ("Math.Clamp(x, -1.0, 1.0)", "Symmetric", [7.0], [0.0]),
        ("Math.Min(1.0, 1.0 / x)", "Symmetric", [0.0], [0.0]),
        ("Math.Min(1.0, 1.0 / x)", "Symmetric", [0.5], [0.0]),
        ("Math.Min(1.0, 1.0 / x)", "Symmetric", [2.0], [-0.25]),
        ("Math.Max(x, Math.Sqrt(y))", "Symmetric", [1.0, 0.0], [1.0, 0.0]),
        ("Math.Sqrt(x)", "Symmetric", [0.0], [Inf]),
        ("Math.Sqrt(x)", "Symmetric", [-1.0], [NaN]),
        ("Math.Sqrt(x)", "Symmetric", [Inf], [0.0]),
        ("y * Math.Sqrt(x)", "Symmetric", [0.0, 0.0], [0.0, 0.0]),
        ("y * Math.Sqrt(x)", "Symmetric", [0.0, 2.0], [Inf, 0.0]),
        ("Math.Sqrt(x * x)", "Symmetric", [0.0], [NaN]),
        ("Math.Sqrt(x * x + y * y)", "Symmetric", [3.0, 4.0], [0.6, 0.8]),
        ("double.Hypot(x, y)", "Symmetric", [0.0, 0.0], [0.0, 0.0]),
        ("double.Hypot(x, y)", "Symmetric", [-2.0, 0.0], [-1.0, 0.0]),
        ("Math.Atan2(x, y)", "Symmetric", [0.0, 0.0], [0.0, 0.0]),
        ("Math.Atan2(x, y)", "Symmetric", [0.0, -2.0], [-0.5, 0.0]),
        ("Math.Atan2(x, y)", "Symmetric", [2.0, 0.0], [0.0, -0.5]),
        ("Math.Cbrt(x)", "Symmetric", [0.0], [Inf]),
        ("y * Math.Log(x)", "Symmetric", [0.0, 0.0], [0.0, -Inf]),
        ("Math.Log(x)", "Symmetric", [0.0], [Inf]),
        ("Math.Pow(x, 0.0) + x", "Symmetric", [0.0], [1.0]),
        ("Math.Pow(x, 1.0)", "Symmetric", [0.0], [1.0]),
        ("Math.Pow(x, 2.0)", "Symmetric", [0.0], [0.0]),
        ("Math.Pow(x, 2.0)", "Symmetric", [-3.0], [-6.0]),
        ("Math.Pow(x, 3.0)", "Symmetric", [-2.0], [12.0]),
        ("Math.Pow(x, 0.5)", "Symmetric", [0.0], [Inf]),
        ("Math.Pow(x, 1.7)", "Symmetric", [0.0], [0.0]),
        ("Math.Pow(x, -1.0)", "Symmetric", [0.0], [-Inf]),
        ("Math.Pow(x, y)", "Symmetric", [0.0, 2.0], [0.0, 0.0]),
        ("Math.Pow(x, y)", "Symmetric", [0.0, 1.0], [1.0, 0.0]),
        ("Math.Pow(x, y)", "Symmetric", [0.0, 0.0], [0.0, -Inf]),
        ("Math.Pow(x, y)", "Symmetric", [-2.0, 3.0], [12.0, NaN]),
        ("Math.Pow(2.0, x)", "Symmetric", [0.0], [0.6931471805599453]),
        ("Math.Asin(x)", "Symmetric", [1.0], [Inf]),
        ("Math.Acosh(x)", "Symmetric", [1.0], [Inf]),
        ("Math.Atanh(x)", "Symmetric", [1.0], [Inf]),
        ("Math.Asin(x) * y", "Symmetric", [1.0, 0.0], [0.0, 1.5707963267948966]),
        ("x / y", "Symmetric", [1.0, 0.0], [Inf, -Inf]),
        ("(x - x) / y", "Symmetric", [1.0, 0.0], [NaN, NaN]),
        ("x % y", "Symmetric", [-7.5, 2.0], [1.0, 3.0]),
        ("x % y", "Symmetric", [7.5, -2.0], [1.0, 3.0]),
        ("Math.IEEERemainder(x, y)", "Symmetric", [7.5, 2.0], [1.0, -4.0]),
        ("x * Math.Floor(x)", "Symmetric", [2.0], [2.0]),
        ("x * Math.Sign(x)", "Symmetric", [0.0], [0.0]),
        ("Math.CopySign(x, y)", "Symmetric", [-2.0, 3.0], [-1.0, 0.0]),
        ("SpecialFunctions.LogAddExp(x, y)", "Symmetric", [double.NegativeInfinity, 1.0], [0.0, 1.0]),
        ("SpecialFunctions.LogAddExp(x, y)", "Symmetric", [double.NegativeInfinity, double.NegativeInfinity], [0.5, 0.5]),
        ("SpecialFunctions.LogAddExp(x, y)", "Symmetric", [800.0, 800.0], [0.5, 0.5]),
        ("SpecialFunctions.Sigmoid(x)", "Symmetric", [800.0], [0.0]),
        ("SpecialFunctions.Erf(x)", "Symmetric", [Inf], [0.0]),
        ("Math.Exp(-x * x)", "Symmetric", [1e200], [0.0]),
        ("x > 0.0 ? Math.Log(x) * x : 0.0", "Symmetric", [0.0], [0.0]),
        ("x > 0.0 ? Math.Log(x) * x : 0.0", "Symmetric", [-1.0], [0.0]),
    ];

    private static readonly (string Text, double[] At, double[] Direction, double[] Product)[] Second =
    [
        ("y * Math.Sqrt(x)", [4.0, 0.0], [1.0, 0.0], [0.0, 0.25]),
        ("y * Math.Sqrt(x)", [4.0, 0.0], [0.0, 1.0], [0.25, 0.0]),
        ("y * Math.Log(x)", [2.0, 0.0], [1.0, 0.0], [0.0, 0.5]),
        ("Math.Pow(x, 2.0)", [0.0], [1.0], [2.0]),
        ("Math.Pow(x, 3.0)", [0.0], [1.0], [0.0]),
        ("Math.Pow(x, 1.0)", [0.0], [1.0], [0.0]),
        ("Math.Pow(x, y)", [0.0, 2.0], [1.0, 0.0], [2.0, 0.0]),
        ("x * Math.Abs(x)", [-2.0], [1.0], [-2.0]),
        ("Math.Abs(x) * y", [-2.0, 3.0], [1.0, 0.0], [0.0, -1.0]),
        ("Math.Max(x, y) * x", [1.0, 3.0], [0.0, 1.0], [1.0, 0.0]),
        ("Math.Clamp(x, 0.0, 2.0) * x", [1.0], [1.0], [2.0]),
        ("Math.Min(1.0, 1.0 / x)", [0.0], [1.0], [0.0]),
    ];

    private static readonly Lazy<Assembly> On = new(() => Compiled.Load(Members()));
    private static readonly Lazy<Assembly> Off = new(() => Compiled.Load(Members(), optimize: false));

    public static TheoryData<int> First => [.. Enumerable.Range(0, Table.Length)];

    public static TheoryData<int> SecondOrder => [.. Enumerable.Range(0, Second.Length)];

    [Theory]
    [MemberData(nameof(First))]
    public void First_derivative(int index)
    {
        (string text, string kinks, double[] at, double[] expected) = Table[index];
        foreach (DifferentiableMethod f in new[] { Compiled.Method(On.Value, Name(text, kinks)), Compiled.Method(Off.Value, Name(text, kinks)) })
        {
            Same(f.Gradient(at), expected, text);
            for (int i = 0; i < at.Length; i++)
            {
                double[] unit = new double[at.Length];
                unit[i] = 1.0;
                bool differs = i == 0 && !(at is [_, > 0.0] && expected[0] == Inf) && Forward.ContainsKey((text, at[0]));
                Same(f.Jvp(at, unit).Tangent, [differs ? Forward[(text, at[0])] : expected[i]], text + " forward");
            }

            Same(f.Vjp(at, [2.0]), [.. expected.Select(g => 2.0 * g)], text + " pulled back");

            // No cotangent, no contribution, unless an input is NaN.
            if (!at.Any(double.IsNaN) && double.IsFinite(f.Value(at)[0]))
            {
                Same(f.Vjp(at, [0.0]), new double[at.Length], text + " with zero cotangent");
                Same(f.Jvp(at, new double[at.Length]).Tangent, [0.0], text + " with zero tangent");
            }
        }
    }

    [Theory]
    [MemberData(nameof(SecondOrder))]
    public void Second_derivative(int index)
    {
        (string text, double[] at, double[] direction, double[] expected) = Second[index];
        Same(Compiled.Method(On.Value, Name(text, "Symmetric")).HessianVectorProduct(at, direction), expected, text);
        Same(Compiled.Method(Off.Value, Name(text, "Symmetric")).HessianVectorProduct(at, direction), expected, text);
    }

    private static void Same(double[] actual, double[] expected, string text)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = actual[i] == expected[i] || (double.IsNaN(actual[i]) && double.IsNaN(expected[i]))
                || Math.Abs(actual[i] - expected[i]) <= 1e-15 * Math.Abs(expected[i]);
            same.ShouldBeTrue($"{text} [{i}]: {actual[i].ToString("R", CultureInfo.InvariantCulture)} for {expected[i].ToString("R", CultureInfo.InvariantCulture)}");
        }
    }

    private static IEnumerable<(string Text, string Kinks)> Functions() =>
        Table.Select(t => (t.Text, t.Kinks)).Concat(Second.Select(t => (t.Text, Kinks: "Symmetric"))).Distinct();

    private static string Name(string text, string kinks) => "F" + Functions().ToList().IndexOf((text, kinks)).ToString(CultureInfo.InvariantCulture);

    private static string Members() => string.Join("\n", Functions().Select(f =>
        $"[Differentiable(DerivativeModes.SecondOrder, Kinks = KinkConvention.{f.Kinks})] public static double {Name(f.Text, f.Kinks)}(double x{(HasY(f.Text) ? ", double y" : "")}) => {f.Text};"));

    private static bool HasY(string text) => System.Text.RegularExpressions.Regex.IsMatch(text, @"\by\b");
}
