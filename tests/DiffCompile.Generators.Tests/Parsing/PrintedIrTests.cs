using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>What the IR looks like: names, literals, shape of branches. What it computes is tested in Accepted.</summary>
public class PrintedIrTests
{
    [Fact]
    public void Literals_and_constants_keep_the_authors_text() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x) => x * 1e-3 + 2 + Math.PI - 0x10;").ShouldBe("""
            F(double x)
              %1 = mul x 1e-3
              %2 = add %1 2.0
              %3 = add %2 global::System.Math.PI
              %4 = sub %3 16.0
              return %4
            """);

    [Fact]
    public void Values_carry_the_names_of_locals_and_reassigned_ones_the_same_name() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x) { double y = x * 2; double z = y; y += z; return y; }").ShouldBe("""
            F(double x)
              y = mul x 2.0
              y#2 = add y y
              return y#2
            """);

    [Fact]
    public void Leaves_of_structs_are_named_after_their_members() =>
        ParserHarness.Ir(
            "[Differentiable] public static Model F(double logM, Model model) { var next = model with { LogMmin = logM * 2 }; return next; }",
            "public readonly record struct Model(double LogMmin, double Sigma);").ShouldBe("""
            F(double logM, double logMmin, double sigma)
              logMmin#2 = mul logM 2.0
              return logMmin#2 sigma
            """);

    [Fact]
    public void What_follows_a_branch_that_returns_goes_into_the_other_side() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x) { if (x < 0) return -x; double y = x * x; return y + 1; }").ShouldBe("""
            F(double x)
              %1 = lt x 0.0
              if %1
                %2 = neg x
                yield %2
              else
                y = mul x x
                %3 = add y 1.0
                yield %3
              result = end
              return result
            """);

    [Fact]
    public void A_guard_clause_does_not_nest() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x) { if (x < 0) throw new ArgumentException(\"negative\", nameof(x)); return Math.Sqrt(x); }").ShouldBe("""
            F(double x)
              %1 = lt x 0.0
              if %1
                throw new global::System.ArgumentException("negative", "x")
              %2 = sqrt x
              return %2
            """);

    [Fact]
    public void Variables_that_differ_after_a_branch_are_its_results() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x, int n) { double y = 1, z = 2; if (n > 0) { y = x; } else { z = x; n = 3; } return y * z; }").ShouldBe("""
            F(double x, int n)
              %1 = gt n 0
              if %1
                yield n x 2.0
              else
                yield 3 1.0 x
              n#2, y, z = end
              %2 = mul y z
              return %2
            """);

    [Fact]
    public void A_return_on_some_paths_becomes_a_flag() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x, double y) { if (x > 0) { if (y > 0) { return 1; } x = 2; } return x; }").ShouldBe("""
            F(double x, double y)
              %1 = gt x 0.0
              if %1
                %2 = gt y 0.0
                if %2
                  yield true 1.0
                else
                  yield false 0.0
                returned, result = end
                yield returned result 2.0
              else
                yield false 0.0 x
              returned#2, result#2, x#2 = end
              if returned#2
                yield result#2
              else
                yield x#2
              result#3 = end
              return result#3
            """);

    [Fact]
    public void Calls_of_methods_helpers_and_local_functions_are_kept_by_key() =>
        ParserHarness.Print(ParserHarness.Parse(ParserHarness.Compile("""
            public static partial class C
            {
                [Differentiable] public static double F(double x) { return G(x) + H(x) + L(x); static double L(double t) => t * t; }
                private static double H(double x) => 2 * x;
            }
            public static partial class C { [Differentiable] public static double G(double x) => x; }
            """))[0].Result).ShouldBe("""
            F(double x)
              %1 = call M:C.G(System.Double)(x)
              %2 = call M:C.H(System.Double)(x)
              %3 = add %1 %2
              %4 = call M:C.F(System.Double)/L(x)
              %5 = add %3 %4
              return %5
            H(double x)
              %1 = mul 2.0 x
              return %1
            L(double t)
              %1 = mul t t
              return %1
            """);

    [Fact]
    public void Conversions_are_equations_and_checked_contexts_are_kept() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x, int n, float f) => checked(n + (int)x) + f;").ShouldBe("""
            F(double x, int n, float f)
              %1 = convert.checked int x
              %2 = add.checked n %1
              %3 = convert float %2
              %4 = add %3 f
              %5 = convert double %4
              return %5
            """);

    [Fact]
    public void A_project_that_checks_overflow_gets_checked_integers_only() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x, int n) => x * x + unchecked(n * n) + n * n;", checkOverflow: true).ShouldBe("""
            F(double x, int n)
              %1 = mul x x
              %2 = mul n n
              %3 = convert double %2
              %4 = add %1 %3
              %5 = mul.checked n n
              %6 = convert double %5
              %7 = add %4 %6
              return %7
            """);

    [Fact]
    public void The_kink_convention_reaches_helpers() =>
        ParserHarness.Ir("[Differentiable(Kinks = KinkConvention.Left)] public static double F(double x) => H(x); private static double H(double x) => Math.Abs(x);").ShouldBe("""
            F(double x)
              %1 = call M:C.H(System.Double)~Left(x)
              return %1
            H(double x)
              %1 = abs x @Left
              return %1
            """);

    [Fact]
    public void The_text_and_line_of_operations_are_kept_only_for_the_diagnosing_member() =>
        ParserHarness.Ir("[Differentiable(DerivativeModes.Diagnose)]\npublic static double F(double x) =>\n  Math.Log(x)\n  * 2;").ShouldBe("""
            F(double x)
              %1 = log x  // Source.cs:6 Math.Log(x)
              %2 = mul %1 2.0  // Source.cs:6 Math.Log(x) * 2
              return %2
            """);
}
