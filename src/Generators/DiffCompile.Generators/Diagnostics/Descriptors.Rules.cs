using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Diagnostics;

/// <summary>DC3xxx: called methods and custom rules. DC3100 to DC3199 belong to what is found when methods are linked.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NoRule = Error(
        "DC3001", "Method without a derivative rule",
        "'{0}' has neither a derivative rule nor source that could be read; {1}");

    public static readonly DiagnosticDescriptor KnownNonDifferentiable = Error(
        "DC3002", "Method that is not differentiable",
        "'{0}' is not differentiable: it {1}; write {2}");

    public static readonly DiagnosticDescriptor NoSpec = Error(
        "DC3003", "Method of another assembly without a specification",
        "'{0}' is [Differentiable] in '{1}', but that assembly holds no specification of it; {2}");

    public static readonly DiagnosticDescriptor HelperRefused = Error(
        "DC3004", "Called method cannot be differentiated",
        "'{0}' is called by differentiable code but cannot be differentiated: {1}. {2}.");

    public static readonly DiagnosticDescriptor SpecUnreadable = Error(
        "DC3005", "Specification of another version",
        "The specification of '{0}' in '{1}' cannot be read ({2}); build both assemblies with the same version of DiffCompile");

    public static readonly DiagnosticDescriptor MemberNotCallable = Error(
        "DC3006", "Derivative member that cannot be called here",
        "'{0}' writes into spans or keeps residuals in a workspace, so it cannot be called by differentiable code yet; use the Jvp member");

    public static readonly DiagnosticDescriptor RuleTargetNotFound = Error(
        "DC3010", "Rule without a method",
        "No method '{0}' was found for this rule; name one of the same type, or write nameof(Type.Method)");

    public static readonly DiagnosticDescriptor RuleNotStatic = Error(
        "DC3011", "Rule is not static", "The rule '{0}' must be static");

    public static readonly DiagnosticDescriptor RuleGeneric = Error(
        "DC3012", "Rule is generic", "The rule '{0}' must not have type parameters");

    public static readonly DiagnosticDescriptor RuleParameterCount = Error(
        "DC3013", "Rule with a wrong number of parameters",
        "The rule '{0}' has {1} parameters where {2} are needed: {3}");

    public static readonly DiagnosticDescriptor RuleParameterType = Error(
        "DC3014", "Rule with a parameter of a wrong type",
        "Parameter '{0}' of the rule must be {1}: {2}");

    public static readonly DiagnosticDescriptor RuleResult = Error(
        "DC3015", "Rule with a wrong result",
        "The rule '{0}' must return {1}: {2}");

    public static readonly DiagnosticDescriptor RuleParameterMode = Error(
        "DC3016", "Rule with a ref or out parameter",
        "Parameter '{0}' of the rule must be passed by value or 'in'");

    public static readonly DiagnosticDescriptor RuleTargetSignature = Error(
        "DC3017", "Rule for a method that cannot have one",
        "'{0}' cannot have a rule because {1}");

    public static readonly DiagnosticDescriptor RuleTwice = Error(
        "DC3018", "Two rules for one method",
        "'{0}' has more than one {1} rule ({2}); keep one");

    public static readonly DiagnosticDescriptor RuleMalformed = Error(
        "DC3019", "Called method has a malformed rule",
        "'{0}' has a rule that cannot be used: {1}");

    public static readonly DiagnosticDescriptor RuleOfItself = Error(
        "DC3020", "Rule of itself",
        "'{0}' is marked as a rule of itself; name the method whose derivative it computes");

    public static readonly DiagnosticDescriptor EquationNotFound = Error(
        "DC3030", "Solver without an equation",
        "No method '{0}' was found as the {1} of '{2}'; write {3}");

    public static readonly DiagnosticDescriptor EquationMismatch = Error(
        "DC3031", "Equation with a wrong signature",
        "'{0}' cannot be the {1} of '{2}' because {3}; write {4}");

    public static readonly DiagnosticDescriptor ImplicitSolver = Error(
        "DC3032", "Method that cannot be the solution of an equation",
        "'{0}' cannot be a [{1}] because {2}");
}
