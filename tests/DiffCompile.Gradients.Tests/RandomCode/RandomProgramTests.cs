using System.Globalization;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.RandomCode;

/// <summary>
/// Random programs in every mode, with optimisations on and off: values to the bit, JVP and gradient against finite differences
/// where the program is smooth, JVP against VJP on random seeds, Hessian-vector products, exceptions.
/// </summary>
public sealed class RandomProgramTests
{
    public const int InOneFile = 30;

    /// <summary>How many programs the ordinary run has, and the seed of their first file.</summary>
    public const int UsualPrograms = 240;

    public const int UsualSeed = 1000;

    // The long run: how many programs, beginning with which seed.
    private static int Count(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : usual;

    [Fact]
    public void Derivatives_of_random_programs()
    {
        int programs = Count("DIFFCOMPILE_RANDOM_PROGRAMS", UsualPrograms), seed = Count("DIFFCOMPILE_RANDOM_SEED", UsualSeed);
        string? log = Environment.GetEnvironmentVariable("DIFFCOMPILE_RANDOM_LOG");
        var faults = new List<string>();
        int points = 0, threw = 0;
        for (int done = 0; done < programs; done += InOneFile, seed++)
        {
            RandomBatch batch = RandomBatch.Write(seed, InOneFile);
            foreach (bool optimize in new[] { true, false })
            {
                batch.Check(optimize);
            }

            faults.AddRange(batch.Faults);
            (points, threw) = (points + batch.Points, threw + batch.Threw);
            if (log is not null)
            {
                File.AppendAllText(log, $"seed {seed}: {done + InOneFile} programs, {points} points, {threw} threw, {faults.Count} faults\n{string.Join('\n', batch.Faults.Concat(batch.Suspects))}\n");
            }
        }

        faults.ShouldBeEmpty();
        threw.ShouldBeInRange(1, points / 3);
    }

    [Fact]
    public void Derivatives_of_random_programs_with_checkpoints()
    {
        int programs = Count("DIFFCOMPILE_RANDOM_PROGRAMS", 2 * InOneFile), seed = Count("DIFFCOMPILE_RANDOM_SEED", UsualSeed);
        var faults = new List<string>();
        int refused = 0;
        for (int done = 0; done < programs; done += InOneFile, seed++)
        {
            RandomBatch batch = RandomBatch.WriteCheckpointed(seed, InOneFile);
            batch.Check(optimize: true);
            refused += batch.Refused;
            batch.Check(optimize: false);
            faults.AddRange(batch.Faults.Concat(batch.Suspects));
        }

        faults.ShouldBeEmpty();
        refused.ShouldBeLessThan(programs / 2);
    }
}
