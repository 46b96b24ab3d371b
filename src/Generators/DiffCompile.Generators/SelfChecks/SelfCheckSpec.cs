using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.SelfChecks;

/// <summary>What the self-check of one rule is written from. Value-equal, without any compiler object.</summary>
/// <param name="Key">Documentation id of the rule.</param>
/// <param name="Container">The types around the rule, where the self-check goes.</param>
/// <param name="RuleName">Name of the rule.</param>
/// <param name="TargetName">The method whose rule it is, for people: "Occupation.MeanCentral".</param>
/// <param name="TargetCall">The same as it is called from the rule's type.</param>
/// <param name="Parameters">Parameters of that method.</param>
/// <param name="Result">Its result.</param>
/// <param name="VjpCall">How the VJP rule is called; empty when there is none.</param>
/// <param name="JvpCall">How the JVP rule is called; empty when there is none.</param>
internal sealed record SelfCheckSpec(
    string Key,
    ContainerSpec Container,
    string RuleName,
    string TargetName,
    string TargetCall,
    EquatableArray<ParameterSpec> Parameters,
    Shape Result,
    string VjpCall,
    string JvpCall)
{
    public string MemberName => NameFor(RuleName);

    public static string NameFor(string rule) => rule + "SelfCheck";
}

/// <summary>A self-check to be written, or why there is none; neither where the rule itself is wrong, which is reported elsewhere.</summary>
internal sealed record SelfCheckResult(SelfCheckSpec? Spec, DiagnosticInfo? Diagnostic);
