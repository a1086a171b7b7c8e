namespace Netboot.ApiGate.Analyzers; internal static class X { }
