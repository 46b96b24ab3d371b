namespace DiffCompile.Verification;

/// <summary>
/// A function and those of its derivatives that are to be checked. Every derivative that is given is checked against the
/// value, and against the others.
/// </summary>
public sealed class GradientCheckTarget
{
    /// <summary>Name of the function, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Every number that the function takes, in order.</summary>
    public required IReadOnlyList<GradientCheckInput> Inputs { get; init; }

    /// <summary>Number of results.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>The function itself, on whose values everything rests.</summary>
    public required VectorFunction Value { get; init; }

    /// <summary>Directional derivative: a direction with a number per input in, a tangent per output out. Null: not checked.</summary>
    public DirectionalFunction? Jvp { get; init; }

    /// <summary>Pullback: a cotangent per output in, a cotangent per input <b>added</b>. Null: not checked.</summary>
    public PullbackFunction? Vjp { get; init; }

    /// <summary>Gradient of the only output, a number per input. Null: not checked.</summary>
    public VectorFunction? Gradient { get; init; }

    /// <summary>
    /// Product of the Hessian of the only output with a direction, a number per input. It is compared with finite
    /// differences of <see cref="Gradient"/>, or of <see cref="Vjp"/> where there is no gradient. Null: not checked.
    /// </summary>
    public DirectionalFunction? HessianVectorProduct { get; init; }

    /// <exception cref="ArgumentException">The target cannot be checked.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Name);
        ArgumentNullException.ThrowIfNull(Inputs);
        ArgumentNullException.ThrowIfNull(Value);
        ArgumentOutOfRangeException.ThrowIfLessThan(Outputs, 1);
        foreach (GradientCheckInput input in Inputs)
        {
            input.Validate();
        }

        if (!Inputs.Any(i => i.IsActive))
        {
            throw new ArgumentException($"'{Name}' has no input that is differentiated.");
        }

        if (Jvp is null && Vjp is null && Gradient is null && HessianVectorProduct is null)
        {
            throw new ArgumentException($"'{Name}' has no derivative to check.");
        }

        if (Outputs != 1 && (Gradient is not null || HessianVectorProduct is not null))
        {
            throw new ArgumentException($"'{Name}' has {Outputs} outputs; a gradient or a Hessian-vector product belongs to one.");
        }

        if (HessianVectorProduct is not null && Gradient is null && Vjp is null)
        {
            throw new ArgumentException($"The Hessian-vector product of '{Name}' is checked against differences of the gradient; give Gradient or Vjp too.");
        }
    }
}
