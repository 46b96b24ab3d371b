namespace DiffCompile.Generators.Rules;

/// <summary>All rows, by operation name and by the C# methods that they stand for.</summary>
internal static class RuleTable
{
    private static readonly Dictionary<string, DerivativeRule> ByOp = new();
    private static readonly Dictionary<string, DerivativeRule> ByMethod = new();

    static RuleTable()
    {
        foreach (DerivativeRule row in Families.SelectMany(family => family.Rows))
        {
            ByOp.Add(row.Op, row);
            foreach (string method in row.Methods)
            {
                ByMethod.Add(method + "/" + row.Arity, row);
            }
        }
    }

    public static IEnumerable<DerivativeRule> Rows => ByOp.Values;

    /// <summary>The families in the order of the documentation.</summary>
    public static IEnumerable<RuleFamily> Families =>
    [
        new("Arithmetic", ArithmeticRules.Rows),
        new("Fused and scaled", FusedRules.Rows),
        new("Remainders", RemainderRules.Rows),
        new("Conversions", ConversionRules.Rows),
        new("Selection", SelectionRules.Rows),
        new("Rounding", RoundingRules.Rows),
        new("Predicates", PredicateRules.Rows),
        new("Exponentials", ExponentialRules.Rows),
        new("Logarithms", LogarithmRules.Rows),
        new("Powers", PowerRules.Rows),
        new("Roots and norm", RootRules.Rows),
        new("Trigonometric functions", TrigonometricRules.Rows),
        new("Inverse trigonometric functions", InverseTrigonometricRules.Rows),
        new("Hyperbolic functions", HyperbolicRules.Rows),
        new("Smooth steps and ramps", ActivationRules.Rows),
        new("Error functions", ErrorFunctionRules.Rows),
        new("Normal distribution", NormalRules.Rows),
        new("Gamma functions", GammaRules.Rows),
        new("Lambert's W", LambertRules.Rows),
        new("MathNet.Numerics", MathNetRules.Rows),
    ];

    /// <summary>The row of an operation; null when there is none.</summary>
    public static DerivativeRule? Find(string op) => ByOp.TryGetValue(op, out DerivativeRule? row) ? row : null;

    /// <summary>The row of a C# method with so many parameters; null when there is none.</summary>
    /// <param name="qualifiedName">"Namespace.Type.Method", with System.Double and System.Single for double and float.</param>
    /// <param name="arity">Number of parameters.</param>
    /// <param name="lastParameterType">
    /// Name of the last parameter's type if that is an enum, else empty: Math.Round(double, MidpointRounding) is another
    /// function than Math.Round(double, int).
    /// </param>
    public static DerivativeRule? FindMethod(string qualifiedName, int arity, string lastParameterType = "")
    {
        string suffix = lastParameterType.Length == 0 ? "" : ":" + lastParameterType;
        return ByMethod.TryGetValue(qualifiedName + suffix + "/" + arity, out DerivativeRule? row) ? row : null;
    }
}
