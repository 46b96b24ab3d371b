using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>A vector with methods, computed properties and operators.</summary>
public readonly record struct Vector(double X, double Y)
{
    public static Vector UnitX => new(1.0, 0.0);

    public double SquaredLength => this.Dot(this);

    public double Length
    {
        get
        {
            double s = SquaredLength;
            return s > 0.0 ? Math.Sqrt(s) : 0.0;
        }
    }

    public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y);

    public static Vector operator -(Vector a, Vector b) => a + -b;

    public static Vector operator -(Vector a) => new(-a.X, -a.Y);

    public static Vector operator *(double s, Vector a) => new(s * a.X, s * a.Y);

    public double Dot(Vector other) => X * other.X + Y * other.Y;

    public Vector Turned(double angle)
    {
        (double s, double c) = (Math.Sin(angle), Math.Cos(angle));
        return this with { X = c * X - s * Y, Y = s * X + c * Y };
    }

    public void Split(Vector along, out double parallel, out double across)
    {
        parallel = Dot(along) / along.Length;
        across = (this - parallel / along.Length * along).Length;
    }

    public double PowerSum(int n)
    {
        double s = 0.0, p = 1.0;
        for (int i = 0; i < n; i++)
        {
            p *= X;
            s += p * Y;
        }

        return s;
    }
}

/// <summary>Instance methods, computed properties and operators of structs; extension methods.</summary>
public static partial class Members
{
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Methods(Vector v, double angle) => v.Turned(angle).Dot(v + angle * v.Turned(-angle)) + v.PowerSum(3);

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Properties(double x, double y)
    {
        Vector v = new(1.5 + x * x, y);
        return v.SquaredLength * (v - Vector.UnitX).X + v.Length;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithOut(Vector v)
    {
        new Vector(2.0 + v.Y, v.X).Split(new Vector(3.0, 1.0 + v.X * v.X), out double parallel, out double across);
        return parallel * across;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InALoop(double x, double y)
    {
        Vector q = new(x, y), p = new(0.1 * y, x);
        for (int i = 0; i < 4; i++)
        {
            p -= 0.1 * q;
            q += 0.1 * p.Turned(q.X);
        }

        return q.Dot(p);
    }

    // The receiver is the variable itself, which the argument changes first.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReceiverChanged(double x, double y)
    {
        Vector v = new(x, 1.0);
        return v.Dot(v = new Vector(y, x * y)) + v.X;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Extensions(double x, double y)
    {
        double z = x.Logistic(2.0) * y.Cubed();
        z.Damp(x);
        return z + new Vector(x, z).Area(y);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Logistic(this double x, double steepness) => 1.0 / (1.0 + Math.Exp(-steepness * x));

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Moment(this double[] weights, double x) => weights.Sum(x) * weights[0].Cubed();

    [Expect]
    public static bool Members_of_an_extension_method_take_its_receiver_first() =>
        Near.Is(0.5, LogisticGradient(0.0, 2.0).x) && Near.Is(0.0, LogisticGradient(0.0, 2.0).steepness);

    private static double Cubed(this double x) => x * x * x;

    private static void Damp(this ref double z, double by) => z *= Math.Exp(-by * by);

    private static double Area(in this Vector v, double scale) => v.X * v.Y * scale;

    private static double Sum(this double[] weights, double x)
    {
        double s = 0.0;
        for (int i = 0; i < weights.Length; i++)
        {
            s += weights[i] * Math.Sin(i * x);
        }

        return s;
    }
}
