using System.IO;
using System.Linq;
using Netboot.Tool.Testing;

namespace Netboot.Tool.Tests.Testing;

[TestClass]
public sealed class TallyTests
{
    private const string Results = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testName="Passes" outcome="Passed" />
            <UnitTestResult testName="Fails" outcome="Failed">
              <Output>
                <StdOut>what it printed</StdOut>
                <ErrorInfo>
                  <Message>Assert.AreEqual failed.
        Expected: 1. Actual: 2.</Message>
                  <StackTrace>   at Library.Assert()
           at Some.Tests.Fails() in /src/tests/SomeTests.cs:line 42
           at Runner()</StackTrace>
                </ErrorInfo>
              </Output>
            </UnitTestResult>
          </Results>
          <ResultSummary><Counters total="3" passed="1" failed="1" notExecuted="1" /></ResultSummary>
        </TestRun>
        """;

    [TestMethod]
    public void A_failure_says_what_and_where()
    {
        Tally tally = Of(Results, exitCode: 1);
        Assert.AreEqual((1, 1), (tally.Passed, tally.Failed));
        Assert.AreEqual(
            "Some: Fails\n    Assert.AreEqual failed.\n    Expected: 1. Actual: 2.\n"
            + "    at Some.Tests.Fails() in /src/tests/SomeTests.cs:line 42",
            tally.Failures.Single());
    }

    [TestMethod]
    public void A_long_message_is_cut()
    {
        string lines = string.Join('\n', Enumerable.Range(1, 50).Select(i => i + new string('x', 1000)));
        string failure = Of(Results.Replace("Assert.AreEqual failed.", lines, System.StringComparison.Ordinal), exitCode: 1).Failures.Single();
        Assert.IsLessThan(3500, failure.Length);
        StringAssert.Contains(failure, "SomeTests.cs:line 42");
    }

    [TestMethod]
    [DataRow(134, "Some: exit code 134, 1 tests passed")]
    [DataRow(0, null)]
    public void A_run_that_ends_badly_without_a_failed_test_is_a_failure(int exitCode, string? failure)
    {
        string passed = Results.Replace("outcome=\"Failed\"", "outcome=\"Passed\"", System.StringComparison.Ordinal)
            .Replace("total=\"3\" passed=\"1\" failed=\"1\" notExecuted=\"1\"", "total=\"1\" passed=\"1\"", System.StringComparison.Ordinal);
        Assert.AreEqual(failure, Of(passed, exitCode).Failures.SingleOrDefault());
    }

    private static Tally Of(string results, int exitCode)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, results);
            var tally = new Tally();
            tally.Add("Some", exitCode, file);
            return tally;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
