using System.Globalization;
using System.Reflection;
using System.Text;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;
using DiffCompile.Generators.Tests.Rules;

namespace DiffCompile.TestKit;

/// <summary>A differentiable method of one line that calls a method of the rule table.</summary>
/// <param name="Name">Name of the C# method in the class Rows.</param>
/// <param name="Op">The row.</param>
/// <param name="Text">Its declaration.</param>
/// <param name="Operands">Range of each parameter in which it is smooth; integers have none in which it is differentiated.</param>
public sealed record RowProgram(string Name, string Op, string Text, IReadOnlyList<(double Min, double Max, bool IsInteger)> Operands)
{
    public override string ToString() => Name + ": " + Text;

    /// <summary>A point inside the ranges, of numbers that float can hold.</summary>
    public double[] Sample(Random random) => [.. Operands.Select(o => o.IsInteger
        ? random.Next((int)o.Min, (int)o.Max + 1)
        : (double)(float)(o.Min + ((o.Max - o.Min) * ((0.8 * random.NextDouble()) + 0.1))))];
}

/// <summary>The rule table as C#: every spelling of every row, for double and float, in a method of its own.</summary>
public static class RowPrograms
{
    // How rows are called whose operands belong to one another, or whose result is no varying float.
    private static readonly Dictionary<string, string[]> Calls = new()
    {
        [Op.Mul0] = ["x0 * F(x1, x0, {2})"],
        ["abs_slope"] = ["x0 * F(x0, {0.5})"],
        ["share"] = ["x0 * F(x0 > x1 ? x0 : x1, x0, x1, {0.5})"],
        ["above"] = ["x0 * F(x0, x1, {0.5})"],
        ["below"] = ["x0 * F(x0, x1, {0.5})"],
        ["pow_slope"] = ["F(x0, x1, P(x0, x1))"],
        ["pow_log"] = ["F(x0, x1, P(x0, x1))"],
        ["pow_derivative"] = ["F(x0, x1, P(x0, x1), 0, 0)", "F(x0, x1, P(x0, x1), 1, 0)", "F(x0, x1, P(x0, x1), 1, 1)", "F(x0, x1, P(x0, x1), 2, 1)"],
        ["hypot_slope"] = ["F(x0, x1, T.Hypot(x0, x1))"],
        ["sign"] = ["x0 * F(x0)"],
        ["round_mode"] = ["x0 * F(x0, MidpointRounding.AwayFromZero)", "x0 * F(x0, MidpointRounding.ToZero)"],
        ["round_digits_mode"] = ["x0 * F(x0, 2, MidpointRounding.AwayFromZero)"],
        ["pow"] =
        [
            "F(x0, x1)", "F(x0, {-2})", "F(x0, {-1})", "F(x0, {-0.5})", "x0 * F(x0, {0})", "F(x0, {0.5})", "F(x0, {1})", "F(x0, {1.5})",
            "F(x0, {1.7})", "F(x0, {2})", "F(x0, {3})", "F(x0, {4})", "F(x0, {5})", "F(-x0, {3})", "F(-x0, {-2})",
        ],
    };

    // No functions that authors call.
    private static readonly string[] Operators =
        [Op.Add, Op.Subtract, Op.Multiply, Op.Divide, Op.Negate, Op.Remainder, Op.Convert, Op.ConvertChecked, Op.StopGradient];

    private static readonly Type[] Homes =
    [
        typeof(Math), typeof(MathF), typeof(double), typeof(float),
        typeof(Mathematics.DerivativeMath), typeof(Mathematics.SpecialFunctions),
    ];

    private static readonly Lazy<IReadOnlyList<RowProgram>> Programs = new(() => [.. Make()]);

    public static IReadOnlyList<RowProgram> All => Programs.Value;

