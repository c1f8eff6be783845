const main = require('../../jest.config');

/** The tests that need the gateway's own packages: `npm run test:supergraph`. */
module.exports = {
  ...main,
  rootDir: '../..',
  roots: ['<rootDir>/test/supergraph'],
  testPathIgnorePatterns: ['/node_modules/'],
};
