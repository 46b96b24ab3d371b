using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Something without a derivative inside a tangent or cotangent, such as the int member of a struct: holds no scalar of
/// the program and is written as default.
/// </summary>
internal sealed record DefaultShape(string TypeName) : Shape
{
    public override string CSharp => TypeName;

    public override IEnumerable<Leaf> Leaves => [];
}
