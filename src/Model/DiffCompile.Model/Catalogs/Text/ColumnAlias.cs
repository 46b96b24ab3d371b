namespace DiffCompile.Model.Catalogs;

/// <summary>A column name that is recognised without being asked for.</summary>
/// <param name="Field">What it holds.</param>
/// <param name="Name">The name, in the normal form of the format that uses it.</param>
/// <param name="UnitFactor">What to multiply by to reach the unit of the field: 1000 for Mpc/h where kpc/h are wanted.</param>
internal readonly record struct ColumnAlias(HaloField Field, string Name, double UnitFactor = 1.0);
