using System.Globalization;
using System.Reflection;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>A derivative throws exactly when its method throws, and the same.</summary>
public sealed class ExceptionParityTests
{
    private const string Members = """
        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Guard(double x) { if (x < 0.0) { throw new ArgumentOutOfRangeException(nameof(x), "x must not be negative"); } return x * x; }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double TwoGuards(double x, double y)
        {
            if (x < 0.0) throw new ArgumentException("first");
            double t = x * y;
            if (y < 0.0) throw new InvalidOperationException("second");
            return t * 3.0;
        }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double InExpression(double x) => x > 0.0 ? x * x : throw new NotSupportedException();

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double InSwitch(double x, [NoGradient] int n) => n switch { 0 => x, 1 => x * x, < 0 => throw new ArgumentException("negative: " + nameof(n)), _ => throw new ArgumentOutOfRangeException(nameof(n)) };

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double NoArm(double x, [NoGradient] int n) => n switch { 0 => x, 1 => x * x };

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Linear(double x, [NoGradient] int n) { int k = checked(n * 1000000000); return k > 0 ? 3.0 * x : 2.0 * x; }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double UnusedOverflow(double x, [NoGradient] int n) { int k = checked(n + int.MaxValue); _ = k; return 3.0 * x; }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double IntegerDivision(double x, [NoGradient] int n) => x + 6 / n;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double IntegerRemainder(double x, [NoGradient] long n) => x + 6L % n;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double DivisionOverflow(double x, [NoGradient] int n) => x + int.MinValue / n;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double AbsOverflow(double x, [NoGradient] int n) => x + Math.Abs(n);

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Clamped(double x, double lo, double hi) => 2.0 * Math.Clamp(x, lo, hi) + x;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double UnusedClamp(double x, double lo, double hi) { double t = Math.Clamp(x, lo, hi); _ = t; return x * lo * hi; }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Signed(double x) => x * Math.Sign(x);

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double UnusedSign(double x) { int s = Math.Sign(x); _ = s; return x * 3.0; }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Rounded(double x, [NoGradient] int n) => x + Math.Round(x, n);

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double CheckedConversion(double x) => x * 2.0 + checked((int)Differentiation.StopGradient(x));

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double ThroughCall(double x, double y) => Guard(x) * y + Guard(y);

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double InUntakenBranch(double x, [NoGradient] int n) { if (x > 0.0) { return x * (6 / n); } return x * 2.0; }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double ShortCircuit(double x, [NoGradient] int n) => n != 0 && 6 / n > 2 ? x * x : x;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double SameConditionTwice(double x, [NoGradient] int n)
        {
            double r = x;
            if (x > 0.0) { r = r * x; }
            int k = 6 / n;
            if (x > 0.0) { r = r * k; }
            return r;
        }

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Opaque(double x) => Throwing(x) * 2.0;

        private static double Throwing(double x) { for (int i = 0; i < 2; i++) { if (x < i - 1) { throw new InvalidOperationException("opaque"); } } return x; }

        [DerivativeOf(nameof(Throwing))]
        private static double ThrowingVjp(double x, double value, double valueBar) => valueBar;
        """;

    private static readonly double[] Reals = [-1.5, -0.0, 0.0, 0.5, 2.5, double.NaN, double.PositiveInfinity, 1e300];
    private static readonly double[] Integers = [0, 1, -1, 2, 3, int.MaxValue, int.MinValue];

    private static readonly Lazy<Assembly> On = new(() => Load(optimize: true));
    private static readonly Lazy<Assembly> Off = new(() => Load(optimize: false));

    public static TheoryData<string> Names =>
    [
        "Guard", "TwoGuards", "InExpression", "InSwitch", "Linear", "UnusedOverflow", "IntegerDivision", "IntegerRemainder", "DivisionOverflow", "AbsOverflow",
        "Clamped", "UnusedClamp", "Signed", "UnusedSign", "Rounded", "CheckedConversion", "ThroughCall", "InUntakenBranch", "SameConditionTwice", "Opaque",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_throw_what_the_method_throws(string name)
    {
        int thrown = 0;
        int returned = 0;
        foreach (Assembly assembly in new[] { On.Value, Off.Value })
        {
            DifferentiableMethod f = Compiled.Method(assembly, name);
            double[] v = [.. f.Active.Select(_ => 0.75)];
            foreach (double[] x in Points(f))
            {
                string primal = Outcome(() => f.Value(x));
                _ = primal.Length > 0 ? thrown++ : returned++;
                string at = string.Join(", ", x.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));
                Outcome(() => f.Gradient(x)).ShouldBe(primal, "gradient at " + at);
                Outcome(() => f.ValueAndGradient(x)).ShouldBe(primal, "value and gradient at " + at);
                Outcome(() => f.Jvp(x, v)).ShouldBe(primal, "JVP at " + at);
                Outcome(() => f.Vjp(x, [0.5])).ShouldBe(primal, "VJP at " + at);
                Outcome(() => f.HessianVectorProduct(x, v)).ShouldBe(primal, "HVP at " + at);
                Outcome(() => f.Hessian(x)).ShouldBe(primal, "Hessian at " + at);
            }
        }

        thrown.ShouldBePositive();
        returned.ShouldBePositive();
    }

    [Fact]
    public void A_guard_by_short_circuit_holds()
    {
        foreach (double[] x in Points(Compiled.Method(On.Value, "ShortCircuit")))
        {
            Compiled.Method(On.Value, "ShortCircuit").Hessian(x);
            Compiled.Method(Off.Value, "ShortCircuit").Hessian(x);
        }
    }

    /// <summary>The type is that of the method's exception; its message lacks the unmatched value.</summary>
    [Fact]
    public void A_switch_expression_without_a_fitting_arm()
    {
        DifferentiableMethod f = Compiled.Method(On.Value, "NoArm");
        Type expected = Compiled.Thrown(() => f.Value([1.0, 7.0]))!.GetType();
        Compiled.Thrown(() => f.Gradient([1.0, 7.0])).ShouldNotBeNull().ShouldBeOfType(expected);
        Compiled.Thrown(() => f.HessianVectorProduct([1.0, 7.0], [1.0])).ShouldNotBeNull().ShouldBeOfType(expected);
    }

    private static string Outcome(Action action)
    {
        Exception? e = Compiled.Thrown(action);
        while (e is TargetInvocationException { InnerException: { } inner })
        {
            e = inner;
        }

        return e is null ? "" : e.GetType().Name + ": " + e.Message;
    }

    private static IEnumerable<double[]> Points(DifferentiableMethod f) => f.InputTypes.Aggregate<Type, IEnumerable<double[]>>(
        [[]], (points, type) => points.SelectMany(p => (Flattening.IsFloat(type) ? Reals : Integers).Select(x => (double[])[.. p, x])));

    // The compiler warns of the switch without an arm for every number, which is what is tested.
    private static Assembly Load(bool optimize) => Compiled.Load("#pragma warning disable CS8509\n" + Members, optimize: optimize);
}
