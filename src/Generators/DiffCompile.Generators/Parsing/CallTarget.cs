using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Parsing;

/// <summary>What a called C# method becomes.</summary>
internal abstract record CallTarget;

/// <summary>A row of the rule table, or a built-in operation.</summary>
internal sealed record PrimitiveTarget(string Op) : CallTarget;

/// <summary>A function with a specification.</summary>
internal sealed record FunctionTarget(FunctionReference Function) : CallTarget;

/// <summary>C# that is called as it is, with a custom rule.</summary>
internal sealed record ExternalTarget(ExternalMethod Method) : CallTarget;
