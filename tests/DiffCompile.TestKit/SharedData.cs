using Xunit;

namespace DiffCompile.TestKit;

/// <summary>
/// Reference data that is not part of the project: the folder <c>shared</c> beside the repository root. Tests that need it
/// are skipped, with the path that is missing, where it is not there.
/// </summary>
public static class SharedData
{
    private static readonly string? Root = FindRoot();

    /// <summary>Absolute path of a file or folder of the reference data.</summary>
    /// <param name="relativePath">Path below <c>shared</c>, with forward slashes.</param>
    /// <exception cref="FileNotFoundException">It is not there; the test lacks its <see cref="SharedDataFactAttribute"/>.</exception>
    public static string PathOf(string relativePath)
        => Missing([relativePath]) is { } reason ? throw new FileNotFoundException(reason) : Path.Combine(Root!, relativePath);

    /// <summary>Why a test that needs these paths has to be skipped; null where all of them are there.</summary>
    internal static string? Missing(string[] relativePaths)
    {
        if (Root is null)
        {
            return "Needs the reference data: there is no folder 'shared' beside the repository root.";
        }

        var missing = Array.Find(relativePaths, path => !Path.Exists(Path.Combine(Root, path)));
        return missing is null ? null : $"Needs the reference data: 'shared/{missing}' beside the repository root is missing.";
    }

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder?.Parent is { } parent; folder = parent)
        {
            var isRepositoryRoot = File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"));
            var shared = Path.Combine(parent.FullName, "shared");
            if (isRepositoryRoot && Directory.Exists(shared))
            {
                return shared;
            }
        }

        return null;
    }
}

/// <summary>A fact that is skipped where its reference data is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <param name="relativePaths">What the test reads, below <c>shared</c>.</param>
    public SharedDataFactAttribute(params string[] relativePaths) => Skip = SharedData.Missing(relativePaths);
}

/// <summary>A theory that is skipped where its reference data is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <param name="relativePaths">What the test reads, below <c>shared</c>.</param>
    public SharedDataTheoryAttribute(params string[] relativePaths) => Skip = SharedData.Missing(relativePaths);
}
