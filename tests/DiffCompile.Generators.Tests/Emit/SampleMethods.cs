using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Methods as the parser would hand them on, written by hand, one per kind of signature. Their C# is <see cref="Author"/>.</summary>
internal static class SampleMethods
{
    public const string Author = """
        using System;

        namespace Samples;

        /// <summary>How to blend.</summary>
        public enum Mode
        {
            /// <summary>Sum.</summary>
            Add,

            /// <summary>Product.</summary>
            Scale,
        }

        /// <summary>Parameters.</summary>
        public readonly record struct Mixture(double A, int Count, double B);

        /// <summary>Two numbers.</summary>
        public readonly record struct Pair(double First, double Second);

        /// <summary>The methods.</summary>
        public static partial class Occupation
        {
            /// <summary>Mean number of centrals.</summary>
            public static double MeanCentral(double logM, double logMmin, double sigmaLogM) =>
                0.5 * (1.0 + DiffCompile.Mathematics.SpecialFunctions.Erf((logM - logMmin) / sigmaLogM));

            /// <summary>Another overload.</summary>
            public static double MeanCentral(double logM) => logM;

            /// <summary>Struct, in and excluded parameters.</summary>
            public static double Mix(in Mixture p, double x, double scale) => scale * (p.A * x + p.Count * p.B);

            /// <summary>Only a struct, to a struct.</summary>
            public static Pair Rotate(Pair p) => new Pair(p.First * p.Second, p.First - p.Second);

            /// <summary>To a tuple with an int in it.</summary>
            public static (double Mean, int Sign, double Spread) Statistics(double x, double y) => (0.5 * (x + y), x < y ? 1 : -1, x * y);

            /// <summary>To a value and an out parameter.</summary>
            public static double Both(double x, out double square) { square = x * x; return Math.Exp(x); }

            /// <summary>In single precision.</summary>
            public static float Soft(float x) => x * x * x;

            /// <summary>Parameters with the names of generated ones.</summary>
            public static double Clash(double x, double xDot, double xBar, double valueBar, double hessian, double @in) => x * xDot * xBar * valueBar * hessian * @in;

            /// <summary>An enum.</summary>
            public static double Blend(Mode mode, double x, double y) => mode == Mode.Add ? x + y : x * y;

            /// <summary>Spans, with rules of their own.</summary>
            public static double Score(ReadOnlySpan<double> x, ReadOnlySpan<double> w, double scale) => scale * Dot(x, w);

            /// <summary>Inner product.</summary>
            public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) { double s = 0; for (int i = 0; i < a.Length; i++) s += a[i] * b[i]; return s; }

            /// <summary>Its pullback.</summary>
            public static void DotVjp(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double value, double valueBar, Span<double> aBar, Span<double> bBar)
            {
                for (int i = 0; i < a.Length; i++) { aBar[i] += valueBar * b[i]; bBar[i] += valueBar * a[i]; }
            }

            /// <summary>Its directional derivative.</summary>
            public static double DotJvp(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> aDot, ReadOnlySpan<double> bDot) => Dot(aDot, b) + Dot(a, bDot);

            /// <summary>Not finite where x ≤ 0.</summary>
            public static double Slope(double x) { double root = Math.Sqrt(x); return Math.Log(root); }
        }
        """;

    public static readonly Shape Double = new ScalarShape(IrType.Float64);
    private static readonly Shape Pair = new StructShape("global::Samples.Pair", [new NamedShape("First", Double), new NamedShape("Second", Double)]);

    /// <summary>0.5 · (1 + erf((logM − logMmin) / sigmaLogM)).</summary>
    public static FunctionSpec MeanCentral()
    {
        var m = new MethodWriter();
        Value logM = m.Input("logM"), logMmin = m.Input("logMmin"), sigma = m.Input("sigmaLogM");
        Value u = m.Double(Op.Divide, m.Double(Op.Subtract, logM, logMmin), sigma);
        Value mean = m.Double(Op.Multiply, Literals.Double(0.5), m.Double(Op.Add, Literals.Double(1.0), m.Double("erf", u)));
        return m.Method("MeanCentral", Double, [mean]) with { Summary = "Mean number of central galaxies in a halo (Zheng et al. 2007), 0 < ⟨N⟩ < 1." };
    }

    public static FunctionSpec Mix()
    {
        var m = new MethodWriter();
        Shape mixture = new StructShape("global::Samples.Mixture", [new NamedShape("A", Double), new NamedShape("Count", new ScalarShape(IrType.Int32)), new NamedShape("B", Double)]);
        Value[] p = m.Inputs("p", mixture, ParameterMode.In);
        Value x = m.Input("x");
        Value scale = m.Inputs("scale", Double, noGradient: true)[0];
        Value product = m.Double(Op.Multiply, m.Builder.Primitive(Op.Convert, IrType.Float64, p[1]), p[2]);
        return m.Method("Mix", Double, [m.Double(Op.Multiply, scale, m.Double(Op.Add, m.Double(Op.Multiply, p[0], x), product))]);
    }

    public static FunctionSpec Rotate()
    {
        var m = new MethodWriter();
        Value[] p = m.Inputs("p", Pair);
        return m.Method("Rotate", Pair, [m.Double(Op.Multiply, p[0], p[1]), m.Double(Op.Subtract, p[0], p[1])]);
    }

