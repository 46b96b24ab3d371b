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

    private static IEnumerable<IEnumerable<DerivativeRule>> Families => [ArithmeticRules.Rows];

    /// <summary>The row of an operation; null when there is none.</summary>
    public static DerivativeRule? Find(string op) => ByOp.TryGetValue(op, out DerivativeRule? row) ? row : null;

    /// <summary>The row of a C# method "Namespace.Type.Method" with so many parameters; null when there is none.</summary>
    public static DerivativeRule? FindMethod(string qualifiedName, int arity) =>
        ByMethod.TryGetValue(qualifiedName + "/" + arity, out DerivativeRule? row) ? row : null;
}
