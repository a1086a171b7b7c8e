namespace Netboot.Tool.Mirror.Fill;

/// <summary>Why a folder is not filled, and what to do about it, in one line. The folder is as it was.</summary>
internal sealed class FillException(string message) : Exception(message);
