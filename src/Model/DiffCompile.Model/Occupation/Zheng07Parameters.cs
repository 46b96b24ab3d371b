namespace DiffCompile.Model.Occupation;

/// <summary>
/// Parameters of the halo occupation of Zheng, Coil and Zehavi (2007). Masses are lg(M/(Msun/h)).
/// </summary>
/// <param name="LogMmin">Mass of a halo that holds half a central galaxy on average, dex.</param>
/// <param name="SigmaLogM">Width of the central transition, dex; greater than 0. The error function has no √2.</param>
/// <param name="LogM0">Mass below which a halo holds no satellite, dex.</param>
/// <param name="LogM1">Mass scale of the satellites: one satellite at M = M0 + M1, dex.</param>
/// <param name="Alpha">Power of the satellite occupation, dimensionless.</param>
public readonly record struct Zheng07Parameters(
    double LogMmin, double SigmaLogM, double LogM0, double LogM1, double Alpha);
