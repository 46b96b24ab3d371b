namespace DiffCompile.Generators.Rules;

/// <summary>Rows of the table as functions, for writing partial derivatives.</summary>
internal static class Functions
{
    public static Ex Exp(Ex x) => x.Apply("exp");

    public static Ex Log(Ex x) => x.Apply("log");

    public static Ex Sqrt(Ex x) => x.Apply("sqrt");

    public static Ex Pow(Ex x, Ex y) => x.Apply("pow", y);

    public static Ex Hypot(Ex x, Ex y) => x.Apply("hypot", y);

    public static Ex Sin(Ex x) => x.Apply("sin");

    public static Ex Cos(Ex x) => x.Apply("cos");

    public static Ex Sinh(Ex x) => x.Apply("sinh");

    public static Ex Cosh(Ex x) => x.Apply("cosh");

    public static Ex Tanh(Ex x) => x.Apply("tanh");

    public static Ex Sech(Ex x) => x.Apply("sech");

    public static Ex Round(Ex x) => x.Apply("round");

    public static Ex CopySign(Ex magnitude, Ex sign) => magnitude.Apply("copysign", sign);

    /// <summary>Sign of x, and <paramref name="atZero"/> at 0.</summary>
    public static Ex AbsSlope(Ex x, Ex atZero) => x.Apply("abs_slope", atZero);

    /// <summary>The share of x in a selection among x and y that gave <paramref name="selected"/>.</summary>
    public static Ex Share(Ex selected, Ex x, Ex y, Ex tie) => selected.Apply("share", x, y, tie);

    /// <summary>1 for x above the limit, 0 below, <paramref name="tie"/> at the limit.</summary>
    public static Ex Above(Ex x, Ex limit, Ex tie) => x.Apply("above", limit, tie);

    /// <summary>1 for x below the limit, 0 above, <paramref name="tie"/> at the limit.</summary>
    public static Ex Below(Ex x, Ex limit, Ex tie) => x.Apply("below", limit, tie);

    /// <summary>a·p, and 0 for a = 0 although p is not finite.</summary>
    public static Ex Mul0(Ex a, Ex p, Ex x) => a.Apply(Ir.Op.Mul0, p, x);

    /// <summary>exp(−x²).</summary>
    public static Ex Gaussian(Ex x) => x.Apply("gaussian");

    public static Ex Erfcx(Ex x) => x.Apply("erfcx");

    public static Ex Sigmoid(Ex x) => x.Apply("sigmoid");

    public static Ex NormalPdf(Ex x) => x.Apply("normal_pdf");

    public static Ex InverseMills(Ex x) => x.Apply("inverse_mills");

    public static Ex Digamma(Ex x) => x.Apply("digamma");
}
