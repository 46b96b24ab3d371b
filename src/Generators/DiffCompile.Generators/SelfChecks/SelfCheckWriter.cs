using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.SelfChecks;

/// <summary>Writes the file of one self-check.</summary>
internal sealed class SelfCheckWriter
{
    private const string Verification = "global::DiffCompile.Verification.";
    private const string Input = "input", Output = "output", Cotangent = "cotangent", Direction = "direction", Value = "value", Bar = "bar", Tangent = "tangent";
    private const double DefaultMin = -1.5, DefaultMax = 1.5;
    private const int DefaultLastInteger = 3;
    private const int LongestLine = 120;

    /// <summary>Names that the text uses for itself.</summary>
    public static readonly HashSet<string> Locals = [Input, Output, Cotangent, Direction, Value, Bar, Tangent, "seed", "options"];

    private readonly SelfCheckSpec _spec;
    private readonly CodeWriter _writer = new();
    private readonly IReadOnlyList<(ParameterSpec Parameter, IReadOnlyList<Slot> Slots)> _inputs;
    private readonly IReadOnlyList<Slot> _outputs;

    private SelfCheckWriter(SelfCheckSpec spec)
    {
        _spec = spec;
        _inputs = InputLayout.Of(spec.Parameters);
        _outputs = InputLayout.Slots("", spec.Result, 0).Where(s => s.Type.IsFloat).Select((s, i) => s with { Offset = i }).ToArray();
    }

    public static string Write(SelfCheckSpec spec) => new SelfCheckWriter(spec).Write();

    private static bool IsActive(ParameterSpec parameter) => !parameter.NoGradient && parameter.Shape.Leaves.Any(l => l.Type.IsDifferentiable);

    private static bool IsSpan(ParameterSpec parameter) => parameter.Shape is ScalarShape { Type.IsBuffer: true };

    private string Write()
    {
        ContainerEmitter.Header(_writer, $"Self-check of the rule '{_spec.RuleName}' of '{_spec.TargetName}'.");
        if (_spec.Container.Namespace.Length > 0)
        {
            _writer.Line($"namespace {_spec.Container.Namespace};");
            _writer.Blank();
        }

        foreach (TypeDeclarationSpec type in _spec.Container.Types)
        {
            _writer.Open($"{type.Keywords} {type.Name}");
        }

        Member();
        foreach (TypeDeclarationSpec _ in _spec.Container.Types)
        {
            _writer.Close();
        }

        return _writer.ToString();
    }

    private void Member()
    {
        Documentation();
        _writer.Line($"[{MemberLayout.GeneratedCode}]");
        _writer.Open($"internal static {Verification}GradientCheckReport {_spec.MemberName}(int seed = 1)");
        bool single = _inputs.SelectMany(i => i.Slots).Concat(_outputs).Any(s => s.Type.Scalar == ScalarKind.Float32);
        _writer.Line($"var options = {Verification}GradientCheckOptions.{(single ? "SinglePrecision" : "Default")} with {{ Seed = seed }};");
        _writer.Open($"return {Verification}GradientCheck.Run(new {Verification}GradientCheckTarget");
        _writer.Line($"Name = {Quote(_spec.RuleName)},");
        Inputs();
        if (_outputs.Count > 1)
        {
            _writer.Line($"Outputs = {_outputs.Count},");
        }

        ValueLambda();
        if (_spec.VjpCall.Length > 0)
        {
            VjpLambda();
        }

        if (_spec.JvpCall.Length > 0)
        {
            JvpLambda();
        }

        _writer.Close(", options);");
        _writer.Close();
    }

    private void Documentation()
    {
        bool both = _spec.VjpCall.Length > 0 && _spec.JvpCall.Length > 0;
        string target = TextLines.Xml(_spec.TargetName);
        _writer.Line("/// <summary>");
        _writer.Line($"/// Compares the rule <c>{TextLines.Xml(_spec.RuleName)}</c> with finite differences of <c>{target}</c> at random points"
            + (both ? ", and both rules of it with each other" : "") + ".");
        _writer.Line("/// </summary>");
        if (_inputs.Any(i => IsSpan(i.Parameter) && IsActive(i.Parameter)) && _spec.VjpCall.Length > 0)
        {
            _writer.Line("/// <remarks>Cotangents of spans must be added to what is there; that is checked too.</remarks>");
        }

        _writer.Line("/// <param name=\"seed\">Of points, tangents and cotangents: the same seed makes the same checks.</param>");
        _writer.Line("/// <returns>What was compared; <c>ThrowIfInconsistent()</c> makes an error of a wrong rule.</returns>");
    }

    private void Inputs()
    {
        _writer.Line("Inputs =");
        _writer.Line("[");
        foreach ((ParameterSpec parameter, IReadOnlyList<Slot> slots) in _inputs)
        {
            foreach (Slot slot in slots)
            {
                _writer.Line("    " + Describe(parameter, slot) + ",");
            }
        }

        _writer.Line("],");
    }

