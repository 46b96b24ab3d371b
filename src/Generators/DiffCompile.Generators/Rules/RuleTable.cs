namespace DiffCompile.Generators.Rules;

/// <summary>All rows, by operation name and by the C# methods that they stand for.</summary>
internal static class RuleTable
{
    private static readonly Dictionary<string, DerivativeRule> ByOp = new();
    private static readonly Dictionary<string, DerivativeRule> ByMethod = new();

    static RuleTable()
    {
        foreach (DerivativeRule row in Families.SelectMany(family => family))
        {
            ByOp.Add(row.Op, row);
            foreach (string method in row.Methods)
            {
                ByMethod.Add(method + "/" + row.Arity, row);
            }
        }
    }

    public static IEnumerable<DerivativeRule> Rows => ByOp.Values;

    private static IEnumerable<IEnumerable<DerivativeRule>> Families => 
    [
        ArithmeticRules.Rows,
        FusedRules.Rows,
        RemainderRules.Rows,
        ConversionRules.Rows,
        SelectionRules.Rows,
        RoundingRules.Rows,
        PredicateRules.Rows,
        ExponentialRules.Rows,
        LogarithmRules.Rows,
        PowerRules.Rows,
        RootRules.Rows,
        TrigonometricRules.Rows,
        InverseTrigonometricRules.Rows,
        HyperbolicRules.Rows,
        ActivationRules.Rows,
        ErrorFunctionRules.Rows,
        NormalRules.Rows,
        GammaRules.Rows,
        LambertRules.Rows,
        MathNetRules.Rows,
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
