using DiffCompile.Model.Occupation;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>The model parameters by the names that the command line and the JSON object use.</summary>
internal static class ParameterChanges
{
    /// <summary>Names, in the order of <see cref="Zheng07Parameters"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["logMmin", "sigmaLogM", "logM0", "logM1", "alpha"];

    /// <summary>The five values, in the order of <see cref="Names"/>.</summary>
    public static double[] Values(Zheng07Parameters p) => [p.LogMmin, p.SigmaLogM, p.LogM0, p.LogM1, p.Alpha];

    /// <summary>Applies changes of the form <c>name=value</c>, each name at most once.</summary>
    /// <exception cref="UsageException">A change has another form, an unknown name or an impossible value.</exception>
    public static Zheng07Parameters Apply(Zheng07Parameters parameters, IEnumerable<string> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var changed = new HashSet<string>();
        foreach (string change in changes)
        {
            string[] parts = change.Split('=');
            if (parts.Length != 2)
            {
                throw new UsageException("--set", $"'{change}' is no change of a parameter", "NAME=VALUE, for example logMmin=12.02");
            }

            if (!Names.Contains(parts[0]))
            {
                throw new UsageException("--set", $"'{parts[0]}' is no parameter", "one of " + string.Join(", ", Names));
            }

            if (!changed.Add(parts[0]))
            {
                throw new UsageException("--set", $"'{parts[0]}' is changed twice", "each parameter once");
            }

            double value = CommandLine.Number(parts[1])
                ?? throw new UsageException("--set", $"'{parts[1]}' for {parts[0]} is not possible", "a finite number");
            parameters = With(parameters, parts[0], value);
        }

        return parameters;
    }

    private static Zheng07Parameters With(Zheng07Parameters p, string name, double value) => name switch
    {
        "logMmin" => p with { LogMmin = value },
        "logM0" => p with { LogM0 = value },
        "logM1" => p with { LogM1 = value },
        _ when value <= 0.0 => throw new UsageException("--set", FormattableString.Invariant($"{name} = {value} is not possible"), "a number above 0"),
        "sigmaLogM" => p with { SigmaLogM = value },
        _ => p with { Alpha = value },
    };
}
