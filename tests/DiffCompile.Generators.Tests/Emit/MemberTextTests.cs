using DiffCompile.Generators.Specs;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Whole members, from the author's body through the passes to text, compared with the approved text and run.</summary>
public class MemberTextTests
{
    private static readonly MemberKind[] FirstOrder = [MemberKind.Gradient, MemberKind.ValueAndGradient, MemberKind.Jvp, MemberKind.Vjp];
    private static readonly MemberKind[] SeveralOutputs = [MemberKind.Jvp, MemberKind.Vjp, MemberKind.Jacobian];

    [Fact]
    public void One_scalar_output()
    {
        string text = EmittedCode.Members(SampleMethods.MeanCentral(), [.. FirstOrder, MemberKind.HessianVectorProduct, MemberKind.Hessian]);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        double u = (12.3 - 12.02) / 0.26;
        double slope = Math.Exp(-u * u) / Math.Sqrt(Math.PI) / 0.26;
        var gradient = ((double LogM, double LogMmin, double Sigma))EmittedCode.Call(type, "MeanCentralGradient", 12.3, 12.02, 0.26)!;
        gradient.LogM.ShouldBe(slope, 1e-15);
        gradient.LogMmin.ShouldBe(-slope, 1e-15);
        gradient.Sigma.ShouldBe(-u * slope, 1e-15);

        var pair = ((double Value, (double, double, double) Gradient))EmittedCode.Call(type, "MeanCentralValueAndGradient", 12.3, 12.02, 0.26)!;
        pair.Value.ShouldBe((double)type.GetMethod("MeanCentral", [typeof(double), typeof(double), typeof(double)])!.Invoke(null, [12.3, 12.02, 0.26])!);
        pair.Gradient.ShouldBe(gradient);

        var jvp = ((double Value, double Tangent))EmittedCode.Call(type, "MeanCentralJvp", 12.3, 12.02, 0.26, 1.0, 2.0, -3.0)!;
        jvp.Tangent.ShouldBe(slope - (2.0 * slope) + (3.0 * u * slope), 1e-14);
    }

    [Fact]
    public void A_struct_in_and_an_excluded_parameter()
    {
        string text = EmittedCode.Members(SampleMethods.Mix(), FirstOrder);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        object p = Activator.CreateInstance(type.Assembly.GetType("Samples.Mixture")!, 2.0, 3, 5.0)!;
        EmittedCode.Call(type, "MixGradient", p, 7.0, 11.0)!.ToString().ShouldBe("(Mixture { A = 77, Count = 0, B = 33 }, 22)");
        EmittedCode.Call(type, "MixVjp", p, 7.0, 11.0, 2.0)!.ToString().ShouldBe("(Mixture { A = 154, Count = 0, B = 66 }, 44)");
        object tangent = Activator.CreateInstance(type.Assembly.GetType("Samples.Mixture")!, 1.0, 99, 0.0)!;
        EmittedCode.Call(type, "MixJvp", p, 7.0, 11.0, tangent, 1.0)!.ToString().ShouldBe("(319, 99)");
    }

    [Fact]
    public void A_struct_to_a_struct()
    {
        string text = EmittedCode.Members(SampleMethods.Rotate(), SeveralOutputs);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        object p = Activator.CreateInstance(type.Assembly.GetType("Samples.Pair")!, 3.0, 5.0)!;
        object bar = Activator.CreateInstance(type.Assembly.GetType("Samples.Pair")!, 2.0, 7.0)!;
        EmittedCode.Call(type, "RotateVjp", p, bar)!.ToString().ShouldBe("Pair { First = 17, Second = -1 }");
        EmittedCode.Call(type, "RotateJvp", p, bar)!.ToString().ShouldBe("(Pair { First = 15, Second = -2 }, Pair { First = 31, Second = -5 })");
    }

    [Fact]
    public void A_tuple_with_an_integer()
    {
        string text = EmittedCode.Members(SampleMethods.Statistics(), SeveralOutputs);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        EmittedCode.Call(type, "StatisticsVjp", 3.0, 4.0, 2.0, 1.0)!.ShouldBe((5.0, 4.0));
        EmittedCode.Call(type, "StatisticsJvp", 3.0, 4.0, 1.0, 0.0)!.ShouldBe(((3.5, 1, 12.0), (0.5, 0, 4.0)));
        var jacobian = type.GetMethod("StatisticsJacobian")!.CreateDelegate<JacobianOfTwo>();
        double[] buffer = new double[4];
        jacobian(3.0, 4.0, buffer).ShouldBe((3.5, 1, 12.0));
        buffer.ShouldBe([0.5, 0.5, 4.0, 3.0]);

        double[] wrong = [8.0, 8.0, 8.0];
        ArgumentException error = Should.Throw<ArgumentException>(() => jacobian(3.0, 4.0, wrong));
        error.ParamName.ShouldBe("jacobian");
        error.Message.ShouldBe("Expected a span of length 4, got one of length 3. (Parameter 'jacobian')");
        wrong.ShouldBe([8.0, 8.0, 8.0]);
    }

