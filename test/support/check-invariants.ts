export * from '../../src/operations/check-invariants';
