using System.Reflection;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>The debug member names the first operation that makes a NaN or an infinity.</summary>
public sealed class NonFiniteTests
{
    private const string Members = """
        [Differentiable(DerivativeModes.All)]
        public static double InValue(double x, double y)
        {
            double a = x * y;
            double b = Math.Log(a);
            return b * x;
        }

        [Differentiable(DerivativeModes.All)]
        public static double InCotangent(double x, double y)
        {
            double a = Math.Sqrt(x);
            return a * y;
        }

        [Differentiable(DerivativeModes.All)]
        public static double InBranch(double x, double y)
        {
            if (y > 0.0)
            {
                double q = x / y;
                return 1.0 / (q - 1.0);
            }

            return Math.Sqrt(y) * x;
        }

        [Differentiable(DerivativeModes.All)]
        public static double InCall(double x) => Inner(x) + 1.0;

        private static double Inner(double x) => Math.Exp(x * 1000.0) * 2.0;

        [Differentiable(DerivativeModes.All)]
        public static double InTernary(double x) => x > 0.0 ? Math.Log(x) : Math.Sqrt(x) * 3.0;

        [Differentiable(DerivativeModes.All)]
        public static double InCotangentOfBranch(double x, double y)
        {
            double r = y;
            if (y > 0.0)
            {
                r = Math.Cbrt(x) * y;
            }

            return r + x;
        }
        """;

    private static readonly Lazy<Assembly> On = new(() => Compiled.Load(Members));
    private static readonly Lazy<Assembly> Off = new(() => Compiled.Load(Members, optimize: false));

    public static TheoryData<string, double[], string, string, string> Cases => new()
    {
        { "InValue", [-1.0, 2.0], "Math.Log(a)", "value", "NaN" },
        { "InValue", [0.0, 2.0], "Math.Log(a)", "value", "-infinity" },
        { "InValue", [1e200, 1e200], "x * y", "value", "+infinity" },
        { "InCotangent", [0.0, 2.0], "Math.Sqrt(x)", "cotangent", "+infinity" },
        { "InCotangent", [-1.0, 2.0], "Math.Sqrt(x)", "value", "NaN" },
        { "InBranch", [2.0, 2.0], "1.0 / (q - 1.0)", "value", "+infinity" },
        { "InBranch", [2.0, -2.0], "Math.Sqrt(y)", "value", "NaN" },
        { "InBranch", [2.0, 0.0], "Math.Sqrt(y)", "cotangent", "+infinity" },
        { "InCall", [1.0], "Math.Exp(x * 1000.0)", "value", "+infinity" },
        { "InTernary", [-1.0], "Math.Sqrt(x)", "value", "NaN" },
        { "InTernary", [0.0], "Math.Sqrt(x)", "cotangent", "+infinity" },
        { "InCotangentOfBranch", [0.0, 2.0], "Math.Cbrt(x)", "cotangent", "+infinity" },
    };

    public static TheoryData<string, double[]> Sound => new()
    {
        { "InValue", [1.0, 2.0] },
        { "InCotangent", [1.0, 2.0] },
        { "InCotangent", [0.0, 0.0] },
        { "InBranch", [1.0, 2.0] },
        { "InCall", [0.5] },
        { "InTernary", [2.0] },
        { "InCotangentOfBranch", [0.0, -2.0] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_first_operation_is_named(string name, double[] x, string operation, string quantity, string number)
    {
        foreach (Assembly assembly in new[] { On.Value, Off.Value })
        {
            NonFiniteOperation found = Find(assembly, name, x).ShouldNotBeNull();
            found.Operation.ShouldBe(operation);
            found.Quantity.ShouldBe(quantity);
            found.ToString().ShouldEndWith($"is {number}.");
            found.File.ShouldBe("Source1.cs");
            LineOf(found.Line).ShouldContain(operation);
        }
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Nothing_is_named_where_all_is_finite(string name, double[] x)
    {
        Find(On.Value, name, x).ShouldBeNull();
        Find(Off.Value, name, x).ShouldBeNull();
        Compiled.Method(On.Value, name).Gradient(x).ShouldAllBe(g => double.IsFinite(g));
    }

    private static NonFiniteOperation? Find(Assembly assembly, string name, double[] x) =>
        (NonFiniteOperation?)Compiled.Call(assembly, name + "FindNonFinite", [.. x.Cast<object?>()]);

    private static string LineOf(int line) => Compiled.Source(Members).SyntaxTrees[1].GetText().Lines[line - 1].ToString();
}
