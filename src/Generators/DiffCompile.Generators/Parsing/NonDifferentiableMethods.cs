using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Parsing;

/// <summary>Why a well-known method has no derivative, to say more than that no rule was found.</summary>
internal static class NonDifferentiableMethods
{
    /// <summary>Null when nothing special is known of the method.</summary>
    /// <param name="qualifiedName">"Namespace.Type.Method".</param>
    public static string? ReasonFor(string qualifiedName) =>
        NonDifferentiable.Find(qualifiedName) is { } refusal ? $"it {refusal.Reason}; write {refusal.Instead} instead" : null;
}
