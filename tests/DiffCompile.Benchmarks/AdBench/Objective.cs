namespace DiffCompile.Benchmarks.AdBench;

/// <summary>An objective with one input read: its value, and its derivative in each way that there is.</summary>
internal abstract class Objective
{
    /// <summary>Numbers of the value; 1 for a scalar.</summary>
    public abstract int ValueSize { get; }

    /// <summary>Numbers of the derivative.</summary>
    public abstract int DerivativeSize { get; }

    /// <summary>The derivative that the generator made; null while it makes none for this objective.</summary>
    public abstract IDerivative? Generated { get; }

    /// <summary>The derivative written by hand.</summary>
    public abstract IDerivative HandWritten { get; }

    /// <summary>One Hessian-vector product by the generated member; null where there is none.</summary>
    public virtual Action? HessianVectorProduct => null;

    /// <summary>Calls of transcendental functions and square roots in one evaluation of the derivative by hand.</summary>
    public abstract string HandWrittenCalls { get; }

    /// <summary>Layout of the derivative, for reports: what its numbers are, and their order.</summary>
    public abstract string Layout { get; }

    /// <summary>
    /// Structure of a derivative whose numbers are the stored values of compressed rows: where each row begins, and behind
    /// the last one their number, and the column of each value. Null for a dense one.
    /// </summary>
    public virtual (int[] Rows, int[] Columns)? Structure => null;

    /// <summary>The author's method; overwrites <paramref name="value"/>.</summary>
    public abstract void Primal(Span<double> value);

    /// <summary>Reads the input that the options name.</summary>
    public static Objective Read(AdBenchOptions options) => options.Objective switch
    {
        "gmm" => new GaussianMixtureObjective(options),
        "ba" => new BundleAdjustmentObjective(options),
        "lstm" => new LstmObjective(options),
        _ => new HandObjective(options),
    };
}
