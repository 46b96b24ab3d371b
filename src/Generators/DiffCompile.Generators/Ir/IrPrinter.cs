using System.Text;

namespace DiffCompile.Generators.Ir;

/// <summary>IR as text, the same in every run; values are numbered in order of definition, whatever their ids are.</summary>
/// <example>
/// <code>
/// Square(double x)
///   y = mul x x
///   return y
/// </code>
/// </example>
internal sealed class IrPrinter
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, string> _spelled = new();
    private readonly HashSet<string> _used = [];
    private readonly Dictionary<int, int> _slots = new();
    private int _unnamed;

    public static string Print(IrFunction function)
    {
        var printer = new IrPrinter();
        foreach (Value input in function.Inputs)
        {
            printer.Define(input);
        }

        printer.Line(0, function.Name + "(" + string.Join(", ", function.Inputs.Select(i => i.Type + " " + printer.Use(i))) + ")");
        printer.Write(function.Body, 1, "return");
        return printer._text.ToString();
    }

    private void Write(Region region, int depth, string end)
    {
        foreach (Equation equation in region.Body)
        {
            Write(equation, depth);
        }

        if (region.Yields.Count > 0 || end == "return")
        {
            Line(depth, (end + " " + Join(region.Yields)).TrimEnd());
        }
    }

    private void Write(Equation equation, int depth)
    {
        switch (equation)
        {
            case PrimitiveEquation e:
                string type = e.Op is Op.Convert or Op.ConvertChecked ? " " + e.Result.Type : "";
                string kinks = e.Kinks == Kinks.Symmetric ? "" : " @" + e.Kinks;
                string note = e.Source is { } s ? $"  // {s.File}:{s.Line} {s.Text}" : "";
                Line(depth, Results(e, $"{e.Op}{type} {Join(e.Arguments)}{kinks}{(e.IsPrimal ? "" : " '")}{note}"));
                break;
            case IfEquation e:
                Line(depth, $"if {Use(e.Condition)}");
                Write(e.Then, depth + 1, "yield");
                if (!e.Else.Body.IsEmpty || !e.Else.Yields.IsEmpty)
                {
                    Line(depth, "else");
                    Write(e.Else, depth + 1, "yield");
                }

                if (!e.Results.IsEmpty)
                {
                    Line(depth, Results(e, "end"));
                }

                break;
            case LoopEquation e:
                Line(depth, (e.Checkpoints == 0 ? "loop " : e.Checkpoints < 0 ? "loop by roots " : $"loop in {e.Checkpoints} slots ") + Join(e.Carried));
                Parameters(e.Test, depth + 1, "test");
                Parameters(e.Body, depth + 1, "body");
                Line(depth, Results(e, "end"));
                break;
            case CallEquation e:
                Line(depth, Results(e, $"call {e.Callee}({Join(e.Arguments, ", ")})"));
                break;
            case ExternalCallEquation e:
                Line(depth, Results(e, $"extern {e.Method.FullName}({Join(e.Arguments, ", ")}){Rules(e.Method)}"));
                break;
            case ThrowEquation e:
                Line(depth, "throw " + e.Expression);
                break;
            case StageEquation e:
                Line(depth, "// " + e.Text);
                break;
            case MemoryEquation e:
                string type2 = e.Op is MemoryOp.View or MemoryOp.Reserve ? " " + e.Result.Type + (e.IsFilled ? " filled" : "") : "";
                string slot = e.Slot > 0 ? " #" + Slot(e.Slot) : "";
                Line(depth, Results(e, $"{e.Op}{type2}{slot} {Join(e.Arguments)}".TrimEnd() + (e.IsPrimal ? "" : " '")));
                break;
            case ClearEquation e:
                Line(depth, "clear " + Use(e.Buffer));
                break;
            case FiniteCheckEquation e:
                Line(depth, $"check {Use(e.Checked)} as {e.Quantity}");
                break;
            default:
                throw new InvalidOperationException("No text for " + equation.GetType().Name + ".");
        }
    }

    private void Parameters(Region region, int depth, string title)
    {
        foreach (Value parameter in region.Parameters)
        {
            Define(parameter);
        }

        Line(depth, title + " " + Join(region.Parameters));
        Write(region, depth + 1, "yield");
    }

    private static string Rules(ExternalMethod method) => method.Implicit is { } rule
        ? $" {(rule.IsFixedPoint ? "fixed by" : "root of")} {rule.Key}({string.Join(", ", rule.Arguments.Select(i => i switch { ImplicitRule.Unknown => "result", ImplicitRule.Residual => "residual", _ => "#" + i }))})"
        : method.Rules.IsEmpty
        ? ""
        : " with " + string.Join(", ", method.Rules.Select(r => (r.IsVjp ? "vjp " : "jvp ") + r.Method.FullName + (r.Key.Length > 0 ? " = " + r.Key : "") + Rules(r.Method)));

    private string Results(Equation equation, string right)
    {
        foreach (Value result in equation.Results)
        {
            Define(result);
        }

        return equation.Results.IsEmpty ? right : Join(equation.Results, ", ") + " = " + right;
    }

    // The author's name where it is free, else with a number; unnamed values are only numbered.
    private void Define(Value value)
    {
        string name = value.Name.Length == 0 ? "%" + ++_unnamed : value.Name;
        string spelled = name;
        for (int n = 2; !_used.Add(spelled); n++)
        {
            spelled = name + "#" + n;
        }

        _spelled[value.Id] = spelled;
    }

    private string Use(Value value) =>
        value.Literal is { } literal ? literal.Text : _spelled.TryGetValue(value.Id, out string? name) ? name : "?" + value.Id;

    private int Slot(int slot)
    {
        if (!_slots.TryGetValue(slot, out int number))
        {
            number = _slots.Count + 1;
            _slots.Add(slot, number);
        }

        return number;
    }

    private string Join(IEnumerable<Value> values, string separator = " ") => string.Join(separator, values.Select(Use));

    private void Line(int depth, string text) => _text.Append(' ', 2 * depth).Append(text).Append('\n');
}
