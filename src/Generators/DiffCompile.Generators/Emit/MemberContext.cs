using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>What the blocks of one member share while its text is written.</summary>
internal sealed class MemberContext
{
    private readonly Dictionary<int, Fragment> _bound = new();
    private readonly Dictionary<int, string> _outParameters = new();
    private readonly Dictionary<int, string> _outputNames = new();
    private int _lastId;

    public MemberContext(MemberPlan plan, IrFunction function, TypeNames names, Func<FunctionReference, string> helperName, bool checksOverflow = true)
    {
        Plan = plan;
        _lastId = function.LastId();
        Names = names;
        HelperName = helperName;
        Uses = new ValueUses(function);
        Printer = new ExpressionPrinter(names, checksOverflow);
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            string text = plan.Inputs[i];
            Bind(function.Inputs[i], new Fragment(text, text[0] == '(' ? Precedence.Unary : Precedence.Primary));
        }

        AssignOutParameters(function);
        for (int i = 0; i < Math.Min(plan.OutputNames.Count, function.Outputs.Count); i++)
        {
            _outputNames[function.Outputs[i].Id] = plan.OutputNames[i];
        }
    }

    /// <summary>Is the private method handed the workspace?</summary>
    public Func<FunctionReference, bool> TakesWorkspace { get; init; } = _ => false;

    public MemberPlan Plan { get; }

    public TypeNames Names { get; }

    public Func<FunctionReference, string> HelperName { get; }

    public ValueUses Uses { get; }

    public ExpressionPrinter Printer { get; }

    /// <summary>The text by which a value is read.</summary>
    public Fragment Read(Value value) => value.IsConstant ? LiteralText.Of(value) : _bound[value.Id];

    public Fragment Read(int id) => _bound[id];

    public void Bind(Value value, Fragment text) => _bound[value.Id] = text;

    /// <summary>A value for text that the program itself does not hold.</summary>
    public Value NewValue(IrType type) => new(++_lastId, type, "");

    /// <summary>The out parameter that a value of the outermost block is computed into; null for others.</summary>
    public string? OutParameter(Value value) => _outParameters.TryGetValue(value.Id, out string? name) ? name : null;

    /// <summary>A name for a local: the author's, or what the value is as an output, or what it is made of.</summary>
    public string NameFor(Value value) =>
        value.Name.Length > 0 ? value.Name
        : _outputNames.TryGetValue(value.Id, out string? name) ? name
        : Uses.Load(value) is { } load ? SpeakingNames.OfElement(TextOf(load.Buffer), TextOf(load.Index), load.Buffer.Type.Part?.Path ?? "")
        : SpeakingNames.Suggest(Uses.Definition(value), TextOf);

    // What stands inside a branch has no text before the branch is written.
    private string TextOf(Value value) => value.IsConstant ? LiteralText.Of(value).Text : _bound.TryGetValue(value.Id, out Fragment text) ? text.Text : value.Name;

    // An output needs no local of its own besides the out parameter.
    private void AssignOutParameters(IrFunction function)
    {
        HashSet<int> defined = new(function.Body.Body.SelectMany(e => e.Results).Select(v => v.Id));
        int next = Plan.Outputs.Return?.LeafCount ?? 0;
        foreach (NamedShape parameter in Plan.Outputs.OutParameters)
        {
            if (parameter.Shape is ScalarShape { EnumType: "" })
            {
                Value output = function.Outputs[next];
                if (defined.Contains(output.Id) && !_outParameters.ContainsKey(output.Id))
                {
                    _outParameters.Add(output.Id, Identifiers.Escape(parameter.Name));
                }
            }

            next += parameter.Shape.LeafCount;
        }
    }
}
