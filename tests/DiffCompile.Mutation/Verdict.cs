namespace DiffCompile.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>The tests saw nothing.</summary>
    Survived,

    /// <summary>No function of the corpus comes past it.</summary>
    NotReached,

    /// <summary>A value or a derivative was wrong, or an expectation failed.</summary>
    WrongNumber,

    /// <summary>A method was refused.</summary>
    Refused,

    /// <summary>A method that must be refused was not, or not with the right reason.</summary>
    NotRefused,

    /// <summary>The generated code does not compile without warnings.</summary>
    DoesNotCompile,

    /// <summary>The generator or the generated code threw.</summary>
    Threw,

    /// <summary>The generator did not come to an end.</summary>
    DidNotEnd,

    /// <summary>All numbers were right, but the text was not what a test states of it.</summary>
    OtherText,

    /// <summary>A unit test of the folder failed.</summary>
    UnitTest,
}

/// <summary>A mutant and what became of it.</summary>
/// <param name="Detail">The first fault, or what is known about a survivor.</param>
internal sealed record Verdict(Mutation Mutation, Fate Fate, string Detail, double Seconds)
{
    public bool IsKilled => Fate is not (Fate.Survived or Fate.NotReached);
}
