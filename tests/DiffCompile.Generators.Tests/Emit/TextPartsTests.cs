using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Literals, names, files, headers and documentation.</summary>
public class TextPartsTests
{
    public static TheoryData<string, string, string> AuthorLiterals => new()
    {
        { "double", "0.5", "0.5" },
        { "double", "1e-3", "1e-3" },
        { "double", "5D", "5D" },
        { "double", "2", "2.0" },
        { "double", "2f", "2.0" },
        { "double", "0.50000000000000000001", "0.50000000000000000001" },
        { "double", "global::System.Math.PI", "global::System.Math.PI" },
        { "double", "Ln10", "Ln10" },
        { "double", "1.0 / 3.0", "0.5" },
        { "float", "0.5", "0.5f" },
        { "float", "0.5f", "0.5f" },
        { "int", "7", "7" },
        { "int", "7L", "7" },
        { "int", "0x10", "16" },
        { "long", "7", "7L" },
        { "long", "7L", "7L" },
    };

    [Theory]
    [MemberData(nameof(AuthorLiterals))]
    public void The_authors_text_stays_where_it_has_the_same_type_and_value(string type, string text, string expected)
    {
        Value constant = type switch
        {
            "double" => Literals.Double(text is "2" or "2f" ? 2.0 : text == "1e-3" ? 1e-3 : text == "5D" ? 5.0 : 0.5, text),
            "float" => Literals.Single(0.5f, text),
            "int" => Literals.Int32(text == "0x10" ? 16 : 7, text),
            _ => Literals.Int64(7, text),
        };
        EmittedCode.UnderForeignCulture(() => LiteralText.Of(constant).Text).ShouldBe(expected);
    }

    [Fact]
    public void Numbers_read_back_to_the_same_bits_in_any_culture()
    {
        double[] numbers =
        [
            0.0, -0.0, 1.0, -1.0, 0.1, -1234567.875, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 1e21, 1e-7, Math.PI, 2.0 / 3.0,
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, 4503599627370497.5, 9007199254740993.0,
        ];
        var b = new IrBuilder();
        IrFunction function = b.Finish("F", [], numbers.Select(n => Literals.Double(n)).Concat(numbers.Select(n => Literals.Single((float)n))));
        Type type = EmittedCode.Load(EmittedCode.Function(function), EmittedCode.DocumentedContainer);
        object?[] outs = new object?[(2 * numbers.Length) - 1];
        object first = EmittedCode.Call(type, "F", outs)!;
        object[] all = [first, .. outs!];
        for (int i = 0; i < numbers.Length; i++)
        {
            BitConverter.DoubleToInt64Bits((double)all[i]).ShouldBe(BitConverter.DoubleToInt64Bits(numbers[i]));
            BitConverter.SingleToInt32Bits((float)all[numbers.Length + i]).ShouldBe(BitConverter.SingleToInt32Bits((float)numbers[i]));
        }
    }

    [Fact]
    public void Short_names_only_where_nothing_of_the_authors_has_them()
    {
        var known = new TypeNames(["MathF"], inNamespace: true);
        known.Function("global::System.Math.Exp").ShouldBe("Math.Exp");
        known.Function("global::System.MathF.Exp").ShouldBe("global::System.MathF.Exp");
        known.Function("global::DiffCompile.Mathematics.SpecialFunctions.Erf").ShouldBe("SpecialFunctions.Erf");
        known.Function("global::MathNet.Numerics.SpecialFunctions.Erf").ShouldBe("global::MathNet.Numerics.SpecialFunctions.Erf");
        known.Function("double.Exp2").ShouldBe("double.Exp2");
        known.Type("(global::System.Span<double> a, global::Samples.Math b)").ShouldBe("(Span<double> a, global::Samples.Math b)");
        known.Exception("new global::System.ArgumentException(\"new global::System.Math(\")").ShouldBe("new ArgumentException(\"new global::System.Math(\")");
        known.Usings.ShouldBe(["using global::DiffCompile.Mathematics;", "using global::System;"], ignoreOrder: true);

        var global = new TypeNames([], inNamespace: false);
        global.Function("global::System.Math.Exp").ShouldBe("Math.Exp");
        global.Type("global::System.Span<double>").ShouldBe("global::System.Span<double>");
        global.Usings.ShouldBe(["using Math = global::System.Math;"]);

        new TypeNames(null, inNamespace: true).Function("global::System.Math.Exp").ShouldBe("global::System.Math.Exp");
    }

