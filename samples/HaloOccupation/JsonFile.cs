namespace DiffCompile.Samples.HaloOccupation;

/// <summary>Writes the JSON file as a whole or not at all.</summary>
internal static class JsonFile
{
    /// <summary>Refuses a path that cannot be written to, before a long catalog is read in vain.</summary>
    /// <exception cref="UsageException">The path is a folder, or its folder does not exist.</exception>
    public static void CheckPath(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException("--json", $"'{path}' is a folder", "a file");
        }

        if (!Directory.Exists(FolderOf(path)))
        {
            throw new UsageException("--json", $"the folder of '{path}' does not exist", "a file in a folder that does");
        }
    }

    /// <summary>Writes beside the file and moves the text over it once it is complete.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one is then left as it was.</exception>
    public static void Write(string path, string text)
    {
        string temporary = Path.Combine(FolderOf(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
}
