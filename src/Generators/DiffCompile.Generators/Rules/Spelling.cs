namespace DiffCompile.Generators.Rules;

/// <summary>The C# names of a function.</summary>
/// <param name="Double">Called for double operands, global::-qualified.</param>
/// <param name="Single">Called for float operands; empty when there is none.</param>
/// <param name="Integer">Called for int and long operands; empty when there is none.</param>
/// <param name="Methods">All methods that are this function bit for bit, as "Namespace.Type.Method".</param>
internal sealed record Spelling(string Double, string Single, string Integer, IReadOnlyList<string> Methods)
{
    public static readonly Spelling None = new("", "", "", []);

    /// <summary>Math.X for double, MathF.X for float; double.X and float.X forward to them.</summary>
    public static Spelling Math(string name, string alias = "") => new(
        "global::System.Math." + name,
        "global::System.MathF." + name,
        "",
        ["System.Math." + name, "System.MathF." + name, "System.Double." + (alias.Length > 0 ? alias : name), "System.Single." + (alias.Length > 0 ? alias : name)]);

    /// <summary>As <see cref="Math"/>, with overloads of Math for int and long.</summary>
    public static Spelling MathAndInteger(string name) => WithInteger(Math(name), name);

    /// <summary>Math.X has overloads for all types, MathF has none.</summary>
    public static Spelling MathOnly(string name) => WithInteger(
        new("global::System.Math." + name, "global::System.Math." + name, "", ["System.Math." + name, "System.Double." + name, "System.Single." + name]), name);

    /// <summary>double.X and float.X, which Math does not have.</summary>
    public static Spelling Number(string name) =>
        new("double." + name, "float." + name, "", ["System.Double." + name, "System.Single." + name]);

    /// <summary>One of our special functions.</summary>
    public static Spelling Special(string name) => In("DiffCompile.Mathematics.SpecialFunctions", name);

    /// <summary>One of the functions that derivatives are written with.</summary>
    public static Spelling Helper(string name) => In("DiffCompile.Mathematics.DerivativeMath", name);

    /// <summary>A special function of MathNet.Numerics, which has double only.</summary>
    public static Spelling MathNet(string name) => In("MathNet.Numerics.SpecialFunctions", name) with { Single = "" };

    private static Spelling WithInteger(Spelling spelling, string name) => spelling with
    {
        Integer = "global::System.Math." + name,
        Methods = [.. spelling.Methods, "System.Int32." + name, "System.Int64." + name],
    };

    private static Spelling In(string type, string name) => new($"global::{type}.{name}", $"global::{type}.{name}", "", [$"{type}.{name}"]);
}
