import { defineConfig } from 'vitest/config'

/**
 * The tests that mutants of engine/signatures are held against: those beside it, but for three files
 * that take as long as all others together, and one that measures time: instrumented code is slow.
 */
export default defineConfig({
  test: {
    include: ['engine/signatures/**/*.test.ts'],
    exclude: [
      'engine/signatures/{properties,hostile,large-bodies}.test.ts',
      'engine/signatures/scheme-check/safe-pattern.test.ts',
    ],
    setupFiles: ['test/mutation/few-runs.ts'],
    // Else Stryker takes only the first file that loads a module for one that covers it.
    isolate: true,
    testTimeout: 20_000,
  },
})