    /// <summary>All of them in the class Rows.</summary>
    public static string Source(string modes = "DerivativeModes.SecondOrder")
    {
        var text = new StringBuilder("using System;\nusing DiffCompile;\n\npublic static partial class Rows\n{\n");
        foreach (RowProgram program in All)
        {
            text.Append(CultureInfo.InvariantCulture, $"    [Differentiable({modes})]\n    {program.Text}\n\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Rows without a program, which must be none but the operators.</summary>
    public static IReadOnlyList<string> Missing => [.. RuleTable.Rows.Select(r => r.Op).Except(Operators).Except(All.Select(p => p.Op))];

    private static IEnumerable<RowProgram> Make()
    {
        int number = 0;
        foreach (DerivativeRule row in RuleTable.Rows.Where(r => !Operators.Contains(r.Op)))
        {
            bool isFirst = true;
            foreach (string method in row.Methods)
            {
                foreach (string type in new[] { "double", "float" })
                {
                    foreach (RowProgram program in Make(row, method, type, isFirst, () => ++number))
                    {
                        isFirst = false;
                        yield return program;
                    }
                }
            }
        }
    }

    // The first spelling gets all ranges and ways to be called, the others one.
    private static IEnumerable<RowProgram> Make(DerivativeRule row, string method, string type, bool isFirst, Func<int> next)
    {
        string name = method.Split(':')[0];
        RowCase[] cases = RowCases.All.Where(c => c.Op == row.Op).ToArray();
        if (row.Op.StartsWith("is.", StringComparison.Ordinal) || row.Op == "sign")
        {
            cases = [new RowCase(row.Op, [(0.6, 0.9)])];
        }

        if (!Exists(name, row.Arity, method.Contains(':'), type) || cases.Length == 0)
        {
            yield break;
        }

        string[] calls = Calls.TryGetValue(row.Op, out string[]? given) ? given : [DefaultCall(row, cases[0])];
        bool isComposite = given is not null;
        cases = isComposite ? cases.Take(1).ToArray() : cases;
        foreach (RowCase one in isFirst ? cases : cases.Take(1))
        {
            foreach (string call in isFirst ? calls : calls.Take(1))
            {
                int used = Enumerable.Range(0, one.Operands.Length).TakeWhile(i => call.Contains("x" + i, StringComparison.Ordinal)).Count();
                Operand[] operands = one.Operands.Take(used).ToArray();
                string id = "F" + next().ToString(CultureInfo.InvariantCulture);
                string parameters = string.Join(", ", operands.Select((o, i) => o.IsInteger ? $"[NoGradient] int x{i}" : $"{type} x{i}"));
                yield return new RowProgram(
                    id, row.Op, $"public static {type} {id}({parameters}) => {Spell(call, name, type)};", [.. operands.Select(o => (o.Min, o.Max, o.IsInteger))]);
            }
        }
    }

    private static string DefaultCall(DerivativeRule row, RowCase one)
    {
        string call = $"F({string.Join(", ", one.Operands.Select((_, i) => "x" + i))})";
        return row.Op.StartsWith("is.", StringComparison.Ordinal) ? call + " ? x0 * x0 : x0 * x0 * x0"
            : row.IsPiecewiseConstant ? "x0 * " + call
            : call;
    }

    private static string Spell(string call, string method, string type)
    {
        string suffix = type == "float" ? "f" : "";
        string qualified = method.Replace("System.Double.", "double.", StringComparison.Ordinal).Replace("System.Single.", "float.", StringComparison.Ordinal);
        qualified = char.IsUpper(qualified[0]) ? "global::" + qualified : qualified;
        string text = System.Text.RegularExpressions.Regex.Replace(call, @"\{(-?[\d.]+)\}", m => m.Groups[1].Value + (m.Groups[1].Value.Contains('.') ? "" : ".0") + suffix);
        string power = type == "float" ? "MathF.Pow" : "Math.Pow";
        return text.Replace("F(", qualified + "(", StringComparison.Ordinal).Replace("P(", power + "(", StringComparison.Ordinal).Replace("T.", type + ".", StringComparison.Ordinal);
    }

    private static bool Exists(string method, int arity, bool hasMode, string type)
    {
        string home = method[..method.LastIndexOf('.')];
        string name = method[(method.LastIndexOf('.') + 1)..];
        Type scalar = type == "float" ? typeof(float) : typeof(double);
        IEnumerable<Type> homes = Homes.Append(Type.GetType("MathNet.Numerics.SpecialFunctions, MathNet.Numerics") ?? typeof(Math));
        return homes.Where(h => h.FullName == home)
            .SelectMany(h => h.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Any(m => m.Name == name && !m.IsGenericMethod && m.GetParameters() is var p && p.Length == arity
                && p.Any(q => q.ParameterType == scalar) && p.All(q => q.ParameterType == scalar || q.ParameterType == typeof(int) || q.ParameterType.IsEnum)
                && p.Any(q => q.ParameterType.IsEnum) == hasMode);
    }
}
