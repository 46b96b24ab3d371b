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

        if (ShapeReader.Read(_solver.ReturnType, out _) is not ScalarShape { Type.IsFloat: true })
        {
            return "it must return the unknown, a double or float";
        }

        if (_solver.Parameters.FirstOrDefault(p => IsActive(p) && ShapeOf(p) is ScalarShape { Type.IsWritable: true }) is { } written)
        {
            return "'" + written.Name + "' is memory that it may write to; make it a ReadOnlySpan, or mark it [Scratch] or [NoGradient]";
        }

        return _solver.Parameters.Any(IsActive) ? "" : "it has no double or float input that is differentiated";
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

        if (equation.Parameters.IsEmpty || !SymbolEqualityComparer.Default.Equals(equation.Parameters[0].Type, _solver.ReturnType))
        {
            return "its first parameter must be the unknown, a " + KnownSymbols.Spell(_solver.ReturnType);
        }

        var arguments = new List<int> { ImplicitRule.Unknown };
        foreach (IParameterSymbol parameter in equation.Parameters.Skip(1))
        {
            if (_solver.Parameters.FirstOrDefault(p => p.Name == parameter.Name) is not { } own)
            {
                return "the method has no parameter '" + parameter.Name + "'";
            }

            if (!SymbolEqualityComparer.Default.Equals(own.Type, parameter.Type) || SignatureParser.ModeOf(parameter) is not (ParameterMode.Value or ParameterMode.In))
            {
                return "its parameter '" + parameter.Name + "' must be a " + KnownSymbols.Spell(own.Type);
            }

            if (KnownSymbols.Has(parameter, "NoGradientAttribute") && IsActive(own))
            {
                return "it excludes '" + parameter.Name + "', which the method differentiates";
            }

            int first = _solver.Parameters.TakeWhile(p => !SymbolEqualityComparer.Default.Equals(p, own)).Sum(p => ShapeOf(p).LeafCount);
            arguments.AddRange(Enumerable.Range(first, ShapeOf(own).LeafCount));
        }

        if (_solver.Parameters.FirstOrDefault(p => IsActive(p) && equation.Parameters.Skip(1).All(q => q.Name != p.Name)) is { } lost)
        {
            return "it has no parameter '" + lost.Name + "', whose derivative would be lost; add it, or mark it [NoGradient] in the method";
        }

        Arguments = arguments.ToEquatableArray();
        return "";
    }

    /// <summary>The declaration to write.</summary>
    private string Spell(string name)
    {
        IEnumerable<string> parameters = _solver.Parameters.Where(IsActive).Select(p => KnownSymbols.Spell(p.Type) + " " + KnownSymbols.Escape(p.Name));
        string unknown = new[] { "x", "root", "unknown" }.First(n => _solver.Parameters.All(p => p.Name != n));
        string type = KnownSymbols.Spell(_solver.ReturnType);
        return $"static {type} {name}({string.Join(", ", parameters.Prepend(type + " " + unknown))})";
    }

    private static Shape ShapeOf(IParameterSymbol parameter) => ShapeReader.Read(parameter.Type, out _)!;

    private static bool IsActive(IParameterSymbol parameter) =>
        !KnownSymbols.Has(parameter, "NoGradientAttribute") && !KnownSymbols.Has(parameter, "ScratchAttribute") && ShapeOf(parameter).Leaves.Any(l => l.Type.IsDifferentiable);
}