    public static FunctionSpec Statistics()
    {
        var m = new MethodWriter();
        Value x = m.Input("x"), y = m.Input("y");
        Value mean = m.Double(Op.Multiply, Literals.Double(0.5), m.Double(Op.Add, x, y));
        Value less = m.Builder.Primitive(Op.Less, IrType.Bool, x, y);
        m.Builder.BeginRegion();
        Region up = m.Builder.EndRegion([Literals.Int32(1)]);
        m.Builder.BeginRegion();
        Region down = m.Builder.EndRegion([Literals.Int32(-1)]);
        Value sign = m.Builder.NewValue(IrType.Int32);
        m.Builder.Add(new IfEquation([sign], less, up, down));
        Shape result = new TupleShape([new NamedShape("Mean", Double), new NamedShape("Sign", new ScalarShape(IrType.Int32)), new NamedShape("Spread", Double)]);
        return m.Method("Statistics", result, [mean, sign, m.Double(Op.Multiply, x, y)]);
    }

    public static FunctionSpec Both()
    {
        var m = new MethodWriter();
        Value x = m.Input("x");
        m.Out("square", Double);
        return m.Method("Both", Double, [m.Double("exp", x), m.Double(Op.Multiply, x, x)]);
    }

    public static FunctionSpec Soft()
    {
        var m = new MethodWriter();
        Value x = m.Inputs("x", new ScalarShape(IrType.Float32))[0];
        Value square = m.Builder.Primitive(Op.Multiply, IrType.Float32, x, x);
        return m.Method("Soft", new ScalarShape(IrType.Float32), [m.Builder.Primitive(Op.Multiply, IrType.Float32, square, x)]);
    }

    public static FunctionSpec Clash()
    {
        var m = new MethodWriter();
        Value[] inputs = new[] { "x", "xDot", "xBar", "valueBar", "hessian", "in" }.Select(n => m.Input(n)).ToArray();
        return m.Method("Clash", Double, [inputs.Skip(1).Aggregate(inputs[0], (a, b) => m.Double(Op.Multiply, a, b))]);
    }

    public static FunctionSpec Blend()
    {
        var m = new MethodWriter();
        Value mode = m.Inputs("mode", new ScalarShape(IrType.Int32, "global::Samples.Mode"))[0];
        Value x = m.Input("x"), y = m.Input("y");
        Value isAdd = m.Builder.Primitive(Op.Equal, IrType.Bool, mode, Literals.Int32(0));
        m.Builder.BeginRegion();
        Region sum = m.Builder.EndRegion([m.Double(Op.Add, x, y)]);
        m.Builder.BeginRegion();
        Region product = m.Builder.EndRegion([m.Double(Op.Multiply, x, y)]);
        Value result = m.Builder.NewValue(IrType.Float64);
        m.Builder.Add(new IfEquation([result], isAdd, sum, product));
        return m.Method("Blend", Double, [result]);
    }

    public static FunctionSpec Score()
    {
        var m = new MethodWriter();
        Shape input = new ScalarShape(new IrType(ScalarKind.Float64, ContainerKind.ReadOnlySpan));
        Shape output = new ScalarShape(new IrType(ScalarKind.Float64, ContainerKind.Span));
        const string type = "global::Samples.Occupation.";
        ShapeParameter[] vectors = [new("a", input), new("b", input)];
        var vjp = new ExternalMethod(
            type + "DotVjp",
            [.. vectors, new("value", Double), new("valueBar", Double), new("aBar", output) { IsAddedTo = true }, new("bBar", output) { IsAddedTo = true }], null, []);
        var jvp = new ExternalMethod(type + "DotJvp", [.. vectors, new("aDot", input), new("bDot", input)], Double, []);
        var dot = new ExternalMethod(type + "Dot", vectors.ToEquatableArray(), Double, [new CustomRule(true, vjp, ""), new CustomRule(false, jvp, "")]);
        Value x = m.Inputs("x", input)[0], w = m.Inputs("w", input)[0];
        Value scale = m.Input("scale");
        Value product = m.Builder.NewValue(IrType.Float64);
        m.Builder.Add(new ExternalCallEquation([product], dot, [x, w]));
        return m.Method("Score", Double, [m.Double(Op.Multiply, scale, product)]);
    }

    public static FunctionSpec Slope()
    {
        var m = new MethodWriter();
        Value x = m.Input("x");
        m.Builder.Source = new SourceNote("Math.Sqrt(x)", "src/\"a\"/Model.cs", 12);
        Value root = m.Builder.Named("root", "sqrt", IrType.Float64, x);
        m.Builder.Source = new SourceNote("Math.Log(root)", "src/\"a\"/Model.cs", 13);
        return m.Method("Slope", Double, [m.Double("log", root)]);
    }
}

/// <summary>Collects parameters and equations of one method.</summary>
internal sealed class MethodWriter
{
    private readonly List<ParameterSpec> _parameters = [];
    private readonly List<Value> _inputs = [];

    public IrBuilder Builder { get; } = new() { IsPrimal = true };

    public Value Input(string name) => Inputs(name, SampleMethods.Double)[0];

    public Value[] Inputs(string name, Shape shape, ParameterMode mode = ParameterMode.Value, bool noGradient = false)
    {
        _parameters.Add(new ParameterSpec(name, shape, mode, noGradient, null));
        Value[] values = shape.Leaves.Select(l => Builder.NewValue(l.Type, l.Path.Length == 0 ? name : name + l.Path)).ToArray();
        _inputs.AddRange(values);
        return values;
    }

    public void Out(string name, Shape shape) => _parameters.Add(new ParameterSpec(name, shape, ParameterMode.Out, false, null));

    public Value Double(string op, params Value[] arguments) => Builder.Primitive(op, IrType.Float64, arguments);

    public FunctionSpec Method(string name, Shape? result, IEnumerable<Value> outputs) => new(
        $"M:Samples.Occupation.{name}", EmittedCode.Container, name, name, "public", _parameters.ToEquatableArray(), result, 127, Kinks.Symmetric,
        Builder.Finish(name, _inputs, outputs), "");
}
