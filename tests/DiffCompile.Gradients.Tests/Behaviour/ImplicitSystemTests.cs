using System.Reflection;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Methods that solve systems of equations: their memory, singular equations, and what is refused.</summary>
public sealed class ImplicitSystemTests
{
    private const string Circle = """
        [Root(nameof(Both))]
        private static void Meet(double r, double c, [NoGradient] int rounds, Span<double> x)
        {
            x[0] = 1.0;
            x[1] = 0.5;
            for (int i = 0; i < rounds; i++)
            {
                double f = (x[0] * x[0]) + (x[1] * x[1]) - r, g = x[0] - x[1] - c, d = 2.0 * (x[0] + x[1]);
                (x[0], x[1]) = (x[0] - ((f + (2.0 * x[1] * g)) / d), x[1] - ((f - (2.0 * x[0] * g)) / d));
            }
        }

        private static void Both(ReadOnlySpan<double> x, double r, double c, Span<double> residual)
        {
            residual[0] = (x[0] * x[0]) + (x[1] * x[1]) - r;
            residual[1] = x[0] - x[1] - c;
        }

        """;

    [Theory]
    [InlineData("FJvp", 0.2)]
    [InlineData("FVjp", 0.2)]
    [InlineData("FGradient", 0.2)]
    [InlineData("FHessianVectorProduct", 0.2)]
    public void Memory_does_not_depend_on_the_number_of_rounds(string member, double c)
    {
        MethodInfo method = Member(Circle + """
            [Differentiable(DerivativeModes.SecondOrder)]
            public static double F(double r, double c, [NoGradient] int rounds)
            {
                Span<double> x = new double[2];
                Meet(r, c, rounds, x);
                return x[0] * x[1];
            }
            """, member);
        long Capacity(int rounds)
        {
            var workspace = new DerivativeWorkspace();
            object?[] given = [2.0, c, rounds, .. Enumerable.Repeat<object?>(1.0, method.GetParameters().Length - 4), workspace];
            method.Invoke(null, given);
            return workspace.Capacity;
        }

        Capacity(50_000).ShouldBe(Capacity(20));
    }

    // A matrix and seven vectors for each solution would be 12 MB.
    [Theory]
    [InlineData("FJvp")]
    [InlineData("FVjp")]
    public void Solutions_in_a_loop_need_memory_for_one_matrix(string member)
    {
        MethodInfo method = Member(Circle + """
            [Differentiable]
            public static double F(double r, double c, int n)
            {
                Span<double> x = new double[2];
                double sum = c;
                for (int i = 0; i < n; i++)
                {
                    Meet(r, 0.1 * Math.Sin(sum), 10, x);
                    sum += x[0];
                }

                return sum;
            }
            """, member);
        var workspace = new DerivativeWorkspace();
        object?[] given = [2.0, 0.2, 50_000, .. Enumerable.Repeat<object?>(1.0, method.GetParameters().Length - 4), workspace];
        method.Invoke(null, given);
        workspace.Capacity.ShouldBeLessThan(member == "FJvp" ? 100_000 : 6_000_000);
    }

    // The line touches the circle: x + y = 0 there, and the two equations are one.
    [Theory]
    [InlineData("FJvp")]
    [InlineData("FVjp")]
    public void A_singular_system_is_an_argument_exception(string member)
    {
        MethodInfo method = Member(Circle.Replace("rounds; i++", "0; i++").Replace("x[1] = 0.5", "x[1] = -1.0") + """
            [Differentiable]
            public static double F(double r, double c, int rounds)
            {
                Span<double> x = new double[2];
                Meet(r, c, rounds, x);
                return x[0] * x[1];
            }
            """, member);
        object?[] given = [2.0, 2.0, 0, .. Enumerable.Repeat<object?>(1.0, method.GetParameters().Length - 4), null];
        Should.Throw<ArgumentException>(() => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, given, null)).Message.ShouldContain("singular");
    }

    [Theory]
    [InlineData("[Root(nameof(R))] static void [|S|](double a, Span<double> x, Span<double> y) { } static void R(ReadOnlySpan<double> x, double a, Span<double> r) { }", "DC3032", "fill one Span<double>")]
    [InlineData("[Root(nameof(R))] static void [|S|](double a) { } static void R(double x, double a) { }", "DC3032", "fill one Span<double>")]
    [InlineData("[Root(nameof(R))] static void [|S|](float a, Span<float> x) { } static void R(ReadOnlySpan<float> x, float a, Span<float> r) { }", "DC3032", "fill one Span<double>")]
    [InlineData("[FixedPoint(nameof(R))] static void [|S|](Span<double> x) { } static void R(ReadOnlySpan<double> x, Span<double> r) { }", "DC3032", "no double or float input")]
    [InlineData("[Root(nameof(R))] static void S(double a, Span<double> x) { } static void [|R|](Span<double> x, double a, Span<double> r) { }", "DC3031", "a ReadOnlySpan<double>")]
    [InlineData("[Root(nameof(R))] static void S(double a, Span<double> x) { } static void [|R|](ReadOnlySpan<double> x, Span<double> r, double a) { }", "DC3031", "its last parameter must be a Span<double>")]
    [InlineData("[Root(nameof(R))] static void S(double a, double b, Span<double> x) { } static void [|R|](ReadOnlySpan<double> x, double a, Span<double> r) { }", "DC3031", "no parameter 'b'")]
    [InlineData("[Root(nameof(R))] static void S(double a, Span<double> x) { } static double [|R|](ReadOnlySpan<double> x, double a) => a;", "DC3031", "must return void")]
    [InlineData("[FixedPoint([|\"Q\"|])] static void S(double a, Span<double> x) { }", "DC3030", "static void Q(ReadOnlySpan<double> root, double a, Span<double> next)")]
    [InlineData("[Checkpoint] [Root(nameof(R))] static void [|S|](double a, Span<double> x) { } static void R(ReadOnlySpan<double> x, double a, Span<double> r) { }", "DC3032", "[Checkpoint]")]
    public async Task What_states_no_system_is_refused_at_its_name(string members, string id, string reason)
    {
        string source = members.Replace("[|", "").Replace("|]", "");
        CSharpCompilation compilation = Compiled.Source(source);
        Diagnostic found = (await GeneratorHarness.AnalyzeAsync(compilation)).ShouldHaveSingleItem();
        found.Id.ShouldBe(id);
        found.GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain(reason);
        string text = compilation.SyntaxTrees.Select(t => t.ToString()).Single(t => t.Contains(source, StringComparison.Ordinal));
        text = text.Insert(found.Location.SourceSpan.End, "|]").Insert(found.Location.SourceSpan.Start, "[|");
        text.ShouldContain(members);
    }

    private static MethodInfo Member(string members, string name) =>
        Compiled.Load(members).GetType("C", throwOnError: true)!.GetMethod(name, BindingFlags.Static | BindingFlags.Public)!;
}
