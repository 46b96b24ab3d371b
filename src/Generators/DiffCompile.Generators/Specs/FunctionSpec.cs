using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Specs;

/// <summary>
/// Everything known of one method: its C# signature, what was asked for, and its body as IR. Value-equal, without
/// any compiler object or text span, so that an edit elsewhere changes nothing.
/// </summary>
/// <param name="Key">Documentation id; names the method across files and assemblies.</param>
/// <param name="Container">Where generated members go.</param>
/// <param name="MethodName">The method's own name.</param>
/// <param name="MemberName">Base name of generated members.</param>
/// <param name="Accessibility">C# keywords.</param>
/// <param name="Parameters">Declared parameters in order, out parameters included.</param>
/// <param name="Result">Shape of the returned value; null for void.</param>
/// <param name="Requested">Members asked for (bits of DerivativeModes); 0 for a helper without the attribute.</param>
/// <param name="Kinks">Convention at kinks.</param>
/// <param name="Body">Inputs: leaves of all non-out parameters; outputs: leaves of the result, then of out parameters.</param>
/// <param name="Summary">First sentence of the author's documentation, or empty.</param>
internal sealed record FunctionSpec(
    string Key,
    ContainerSpec Container,
    string MethodName,
    string MemberName,
    string Accessibility,
    EquatableArray<ParameterSpec> Parameters,
    Shape? Result,
    int Requested,
    Kinks Kinks,
    IrFunction Body,
    string Summary)
{
    /// <summary>Inputs in flattened order.</summary>
    public IEnumerable<InputLeaf> Inputs => Parameters.Where(p => p.Mode != ParameterMode.Out).SelectMany(p => p.Shape.Leaves.Select(l => new InputLeaf(p, l)));

    /// <summary>Indices of the flattened inputs that are differentiated.</summary>
    public EquatableArray<int> ActiveInputs => Inputs.Select((leaf, i) => (leaf, i)).Where(p => p.leaf.IsActive).Select(p => p.i).ToEquatableArray();
}

internal readonly record struct InputLeaf(ParameterSpec Parameter, Leaf Leaf)
{
    public bool IsActive => !Parameter.NoGradient && Leaf.Type.IsDifferentiable;
}

/// <param name="Name">The author's name.</param>
/// <param name="Shape">Its type.</param>
/// <param name="Mode">By value, in, or out.</param>
/// <param name="NoGradient">Excluded from differentiation.</param>
/// <param name="Domain">Stated range, if any.</param>
internal sealed record ParameterSpec(string Name, Shape Shape, ParameterMode Mode, bool NoGradient, DomainSpec? Domain)
{
    /// <summary>A buffer whose derivatives stay inside: nothing comes in with it and nothing leaves.</summary>
    public bool IsScratch { get; init; }
}

internal sealed record DomainSpec(double Min, double Max);

/// <summary>The partial types around the method, outermost first, and their namespace.</summary>
internal sealed record ContainerSpec(string Namespace, EquatableArray<TypeDeclarationSpec> Types)
{
    /// <summary>Simple names of library types (Math …) that mean something else inside the type, and are written in full there.</summary>
    public EquatableArray<string> Shadowed { get; init; } = [];

    /// <summary>Full name of the innermost type, without global::.</summary>
    public string Path => string.Join(".", Types.Select(t => t.Name).Prepend(Namespace).Where(n => n.Length > 0));
}

/// <param name="Keywords">For example "static partial class" or "partial struct".</param>
/// <param name="Name">With type parameters, for example "Box&lt;T&gt;".</param>
internal sealed record TypeDeclarationSpec(string Keywords, string Name);
