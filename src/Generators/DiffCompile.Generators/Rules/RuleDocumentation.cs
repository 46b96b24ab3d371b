using System.Text;

namespace DiffCompile.Generators.Rules;

/// <summary>Writes the rule table as the page docs/rules.md.</summary>
internal static class RuleDocumentation
{
    private const string Introduction = """
        # Derivative rules

        This page is written from the rule table; a test compares it with the table.

        - **Operation** is the name in the compiler's intermediate form; **C#** lists the methods that it stands for, without
          their namespaces. A method that is neither here nor has a rule of its own is refused.
        - A prime marks a tangent: (x·y)' = y·x' + x·y'. Forward and reverse mode and all higher orders follow from the same
          formula, since every factor is made of operations of this table.
        - Where a factor can be infinite or NaN although its operand is a number (√x at 0, ln x at 0, asin at ±1 …), its product
          with a tangent or cotangent is `Mul0`: exactly zero where the tangent is zero.
        - At kinks the mean of both one-sided derivatives is taken, unless the method asks for `KinkConvention.Left` or `Right`.
        - Steps (floor, sign …) have derivative zero wherever they have one.
        """;

    public static string Render()
    {
        StringBuilder page = new();
        Line(page, Introduction.Replace("\r\n", "\n"));
        foreach (RuleFamily family in RuleTable.Families)
        {
            Line(page, "");
            Line(page, "## " + family.Title);
            Line(page, "");
            Line(page, "| Operation | C# | Derivative | Domain | Kinks |");
            Line(page, "| --- | --- | --- | --- | --- |");
            foreach (DerivativeRule row in family.Rows)
            {
                Line(page, $"| `{row.Op}` | {Methods(row)} | {Escaped(row.Formula)} | {Escaped(row.Domain)} | {Escaped(row.AtKinks)} |");
            }
        }

        Line(page, "");
        Line(page, "## Refused");
        Line(page, "");
        Line(page, "| C# | Reason | Write instead |");
        Line(page, "| --- | --- | --- |");
        foreach (IGrouping<string, Refusal> group in NonDifferentiable.Rows.GroupBy(r => LastName(r.Method)))
        {
            Line(page, $"| {string.Join(", ", group.Select(r => Code(r.Method)))} | {group.First().Reason} | {group.First().Instead} |");
        }

        return page.ToString();
    }

    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');

    private static string Methods(DerivativeRule row) =>
        row.Methods.Count == 0 ? "operator" : string.Join(", ", row.Methods.Select(Code));

    private static string Code(string method)
    {
        string[] signature = method.Split(':');
        string[] parts = signature[0].Split('.');
        string type = parts[parts.Length - 2] switch { "Double" => "double", "Single" => "float", "Int32" => "int", "Int64" => "long", var other => other };
        string library = method.StartsWith("MathNet.", StringComparison.Ordinal) ? "MathNet " : "";
        return $"{library}`{type}.{parts[parts.Length - 1]}{(signature.Length > 1 ? $"(…, {signature[1]})" : "")}`";
    }

    private static string LastName(string method) => method.Substring(method.LastIndexOf('.') + 1);

    private static string Escaped(string text) => text.Replace("|", "\\|");
}

/// <summary>A heading and its rows.</summary>
internal sealed record RuleFamily(string Title, IEnumerable<DerivativeRule> Rows);
