namespace DiffCompile;

/// <summary>
/// Marks a method as the derivative rule of the method <paramref name="method"/>. A rule replaces the derivative that
/// would be made from the method's body, or supplies one where there is no body to read. The primal value always comes
/// from the method itself.
/// <para>
/// A VJP rule for <c>T F(a, b)</c> has the signature <c>(aBar, bBar) R(a, b, value, valueBar)</c>; for a span parameter
/// <c>x</c> a span <c>xBar</c> follows into which the rule <b>adds</b>. A JVP rule has the signature
/// <c>T R(a, b, aDot, bDot)</c> and returns the tangent of the result.
/// </para>
/// <para>
/// A span that the method may write to, <c>Span&lt;T&gt; y</c>, is handed to the rule as the method left it. In a VJP rule
/// <c>yBar</c> holds the cotangent of that, and is left holding the cotangent of what <c>y</c> held before: zero where the
/// method only overwrites. In a JVP rule <c>yDot</c> is a <c>Span&lt;T&gt;</c> into which the tangents are written.
/// <c>[NoGradient]</c> and <c>[Scratch]</c> spans have neither; scratch memory is the rule's to use.
/// </para>
/// </summary>
/// <param name="method">Name of the method, in the same type: <c>nameof(F)</c>.</param>
/// <param name="kind">Direction of the rule.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DerivativeOfAttribute(string method, RuleKind kind = RuleKind.Vjp) : Attribute
{
    /// <summary>Name of the method whose rule this is.</summary>
    public string Method { get; } = method;

    /// <summary>Direction of the rule.</summary>
    public RuleKind Kind { get; } = kind;
}

/// <summary>Direction of a custom derivative rule.</summary>
public enum RuleKind
{
    /// <summary>Pullback: cotangent of the result in, cotangents of the inputs out.</summary>
    Vjp,

    /// <summary>Directional derivative: tangents of the inputs in, tangent of the result out.</summary>
    Jvp,
}
