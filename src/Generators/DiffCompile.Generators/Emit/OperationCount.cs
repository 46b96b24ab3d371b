using System.Globalization;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Emit;

/// <summary>How many costly operations one call of a function evaluates, on its most expensive path.</summary>
internal sealed class OperationCount
{
    private const string Division = "division";
    private const string HelperCall = "call";

    // Functions that take a few additions' time.
    private static readonly HashSet<string> Cheap =
    [
        Op.Mul0, "abs", "copysign", "sign", "min", "max", "clamp", "fma", "multiply_add_estimate", "lerp",
        "degrees_to_radians", "radians_to_degrees", "hypot_slope", "over_squares", "tanh_slope",
    ];

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Operations of the function's own text; a call counts as one call.</summary>
    public static OperationCount Of(IrFunction function) => Of(function.Body);

    /// <summary>For example "1 Erf, 2 Exp and 3 divisions".</summary>
    public override string ToString()
    {
        string[] parts = _counts.Where(c => c.Key is not (Division or HelperCall)).Select(c => Quantity(c.Value, c.Key))
            .Concat(Plural(Division)).Concat(Plural(HelperCall)).ToArray();
        return parts.Length == 0 ? "no division and no function call" : TextLines.Enumerate(parts);
    }

    private static OperationCount Of(Region region)
    {
        var count = new OperationCount();
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation e when e.Op == Op.Divide && e.Result.Type.IsFloat:
                    count.Add(Division, 1);
                    break;
                case PrimitiveEquation e when CostlyFunction(e) is { } function:
                    count.Add(function, 1);
                    break;
                case CallEquation:
                    count.Add(HelperCall, 1);
                    break;
                case ExternalCallEquation e when !Passes.BinomialSchedule.IsCalledBy(e):
                    count.Add(e.Method.FullName.Substring(e.Method.FullName.LastIndexOf('.') + 1), 1);
                    break;
            }

            if (equation.Regions.Count > 0)
            {
                OperationCount[] nested = equation.Regions.Select(Of).ToArray();
                foreach (string name in nested.SelectMany(n => n._counts.Keys).Distinct())
                {
                    count.Add(name, nested.Max(n => n._counts.TryGetValue(name, out int times) ? times : 0));
                }
            }
        }

        return count;
    }

    private static string? CostlyFunction(PrimitiveEquation e)
    {
        DerivativeRule? row = RuleTable.Find(e.Op);
        string spelling = row?.SpellingFor(e.Result.Type, e.Arguments[0].Type) ?? "";
        return spelling.Length == 0 || row!.IsPiecewiseConstant || Cheap.Contains(e.Op) ? null : spelling.Substring(spelling.LastIndexOf('.') + 1);
    }

    private void Add(string name, int times) => _counts[name] = times + (_counts.TryGetValue(name, out int before) ? before : 0);

    private IEnumerable<string> Plural(string name) =>
        _counts.TryGetValue(name, out int times) ? [Quantity(times, times == 1 ? name : name + "s")] : [];

    private static string Quantity(int times, string name) => times.ToString(CultureInfo.InvariantCulture) + " " + name;
}
