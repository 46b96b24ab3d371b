using System.Text;

namespace DiffCompile.Generators.Tests.Accepted;

/// <summary>Writes methods with random control flow: branches, switches, early exits, assignments in odd places.</summary>
internal sealed class RandomPrograms(int seed)
{
    private static readonly string[] Variables = ["x", "y", "z", "w"];
    private readonly Random _random = new(seed);

    public string Method(string name)
    {
        var text = new StringBuilder();
        text.Append($"[Differentiable(DerivativeModes.None)] public static double {name}(double x, double y, int n, out double w)\n{{\ndouble z = 0; w = 1;\n");
        Block(text, depth: 0, inSwitch: false);
        return text.Append("return x + 2 * y + 4 * z;\n}\n").ToString();
    }

    private void Block(StringBuilder text, int depth, bool inSwitch)
    {
        int count = _random.Next(1, depth == 0 ? 6 : 4);
        for (int i = 0; i < count; i++)
        {
            Statement(text, depth, inSwitch);
        }
    }

    private void Statement(StringBuilder text, int depth, bool inSwitch)
    {
        switch (depth > 3 ? _random.Next(3) : _random.Next(11))
        {
            case 0 or 1:
                text.Append($"{Pick()} = {Expression(2)};\n");
                break;
            case 2:
                text.Append($"{Pick()} {(_random.Next(2) == 0 ? "+=" : "*=")} {Expression(1)};\n");
                break;
            case 3 or 4 or 5:
                text.Append($"if ({Condition()})\n{{\n");
                Block(text, depth + 1, inSwitch);
                text.Append("}\n");
                break;
            case 6 or 7:
                text.Append($"if ({Condition()})\n{{\n");
                Block(text, depth + 1, inSwitch);
                text.Append("}\nelse\n{\n");
                Block(text, depth + 1, inSwitch);
                text.Append("}\n");
                break;
            case 8:
                Switch(text, depth);
                break;
            case 9:
                // Behind a condition, so that what follows can be reached.
                text.Append($"if ({Condition()}) {{ {Exit(inSwitch)} }}\n");
                break;
            default:
                text.Append($"n = {(_random.Next(2) == 0 ? "n + 1" : "n - 2")};\n");
                break;
        }
    }

    private void Switch(StringBuilder text, int depth)
    {
        text.Append("switch (n)\n{\n");
        string[] labels = ["case 0:", "case 1: case 2:", "case > 4:", "case < -1 when x > 0:", "default:"];
        foreach (string label in labels.Where(_ => _random.Next(4) > 0))
        {
            text.Append(label + "\n{\n");
            Block(text, depth + 1, inSwitch: true);
            text.Append((_random.Next(4) == 0 ? Exit(inSwitch: true) : "break;") + "\n}\n");
        }

        text.Append("}\n");
    }

    private string Exit(bool inSwitch) => _random.Next(inSwitch ? 4 : 3) switch
    {
        0 => "throw new System.ArgumentException(\"bad\");",
        3 => "break;",
        _ => $"return {Expression(1)};",
    };

    private string Condition() => _random.Next(5) switch
    {
        0 => $"{Pick()} > {Number()} && {Pick()} < {Number()}",
        1 => $"{Pick()} > {Number()} || n == {_random.Next(4)}",
        2 => $"n is {_random.Next(3)} or > {_random.Next(3, 6)}",
        3 => $"({Pick()} = {Expression(1)}) > {Number()}",
        _ => $"{Pick()} < {Number()}",
    };

    private string Expression(int depth) => (depth == 0 ? _random.Next(2) : _random.Next(7)) switch
    {
        0 => Pick(),
        1 => Number(),
        2 => $"({Expression(depth - 1)} + {Expression(depth - 1)})",
        3 => $"({Expression(depth - 1)} - {Expression(depth - 1)})",
        4 => $"({Pick()} * 0.5)",
        5 => $"({Condition()} ? {Expression(depth - 1)} : {Expression(depth - 1)})",
        _ => $"(n switch {{ 0 => {Expression(depth - 1)}, > 2 => {Expression(depth - 1)}, _ => {Expression(depth - 1)} }})",
    };

    private string Pick() => Variables[_random.Next(Variables.Length)];

    private string Number() => (_random.Next(-8, 9) / 2.0).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
