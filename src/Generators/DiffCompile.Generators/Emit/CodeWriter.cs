using System.Text;

namespace DiffCompile.Generators.Emit;

/// <summary>Lines of C# with indentation. Line ends are always \n, so that the text is the same on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly List<(int Indent, string Text)> _lines = [];
    private int _indent;
    private bool _blankWanted;

    /// <summary>Spaces in front of a line that stands <paramref name="depth"/> levels deep.</summary>
    public static int Columns(int depth) => 4 * depth;

    public int Depth => _indent;

    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Is all of it one if statement, so that it can follow an else?</summary>
    public bool IsSingleIf =>
        !IsEmpty && _lines[0].Text.StartsWith("if (", StringComparison.Ordinal)
        && _lines.Skip(1).All(line => line.Indent > 0 || line.Text is "{" or "}" || line.Text.StartsWith("else", StringComparison.Ordinal));

    public void Line(string text)
    {
        FlushBlank();
        _lines.Add((_indent, text));
    }

    /// <summary>Asks for an empty line before the next one, unless that line opens or closes a block.</summary>
    public void Blank() => _blankWanted = true;

    /// <summary>Opens a block under a line of its own.</summary>
    public void Open(string header)
    {
        Line(header);
        Open();
    }

    /// <summary>Removes the comment when there is only one: it would set nothing apart.</summary>
    public void DropLoneComment()
    {
        int[] comments = Enumerable.Range(0, _lines.Count).Where(i => _lines[i].Text.StartsWith("// ", StringComparison.Ordinal)).ToArray();
        if (comments.Length == 1)
        {
            int at = comments[0];
            _lines.RemoveAt(at);
            if (at > 1 && _lines[at - 1].Text.Length == 0 && _lines[at - 2].Text != "}")
            {
                _lines.RemoveAt(at - 1);
            }
        }
    }

    public void Open()
    {
        Line("{");
        _indent++;
    }

    public void Close(string suffix = "")
    {
        _blankWanted = false;
        _indent--;
        _lines.Add((_indent, "}" + suffix));
    }

    /// <summary>Appends the lines of another writer at this writer's depth.</summary>
    public void Append(CodeWriter other)
    {
        if (other.IsEmpty)
        {
            return;
        }

        FlushBlank();
        _lines.AddRange(other._lines.Select(line => (line.Indent + _indent, line.Text)));
        _blankWanted = other._blankWanted;
    }

    /// <summary>Appends the lines of another writer, its first line put behind <paramref name="prefix"/>.</summary>
    public void AppendBehind(string prefix, CodeWriter other)
    {
        int start = _lines.Count;
        Append(other);
        _lines[start] = (_lines[start].Indent, prefix + _lines[start].Text);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((int indent, string line) in _lines)
        {
            text.Append(' ', line.Length == 0 ? 0 : Columns(indent)).Append(line).Append('\n');
        }

        return text.ToString();
    }

    private void FlushBlank()
    {
        if (_blankWanted && _lines.Count > 0 && _lines[_lines.Count - 1].Text is not ("{" or ""))
        {
            _lines.Add((0, ""));
        }

        _blankWanted = false;
    }
}
