namespace DiffCompile;

/// <summary>Which derivative is taken where the left and right derivatives differ.</summary>
public enum KinkConvention
{
    /// <summary>The mean of both sides: abs'(0) = 0, ties of max and min are shared half and half.</summary>
    Symmetric,

    /// <summary>The derivative from below: abs'(0) = −1, ties go to the second argument of max and to the first of min.</summary>
    Left,

    /// <summary>The derivative from above: abs'(0) = +1, ties go to the first argument of max and to the second of min.</summary>
    Right,
}
