using System.Globalization;

namespace DiffCompile;

/// <summary>The first operation of a method, or of its derivative, whose result is NaN or infinite.</summary>
/// <param name="Operation">The operation as its author wrote it.</param>
/// <param name="File">Path of the source file.</param>
/// <param name="Line">Line in that file, from 1.</param>
/// <param name="Quantity">What is not finite: <c>value</c>, or <c>cotangent</c> for a derivative that passes through the operation.</param>
/// <param name="Value">The number: NaN or ±∞.</param>
public readonly record struct NonFiniteOperation(string Operation, string File, int Line, string Quantity, double Value)
{
    /// <summary>One sentence that names the operation, its place and its result.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}({Line}): the {Quantity} of '{Operation}' is {Number}.");

    private string Number =>
        double.IsNaN(Value) ? "NaN"
        : double.IsPositiveInfinity(Value) ? "+infinity"
        : double.IsNegativeInfinity(Value) ? "-infinity"
        : Value.ToString("R", CultureInfo.InvariantCulture);
}
