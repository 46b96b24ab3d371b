namespace DiffCompile.Corpus;

/// <summary>What the generated file must hold, with optimisations on.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EmitsAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>What the generated file must not hold, with optimisations on.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EmitsNotAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
