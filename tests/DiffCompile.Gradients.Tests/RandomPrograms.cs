using System.Globalization;
using System.Text;

namespace DiffCompile.Gradients.Tests;

/// <summary>
/// Text of random differentiable methods of x, y and z: assignments, nested branches with and without returns, short circuits,
/// ternaries, calls of helpers and of each other. All operations are smooth and bounded, so that finite differences are good.
/// </summary>
internal sealed class RandomPrograms(Random random)
{
    private const int DeepestBlock = 2;

    private readonly StringBuilder _text = new();
    private int _locals;
    private int _method;

    public string Write(int methods)
    {
        _text.Append("using System;\nusing DiffCompile;\n\nnamespace DiffCompile.Corpus;\n\npublic static partial class Random\n{\n");
        for (_method = 0; _method < methods; _method++)
        {
            _locals = 0;
            _text.Append(CultureInfo.InvariantCulture, $"    [Differentiable(DerivativeModes.SecondOrder)]\n    public static double M{_method}(double x, double y, double z)\n    {{\n");
            var names = new List<string> { "x", "y", "z" };
            Block(names, 2, 0);
            _text.Append(CultureInfo.InvariantCulture, $"        return {Expression(names, 2)};\n    }}\n\n    private static double H{_method}(double a, double b) => {Expression(["a", "b"], 2)};\n\n");
        }

        return _text.Append("}\n").ToString();
    }

    private void Block(List<string> visible, int indent, int depth)
    {
        var names = new List<string>(visible);
        int statements = random.Next(1, 3);
        for (int i = 0; i < statements; i++)
        {
            string pad = new(' ', 4 * indent);
            switch (random.Next(depth < DeepestBlock ? 7 : 3))
            {
                case 0:
                    string name = "v" + (++_locals).ToString(CultureInfo.InvariantCulture);
                    _text.Append(CultureInfo.InvariantCulture, $"{pad}double {name} = {Expression(names, 3)};\n");
                    names.Add(name);
                    break;
                case 1:
                    _text.Append(CultureInfo.InvariantCulture, $"{pad}{Pick(names)} = {Expression(names, 3)};\n");
                    break;
                case 2:
                    string[] compound = ["+=", "-=", "*="];
                    _text.Append(CultureInfo.InvariantCulture, $"{pad}{Pick(names)} {compound[random.Next(3)]} {Expression(names, 2)};\n");
                    break;
                default:
                    _text.Append(CultureInfo.InvariantCulture, $"{pad}if ({Condition(names)})\n{pad}{{\n");
                    Block(names, indent + 1, depth + 1);
                    if (random.Next(4) == 0)
                    {
                        _text.Append(CultureInfo.InvariantCulture, $"{pad}    return {Expression(names, 2)};\n");
                    }

                    _text.Append(CultureInfo.InvariantCulture, $"{pad}}}\n");
                    if (random.Next(2) == 0)
                    {
                        _text.Append(CultureInfo.InvariantCulture, $"{pad}else\n{pad}{{\n");
                        Block(names, indent + 1, depth + 1);
                        _text.Append(CultureInfo.InvariantCulture, $"{pad}}}\n");
                    }

                    break;
            }
        }
    }

    private string Condition(List<string> names) => random.Next(4) switch
    {
        0 => $"{Pick(names)} > {Constant()} && {Pick(names)} < {Pick(names)} + 1.0",
        1 => $"{Pick(names)} < {Constant()} || {Pick(names)} > {Constant()}",
        _ => $"{Pick(names)} > {Constant()}",
    };

    private string Expression(IReadOnlyList<string> names, int depth)
    {
        if (depth == 0)
        {
            return random.Next(5) == 0 ? Constant() : Pick(names);
        }

        string a = Expression(names, depth - 1), b = Expression(names, random.Next(depth));
        return random.Next(9) switch
        {
            0 => $"({a} + {b})",
            1 => $"({a} - {b})",
            2 or 3 => $"Math.Sin({a}) * {b}",
            4 => $"Math.Tanh({a}) - ({b}) * 0.5",
            5 => $"({a}) / (1.5 + ({b}) * ({b}))",
            6 => $"Math.Exp(-({a}) * ({a}))",
            7 => $"({Pick(names)} > {Constant()} ? {a} : {b})",
            _ => _method > 0 && names.Count > 1 ? $"H{random.Next(_method).ToString(CultureInfo.InvariantCulture)}({a}, Math.Cos({b}))" : a,
        };
    }

    private string Pick(IReadOnlyList<string> names) => names[random.Next(names.Count)];

    private string Constant() => (0.1 * random.Next(-9, 10)).ToString("F2", CultureInfo.InvariantCulture);
}
