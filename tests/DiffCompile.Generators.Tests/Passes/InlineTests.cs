using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Tests.Parsing;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Passes;

/// <summary>Which calls are replaced by the bodies of their callees.</summary>
public sealed class InlineTests
{
    [Theory]
    [InlineData(Inline.CalleeBudget, 0)]
    [InlineData(Inline.CalleeBudget + 1, 1)]
    public void A_callee_up_to_its_budget_is_taken_in(int size, int left) => CallsLeft(size, calls: 1).ShouldBe(left);

    // Eight calls and eight bodies of 49 operations are 400.
    [Theory]
    [InlineData(49, 0)]
    [InlineData(50, 1)]
    public void The_caller_grows_up_to_its_budget(int size, int left)
    {
        Inline.CallerBudget.ShouldBe(400);
        CallsLeft(size, calls: 8).ShouldBe(left);
    }

    private static int CallsLeft(int size, int calls)
    {
        string body = "x" + string.Concat(Enumerable.Repeat(" + x", size));
        string chain = string.Concat(Enumerable.Repeat("H(", calls)) + "x" + new string(')', calls);
        ParseResult result = ParserHarness.Accepted(ParserHarness.Compile(
            $"public static partial class C {{ [Differentiable] public static double F(double x) => {chain}; private static double H(double x) => {body}; }}"));
        var library = new FunctionLibrary(result.Helpers.Prepend(result.Spec!), optimize: true);
        return library.Body(result.Spec!.Key).Body.AllEquations().Count(e => e is CallEquation);
    }
}
