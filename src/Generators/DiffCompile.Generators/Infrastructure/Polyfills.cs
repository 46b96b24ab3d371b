// Language features that netstandard2.0 lacks the marker types for.

namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}
