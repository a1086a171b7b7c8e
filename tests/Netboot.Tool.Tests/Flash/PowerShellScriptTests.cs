using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Net;
using Netboot.Tool.Flash;

namespace Netboot.Tool.Tests.Flash;

/// <summary>flash.ps1, read and run by PowerShell's own engine.</summary>
[TestClass]
public sealed class PowerShellScriptTests
{
    /// <summary>What Windows PowerShell 5.1 cannot read; the engine here is PowerShell 7 and can.</summary>
    private static readonly TokenKind[] NewerThan51 =
    [
        TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot,
            TokenKind.QuestionLBracket,
        TokenKind.AndAnd, TokenKind.OrOr, TokenKind.Clean,
    ];

    private static string Script => Path.Combine(SourceTree.Root!, "flash.ps1");

    [TestMethod]
    public void It_has_no_error_and_nothing_that_PowerShell_51_cannot_read()
    {
        Parser.ParseFile(Script, out Token[] tokens, out ParseError[] errors);
        Assert.IsEmpty(errors);
        Assert.IsEmpty(tokens.Where(token => NewerThan51.Contains(token.Kind)).Select(token => token.Extent.Text).ToArray());

        // 5.1 reads a file without a byte order mark in the system's code page.
        Assert.IsFalse(File.ReadAllText(Script).Any(c => c > '~'), "only ASCII");
    }

    [TestMethod]
    public void Every_parameter_is_explained()
    {
        ScriptBlockAst script = Parser.ParseFile(Script, out _, out _);
        CommentHelpInfo help = script.GetHelpContent();
        CollectionAssert.AreEquivalent(
            script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath.ToUpperInvariant()).ToArray(),
            help.Parameters.Keys.ToArray());
        Assert.IsNotEmpty(help.Examples);
    }

    [TestMethod]
    public void It_hands_its_parameters_to_netboot_flash()
    {
        var (command, exit) = Run(new() { ["Board"] = "wt32-eth01", ["Port"] = "COM7", ["Mirror"] = "http://10.0.0.2/", ["Timeout"] = 5,
            ["Config"] = true, ["WhatIf"] = true });
        string[] arguments = command["arguments"].Split('\n');
        CollectionAssert.AreEqual(new[] { "run", "--project", Path.Combine(SourceTree.Root!, "tools", "Netboot"), "--", "flash", "--board",
            "wt32-eth01" }, arguments[..7]);
        CollectionAssert.AreEquivalent(new[] { "--port", "COM7", "--mirror", "http://10.0.0.2/", "--timeout", "5", "--config",
            "--what-if" }, arguments[7..]);
        Assert.AreEqual(7, exit);

        // What it hands over, the command understands.
        Assert.IsEmpty(FlashCommand.Create().Parse(arguments[5..]).Errors);
    }

    [TestMethod]
    public void Secrets_go_by_the_environment_and_are_taken_out_again()
    {
        var (command, _) = Run(new()
        {
            ["Board"] = "esp32",
            ["Password"] = new NetworkCredential("", "page-secret").SecurePassword,
            ["WifiPassword"] = new NetworkCredential("", "wifi-secret").SecurePassword,
        });
        Assert.DoesNotContain("secret", command["arguments"]);
        Assert.Contains("--password\n-", command["arguments"]);
        Assert.AreEqual("page-secret wifi-secret", command["environment"]);
        Assert.IsNull(Environment.GetEnvironmentVariable(PagePassword.Variable));
        Assert.IsNull(Environment.GetEnvironmentVariable(NetworkSettings.WifiVariable));
    }

    [TestMethod]
    public void An_old_SDK_is_told_at_once()
    {
        var failure = Assert.ThrowsExactly<RuntimeException>(() =>
            Run(new() { ["Board"] = "esp32" }, sdk: "8.0.100 [/usr/share/dotnet/sdk]"));
        Assert.Contains("older than 10", failure.Message);
    }

    /// <summary>
    /// Runs the script with a function in the place of dotnet; gives what that was called with and the script's exit code.
    /// </summary>
    private static (Dictionary<string, string> Command, int Exit) Run(Dictionary<string, object> parameters,
        string sdk = "10.0.401 [/usr/share/dotnet/sdk]")
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript($$"""
            function global:dotnet {
                if ($args[0] -eq '--list-sdks') { return '{{sdk}}' }
                $global:called = @{ arguments = $args -join "`n"; environment = "$env:{{PagePassword.Variable}} $env:{{NetworkSettings.WifiVariable}}" }
                $global:LASTEXITCODE = 7
            }
            """).Invoke();
        shell.Commands.Clear();
        shell.AddCommand(Script).AddParameters(parameters).Invoke();
        var called = (System.Collections.Hashtable)PSObject.AsPSObject(runspace.SessionStateProxy.GetVariable("called")).BaseObject;
        return (called.Keys.Cast<string>().ToDictionary(key => key, key => (string)called[key]!.ToString()!),
            (int)runspace.SessionStateProxy.GetVariable("LASTEXITCODE"));
    }
}
