namespace DiffCompile.Objectives.AdBench;

/// <summary>
/// Bundle adjustment (Šrajer, Kukelova and Fitzgibbon 2018, section 3.2): the weighted error of one point seen by one
/// camera with radial distortion, and the penalty that keeps its weight near 1.
/// </summary>
public static partial class BundleAdjustment
{
    /// <summary>Numbers of a camera: rotation vector 3, centre 3, focal length, principal point 2, radial distortion 2.</summary>
    public const int CameraSize = 11;

    /// <summary>Weighted difference of the projected point and the feature, in pixels.</summary>
    /// <param name="camera">The camera, <see cref="CameraSize"/> numbers.</param>
    /// <param name="point">The point, 3 numbers, in the unit of the camera's centre.</param>
    /// <param name="weight">Weight of the observation.</param>
    /// <param name="featureX">Where the point was seen, pixels.</param>
    /// <param name="featureY">Where the point was seen, pixels.</param>
    [Differentiable]
    public static (double X, double Y) Reprojection(
        ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, [NoGradient] double featureX, [NoGradient] double featureY)
    {
        (double x, double y, double z) = Rotate(
            camera[0], camera[1], camera[2], point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]);
        double u = x / z;
        double v = y / z;
        double square = u * u + v * v;
        double distortion = 1.0 + camera[9] * square + camera[10] * square * square;
        double projectedX = u * distortion * camera[6] + camera[7];
        double projectedY = v * distortion * camera[6] + camera[8];
        return (weight * (projectedX - featureX), weight * (projectedY - featureY));
    }

    /// <summary>Penalty 1 − w² of a weight.</summary>
    /// <param name="weight">Weight of an observation.</param>
    [Differentiable]
    public static double WeightResidual(double weight) => 1.0 - weight * weight;

    /// <summary>Rotates (x, y, z) about the vector r by |r| radians (Rodrigues); without rotation, to first order in r.</summary>
    private static (double X, double Y, double Z) Rotate(double rx, double ry, double rz, double x, double y, double z)
    {
        double square = rx * rx + ry * ry + rz * rz;
        if (square == 0.0)
        {
            return (x + ry * z - rz * y, y + rz * x - rx * z, z + rx * y - ry * x);
        }

        double angle = Math.Sqrt(square);
        double cosine = Math.Cos(angle);
        double sine = Math.Sin(angle);
        double ax = rx / angle;
        double ay = ry / angle;
        double az = rz / angle;
        double along = (ax * x + ay * y + az * z) * (1.0 - cosine);
        return (
            x * cosine + (ay * z - az * y) * sine + ax * along,
            y * cosine + (az * x - ax * z) * sine + ay * along,
            z * cosine + (ax * y - ay * x) * sine + az * along);
    }
}
