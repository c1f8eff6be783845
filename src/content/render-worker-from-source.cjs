// Starts the worker from TypeScript: tests run the sources, and a thread of its own does not inherit the test runner's
// transformation. Never part of a build.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

const options = {
  swcrc: false,
  jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2023' },
  module: { type: 'commonjs' },
};

require.extensions['.ts'] = (loading, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
  loading._compile(code, filename);
};

require('./render-worker.ts');