    [Fact]
    public void A_result_and_an_out_parameter()
    {
        string text = EmittedCode.Members(SampleMethods.Both(), SeveralOutputs);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        EmittedCode.Call(type, "BothVjp", 3.0, 0.0, 1.0).ShouldBe(6.0);
        EmittedCode.Call(type, "BothJvp", 0.0, 2.0).ShouldBe(((1.0, 0.0), (2.0, 0.0)));
    }

    [Fact]
    public void Single_precision()
    {
        string text = EmittedCode.Members(SampleMethods.Soft(), [.. FirstOrder, MemberKind.Hessian]);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        EmittedCode.Call(type, "SoftGradient", 2f).ShouldBe(12f);
        float[] hessian = new float[1];
        type.GetMethod("SoftHessian")!.CreateDelegate<HessianOfSingle>()(2f, hessian);
        hessian[0].ShouldBe(12f);
    }

    [Fact]
    public void Parameters_with_the_names_of_generated_ones()
    {
        string text = EmittedCode.Members(SampleMethods.Clash(), MemberKind.Jvp, MemberKind.Vjp, MemberKind.Hessian);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Names("ClashJvp").ShouldBe(["x", "xDot", "xBar", "valueBar", "hessian", "in", "xDot_", "xDotDot", "xBarDot", "valueBarDot", "hessianDot", "inDot"]);
        Names("ClashVjp").ShouldBe(["x", "xDot", "xBar", "valueBar", "hessian", "in", "valueBar_"]);
        Names("ClashHessian").ShouldBe(["x", "xDot", "xBar", "valueBar", "hessian", "in", "hessian_"]);
        EmittedCode.Call(type, "ClashVjp", 2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 1.0).ShouldBe((15015.0, 10010.0, 6006.0, 4290.0, 2730.0, 2310.0));

        string?[] Names(string member) => type.GetMethod(member)!.GetParameters().Select(p => p.Name).ToArray();
    }

    [Fact]
    public void An_enum_decides_a_branch()
    {
        string text = EmittedCode.Members(SampleMethods.Blend(), MemberKind.ValueAndGradient);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        Type mode = type.Assembly.GetType("Samples.Mode")!;
        EmittedCode.Call(type, "BlendValueAndGradient", Enum.ToObject(mode, 0), 3.0, 4.0).ShouldBe((7.0, (1.0, 1.0)));
        EmittedCode.Call(type, "BlendValueAndGradient", Enum.ToObject(mode, 1), 3.0, 4.0).ShouldBe((12.0, (4.0, 3.0)));
    }

    [Fact]
    public void Spans_with_a_custom_rule()
    {
        string text = EmittedCode.Members(SampleMethods.Score(), FirstOrder);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        double[] xBar = [100.0, 100.0];
        double[] wBar = [100.0, 100.0];
        type.GetMethod("ScoreGradient")!.CreateDelegate<SpanGradient>()([1.0, 2.0], [3.0, 4.0], 10.0, xBar, wBar).ShouldBe(11.0);
        xBar.ShouldBe([30.0, 40.0]);
        wBar.ShouldBe([10.0, 20.0]);
        type.GetMethod("ScoreVjp")!.CreateDelegate<SpanVjp>()([1.0, 2.0], [3.0, 4.0], 10.0, 2.0, xBar, wBar).ShouldBe(22.0);
        xBar.ShouldBe([90.0, 120.0]);
        wBar.ShouldBe([30.0, 60.0]);
        type.GetMethod("ScoreJvp")!.CreateDelegate<SpanJvp>()([1.0, 2.0], [3.0, 4.0], 10.0, [1.0, 0.0], [0.0, 1.0], 1.0).ShouldBe((110.0, 61.0));
    }

    [Fact]
    public void The_first_operation_that_is_not_finite()
    {
        string text = EmittedCode.Members(SampleMethods.Slope(), MemberKind.Diagnose);
        Type type = EmittedCode.Load(text, SampleMethods.Author);
        Snapshot.Match(text);

        EmittedCode.Call(type, "SlopeFindNonFinite", 2.0).ShouldBeNull();
        EmittedCode.Call(type, "SlopeFindNonFinite", -1.0).ShouldBe(new NonFiniteOperation("Math.Sqrt(x)", "src/\"a\"/Model.cs", 12, "value", double.NaN));
        EmittedCode.UnderForeignCulture(() => EmittedCode.Call(type, "SlopeFindNonFinite", 0.0)!.ToString())
            .ShouldBe("src/\"a\"/Model.cs(13): the value of 'Math.Log(root)' is -infinity.");
    }

    private delegate (double, int, double) JacobianOfTwo(double x, double y, Span<double> jacobian);

    private delegate void HessianOfSingle(float x, Span<float> hessian);

    private delegate double SpanGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> w, double scale, Span<double> xBar, Span<double> wBar);

    private delegate double SpanVjp(ReadOnlySpan<double> x, ReadOnlySpan<double> w, double scale, double valueBar, Span<double> xBar, Span<double> wBar);

    private delegate (double Value, double Tangent) SpanJvp(
        ReadOnlySpan<double> x, ReadOnlySpan<double> w, double scale, ReadOnlySpan<double> xDot, ReadOnlySpan<double> wDot, double scaleDot);
}
