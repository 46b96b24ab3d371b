namespace DiffCompile.Generators.Rules;

/// <summary>Numbers that occur in partial derivatives, rounded to double.</summary>
internal static class Constants
{
    public const double Ln2 = 0.69314718055994530942;
    public const double Ln10 = 2.30258509299404568402;
    public const double InverseLn2 = 1.44269504088896340736;
    public const double InverseLn10 = 0.43429448190325182765;
    public const double Sqrt2 = 1.41421356237309504880;
    public const double InversePi = 0.31830988618379067154;

    /// <summary>2/√π.</summary>
    public const double TwoOverSqrtPi = 1.12837916709551257390;

    /// <summary>√π/2.</summary>
    public const double HalfSqrtPi = 0.88622692545275801365;
}
