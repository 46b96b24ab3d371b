namespace DiffCompile.Objectives.Classics;

/// <summary>The same motion over many steps, of which the derivatives keep only some states.</summary>
public static partial class NBody
{
    /// <summary><see cref="Miss"/> with a state for every √N of N steps.</summary>
    /// <inheritdoc cref="Miss"/>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double MissByRoots(
        ReadOnlySpan<double> masses,
        ReadOnlySpan<double> initialPositions,
        ReadOnlySpan<double> initialVelocities,
        [NoGradient] ReadOnlySpan<double> targets,
        [NoGradient] double softening,
        [NoGradient] double timeStep,
        int steps,
        [Scratch] Span<double> positions,
        [Scratch] Span<double> velocities,
        [Scratch] Span<double> accelerations)
    {
        initialPositions.CopyTo(positions);
        initialVelocities.CopyTo(velocities);
        Accelerate(masses, softening, positions, accelerations);
        AdvanceByRoots(masses, softening, timeStep, steps, positions, velocities, accelerations);
        return SquareOfDistances(positions, targets);
    }

    /// <summary><see cref="Miss"/> with at most ten states.</summary>
    /// <inheritdoc cref="Miss"/>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double MissInSlots(
        ReadOnlySpan<double> masses,
        ReadOnlySpan<double> initialPositions,
        ReadOnlySpan<double> initialVelocities,
        [NoGradient] ReadOnlySpan<double> targets,
        [NoGradient] double softening,
        [NoGradient] double timeStep,
        int steps,
        [Scratch] Span<double> positions,
        [Scratch] Span<double> velocities,
        [Scratch] Span<double> accelerations)
    {
        initialPositions.CopyTo(positions);
        initialVelocities.CopyTo(velocities);
        Accelerate(masses, softening, positions, accelerations);
        AdvanceInSlots(masses, softening, timeStep, steps, positions, velocities, accelerations);
        return SquareOfDistances(positions, targets);
    }

    [Checkpoint(CheckpointSchedule.SquareRoot)]
    private static void AdvanceByRoots(
        ReadOnlySpan<double> masses, double softening, double timeStep, int steps, Span<double> positions, Span<double> velocities, Span<double> accelerations)
    {
        for (int step = 0; step < steps; step++)
        {
            Leap(masses, softening, timeStep, positions, velocities, accelerations);
        }
    }

    [Checkpoint(slots: 10)]
    private static void AdvanceInSlots(
        ReadOnlySpan<double> masses, double softening, double timeStep, int steps, Span<double> positions, Span<double> velocities, Span<double> accelerations)
    {
        for (int step = 0; step < steps; step++)
        {
            Leap(masses, softening, timeStep, positions, velocities, accelerations);
        }
    }

    private static void Leap(
        ReadOnlySpan<double> masses, double softening, double timeStep, Span<double> positions, Span<double> velocities, Span<double> accelerations)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            velocities[i] += 0.5 * timeStep * accelerations[i];
            positions[i] += timeStep * velocities[i];
        }

        Accelerate(masses, softening, positions, accelerations);
        for (int i = 0; i < positions.Length; i++)
        {
            velocities[i] += 0.5 * timeStep * accelerations[i];
        }
    }

    private static double SquareOfDistances(ReadOnlySpan<double> positions, ReadOnlySpan<double> targets)
    {
        double sum = 0.0;
        for (int i = 0; i < targets.Length; i++)
        {
            double difference = positions[i] - targets[i];
            sum += difference * difference;
        }

        return sum;
    }
}
