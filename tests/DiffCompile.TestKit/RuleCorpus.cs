using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DiffCompile.Generators.Rules;

namespace DiffCompile.TestKit;

/// <summary>
/// One small differentiable method per row of the rule table, per stated domain and, if asked for, per C# spelling, as
/// source text. The rows come from the table, so that a row without a case is an error; where a row is smooth stands in
/// <see cref="RuleCases"/>.
/// </summary>
public static partial class RuleCorpus
{
    private const string Header = """
        using System;
        using DiffCompile;
        using DiffCompile.Mathematics;

        namespace DiffCompile.Corpus;

        [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
        internal sealed class PointAttribute(params double[] x) : Attribute
        {
            public double[] X { get; } = x;

            public bool Smooth { get; init; } = true;
        }

        [AttributeUsage(AttributeTargets.Method)]
        internal sealed class ExpectAttribute : Attribute;

        [AttributeUsage(AttributeTargets.Method)]
        internal sealed class EmitsNotAttribute(string text) : Attribute
        {
            public string Text { get; } = text;
        }


        """;

    /// <summary>The source files: one per family of the table for double, one for float, and the kinks, edges and interiors.</summary>
    /// <param name="allSpellings">Also the other C# names of each row, not only the first for double and for float.</param>
    public static IEnumerable<RuleCorpusFile> Files(bool allSpellings = false)
    {
        foreach (RuleFamily family in RuleTable.Families)
        {
            foreach (bool single in new[] { false, true })
            {
                string[] methods = [.. family.Rows.SelectMany(row => Methods(row, single, allSpellings))];
                if (methods.Length > 0)
                {
                    string name = Identifier(family.Title) + (single ? "Single" : "Double");
                    yield return new RuleCorpusFile(name, File(name, methods));
                }
            }
        }

        yield return new RuleCorpusFile("Kinks", File("Kinks", RuleExpectations.Kinks.Select((k, i) => k.Write(i))));
        yield return new RuleCorpusFile("Interiors", File("Interiors", RuleExpectations.Interiors.Select((c, i) => RuleExpectations.WriteInterior(c, i))));
        yield return new RuleCorpusFile("Edges", File("Edges", RuleExpectations.Edges.Select((e, i) => e.Write(i))));
    }

    private static string File(string name, IEnumerable<string> members) =>
        Header + $"internal static partial class {name}\n{{\n{string.Join("\n", members)}\n{RuleExpectations.Near}}}\n";

    private static IEnumerable<string> Methods(DerivativeRule row, bool single, bool allSpellings)
    {
        RuleCase[] cases = RuleCases.All.Where(c => c.Op == row.Op).ToArray();
        if (cases.Length == 0)
        {
            throw new InvalidOperationException($"The rule corpus has no case for the row '{row.Op}'.");
        }

        IEnumerable<string> spellings = Spellings(row, single);
        return (allSpellings ? spellings : spellings.Take(1))
            .SelectMany((spelling, s) => cases.Where(c => single || !c.OnlySingle).Select((c, i) => Method(c, $"{Identifier(row.Op)}_{s}_{i}", spelling, single)));
    }

    /// <summary>How C# calls the row; a single empty name for operators.</summary>
    internal static IEnumerable<string> Spellings(DerivativeRule row, bool single)
    {
        if (row.Methods.Count == 0)
        {
            return [""];
        }

        string[] named = row.Methods.Select(m => m.Split(':')[0])
            .Where(m => IsSingle(m) == single && !m.StartsWith("System.Int", StringComparison.Ordinal))
            .Select(m => "global::" + m).ToArray();
        // Our own functions are overloaded.
        return named.Length == 0 && single && row.SingleSpelling.Length > 0 ? [row.SingleSpelling] : named;
    }

    private static bool IsSingle(string method) =>
        method.StartsWith("System.MathF.", StringComparison.Ordinal) || method.StartsWith("System.Single.", StringComparison.Ordinal);

    private static string Method(RuleCase c, string name, string spelling, bool single)
    {
        var text = new StringBuilder();
        text.Append("    [Differentiable(DerivativeModes.SecondOrder)]\n");
        var random = new Random(Seed(name));
        for (int i = 0; i < RuleCases.PointsPerCase; i++)
        {
            text.Append($"    [Point({string.Join(", ", c.Operands.Select(o => Number(o.Draw(random))))})]\n");
        }

        string type = single ? "float" : "double";
        IEnumerable<string> parameters = c.Operands.Select((o, i) => (o.IsInteger ? "[NoGradient] int " : type + " ") + RuleCase.Names[i]);
        string body = c.Body(spelling, single);
        body = single ? NumberLiteral().Replace(body, "$0f") : body;
        text.Append($"    internal static {type} {name}({string.Join(", ", parameters)}) => {body};\n");
        return text.ToString();
    }

    [GeneratedRegex(@"(?<![\w.])\d+\.\d+")]
    private static partial Regex NumberLiteral();

    internal static string Number(double value) =>
        double.IsNaN(value) ? "double.NaN"
        : double.IsPositiveInfinity(value) ? "double.PositiveInfinity"
        : double.IsNegativeInfinity(value) ? "double.NegativeInfinity"
        : value == 0.0 ? (double.IsNegative(value) ? "-0.0" : "0.0")
        : value.ToString("R", CultureInfo.InvariantCulture) + (value == Math.Floor(value) && Math.Abs(value) < 1e15 ? ".0" : "");

    internal static string Identifier(string op) => string.Concat(op.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    // string.GetHashCode differs from run to run.
    private static int Seed(string name) => name.Aggregate(17, (h, c) => unchecked((h * 31) + c)) & int.MaxValue;
}

/// <summary>A source file of the rule corpus.</summary>
public sealed record RuleCorpusFile(string Name, string Source);

/// <summary>A row on a part of its domain where it is smooth.</summary>
/// <param name="Op">The row.</param>
/// <param name="Operands">Ranges of the parameters x, y, z, v, w.</param>
/// <param name="Text">C# body, the function written F; null for F of all parameters.</param>
/// <param name="OnlySingle">Float parameters only: the row is about them.</param>
internal sealed record RuleCase(string Op, RuleOperand[] Operands, string? Text = null, bool OnlySingle = false)
{
    public static readonly string[] Names = ["x", "y", "z", "v", "w"];

    /// <summary>The body, with the C# spelling of the row and, where a row is given a power or a norm, of that one.</summary>
    public string Body(string spelling, bool single = false) => (Text ?? $"F({string.Join(", ", Names.Take(Operands.Length))})")
        .Replace("POW(", single ? "global::System.MathF.Pow(" : "global::System.Math.Pow(")
        .Replace("TANH(", single ? "MathF.Tanh(" : "Math.Tanh(")
        .Replace("NORM(", single ? "float.Hypot(" : "double.Hypot(")
        .Replace("F(", spelling + "(");
}

/// <summary>The range of a parameter; both ends belong to it.</summary>
internal readonly record struct RuleOperand(double Min, double Max, bool IsInteger = false)
{
    public static implicit operator RuleOperand((double Min, double Max) range) => new(range.Min, range.Max);

    /// <summary>A number that float holds too.</summary>
    public double Draw(Random random) => IsInteger
        ? random.Next((int)Min, (int)Max + 1)
        : (double)(float)(Min + (random.NextDouble() * (Max - Min)));
}
