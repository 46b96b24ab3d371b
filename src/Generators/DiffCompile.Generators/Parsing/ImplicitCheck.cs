using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>A method marked [Root] or [FixedPoint]: which equation it solves, and whether the signatures agree.</summary>
internal sealed class ImplicitCheck
{
    private readonly IMethodSymbol _solver;
    private readonly bool _isFixedPoint;
    private readonly AttributeData _attribute;
    private readonly CancellationToken _ct;

    private ImplicitCheck(IMethodSymbol solver, AttributeData attribute, bool isFixedPoint, CancellationToken ct) =>
        (_solver, _attribute, _isFixedPoint, _ct) = (solver, attribute, isFixedPoint, ct);

    /// <summary>The method whose root or fixed point is meant; null where something is wrong.</summary>
    public IMethodSymbol? Equation { get; private set; }

    public bool IsFixedPoint => _isFixedPoint;

    /// <summary>For each input of the equation the argument of the solver that it takes.</summary>
    public EquatableArray<int> Arguments { get; private set; } = [];

    /// <summary>Are there as many equations as the method fills a span with?</summary>
    public bool IsSystem => _solver.ReturnsVoid;

    /// <summary>Null when the attribute can be followed.</summary>
    public DiagnosticInfo? Problem { get; private set; }

    /// <summary>Null for a method with neither attribute.</summary>
    public static ImplicitCheck? Of(IMethodSymbol method, Compilation compilation, CancellationToken ct)
    {
        IMethodSymbol solver = method.OriginalDefinition;
        AttributeData? root = KnownSymbols.Attribute(solver, "RootAttribute");
        if ((root ?? KnownSymbols.Attribute(solver, "FixedPointAttribute")) is not { } attribute)
        {
            return null;
        }

        var check = new ImplicitCheck(solver, attribute, root is null, ct);
        check.Problem = check.Find(compilation);
        return check;
    }

    private string Attribute => _isFixedPoint ? "FixedPoint" : "Root";

    private string Role => _isFixedPoint ? "step" : "residual";

    private DiagnosticInfo? Find(Compilation compilation)
    {
        Location at = _solver.Locations.FirstOrDefault() ?? Location.None;
        if (SolverProblem(compilation) is { Length: > 0 } reason)
        {
            return DiagnosticInfo.Create(Descriptors.ImplicitSolver, at, KnownSymbols.DisplayOf(_solver), Attribute, reason);
        }

        Location named = DeclarationChecks.ArgumentLocation(_attribute, null, _ct) ?? at;
        string name = KnownSymbols.Argument(_attribute, 0) as string ?? "";
        IMethodSymbol[] group = RuleCheck.GroupOf(_attribute, name, _solver, compilation, _ct);
        if (group.Length == 0)
        {
            return DiagnosticInfo.Create(Descriptors.EquationNotFound, named, name, Role, KnownSymbols.DisplayOf(_solver), Spell(name));
        }

        string problem = "";
        foreach (IMethodSymbol candidate in group)
        {
            if ((problem = Match(candidate)).Length == 0)
            {
                Equation = candidate;
                return null;
            }
        }

        bool isWritten = group.Length == 1 && !group[0].DeclaringSyntaxReferences.IsEmpty;
        return DiagnosticInfo.Create(
            Descriptors.EquationMismatch, isWritten ? group[0].Locations[0] : named, name, Role, KnownSymbols.DisplayOf(_solver),
            group.Length == 1 ? problem : "no overload has the parameters that are needed", Spell(name));
    }

    /// <summary>Why nothing can be said of the solver's result by an equation; empty if it can.</summary>
    private string SolverProblem(Compilation compilation)
    {
        if (!_solver.IsStatic || _solver.IsGenericMethod)
        {
            return "it must be static and have no type parameters";
        }

        if (KnownSymbols.Has(_solver, "RootAttribute") && KnownSymbols.Has(_solver, "FixedPointAttribute"))
        {
            return "it has both attributes; keep one";
        }

        if (TypeIndex.Of(_solver.ContainingType).Rules.Any(r => RuleCheck.Of(r, compilation, _ct).IsFor(_solver)))
        {
            return "it has a rule as well; keep one";
        }

        if (KnownSymbols.Has(_solver, "CheckpointAttribute"))
        {
            return "it is marked [Checkpoint], which would do nothing: its loops never run backwards. Remove that";
        }

        if (_solver.Parameters.FirstOrDefault(p => SignatureParser.ModeOf(p) is not (ParameterMode.Value or ParameterMode.In)) is { } passed)
        {
            return "parameter '" + passed.Name + "' is passed by 'ref', 'out' or 'params'; return the root alone";
        }

        if (_solver.Parameters.FirstOrDefault(p => ShapeReader.Read(p.Type, out _) is null) is { } unknown)
        {
            return "parameter '" + unknown.Name + "' has the type '" + KnownSymbols.Spell(unknown.Type) + "', which is not accepted in differentiable code";
        }

        if (_solver.Parameters.FirstOrDefault(p => ShapeOf(p) is BufferShape || ShapeOf(p).Leaves.Any(l => l.IsInInlineArray)) is { } buffer)
        {
            return "parameter '" + buffer.Name + "' has the type '" + KnownSymbols.Spell(buffer.Type) + "'; such a method takes arrays and spans of numbers with one dimension";
        }

        IParameterSymbol[] written = _solver.Parameters.Where(p => IsActive(p) && IsWritten(p)).ToArray();
        if (IsSystem)
        {
            if (written.Length != 1 || ShapeOf(written[0]) is not ScalarShape { Type: { Scalar: ScalarKind.Float64, Container: ContainerKind.Span } })
            {
                return "it must return the unknown, or fill one Span<double> with the unknowns; mark other memory that it writes to [Scratch] or [NoGradient]";
            }
        }
        else if (ShapeReader.Read(_solver.ReturnType, out _) is not ScalarShape { Type.IsFloat: true })
        {
            return "it must return the unknown, a double or float";
        }
        else if (written.Length > 0)
        {
            return "'" + written[0].Name + "' is memory that it may write to; make it a ReadOnlySpan, or mark it [Scratch] or [NoGradient]";
        }

        return _solver.Parameters.Any(p => IsActive(p) && !IsWritten(p)) ? "" : "it has no double or float input that is differentiated";
    }

