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

    [Fact]
    public void A_loop_carries_what_its_trips_assign() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x, int n) { double s = 1; for (int i = 0; i < n; i++) { s *= x; } return s; }").ShouldBe("""
            F(double x, int n)
              loop 1.0 0
                test s i
                  %1 = lt i n
                  yield %1
                body s#2 i#2
                  s#3 = mul s#2 x
                  i#3 = add i#2 1
                  yield s#3 i#3
              s#4, i#4 = end
              return s#4
            """);

    [Fact]
    public void Break_and_return_are_carried_flags_and_continue_is_a_branch() =>
        ParserHarness.Ir("[Differentiable] public static double F(double x, int n) { for (int i = 0; i < n; i++) { if (x > 2) break; if (x < 0) return x; x *= x; } return 2 * x; }").ShouldBe("""
            F(double x, int n)
              loop false false 0.0 x 0
                test returned left result x#2 i
                  %1 = not returned
                  if %1
                    %2 = not left
                    if %2
                      %3 = lt i n
                      yield %3
                    else
                      yield false
                    %4 = end
                    yield %4
                  else
                    yield false
                  %5 = end
                  yield %5
                body returned#2 left#2 result#2 x#3 i#2
                  %6 = gt x#3 2.0
                  if %6
                    yield false true result#2 x#3
                  else
                    %7 = lt x#3 0.0
                    if %7
                      yield true x#3 0.0
                    else
                      x#4 = mul x#3 x#3
                      yield false result#2 x#4
                    returned#3, result#3, x#5 = end
                    yield returned#3 false result#3 x#5
                  returned#4, left#3, result#4, x#6 = end
                  %8 = or returned#4 left#3
                  if %8
                    yield i#2
                  else
                    i#3 = add i#2 1
                    yield i#3
                  i#4 = end
                  yield returned#4 left#3 result#4 x#6 i#4
              returned#5, left#4, result#5, x#7, i#5 = end
              if returned#5
                yield result#5
              else
                %9 = mul 2.0 x#7
                yield %9
              result#6 = end
              return result#6
            """);

    [Fact]
    public void Elements_parts_and_arrays_of_the_method() =>
        ParserHarness.Ir("[Differentiable] public static double F(double[] a, Span<double> b) { var t = new double[2]; t[1] = a[^1]; b[1..].CopyTo(t); b[0] += t[1]; return b.Slice(1, 2)[0]; }").ShouldBe("""
            F(array of double a, double[] b)
              %1 = reserve long 2 sizeof(double)
              t = view double[] %1 2
              %2 = length a
              %3 = sub %2 1
              %4 = load a %3
              store t 1 %4
              %5 = length b
              %6 = sub %5 1
              %7 = slice b 1 %6
              %8 = length %7
              %9 = length t
              %10 = gt %8 %9
              if %10
                throw new global::System.ArgumentException("Destination is too short.", "destination")
              distinct %7 t
              loop 0
                test k
                  %11 = lt k %8
                  yield %11
                body k#2
                  %12 = load %7 k#2
                  store t k#2 %12
                  %13 = add k#2 1
                  yield %13
              k#3 = end
              %14 = load b 0
              %15 = load t 1
              %16 = add %14 %15
              store b 0 %16
              %17 = slice b 1 2
              %18 = load %17 0
              return %18
            """);

    [Fact]
    public void A_table_is_made_first_and_said_to_be_constant() =>
        ParserHarness.Ir("private static readonly double[] s_w = [1.5]; [Differentiable] public static double F(double x) => x > 0 ? x * s_w[0] : s_w[0] * s_w[0];").ShouldBe("""
            F(double x)
              %1 = reserve long 1 sizeof(double)
              %2 = view double[] %1 1
              store %2 0 1.5
              constant %2
              %3 = gt x 0.0
              if %3
                %4 = load %2 0
                %5 = mul x %4
                yield %5
              else
                %6 = load %2 0
                %7 = load %2 0
                %8 = mul %6 %7
                yield %8
              %9 = end
              return %9
            """);
}
