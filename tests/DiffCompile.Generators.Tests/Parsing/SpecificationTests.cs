using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Everything in a specification that is not the body.</summary>
public class SpecificationTests
{
    [Fact]
    public void Attributes_and_documentation_are_read()
    {
        FunctionSpec spec = Spec("""
            namespace Halo.Models;
            public static partial class Outer
            {
                internal partial struct Inner<T>
                {
                    /// <summary>
                    ///   Mean number of
                    ///   <paramref name="x"/> in <see cref="System.Math.Abs(double)"/>.
                    /// </summary>
                    [Differentiable(DerivativeModes.Vjp | DerivativeModes.Hessian, Name = "Mean", Kinks = KinkConvention.Right)]
                    internal static double F([Domain(-1, 2.5)] double x, [NoGradient] in float y, Shape s, out long n) { n = 1; return x * y; }
                }
            }
            public enum Shape { Round }
            """);

        spec.Key.ShouldBe("M:Halo.Models.Outer.Inner`1.F(System.Double,System.Single@,Halo.Models.Shape,System.Int64@)");
        spec.Container.ShouldBe(new ContainerSpec("Halo.Models", [new("static partial class", "Outer"), new("partial struct", "Inner<T>")]));
        spec.MethodName.ShouldBe("F");
        spec.MemberName.ShouldBe("Mean");
        spec.Accessibility.ShouldBe("internal");
        spec.Requested.ShouldBe((int)(DerivativeModes.Vjp | DerivativeModes.Hessian));
        spec.Kinks.ShouldBe(Kinks.Right);
        spec.Summary.ShouldBe("Mean number of x in Abs.");
        spec.Result.ShouldBe(new ScalarShape(IrType.Float64));
        spec.Parameters.ShouldBe(
        [
            new ParameterSpec("x", new ScalarShape(IrType.Float64), ParameterMode.Value, NoGradient: false, new DomainSpec(-1, 2.5)),
            new ParameterSpec("y", new ScalarShape(IrType.Float32), ParameterMode.In, NoGradient: true, null),
            new ParameterSpec("s", new ScalarShape(IrType.Int32, "global::Halo.Models.Shape"), ParameterMode.Value, NoGradient: false, null),
            new ParameterSpec("n", new ScalarShape(IrType.Int64), ParameterMode.Out, NoGradient: false, null),
        ]);
        spec.ActiveInputs.ShouldBe([0]);
    }

    [Theory]
    [InlineData("public partial interface C", "partial interface")]
    [InlineData("public partial record C", "partial record")]
    [InlineData("public readonly partial record struct C", "partial record struct")]
    [InlineData("public abstract partial class C", "partial class")]
    [InlineData("public ref partial struct C", "partial struct")]
    public void Every_kind_of_container_is_accepted(string declaration, string keywords) =>
        Spec(declaration + " { [Differentiable] public static double F(double x) => x; }").Container.Types.ShouldBe([new TypeDeclarationSpec(keywords, "C")]);

    [Fact]
    public void Shapes_are_read_through_tuples_and_records()
    {
        FunctionSpec spec = Spec("""
            public readonly record struct P(double A, float B);
            public static partial class C { [Differentiable] public static (double Sum, P) F((P First, int) q) => (q.First.A, q.First); }
            """);
        spec.Parameters[0].Shape.Leaves.Select(l => l.Path + ":" + l.Type).ShouldBe(["First.A:double", "First.B:float", "Item2:int"]);
        spec.Result!.Leaves.Select(l => l.Path).ShouldBe(["Sum", "Item2.A", "Item2.B"]);
        spec.Result!.CSharp.ShouldBe("(double Sum, global::P Item2)");
    }

    [Fact]
    public void A_partial_method_is_read_from_its_implementation() =>
        IrPrinter.Print(Spec("public static partial class C { [Differentiable] public static partial double F(double x); public static partial double F(double x) => x * 2; }").Body)
            .ShouldContain("mul x 2.0");

    [Fact]
    public void Locations_point_at_the_operator_or_the_called_name()
    {
        ParseOutcome outcome = ParserHarness.Parse(ParserHarness.Compile("public static partial class C { [Differentiable] public static double F(double x) => Math.Sin(x) * x; }")).Single();
        var values = outcome.Result.Spec!.Body.Body.Body.Select(e => e.Results[0].Id).ToArray();
        values.Select(id => outcome.Locations[id]).Select(l => l.SourceTree!.ToString().Substring(l.SourceSpan.Start, l.SourceSpan.Length)).ShouldBe(["Sin", "*"]);
    }

    [Fact]
    public void Malformed_documentation_is_no_error() =>
        Spec("public static partial class C { /// <summary>a <b</summary>\n[Differentiable] public static double F(double x) => x; }").Summary.ShouldBe("");

    private static FunctionSpec Spec(string source) => ParserHarness.Accepted(ParserHarness.Compile(source)).Spec!;
}
