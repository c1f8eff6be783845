/** Ends the output with one line to read by eye or by machine: `N passed, N failed`. */
module.exports = class ClosingLineReporter {
  onRunComplete(_, results) {
    this.line = `${results.numPassedTests} passed, ${failed(results)} failed`;
    // Jest's own summary goes to stderr at once; ours comes when everything else has been written.
    process.once('exit', () => process.stdout.write(`${this.line}\n`));
  }
};

/** A file that does not even load counts as one failure: it hides tests that we cannot count. */
function failed({ numFailedTests, numRuntimeErrorTestSuites }) {
  return numFailedTests + numRuntimeErrorTestSuites;
}