    /// <summary>Why a method cannot be the equation; empty if it can, and then <see cref="Arguments"/> is set.</summary>
    private string Match(IMethodSymbol equation)
    {
        if (!equation.IsStatic || equation.IsGenericMethod)
        {
            return "it must be static and have no type parameters";
        }

        if (!SymbolEqualityComparer.Default.Equals(equation.ReturnType, _solver.ReturnType))
        {
            return "it must return " + KnownSymbols.Spell(_solver.ReturnType);
        }

        if (equation.Parameters.Length < (IsSystem ? 2 : 1) || !IsUnknown(equation.Parameters[0]))
        {
            return IsSystem
                ? "its first parameter must be the unknowns, a ReadOnlySpan<double>, and its last one a Span<double> to fill"
                : "its first parameter must be the unknown, a " + KnownSymbols.Spell(_solver.ReturnType);
        }

        IParameterSymbol? filled = IsSystem ? equation.Parameters[equation.Parameters.Length - 1] : null;
        if (filled is not null && (ShapeReader.Read(filled.Type, out _) is not ScalarShape { Type: { Scalar: ScalarKind.Float64, Container: ContainerKind.Span } } || !IsActive(filled)))
        {
            return "its last parameter must be a Span<double>, which it fills";
        }

        IParameterSymbol[] own = _solver.Parameters.Where(p => !(IsSystem && IsActive(p) && IsWritten(p))).ToArray();
        IParameterSymbol[] taken = equation.Parameters.Skip(1).Take(equation.Parameters.Length - (IsSystem ? 2 : 1)).ToArray();
        var arguments = new List<int> { IsSystem ? FirstLeaf(_solver.Parameters.Single(p => IsActive(p) && IsWritten(p))) : ImplicitRule.Unknown };
        foreach (IParameterSymbol parameter in taken)
        {
            if (own.FirstOrDefault(p => p.Name == parameter.Name) is not { } same)
            {
                return "the method has no parameter '" + parameter.Name + "' that is known";
            }

            if (!SymbolEqualityComparer.Default.Equals(same.Type, parameter.Type) || SignatureParser.ModeOf(parameter) is not (ParameterMode.Value or ParameterMode.In))
            {
                return "its parameter '" + parameter.Name + "' must be a " + KnownSymbols.Spell(same.Type);
            }

            if (KnownSymbols.Has(parameter, "NoGradientAttribute") && IsActive(same))
            {
                return "it excludes '" + parameter.Name + "', which the method differentiates";
            }

            arguments.AddRange(Enumerable.Range(FirstLeaf(same), ShapeOf(same).LeafCount));
        }

        if (IsSystem)
        {
            arguments.Add(ImplicitRule.Residual);
        }

        if (own.FirstOrDefault(p => IsActive(p) && taken.All(q => q.Name != p.Name)) is { } lost)
        {
            return "it has no parameter '" + lost.Name + "', whose derivative would be lost; add it, or mark it [NoGradient] in the method";
        }

        Arguments = arguments.ToEquatableArray();
        return "";
    }

    private int FirstLeaf(IParameterSymbol parameter) =>
        _solver.Parameters.TakeWhile(p => !SymbolEqualityComparer.Default.Equals(p, parameter)).Sum(p => ShapeOf(p).LeafCount);

    private bool IsUnknown(IParameterSymbol parameter) => IsSystem
        ? ShapeReader.Read(parameter.Type, out _) is ScalarShape { Type: { Scalar: ScalarKind.Float64, Container: ContainerKind.ReadOnlySpan } } && IsActive(parameter)
        : SymbolEqualityComparer.Default.Equals(parameter.Type, _solver.ReturnType);

    /// <summary>The declaration to write.</summary>
    private string Spell(string name)
    {
        string Free(params string[] names) => names.First(n => _solver.Parameters.All(p => p.Name != n));

        IEnumerable<string> parameters = _solver.Parameters.Where(p => IsActive(p) && !IsWritten(p)).Select(p => KnownSymbols.Spell(p.Type) + " " + KnownSymbols.Escape(p.Name));
        string type = KnownSymbols.Spell(_solver.ReturnType);
        string unknown = (IsSystem ? "ReadOnlySpan<double> " : type + " ") + Free("x", "root", "unknown");
        string[] filled = IsSystem ? ["Span<double> " + Free(_isFixedPoint ? "next" : "residual", "filled")] : [];
        return $"static {type} {name}({string.Join(", ", parameters.Prepend(unknown).Concat(filled))})";
    }

    private static bool IsWritten(IParameterSymbol parameter) => ShapeOf(parameter) is ScalarShape { Type.IsWritable: true };

    private static Shape ShapeOf(IParameterSymbol parameter) => ShapeReader.Read(parameter.Type, out _)!;

    private static bool IsActive(IParameterSymbol parameter) =>
        !KnownSymbols.Has(parameter, "NoGradientAttribute") && !KnownSymbols.Has(parameter, "ScratchAttribute") && ShapeOf(parameter).Leaves.Any(l => l.Type.IsDifferentiable);
}
