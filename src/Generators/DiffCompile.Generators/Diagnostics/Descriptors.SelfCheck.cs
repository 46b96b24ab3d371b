using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Diagnostics;

/// <summary>DC3120 to DC3139: self-checks of custom rules.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor SelfCheckContainer = Warning(
        "DC3120", "Rule without a self-check because of its container",
        "The rule '{0}' gets no self-check because '{1}' is {2}; make it partial and visible in the whole assembly, or check the rule with GradientCheck.Run");

    public static readonly DiagnosticDescriptor SelfCheckInputs = Warning(
        "DC3121", "Rule without a self-check because of its inputs",
        "The rule '{0}' gets no self-check because {1}; check it with GradientCheck.Run");

    public static readonly DiagnosticDescriptor SelfCheckNameTaken = Warning(
        "DC3122", "Name of the self-check is taken",
        "The rule '{0}' gets no self-check because '{1}' exists or would exist twice in '{2}'; give the rule another name");
}
