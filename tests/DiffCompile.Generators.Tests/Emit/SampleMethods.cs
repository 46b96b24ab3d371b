using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Methods as the parser would hand them on, written by hand.</summary>
internal static class SampleMethods
{
    public static readonly Shape Double = new ScalarShape(IrType.Float64);

    public static ParameterSpec Parameter(string name, Shape? shape = null, ParameterMode mode = ParameterMode.Value, bool noGradient = false) =>
        new(name, shape ?? Double, mode, noGradient, null);

    public static FunctionSpec Method(string name, IEnumerable<ParameterSpec> parameters, Shape? result, IrFunction body, string summary = "", ContainerSpec? container = null) =>
        new($"M:Samples.Occupation.{name}", container ?? EmittedCode.Container, name, name, "public", parameters.ToEquatableArray(), result, 127, Kinks.Symmetric, body, summary);

    /// <summary>0.5 · (1 + erf((logM − logMmin) / sigmaLogM)).</summary>
    public static FunctionSpec MeanCentral()
    {
        var b = new IrBuilder { IsPrimal = true };
        Value logM = b.NewValue(IrType.Float64, "logM");
        Value logMmin = b.NewValue(IrType.Float64, "logMmin");
        Value sigma = b.NewValue(IrType.Float64, "sigmaLogM");
        Value u = b.Primitive(Op.Divide, IrType.Float64, b.Primitive(Op.Subtract, IrType.Float64, logM, logMmin), sigma);
        Value sum = b.Primitive(Op.Add, IrType.Float64, Literals.Double(1.0), b.Primitive("erf", IrType.Float64, u));
        Value mean = b.Primitive(Op.Multiply, IrType.Float64, Literals.Double(0.5), sum);
        return Method(
            "MeanCentral", [Parameter("logM"), Parameter("logMmin"), Parameter("sigmaLogM")], Double,
            b.Finish("MeanCentral", [logM, logMmin, sigma], [mean]),
            "Mean number of central galaxies in a halo (Zheng et al. 2007).");
    }
}
