using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace DiffCompile.MathNetNumerics;

/// <summary>
/// A function with generated derivatives as MathNet's minimisers want it. Value and gradient come from one evaluation, which
/// is made when either is first asked for; the Hessian is evaluated only when it is asked for.
/// </summary>
/// <remarks>
/// Wrapping members of a method of two numbers:
/// <code>
/// var objective = new DifferentiableObjective((x, gradient) =>
/// {
///     var (value, (a, b)) = Models.CostValueAndGradient(x[0], x[1]);
///     (gradient[0], gradient[1]) = (a, b);
///     return value;
/// });
/// </code>
/// Not safe for use by several threads at once; <see cref="CreateNew"/> makes one for each. Vectors and matrices that are
/// handed out are never written again.
/// </remarks>
public sealed class DifferentiableObjective : IObjectiveFunction
{
    private readonly ValueAndGradientFunction _valueAndGradient;
    private readonly HessianFunction? _hessian;
    private Vector<double>? _point;
    private double _value;
    private Vector<double>? _gradient;
    private Matrix<double>? _hessianMatrix;

    /// <param name="valueAndGradient">The function.</param>
    /// <param name="hessian">Its second derivatives, for minimisers that use them; null if there are none.</param>
    public DifferentiableObjective(ValueAndGradientFunction valueAndGradient, HessianFunction? hessian = null)
    {
        ArgumentNullException.ThrowIfNull(valueAndGradient);
        _valueAndGradient = valueAndGradient;
        _hessian = hessian;
    }

    private DifferentiableObjective(DifferentiableObjective other)
        : this(other._valueAndGradient, other._hessian)
    {
        (_point, _value, _gradient, _hessianMatrix) = (other._point, other._value, other._gradient, other._hessianMatrix);
    }

    /// <summary>Where the function is evaluated.</summary>
    /// <exception cref="InvalidOperationException"><see cref="EvaluateAt"/> was not called.</exception>
    public Vector<double> Point => _point ?? throw new InvalidOperationException($"No point is set; call {nameof(EvaluateAt)} first.");

    /// <summary>The value at <see cref="Point"/>. What the function throws is passed on.</summary>
    public double Value
    {
        get
        {
            Evaluate();
            return _value;
        }
    }

    /// <summary>Always true.</summary>
    public bool IsGradientSupported => true;

    /// <summary>The gradient at <see cref="Point"/>. What the function throws is passed on.</summary>
    public Vector<double> Gradient => Evaluate();

    /// <summary>Was a Hessian given?</summary>
    public bool IsHessianSupported => _hessian is not null;

    /// <summary>The Hessian at <see cref="Point"/>.</summary>
    /// <exception cref="NotSupportedException">None was given.</exception>
    public Matrix<double> Hessian
    {
        get
        {
            if (_hessian is null)
            {
                throw new NotSupportedException("The objective was made without a Hessian; give one, or choose a minimiser that needs only the gradient.");
            }

            if (_hessianMatrix is null)
            {
                int n = Point.Count;
                double[] elements = new double[n * n];
                _hessian(Point.AsReadOnlySpan(), elements);

                // MathNet stores column after column, which for a symmetric matrix is the same.
                _hessianMatrix = Matrix<double>.Build.Dense(n, n, elements);
            }

            return _hessianMatrix;
        }
    }

    /// <summary>Moves to a point; nothing is evaluated yet. The point is copied.</summary>
    /// <param name="point">Any vector.</param>
    public void EvaluateAt(Vector<double> point)
    {
        ArgumentNullException.ThrowIfNull(point);
        _point = point.Clone();
        _gradient = null;
        _hessianMatrix = null;
    }

    /// <summary>The same function at the same point, to go another way from here.</summary>
    public IObjectiveFunction Fork() => new DifferentiableObjective(this);

    /// <summary>The same function without a point.</summary>
    public IObjectiveFunction CreateNew() => new DifferentiableObjective(_valueAndGradient, _hessian);

    private Vector<double> Evaluate()
    {
        if (_gradient is null)
        {
            double[] gradient = new double[Point.Count];
            _value = _valueAndGradient(Point.AsReadOnlySpan(), gradient);
            _gradient = Vector<double>.Build.Dense(gradient);
        }

        return _gradient;
    }
}