    private static string Describe(ParameterSpec parameter, Slot slot)
    {
        (double min, double max) = (parameter.Domain?.Min ?? DefaultMin, parameter.Domain?.Max ?? DefaultMax);
        string Range() => $"{Literals.FormatDouble(min)}, {Literals.FormatDouble(max)}";
        if (slot.Type.IsBuffer)
        {
            string excluded = parameter.NoGradient ? ", isDifferentiated: false" : "";
            return $".. {Verification}GradientCheckInput.Elements({Quote(slot.Name)}, {InputLayout.SpanLength}, {Range()}{excluded})";
        }

        if (slot.Type.IsFloat)
        {
            return $"new({Quote(slot.Name)}, {Range()})" + (parameter.NoGradient ? " { IsDifferentiated = false }" : "");
        }

        string range = slot switch
        {
            { EnumType.Length: > 0 } => $"0.0, global::System.Enum.GetValues<{slot.EnumType}>().Length - 1",
            { Type.Scalar: ScalarKind.Bool } => "0.0, 1.0",
            _ when parameter.Domain is null => $"0.0, {Literals.FormatDouble(DefaultLastInteger)}",
            _ => Range(),
        };
        return $"new({Quote(slot.Name)}, {range}) {{ IsInteger = true }}";
    }

    private void ValueLambda()
    {
        _writer.Open($"Value = static ({Input}, {Output}) =>");
        Store(Value, _spec.TargetCall, Arguments());
        _writer.Close(",");
    }

    private void JvpLambda()
    {
        IEnumerable<string> tangents = _inputs.Where(i => IsActive(i.Parameter)).Select(i => Pack(i.Parameter.Shape, i.Slots, Direction, floatsOnly: true));
        _writer.Open($"Jvp = static ({Input}, {Direction}, {Output}) =>");
        Store(Tangent, _spec.JvpCall, Arguments().Concat(tangents));
        _writer.Close(",");
    }

    private void VjpLambda()
    {
        _writer.Open($"Vjp = static ({Input}, {Cotangent}, {Output}) =>");
        Call($"var {Value} = ", _spec.TargetCall, Arguments());
        IEnumerable<string> spans = _inputs.Where(i => IsActive(i.Parameter) && IsSpan(i.Parameter)).Select(i => Pack(i.Parameter.Shape, i.Slots, Output, floatsOnly: true));
        (ParameterSpec Parameter, IReadOnlyList<Slot> Slots)[] returned = _inputs.Where(i => IsActive(i.Parameter) && !IsSpan(i.Parameter)).ToArray();
        Call(returned.Length == 0 ? "" : $"var {Bar} = ", _spec.VjpCall, Arguments().Concat([Value, OutputCotangents()]).Concat(spans));
        for (int i = 0; i < returned.Length; i++)
        {
            string part = returned.Length == 1 ? Bar : $"{Bar}.Item{i + 1}";
            foreach (Slot slot in returned[i].Slots.Where(s => s.Type.IsFloat))
            {
                _writer.Line($"{Output}[{slot.Offset}] += {part}{slot.Path};");
            }
        }

        _writer.Close(",");
    }

    /// <summary>Writes the floating results of a call to the output.</summary>
    private void Store(string local, string method, IEnumerable<string> arguments)
    {
        if (_spec.Result is ScalarShape)
        {
            Call($"{Output}[0] = ", method, arguments);
            return;
        }

        Call($"var {local} = ", method, arguments);
        foreach (Slot slot in _outputs)
        {
            _writer.Line($"{Output}[{slot.Offset}] = {local}{slot.Path};");
        }
    }

    /// <summary>A statement with a call; one line for each argument where they are long.</summary>
    private void Call(string before, string method, IEnumerable<string> arguments)
    {
        string[] all = arguments.ToArray();
        string line = $"{before}{method}({string.Join(", ", all)});";
        if (CodeWriter.Columns(_writer.Depth) + line.Length <= LongestLine)
        {
            _writer.Line(line);
            return;
        }

        _writer.Line($"{before}{method}(");
        for (int i = 0; i < all.Length; i++)
        {
            _writer.Line("    " + all[i] + (i < all.Length - 1 ? "," : ");"));
        }
    }

    private IEnumerable<string> Arguments() => _inputs.Select(i => Pack(i.Parameter.Shape, i.Slots, Input, floatsOnly: false));

    /// <summary>The cotangent of the result, as a value of its type.</summary>
    private string OutputCotangents()
    {
        Queue<Slot> floats = new(_outputs);
        IEnumerable<Slot> all = InputLayout.Slots("", _spec.Result, 0).Select(s => s.Type.IsFloat ? floats.Dequeue() : s).ToArray();
        return Pack(_spec.Result, all, Cotangent, floatsOnly: true);
    }

    private static string Pack(Shape shape, IEnumerable<Slot> slots, string source, bool floatsOnly)
    {
        using IEnumerator<Slot> next = slots.GetEnumerator();
        return InputLayout.Pack(shape, next, source, floatsOnly);
    }

    private static string Quote(string text) => "\"" + text + "\"";
}
