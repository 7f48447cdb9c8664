import { defineConfig } from 'vitest/config'

const common = {
  testTimeout: 20_000,
  hookTimeout: 30_000,
  pool: 'forks' as const,
  // Hundreds of engines start and end their threads in these processes. With memory protection keys
  // V8 loses track of code pages that way and aborts ("Check failed: jit_page.has_value()").
  execArgv: ['--no-memory-protection-keys'],
}

/** They measure memory or time, or kill processes: nothing runs beside them. */
const alone = [
  'test/durability/**/*.test.ts',
  'test/integration/{batches-many,contention,judging-anew,subscribers,write-failures}.test.ts',
  'test/integration/{forwarding-load,forwarding-killed}.test.ts',
  'test/integration/listener-*.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'side by side',
          include: ['{contract,engine,server,cli,electron,renderer,test}/**/*.test.{ts,tsx}'],
          exclude: alone,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'alone',
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
