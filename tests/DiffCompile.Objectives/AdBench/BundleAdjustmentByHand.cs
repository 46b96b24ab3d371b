namespace DiffCompile.Objectives.AdBench;

/// <summary>Jacobian block of <see cref="BundleAdjustment.Reprojection"/> written by hand. One sine, cosine and square root.</summary>
public static class BundleAdjustmentByHand
{
    /// <summary>Columns of a block: camera 11, point 3, weight.</summary>
    public const int Columns = BundleAdjustment.CameraSize + 4;

    /// <summary>Weighted error of one observation and its Jacobian.</summary>
    /// <param name="camera">The camera, 11 numbers.</param>
    /// <param name="point">The point, 3 numbers.</param>
    /// <param name="weight">Weight of the observation.</param>
    /// <param name="featureX">Where the point was seen, pixels.</param>
    /// <param name="featureY">Where the point was seen, pixels.</param>
    /// <param name="jacobian">Overwritten, [2, 15].</param>
    public static (double X, double Y) ReprojectionJacobian(
        ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, double featureX, double featureY, Span<double> jacobian)
    {
        camera = camera[..BundleAdjustment.CameraSize];
        Span<double> rowX = jacobian[..Columns];
        Span<double> rowY = jacobian.Slice(Columns, Columns);
        double x = point[0] - camera[3], y = point[1] - camera[4], z = point[2] - camera[5];
        Rotation r = Rotation.About(camera[0], camera[1], camera[2], x, y, z);

        double inverse = 1.0 / r.Z;
        double u = r.X * inverse, v = r.Y * inverse;
        double square = u * u + v * v;
        double k1 = camera[9], k2 = camera[10], focal = camera[6];
        double distortion = 1.0 + k1 * square + k2 * square * square;
        double distortedX = u * distortion, distortedY = v * distortion;
        double errorX = distortedX * focal + camera[7] - featureX;
        double errorY = distortedY * focal + camera[8] - featureY;

        // Slopes of the weighted error in u and v, then in the rotated point.
        double scale = weight * focal;
        double slope = 2.0 * (k1 + 2.0 * k2 * square);
        double xu = scale * (distortion + slope * u * u), xv = scale * slope * u * v;
        double yv = scale * (distortion + slope * v * v);
        r.Pull(rowX, xu * inverse, xv * inverse, -(xu * u + xv * v) * inverse, x, y, z);
        r.Pull(rowY, xv * inverse, yv * inverse, -(xv * u + yv * v) * inverse, x, y, z);

        rowX[6] = weight * distortedX;
        rowX[7] = weight;
        rowX[8] = 0.0;
        rowX[9] = scale * u * square;
        rowX[10] = rowX[9] * square;
        rowX[14] = errorX;
        rowY[6] = weight * distortedY;
        rowY[7] = 0.0;
        rowY[8] = weight;
        rowY[9] = scale * v * square;
        rowY[10] = rowY[9] * square;
        rowY[14] = errorY;
        return (weight * errorX, weight * errorY);
    }

    /// <summary>A rotated vector with what its derivatives need.</summary>
    private readonly ref struct Rotation
    {
        public double X { get; private init; }

        public double Y { get; private init; }

        public double Z { get; private init; }

        private double Ax { get; init; }

        private double Ay { get; init; }

        private double Az { get; init; }

        private double Cosine { get; init; }

        private double Sine { get; init; }

        private double PerAngle { get; init; }

        private double Dot { get; init; }

        public static Rotation About(double rx, double ry, double rz, double x, double y, double z)
        {
            double square = rx * rx + ry * ry + rz * rz;
            if (square == 0.0)
            {
                return new Rotation { X = x + ry * z - rz * y, Y = y + rz * x - rx * z, Z = z + rx * y - ry * x };
            }

            double angle = Math.Sqrt(square), perAngle = 1.0 / angle;
            (double sine, double cosine) = Math.SinCos(angle);
            double ax = rx * perAngle, ay = ry * perAngle, az = rz * perAngle;
            double dot = ax * x + ay * y + az * z;
            double along = dot * (1.0 - cosine);
            return new Rotation
            {
                X = x * cosine + (ay * z - az * y) * sine + ax * along,
                Y = y * cosine + (az * x - ax * z) * sine + ay * along,
                Z = z * cosine + (ax * y - ay * x) * sine + az * along,
                Ax = ax,
                Ay = ay,
                Az = az,
                Cosine = cosine,
                Sine = sine,
                PerAngle = perAngle,
                Dot = dot,
            };
        }

        /// <summary>
        /// Columns of rotation, centre and point of one row, from the row's slope (gx, gy, gz) in the rotated vector.
        /// With g·Rx = c g·x + s (g × a)·x + (1 − c)(g·a)(a·x): the rotation vector moves the angle along a and the axis
        /// across a, by 1/angle.
        /// </summary>
        public void Pull(Span<double> row, double gx, double gy, double gz, double x, double y, double z)
        {
            row = row[..Columns];
            double px, py, pz;
            if (PerAngle == 0.0)
            {
                row[0] = gz * y - gy * z;
                row[1] = gx * z - gz * x;
                row[2] = gy * x - gx * y;
                (px, py, pz) = (gx, gy, gz);
            }
            else
            {
                double versine = 1.0 - Cosine;
                double ga = gx * Ax + gy * Ay + gz * Az;
                double crossX = gy * Az - gz * Ay, crossY = gz * Ax - gx * Az, crossZ = gx * Ay - gy * Ax;
                px = gx * Cosine + crossX * Sine + ga * versine * Ax;
                py = gy * Cosine + crossY * Sine + ga * versine * Ay;
                pz = gz * Cosine + crossZ * Sine + ga * versine * Az;

                double byAngle = (crossX * x + crossY * y + crossZ * z) * Cosine + (ga * Dot - (gx * x + gy * y + gz * z)) * Sine;

                // Slope in the axis: s (x × g) + (1 − c)((a·x) g + (g·a) x), less its part along the axis.
                double alongX = versine * Dot, alongG = versine * ga;
                double bx = Sine * (y * gz - z * gy) + alongX * gx + alongG * x;
                double by = Sine * (z * gx - x * gz) + alongX * gy + alongG * y;
                double bz = Sine * (x * gy - y * gx) + alongX * gz + alongG * z;
                double axial = bx * Ax + by * Ay + bz * Az;
                double onAxis = byAngle - axial * PerAngle;
                row[0] = bx * PerAngle + onAxis * Ax;
                row[1] = by * PerAngle + onAxis * Ay;
                row[2] = bz * PerAngle + onAxis * Az;
            }

            row[3] = -px;
            row[4] = -py;
            row[5] = -pz;
            row[11] = px;
            row[12] = py;
            row[13] = pz;
        }
    }
}
