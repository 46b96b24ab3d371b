namespace DiffCompile.Verification;

/// <summary>A function of several numbers with several results, such as a value or a gradient.</summary>
/// <param name="x">All inputs.</param>
/// <param name="result">Receives every result; what it held before is overwritten.</param>
public delegate void VectorFunction(ReadOnlySpan<double> x, Span<double> result);

/// <summary>A function that is linear in a second argument, such as a JVP or a Hessian-vector product.</summary>
/// <param name="x">All inputs.</param>
/// <param name="direction">One number for each input.</param>
/// <param name="result">Receives every result; what it held before is overwritten.</param>
public delegate void DirectionalFunction(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> result);

/// <summary>A pullback (VJP).</summary>
/// <param name="x">All inputs.</param>
/// <param name="cotangents">One number for each output.</param>
/// <param name="result">The input cotangents, one number for each input, are <b>added</b> to it.</param>
public delegate void PullbackFunction(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangents, Span<double> result);
