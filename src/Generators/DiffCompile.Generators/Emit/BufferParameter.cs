using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>An array or span of a member's signature.</summary>
/// <param name="Name">As it is written in code.</param>
/// <param name="Shape">Its type.</param>
/// <param name="Primal">Name of the parameter whose tangents or cotangents it holds; empty for others.</param>
/// <param name="Inputs">Which inputs of the program are read from it.</param>
internal sealed record BufferParameter(string Name, Shape Shape, string Primal, EquatableArray<int> Inputs)
{
    public string Plain => Name.TrimStart('@');

    public int Rank => Shape is BufferShape buffer ? buffer.Rank : 1;

    public bool IsArray => Rank > 1 || Container == ContainerKind.Array;

    /// <summary>Type of the elements.</summary>
    public Shape Item => Shape is BufferShape buffer ? buffer.Item : new ScalarShape(((ScalarShape)Shape).Type.Element);

    /// <summary>Are the elements structs or tuples?</summary>
    public bool IsOfStructs => Item is not ScalarShape;

    /// <summary>C# text of the elements' type; buffers of different numbers share no memory.</summary>
    public string ItemText => SignatureBuilder.TypeText(Item);

    private ContainerKind Container => Shape is BufferShape buffer ? buffer.Container : ((ScalarShape)Shape).Type.Container;

    /// <summary>Expressions of the lengths in each dimension.</summary>
    public IEnumerable<string> Lengths => Rank == 1 ? [Name + ".Length"] : Enumerable.Range(0, Rank).Select(d => $"{Name}.{BufferShape.LengthPath(d)}");
}

/// <summary>A local at the start of a member: what the program reads of a parameter that is not read in place.</summary>
/// <param name="Type">C# text.</param>
/// <param name="Name">As it is written in code.</param>
/// <param name="Owner">The type whose static method is called; empty where the parameter's own method is.</param>
/// <param name="Call">The rest of the expression.</param>
internal sealed record EntryLocal(string Type, string Name, string Owner, string Call);
