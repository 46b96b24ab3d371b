using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Diagnostics;

/// <summary>What is only seen when a method is put together with what it calls.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor RecursiveCall = Error(
        "DC3101", "Recursive call",
        "'{0}' calls itself through '{1}'; recursion is not differentiated yet. Write the recursion as a closed form, or give the recursive method a custom rule with [DerivativeOf].");

    public static readonly DiagnosticDescriptor DerivativeLost = Error(
        "DC3102", "Derivative lost in an integer",
        "The derivative is lost here: a value that varies becomes an integer, and the integer flows back into '{0}'. If a zero derivative is meant, write Differentiation.StopGradient(…) around the operand; else compute without the conversion.");

    public static readonly DiagnosticDescriptor NoActivePath = Error(
        "DC3103", "No path from an input to the result",
        "No result of '{0}' depends differentiably on any of its inputs, so every derivative would be zero. If that is meant, mark the inputs with [NoGradient] or wrap them in Differentiation.StopGradient(…) and remove [Differentiable].");

    public static readonly DiagnosticDescriptor UnusedInput = Warning(
        "DC3104", "Input without effect",
        "No result of '{1}' depends differentiably on '{0}': its derivative is zero. If that is meant, mark the parameter with [NoGradient].");

    public static readonly DiagnosticDescriptor RulePartnerMissing = Error(
        "DC3105", "Custom rule lacks a partner",
        "'{0}' has only a {1} rule, and the {2} rule that '{3}' needs cannot be derived from it because {4}. Add one: {5}.");

    public static readonly DiagnosticDescriptor RefusedCallee = Error(
        "DC3106", "Call of a refused method",
        "'{0}' calls '{1}', which is refused; mend that method first");

    public static readonly DiagnosticDescriptor OpaqueSecondOrder = Error(
        "DC3107", "No second derivative through an opaque rule",
        "'{0}' asks for second derivatives, but the rule '{1}' is ordinary code that cannot be differentiated again. Give '{1}' a rule of its own with [DerivativeOf(nameof({1}))], or remove the second-order modes.");

    public static readonly DiagnosticDescriptor MissingSpecification = Error(
        "DC3108", "Method without a specification",
        "'{0}' calls '{1}', of which no body, specification or rule is known here. Build its assembly with DiffCompile, or write a rule with [DerivativeOf].");

    public static readonly DiagnosticDescriptor StoreIntoExcluded = Error(
        "DC3111", "Active value stored into an excluded buffer",
        "'{1}' stores a value that depends on its inputs into '{0}', which is marked [NoGradient]: what is read from it later would have no derivative. Remove [NoGradient]; if '{0}' only holds intermediate values, mark it [Scratch].");

    public static readonly DiagnosticDescriptor ExcludedSpan = Error(
        "DC3110", "Excluded span where a derivative is needed",
        "The span '{0}' is not differentiated here, but '{1}' and its rule differentiate it, so there is nothing to hand over as its tangent or cotangent. Remove [NoGradient] from '{0}', or call a method whose parameter has it too.");

    public static readonly DiagnosticDescriptor ArrayForRule = Error(
        "DC3115", "Array that a rule cannot be handed",
        "'{0}' takes '{1}' as an array, but here it is memory of the workspace: made in the method, or a copy of what changes after the call. Let '{0}' and its rule take a Span or ReadOnlySpan.");

    public static readonly DiagnosticDescriptor SharedByCall = Error(
        "DC3116", "Memory that a method with a rule writes and reads under two names",
        "'{0}' may write to '{1}' and is handed a part of the same array as '{2}', so that its rule could not tell their derivatives apart. Hand it two arrays.");

    public static readonly DiagnosticDescriptor ReadWithoutDerivative = Error(
        "DC3118", "Read of what was written without a derivative",
        "'{0}' writes to '{1}', which it excludes from differentiation ([NoGradient]): what is read from it here has no derivative. If that is meant, write Differentiation.StopGradient(…) around what is read; else compute it in another way.");

    public static readonly DiagnosticDescriptor ImplicitCycle = Error(
        "DC3117", "Equation that calls its own solver",
        "The derivative of '{0}' is that of the equation '{1}', which calls '{0}' in turn. Write the equation without it.");

    public static readonly DiagnosticDescriptor HiddenCallee = Error(
        "DC3109", "Call of a method that uses something hidden from the caller",
        "'{0}' calls '{1}', whose derivative needs '{2}'. That is {3}, so derivative code in '{4}' cannot use it. Make it visible there, or give '{1}' a visible rule with [DerivativeOf].");
}
