using System.Globalization;
using System.Text;

namespace DiffCompile.Gradients.Tests.RandomCode;

/// <summary>
/// Text of random differentiable methods: assignments, branches, every kind of loop with every way out of it, arrays and spans
/// read and written in place, parts of them, calls of helpers. Operations are smooth and bounded, so that finite differences
/// are good; what is not smooth is marked for <see cref="PathTrace"/>.
/// </summary>
internal sealed partial class ProgramWriter(Random random)
{
    private const int MostTrips = 48;
    private const int DeepestBlock = 4;

    private const string Tables = "        private static readonly double[] Table = [0.5, -0.25, 1.5, 0.75];\n        private static readonly int[] Places = [2, 0, 1];\n\n";

    private readonly List<Helper> _helpers = [];
    private StringBuilder _text = new();
    private Result _result;
    private int _names;
    private int _marks;
    private int _budget;

    private enum Result
    {
        Number,
        Pair,
        Nothing,
    }

    /// <summary>A file with these methods, as they are and with their decisions noted.</summary>
    /// <param name="methods">How many.</param>
    public string Write(int methods)
    {
        var members = new List<string>();
        for (int i = 0; i < methods; i++)
        {
            members.Add(Method("M" + i.ToString(CultureInfo.InvariantCulture)));
        }

        return File(string.Concat(members));
    }

    /// <summary>The file of these marked members.</summary>
    public static string File(string members) => PathTrace.Source
        + "#pragma warning disable\nnamespace DiffCompile.Corpus\n{\n    using System;\n    using DiffCompile;\n\n    public static partial class Random\n    {\n"
        + Tables + PathTrace.Plain(members) + "    }\n\n    public static class Noted\n    {\n"
        + Tables + string.Join('\n', PathTrace.Noted(members).Split('\n').Where(l => !l.TrimStart().StartsWith("[Differentiable", StringComparison.Ordinal))) + "    }\n}\n";

    /// <summary>One method with its helpers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="checkpoint">
    /// Arguments of [Checkpoint]: most of the method then is the body of a loop with checkpoints; one that is left by a return is
    /// refused. Null for a method without.
    /// </param>
    public string Method(string name, string? checkpoint = null)
    {
        _helpers.Clear();
        _text = new StringBuilder();
        int helpers = random.Next(3);
        for (int i = 0; i < helpers; i++)
        {
            WriteHelper(name + "Helper" + i.ToString(CultureInfo.InvariantCulture));
        }

        _names = 0;
        _budget = 18;
        _result = random.Next(6) switch { 0 => Result.Nothing, 1 => Result.Pair, _ => Result.Number };
        Scope scope = Scope.Empty;
        var parameters = new List<string> { "double x", "double y" };
        scope.Doubles.AddRange(["x", "y"]);
        AddBuffers(parameters, scope);
        if (Chance(4))
        {
            scope.Buffers.Add(new Buffer("Table", 4, BufferKind.ReadOnlySpan, "Table") { IsField = true });
            scope.Buffers.Add(new Buffer("Places", 3, BufferKind.Indices, "Places"));
        }

        if (Chance(2))
        {
            parameters.Add("[NoGradient] int n");
            scope.Ints.Add("n");
        }

        string modes = _result == Result.Number ? "DerivativeModes.Gradient | DerivativeModes.Jvp | DerivativeModes.Vjp | DerivativeModes.HessianVectorProduct" : "DerivativeModes.Jvp | DerivativeModes.Vjp";
        Line(2, $"[Differentiable({modes}){(checkpoint is null ? "" : $", Checkpoint({checkpoint})")}]");
        Line(2, $"public static {ResultType} {name}({string.Join(", ", parameters)})");
        Line(2, "{");

        // Every input has an effect: without one it is refused, rightly.
        Line(3, $"double all = 0.1 * x * y{string.Concat(scope.Buffers.Where(b => !b.IsIndices && !b.IsField && b.Root != "t").Select(b => $" + 0.1 * {b.Name}[{random.Next(b.Length)}] * x"))};");
        scope.Readable.Add("all");
        if (scope.Buffers.Any(b => b.Name == "t"))
        {
            Line(3, Chance(2) ? $"t.Fill({Expression(scope, 1)});" : "t.Clear();");
        }

        if (checkpoint is null)
        {
            Block(scope, 3, atLeast: 3);
        }
        else
        {
            Checkpointed(scope);
        }

        if (_result == Result.Nothing)
        {
            Line(3, $"{scope.Buffers.First(b => b.IsWritable).Name}[0] += all;");
        }
        else
        {
            Line(3, ReturnOf(scope));
        }

        Line(2, "}");
        Line(0, "");
        return _text.ToString();
    }

    private string ResultType => _result switch { Result.Number => "double", Result.Pair => "(double, double)", _ => "void" };

    private void AddBuffers(List<string> parameters, Scope scope)
    {
        string[] names = ["a", "b", "c"];
        int count = _result == Result.Nothing ? random.Next(1, 4) : random.Next(4);
        for (int i = 0; i < count; i++)
        {
            // A method without a result writes to a buffer.
            BufferKind kind = _result == Result.Nothing && i == 0 ? (Chance(2) ? BufferKind.Array : BufferKind.Span) : (BufferKind)random.Next(3);
            var buffer = new Buffer(names[i], random.Next(3, 6), kind, names[i]);
            scope.Buffers.Add(buffer);
            parameters.Add($"[Length({buffer.Length})] {buffer.Type} {buffer.Name}");
        }

        if (Chance(5))
        {
            scope.Buffers.Add(new Buffer("t", 4, BufferKind.Span, "t"));
            parameters.Add("[Scratch, Length(4)] Span<double> t");
        }

        if (Chance(2))
        {
            scope.Buffers.Add(new Buffer("index", 5, BufferKind.Indices, "index"));
            parameters.Add("[NoGradient, Length(5)] int[] index");
        }
    }

    // With a part that varies: a method whose only result does not is refused, rightly.
    private string ReturnOf(Scope scope)
    {
        string plus = scope.Readable.Contains("all") ? "all + " : "";
        return _result switch
        {
            Result.Number => $"return {plus}{Expression(scope, 2)};",
            Result.Pair => $"return ({plus}{Expression(scope, 2)}, {Expression(scope, 2)});",
            _ => "return;",
        };
    }

    private void Line(int indent, string text) => _text.Append(' ', 4 * indent).Append(text).Append('\n');

    private string NewName(string prefix) => prefix + (++_names).ToString(CultureInfo.InvariantCulture);

    private int NewMark() => ++_marks;

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private string Constant() => (0.1 * random.Next(-9, 10)).ToString("F2", CultureInfo.InvariantCulture);

    private string Positive() => (0.1 * random.Next(1, 10)).ToString("F2", CultureInfo.InvariantCulture);
}
