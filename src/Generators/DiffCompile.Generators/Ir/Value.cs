namespace DiffCompile.Generators.Ir;

/// <summary>
/// A single-assignment value: a function input, the result of an equation, or (with <see cref="Literal"/>) a constant.
/// </summary>
/// <param name="Id">Unique inside a function; 0 for constants.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">The author's name for it, or empty.</param>
/// <param name="Literal">Set for constants, which need no defining equation and are visible everywhere.</param>
internal sealed record Value(int Id, IrType Type, string Name, Literal? Literal = null)
{
    public bool IsConstant => Literal is not null;

    // Ids are compared first: passes compare and hash values all the time.
    public bool Equals(Value? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Id == other.Id && Type == other.Type && Name == other.Name && Equals(Literal, other.Literal));

    public override int GetHashCode() => Literal is null ? Id : Literal.Bits.GetHashCode();

    public override string ToString() => Literal?.Text ?? $"%{Id}{(Name.Length == 0 ? "" : ":" + Name)}";
}

/// <summary>A constant: its exact bits, and the C# text to write for it (the author's own where it survives).</summary>
internal sealed record Literal(long Bits, string Text);
