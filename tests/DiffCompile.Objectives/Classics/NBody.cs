namespace DiffCompile.Objectives.Classics;

/// <summary>Gravity between bodies, by the leapfrog method (Störmer–Verlet, kick–drift–kick). Units with G = 1.</summary>
public static partial class NBody
{
    /// <summary>Sum of the squared distances between where the bodies end and where they should.</summary>
    /// <param name="masses">Masses.</param>
    /// <param name="initialPositions">Positions at the start, [body, 3].</param>
    /// <param name="initialVelocities">Velocities at the start, [body, 3].</param>
    /// <param name="targets">Wanted positions at the end, [body, 3].</param>
    /// <param name="softening">Length below which the attraction is softened, at least 0.</param>
    /// <param name="timeStep">Time of one step.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="positions">Scratch as large as the positions; holds the positions at the end.</param>
    /// <param name="velocities">Scratch as large as the positions; holds the velocities at the end.</param>
    /// <param name="accelerations">Scratch as large as the positions.</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Miss(
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
        Advance(masses, softening, timeStep, steps, positions, velocities, accelerations);
        double sum = 0.0;
        for (int i = 0; i < targets.Length; i++)
        {
            double difference = positions[i] - targets[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>Moves the bodies on in place.</summary>
    /// <param name="masses">Masses.</param>
    /// <param name="softening">Length below which the attraction is softened, at least 0.</param>
    /// <param name="timeStep">Time of one step.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="positions">Positions, [body, 3].</param>
    /// <param name="velocities">Velocities, [body, 3].</param>
    /// <param name="accelerations">Scratch as large as the positions.</param>
    [Differentiable]
    public static void Advance(
        ReadOnlySpan<double> masses,
        [NoGradient] double softening,
        [NoGradient] double timeStep,
        int steps,
        Span<double> positions,
        Span<double> velocities,
        [Scratch] Span<double> accelerations)
    {
        Accelerate(masses, softening, positions, accelerations);
        for (int step = 0; step < steps; step++)
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
    }

    /// <summary>Kinetic and potential energy.</summary>
    /// <param name="masses">Masses.</param>
    /// <param name="softening">Length below which the attraction is softened.</param>
    /// <param name="positions">Positions, [body, 3].</param>
    /// <param name="velocities">Velocities, [body, 3].</param>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Energy(
        ReadOnlySpan<double> masses, [NoGradient] double softening, ReadOnlySpan<double> positions, ReadOnlySpan<double> velocities)
    {
        double energy = 0.0;
        for (int i = 0; i < masses.Length; i++)
        {
            double vx = velocities[3 * i];
            double vy = velocities[3 * i + 1];
            double vz = velocities[3 * i + 2];
            energy += 0.5 * masses[i] * (vx * vx + vy * vy + vz * vz);
            for (int j = 0; j < i; j++)
            {
                double x = positions[3 * j] - positions[3 * i];
                double y = positions[3 * j + 1] - positions[3 * i + 1];
                double z = positions[3 * j + 2] - positions[3 * i + 2];
                energy -= masses[i] * masses[j] / Math.Sqrt(x * x + y * y + z * z + softening * softening);
            }
        }

        return energy;
    }

    private static void Accelerate(ReadOnlySpan<double> masses, double softening, ReadOnlySpan<double> positions, Span<double> accelerations)
    {
        accelerations.Clear();
        for (int i = 0; i < masses.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double x = positions[3 * j] - positions[3 * i];
                double y = positions[3 * j + 1] - positions[3 * i + 1];
                double z = positions[3 * j + 2] - positions[3 * i + 2];
                double square = x * x + y * y + z * z + softening * softening;
                double pull = 1.0 / (square * Math.Sqrt(square));
                accelerations[3 * i] += masses[j] * pull * x;
                accelerations[3 * i + 1] += masses[j] * pull * y;
                accelerations[3 * i + 2] += masses[j] * pull * z;
                accelerations[3 * j] -= masses[i] * pull * x;
                accelerations[3 * j + 1] -= masses[i] * pull * y;
                accelerations[3 * j + 2] -= masses[i] * pull * z;
            }
        }
    }
}
