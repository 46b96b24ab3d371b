using DiffCompile.Objectives.Classics;
using DiffCompile.Objectives.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.Classics;

/// <summary>A thousand steps of four bodies: every schedule gives the same derivatives, in less memory.</summary>
public sealed class NBodyCheckpointTests
{
    private const int Bodies = 4, Steps = 1000;
    private const double Softening = 0.1, TimeStep = 0.002;

    private static readonly double[] Masses = [1.0, 0.5, 0.3, 0.2];
    private static readonly double[] Positions = [0.0, 0.0, 0.0, 1.0, 0.2, 0.0, -0.8, 0.9, 0.1, 0.3, -1.4, 0.2];
    private static readonly double[] Velocities = [0.0, 0.1, 0.0, -0.2, 0.9, 0.1, -0.7, -0.5, 0.0, 0.8, 0.1, -0.1];
    private static readonly double[] Targets = [0.1, 0.1, 0.0, 0.4, 0.7, 0.1, -0.2, -0.3, 0.0, 1.1, -0.4, 0.1];

    public static IEnumerable<object[]> Cases =>
        from steps in new[] { 0, 1, 2, 37, Steps }
        from schedule in new[] { nameof(NBody.MissByRoots), nameof(NBody.MissInSlots) }
        select new object[] { steps, schedule };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_those_of_keeping_everything(int steps, string schedule)
    {
        (double value, double[] expected) = Gradient(nameof(NBody.Miss), steps, new());
        (double found, double[] gradient) = Gradient(schedule, steps, new());
        found.ShouldBe(value);
        gradient.ShouldAgree(expected, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void So_are_second_derivatives(int steps, string schedule) =>
        Product(schedule, steps, new()).ShouldAgree(Product(nameof(NBody.Miss), steps, new()), 1e-12);

    // Keeping everything costs about 34 numbers a step; a state is 36.
    [Fact]
    public void Memory_falls_as_the_schedule_says()
    {
        long Bytes(Action<DerivativeWorkspace> act)
        {
            var workspace = new DerivativeWorkspace();
            act(workspace);
            return workspace.Capacity;
        }

        long all = Bytes(w => Gradient(nameof(NBody.Miss), Steps, w));
        long roots = Bytes(w => Gradient(nameof(NBody.MissByRoots), Steps, w));
        long slots = Bytes(w => Gradient(nameof(NBody.MissInSlots), Steps, w));
        roots.ShouldBeLessThan(all / 6, $"{all} bytes for all, {roots} for √N, {slots} for ten states");
        slots.ShouldBeLessThan(all / 12, $"{all} bytes for all, {roots} for √N, {slots} for ten states");

        // The figures of docs/generated-code.md.
        (all / 1024, roots / 1024, slots / 1024).ShouldBe((272, 24, 18));

        // Four times as many steps: twice as much for roots, nothing more for slots.
        Bytes(w => Gradient(nameof(NBody.MissByRoots), 4 * Steps, w)).ShouldBeLessThan(3 * roots);
        Bytes(w => Gradient(nameof(NBody.MissInSlots), 4 * Steps, w)).ShouldBe(slots);
        Bytes(w => Product(nameof(NBody.MissByRoots), Steps, w)).ShouldBeLessThan(Bytes(w => Product(nameof(NBody.Miss), Steps, w)) / 6);
    }

    [Theory]
    [InlineData(nameof(NBody.MissByRoots))]
    [InlineData(nameof(NBody.MissInSlots))]
    public void Memory_is_used_again_and_buffers_of_the_caller_end_as_after_the_method(string schedule)
    {
        var workspace = new DerivativeWorkspace();
        double[][] scratch = [new double[12], new double[12], new double[12]], expected = [new double[12], new double[12], new double[12]];
        double[][] bars = [new double[4], new double[12], new double[12]];
        NBody.MissByRoots(Masses, Positions, Velocities, Targets, Softening, TimeStep, 50, expected[0], expected[1], expected[2]);
        long Call()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (schedule == nameof(NBody.MissByRoots))
            {
                NBody.MissByRootsGradient(
                    Masses, Positions, Velocities, Targets, Softening, TimeStep, 50, scratch[0], scratch[1], scratch[2], bars[0], bars[1], bars[2], workspace);
            }
            else
            {
                NBody.MissInSlotsGradient(
                    Masses, Positions, Velocities, Targets, Softening, TimeStep, 50, scratch[0], scratch[1], scratch[2], bars[0], bars[1], bars[2], workspace);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Call();
        Call().ShouldBe(0);
        scratch.ShouldBe(expected);
    }

    private static (double Value, double[] Gradient) Gradient(string schedule, int steps, DerivativeWorkspace workspace)
    {
        double[] masses = new double[Bodies], positions = new double[3 * Bodies], velocities = new double[3 * Bodies];
        double[] x = new double[12], v = new double[12], a = new double[12];
        double value = schedule switch
        {
            nameof(NBody.MissByRoots) => NBody.MissByRootsValueAndGradient(
                Masses, Positions, Velocities, Targets, Softening, TimeStep, steps, x, v, a, masses, positions, velocities, workspace),
            nameof(NBody.MissInSlots) => NBody.MissInSlotsValueAndGradient(
                Masses, Positions, Velocities, Targets, Softening, TimeStep, steps, x, v, a, masses, positions, velocities, workspace),
            _ => NBody.MissValueAndGradient(
                Masses, Positions, Velocities, Targets, Softening, TimeStep, steps, x, v, a, masses, positions, velocities, workspace),
        };
        return (value, [.. masses, .. positions, .. velocities]);
    }

    private static double[] Product(string schedule, int steps, DerivativeWorkspace workspace)
    {
        double[] masses = new double[Bodies], positions = new double[3 * Bodies], velocities = new double[3 * Bodies];
        double[] m = [0.3, -0.2, 0.5, 0.1], p = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i))], q = [.. Enumerable.Range(0, 12).Select(i => Math.Cos(i))];
        double[] x = new double[12], v = new double[12], a = new double[12];
        switch (schedule)
        {
            case nameof(NBody.MissByRoots):
                NBody.MissByRootsHessianVectorProduct(
                    Masses, Positions, Velocities, Targets, Softening, TimeStep, steps, x, v, a, m, p, q, masses, positions, velocities, workspace);
                break;
            case nameof(NBody.MissInSlots):
                NBody.MissInSlotsHessianVectorProduct(
                    Masses, Positions, Velocities, Targets, Softening, TimeStep, steps, x, v, a, m, p, q, masses, positions, velocities, workspace);
                break;
            default:
                NBody.MissHessianVectorProduct(
                    Masses, Positions, Velocities, Targets, Softening, TimeStep, steps, x, v, a, m, p, q, masses, positions, velocities, workspace);
                break;
        }

        return [.. masses, .. positions, .. velocities];
    }
}
