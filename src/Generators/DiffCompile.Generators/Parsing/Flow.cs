namespace DiffCompile.Generators.Parsing;

/// <summary>The ways in which control can leave a piece of code.</summary>
[Flags]
internal enum Flow
{
    None = 0,

    /// <summary>On to the next statement.</summary>
    Continue = 1,

    /// <summary>Out of the innermost switch section or loop.</summary>
    Break = 2,

    Return = 4,

    Throw = 8,

    /// <summary>On to the next trip of the innermost loop.</summary>
    NextTrip = 16,
}