    [Fact]
    public void A_member_called_Math_and_a_type_outside_any_namespace()
    {
        var b = new IrBuilder();
        Value x = b.NewValue(IrType.Float64, "x");
        IrFunction function = b.Finish("F", [x], [b.Primitive("exp", IrType.Float64, b.Primitive("erf", IrType.Float64, x))]);
        string shadowed = EmittedCode.Function(function, visibleNames: ["Math"]);
        Type type = EmittedCode.Load(shadowed, EmittedCode.DocumentedContainer + "\npublic static partial class Occupation { private static int Math => 0; }");
        EmittedCode.Call(type, "F", 0.0).ShouldBe(1.0);

        MemberPlan plan = MemberLayout.Helper("F", function) with { Modifiers = "internal static" };
        var outside = new ContainerSpec("", [new TypeDeclarationSpec("static partial class", "Occupation"), new TypeDeclarationSpec("partial struct", "Inner<T>")]);
        string text = ContainerEmitter.Emit(outside, [new PlannedMember(plan, function)], r => r.Key, [], "Outside");
        text.ShouldContain("using Math = global::System.Math;\n");
        EmittedCode.Load(text, "global using System; global using Other; namespace Other { static class Math; static class SpecialFunctions; } static partial class Occupation { partial struct Inner<T>; }")
            .ShouldNotBeNull();
    }

    [Fact]
    public void File_names_are_stable_and_differ_where_only_case_or_overload_does()
    {
        var box = new ContainerSpec("Samples.Deep", [new TypeDeclarationSpec("partial class", "Box<T, U>"), new TypeDeclarationSpec("partial struct", "Inner")]);
        FileNames.HintName(box, "F", "M:Samples.Deep.Box`2.Inner.F(System.Double)").ShouldBe("Samples.Deep.Box-T-U.Inner.F.743ff087.g.cs");
        string[] names = new[] { ("F", "M:F(System.Double)"), ("f", "M:f(System.Double)"), ("F", "M:F(System.Single)") }
            .Select(p => FileNames.HintName(box, p.Item1, p.Item2).ToLowerInvariant()).ToArray();
        names.Distinct().Count().ShouldBe(3);
        FileNames.HintName(box, new string('x', 400), "M:X").Length.ShouldBeLessThan(140);
    }

    [Fact]
    public void A_refused_method_gets_only_a_comment()
    {
        string text = ContainerEmitter.Refused("Samples.F", [("DC2001", "'while' is\nnot supported.\u2028return 1;"), ("DC3001", "No rule.")]);
        text.ShouldBe("""
            // <auto-generated/>
            // No derivative members were generated for 'Samples.F':
            // DC2001: 'while' is not supported. return 1;
            // DC3001: No rule.

            """);
    }

    [Fact]
    public void References_in_documentation_tell_overloads_apart()
    {
        Cref(new ParameterSpec("x", SampleMethods.Double, ParameterMode.In, false, null), new ParameterSpec("y", new ScalarShape(new IrType(ScalarKind.Float32, ContainerKind.ReadOnlySpan)), ParameterMode.Value, false, null), new ParameterSpec("z", SampleMethods.Double, ParameterMode.Out, false, null))
            .ShouldBe("F(in double, global::System.ReadOnlySpan{float}, out double)");
        Cref(new ParameterSpec("t", new TupleShape([new NamedShape("a", SampleMethods.Double), new NamedShape("b", SampleMethods.Double)]), ParameterMode.Value, false, null))
            .ShouldBe("M:Samples.F");

        static string Cref(params ParameterSpec[] parameters) => DocWriter.Cref(new FunctionSpec(
            "M:Samples.F", EmittedCode.Container, "F", "F", "public", parameters.ToEquatableArray(), SampleMethods.Double, 0, Kinks.Symmetric, new IrBuilder().Finish("F", [], []), ""));
    }

    [Fact]
    public void The_cost_is_that_of_the_longest_path()
    {
        var b = new IrBuilder();
        Value x = b.NewValue(IrType.Float64, "x");
        Value c = b.Primitive(Op.Less, IrType.Bool, b.Primitive(Op.Divide, IrType.Float64, x, Literals.Double(3.0)), x);
        b.BeginRegion();
        Region then = b.EndRegion([b.Primitive("exp", IrType.Float64, b.Primitive("exp", IrType.Float64, x))]);
        b.BeginRegion();
        Region otherwise = b.EndRegion([b.Primitive("abs", IrType.Float64, b.Primitive("erf", IrType.Float64, b.Primitive("exp", IrType.Float64, x)))]);
        Value r = b.NewValue(IrType.Float64);
        b.Add(new IfEquation([r], c, then, otherwise));
        OperationCount.Of(b.Finish("F", [x], [r])).ToString().ShouldBe("1 Erf, 2 Exp and 1 division");
        OperationCount.Of(new IrBuilder().Finish("F", [x], [x])).ToString().ShouldBe("no division and no function call");
    }

    [Fact]
    public void A_long_list_is_filled_line_by_line()
    {
        TextLines.Pack("F(", ["a", "b"], ");", 20).ShouldBe(["F(a, b);"]);
        TextLines.Pack("Function(", ["first", "second", "third"], ");", 19).ShouldBe(["Function(", "first, second,", "third);"]);
    }

    [Fact]
    public void Documentation_is_wrapped_between_words_and_outside_of_tags() =>
        TextLines.Wrap("one two <see cref=\"F(a, b)\"/> three", 10).ShouldBe(["one two", "<see cref=\"F(a, b)\"/>", "three"]);
}
