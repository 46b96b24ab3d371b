using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Mutation.Tests;

/// <summary>Which mistakes are made of a text, and that each is on only when its number is.</summary>
public sealed class MechanicalMutantTests
{
    private const string Source = """
        public static class Sample
        {
            private const int Limit = 3;

            public static int F(int a, int b)
            {
                int r = a - b;
                if (a > Limit)
                {
                    r += 1;
                }

                foreach (int i in new[] { 1 })
                {
                    r -= G(a, b);
                }

                return r;
            }

            private static int G(int x, int y) => x * y;
        }
        """;

    private static readonly SyntaxTree Tree = CSharpSyntaxTree.ParseText(Source, Repository.ParseOptions, "Sample.cs");

    [Theory]
    [InlineData("sign", "a - b → a + b")]
    [InlineData("swapped operands", "a - b → (b)-(a )")]
    [InlineData("comparison", "a > Limit → a >=Limit")]
    [InlineData("constant", "3 → 4")]
    [InlineData("dropped statement", "r += 1; → (dropped)")]
    [InlineData("sign", "r += 1 → r -=1")]
    [InlineData("swapped operands", "G(a, b) → G(b, a)")]
    [InlineData("removed condition", "if (a > Limit) { r += 1; } → { r += 1; }")]
    [InlineData("dropped statement", "if (a > Limit) { r += 1; } → (dropped)")]
    public void Are_found(string name, string change) =>
        MechanicalMutants.Find([Tree]).ShouldContain(m => m.Operator == name && Squeezed(m.Change) == Squeezed(change));

    [Fact]
    public void Are_switched_one_at_a_time()
    {
        IReadOnlyList<Mutation> mutations = MechanicalMutants.Find([Tree]);
        MutatedGenerator built = Schemata.Build([Tree], mutations, _ => { }, CancellationToken.None);
        Assembly assembly = Assembly.Load(built.Image);
        MethodInfo f = assembly.GetType("Sample")!.GetMethod("F")!;
        FieldInfo active = assembly.GetType("MutantSwitch")!.GetField("Active")!;
        int With(string change)
        {
            active.SetValue(null, change.Length == 0 ? -1 : built.Mutations.First(m => Squeezed(m.Change) == Squeezed(change)).Id);
            return (int)f.Invoke(null, [5, 2])!;
        }

        With("").ShouldBe(5 - 2 + 1 - 10);
        With("a - b → a + b").ShouldBe(5 + 2 + 1 - 10);
        With("3 → 4").ShouldBe(5 - 2 + 1 - 10);
        With("a > Limit → a < Limit").ShouldBe(5 - 2 - 10);
        With("r += 1; → (dropped)").ShouldBe(5 - 2 - 10);
        With("x * y → x / y").ShouldBe(5 - 2 + 1 - 2);
        With("").ShouldBe(5 - 2 + 1 - 10);
    }

    [Fact]
    public void What_does_not_compile_is_taken_out_alone()
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText("public static class Sample { public static int F(string a, int b) => a.Insert(b, \"x\").Length + G(b - 1, b); static int G(int x, int y) => x; }", Repository.ParseOptions, "Sample.cs");
        IReadOnlyList<Mutation> mutations = MechanicalMutants.Find([tree]);
        MutatedGenerator built = Schemata.Build([tree], mutations, _ => { }, CancellationToken.None);
        mutations.Except(built.Mutations).Select(m => m.Change).ShouldBe(["a.Insert(b, \"x\") → a.Insert(\"x\", b)"]);
    }

    [Fact]
    public void A_mutant_that_does_not_end_is_stopped()
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText("public static class Sample { public static int F(int n) { int r = 0; while (r < n) { r += 1; } return r; } }", Repository.ParseOptions, "Sample.cs");
        MutatedGenerator built = Schemata.Build([tree], MechanicalMutants.Find([tree]), _ => { }, CancellationToken.None);
        using LoadedGenerator loaded = built.Load();
        MethodInfo f = loaded.Method("Sample", "F");
        loaded.Restart(limit: 1000);
        f.Invoke(null, [10]).ShouldBe(10);
        loaded.Active = built.Mutations.Single(m => m.Replacement is null).Id;
        Should.Throw<TargetInvocationException>(() => f.Invoke(null, [10]));
        loaded.IsExhausted.ShouldBeTrue();
    }

    [Fact]
    public void An_edit_becomes_the_smallest_mutation_that_holds_it()
    {
        Mutation edit = new TextEdit("wrong sign", "Sample.cs", "r += 1;", "r -= 1;").ToMutation([Tree], 0);
        Squeezed(edit.Change).ShouldBe("r+=1→r-=1");
        Mutation dropped = new TextEdit("forgotten", "Sample.cs", "r += 1;", "").ToMutation([Tree], 0);
        Squeezed(dropped.Change).ShouldBe("{r+=1;}→{}");
        Should.Throw<InvalidOperationException>(() => new TextEdit("gone", "Sample.cs", "r *= 1;", "").ToMutation([Tree], 0)).Message.ShouldContain("must occur once");
    }

    private static string Squeezed(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
