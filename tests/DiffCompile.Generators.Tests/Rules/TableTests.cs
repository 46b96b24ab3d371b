using System.Reflection;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>The table as a whole: spellings, completeness, and the rows whose results are no float.</summary>
public class TableTests
{
    private static readonly IReadOnlyList<DerivativeRule> Spelled = [.. RuleTable.Rows.Where(row => row.DoubleSpelling.Length > 0)];

    public static TheoryData<string> Operations => [.. Spelled.Select(row => row.Op)];

    [Fact]
    public void Every_row_has_a_partial_or_none_for_each_operand() =>
        RuleTable.Rows.ShouldAllBe(row => row.Partials.Length == row.Arity && row.Formula.Length > 0 && row.Domain.Length > 0);

    [Fact]
    public void Only_piecewise_constant_rows_have_no_partial_at_all() =>
        RuleTable.Rows.Where(row => row.Partials.All(p => p is null)).Select(row => row.Op)
            .ShouldBe(RuleTable.Rows.Where(row => row.IsPiecewiseConstant).Select(row => row.Op).Append(Op.StopGradient), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_spelling_and_every_method_exists(string op)
    {
        DerivativeRule row = RuleTable.Find(op)!;
        Signature(row, row.DoubleSpelling, typeof(double)).ShouldNotBeNull();
        if (row.SingleSpelling.Length > 0)
        {
            Signature(row, row.SingleSpelling, typeof(float)).ShouldNotBeNull();
        }

        if (row.IntegerSpelling.Length > 0)
        {
            Signature(row, row.IntegerSpelling, typeof(int)).ShouldNotBeNull();
            Signature(row, row.IntegerSpelling, typeof(long)).ShouldNotBeNull();
        }

        foreach (string method in row.Methods)
        {
            RuleTable.FindMethod(method.Split(':')[0], row.Arity, method.Contains(':') ? method.Split(':')[1] : "").ShouldBe(row);
            Type[] types = [typeof(double), typeof(float), typeof(int), typeof(long)];
            types.Any(type => Signature(row, method.Split(':')[0], type, asDeclared: method.Contains(':')) is not null).ShouldBeTrue(method);
        }
    }

    /// <summary>A method stands for a row only if it is the same function in every bit.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public void Methods_of_a_row_agree_bit_for_bit(string op)
    {
        DerivativeRule row = RuleTable.Find(op)!;
        if (RowCases.All.FirstOrDefault(c => c.Op == op) is not { } values || row.Methods.Any(m => m.Contains(':')))
        {
            return;
        }

        Random random = new(Seed: 3);
        foreach ((IrType type, string spelling, Type host) in new[] { (IrType.Float64, row.DoubleSpelling, typeof(double)), (IrType.Float32, row.SingleSpelling, typeof(float)) })
        {
            foreach (string method in row.Methods.Where(m => spelling.Length > 0 && Signature(row, m, host) is not null))
            {
                for (int i = 0; i < 20; i++)
                {
                    // Composite cases leave out operands; those rows have one method only.
                    object[] operands = values.Typed(values.Sample(random), type);
                    if (operands.Length == row.Arity)
                    {
                        CSharpFunctions.Call(method, operands).ShouldBe(CSharpFunctions.Call(spelling, operands), method);
                    }
                }
            }
        }
    }

    /// <summary>A method that a later .NET adds is decided upon: a row, or a refusal with its reason.</summary>
    [Fact]
    public void Every_numeric_method_of_the_base_library_has_a_row_or_a_refusal()
    {
        Type[] numbers = [typeof(double), typeof(float)];
        IEnumerable<string> missing =
            from type in new[] { typeof(Math), typeof(MathF), typeof(double), typeof(float) }
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where !method.IsSpecialName && method.GetParameters() is [{ ParameterType: var first }, ..] && numbers.Contains(first)
            let name = type.FullName + "." + method.Name
            let last = method.GetParameters()[^1].ParameterType
            where RuleTable.FindMethod(name, method.GetParameters().Length, last.IsEnum ? last.Name : "") is null && NonDifferentiable.Find(name) is null
            select name + "/" + method.GetParameters().Length;

        missing.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Refusals_exist_and_have_no_row()
    {
        foreach (Refusal refusal in NonDifferentiable.Rows)
        {
            Enumerable.Range(1, 3).ShouldAllBe(arity => RuleTable.FindMethod(refusal.Method, arity, "") == null, refusal.Method);
            Type type = new[] { typeof(Math), typeof(MathF), typeof(double), typeof(float) }.Single(t => refusal.Method.StartsWith(t.FullName + ".", StringComparison.Ordinal));
            type.GetMethods().ShouldContain(m => m.Name == refusal.Method.Substring(type.FullName!.Length + 1), refusal.Method);
        }
    }

    [Theory]
    [InlineData("is.nan", double.NaN, 1.0)]
    [InlineData("is.finite", 1.0, double.NaN)]
    [InlineData("is.infinity", double.NegativeInfinity, 1.0)]
    [InlineData("is.negative", -0.0, 0.0)]
    [InlineData("is.positive", 0.0, -0.0)]
    [InlineData("is.integer", 2.0, 2.5)]
    public void Predicates_give_a_bool(string op, double yes, double no)
    {
        DerivativeRule row = RuleTable.Find(op)!;
        string spelling = row.SpellingFor(IrType.Bool, IrType.Float64);
        CSharpFunctions.Call(spelling, [yes]).ShouldBe(true);
        CSharpFunctions.Call(spelling, [no]).ShouldBe(false);
        CSharpFunctions.Call(row.SpellingFor(IrType.Bool, IrType.Float32), [(float)yes]).ShouldBe(true);
        row.IsPiecewiseConstant.ShouldBeTrue();
    }

    [Fact]
    public void Integer_operands_choose_the_integer_spelling()
    {
        DerivativeRule sign = RuleTable.Find("sign")!;
        CSharpFunctions.Call(sign.SpellingFor(IrType.Int32, IrType.Float64), [-2.5]).ShouldBe(-1);
        CSharpFunctions.Call(sign.SpellingFor(IrType.Int32, IrType.Float32), [2.5f]).ShouldBe(1);
        CSharpFunctions.Call(sign.SpellingFor(IrType.Int32, IrType.Int64), [-7L]).ShouldBe(-1);
        CSharpFunctions.Call(RuleTable.Find("clamp")!.SpellingFor(IrType.Int32, IrType.Int32), [7, 1, 3]).ShouldBe(3);
        CSharpFunctions.Call(RuleTable.Find("abs")!.SpellingFor(IrType.Int64, IrType.Int64), [-7L]).ShouldBe(7L);
    }

    [Fact]
    public void Operations_that_can_throw_say_so()
    {
        Op.MayThrow("sign", IrType.Int32).ShouldBeTrue();
        Op.MayThrow("clamp", IrType.Float64).ShouldBeTrue();
        Op.MayThrow("round_digits", IrType.Float64).ShouldBeTrue();
        Op.MayThrow("round_mode", IrType.Float64).ShouldBeTrue();
        Op.MayThrow("mathnet.logit", IrType.Float64).ShouldBeTrue();
        Op.MayThrow("abs", IrType.Int32).ShouldBeTrue();
        Op.MayThrow("abs", IrType.Float64).ShouldBeFalse();
        Op.MayThrow(Op.Divide, IrType.Float64).ShouldBeFalse();
        Op.MayThrow(Op.Divide, IrType.Int64).ShouldBeTrue();
    }

    [Fact]
    public void Rows_that_do_not_claim_to_throw_do_not()
    {
        double[] numbers = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1.0, -1.0, 1e308, -1e308, 5e-324];
        foreach (DerivativeRule row in Spelled.Where(row => !row.MayThrow))
        {
            foreach (double x in numbers)
            {
                foreach (double y in numbers)
                {
                    object[] operands = [.. Signature(row, row.DoubleSpelling, typeof(double))!.GetParameters()
                        .Select((p, i) => p.ParameterType == typeof(int) ? (object)2 : i == 0 ? x : y)];
                    Should.NotThrow(() => CSharpFunctions.Call(row.DoubleSpelling, operands), row.Op);
                }
            }
        }
    }

    [Fact]
    public void Conversion_keeps_the_derivative_and_stop_gradient_cuts_it()
    {
        IrBuilder builder = new();
        Value x = builder.NewValue(IrType.Float32);
        Ex wide = new Ex(builder, x).ApplyTo(IrType.Float64, Op.Convert);
        IrFunction square = builder.Finish("f", [x], [(wide * wide).Value]);
        IrInterpreter.Evaluate(ForwardWalker.Differentiate(square, 0), 3f, 2f)[0].ShouldBe(12.0);

        IrFunction cut = RowEvaluation.Function(1, e => e[0] * e[0].Apply(Op.StopGradient));
        RowEvaluation.First(cut, 0, [3.0]).ShouldBe(3.0);
    }

    [Fact]
    public void Documentation_is_that_of_the_table()
    {
        string path = Path.Combine(RepositoryRoot(), "docs", "rules.md");
        string rendered = RuleDocumentation.Render();
        if (Environment.GetEnvironmentVariable("DIFFCOMPILE_ACCEPT") == "1")
        {
            File.WriteAllText(path, rendered);
        }

        File.ReadAllText(path).ShouldBe(rendered, "run the tests once with DIFFCOMPILE_ACCEPT=1 and review the change of docs/rules.md");
    }

    // The method with floating operands of this type and int for those that the table calls integers.
    private static MethodInfo? Signature(DerivativeRule row, string spelling, Type number, bool asDeclared = false)
    {
        IEnumerable<Type[]> signatures = [[]];
        Type[] choices = asDeclared ? [number, typeof(int), typeof(MidpointRounding)] : [number, typeof(int)];
        for (int i = 0; i < row.Arity; i++)
        {
            signatures = [.. signatures.SelectMany(s => choices.Select(t => (Type[])[.. s, t]))];
        }

        return signatures.Where(s => s.Contains(number)).Select(s => CSharpFunctions.Find(spelling, s)).FirstOrDefault(m => m is not null);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Directory.Packages.props.");
    }
}
