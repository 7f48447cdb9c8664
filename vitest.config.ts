import { defineConfig } from 'vitest/config'
import { compiledFolder } from '#test/built/folder.ts'
import { startBuiltThreads } from '#test/built/start-built-threads.ts'

const common = {
  testTimeout: 20_000,
  hookTimeout: 30_000,
  pool: 'forks' as const,
  // Hundreds of engines start and end their threads in these processes. With memory protection keys
  // V8 loses track of code pages that way and aborts ("Check failed: jit_page.has_value()").
  execArgv: ['--no-memory-protection-keys'],
  // Programs that tests start from the sources find them stripped of types and compiled.
  env: { NODE_COMPILE_CACHE: compiledFolder },
}

/** More than two cores have work for: tests that talk to engines wait for half of their time. */
const beside = 2

/** They measure memory or time, or kill processes: nothing runs beside them. */
const alone = [
  'test/integration/tunnels-killed.test.ts',
  'test/durability/**/*.test.ts',
  'test/integration/{batches-many,contention,judging-anew,subscribers,write-failures}.test.ts',
  'test/integration/{bombs,forwarding-load,forwarding-killed,health-faults}.test.ts',
  'test/integration/listener-!(lifecycle|moves).test.ts',
  'test/fuzz/floods.test.ts',
]

/** Values in, values out: they share a process and its modules, which halves what importing costs. */
const pure = [
  '{build,contract,renderer}/**/*.test.{ts,tsx}',
  'engine/{signatures,interchange,hygiene,store,judging,replay,forwarding,proxies}/**/*.test.ts',
  'test/interop/**/*.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: ['test/built/build-programs.ts'],
    coverage: {
      provider: 'v8',
      include: ['{contract,engine}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.fixture.ts'],
      reporter: ['text-summary', 'json', 'html'],
      reportsDirectory: 'coverage',
      // Tests that measure time or memory may fail under it: the figure is there all the same.
      reportOnFailure: true,
    },
    projects: [
      {
        test: {
          ...common,
          name: 'pure',
          include: pure,
          isolate: false,
          maxWorkers: beside,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [startBuiltThreads()],
        test: {
          ...common,
          name: 'side by side',
          include: ['{engine,server,cli,electron,test}/**/*.test.ts'],
          exclude: [...alone, ...pure],
          maxWorkers: beside,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [startBuiltThreads()],
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
