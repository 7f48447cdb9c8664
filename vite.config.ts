import { rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type EnvironmentOptions } from 'vite'
import { writeDocs } from './build/docs/write-docs.ts'

const here = import.meta.dirname
const dist = resolve(here, 'dist')

/** Never bundled: the native addon, and what only the runtime itself can give. */
const external = [
  'better-sqlite3',
  'electron',
  'bufferutil',
  'utf-8-validate',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
]

/** CommonJS for Node 18 and later: main, preload, the utilityProcess and workers need it. */
function commonJs(input: Record<string, string>): EnvironmentOptions {
  return {
    consumer: 'server',
    keepProcessEnv: true,
    resolve: { noExternal: true, external, conditions: ['node', 'import', 'default'] },
    build: {
      outDir: dist,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node18',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(input).map(([name, file]) => [name, resolve(here, file)]),
        ),
        external,
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  }
}

export default defineConfig({
  root: resolve(here, 'renderer'),
  base: './',
  plugins: [react(), tailwindcss()],
  environments: {
    client: {
      build: {
        outDir: resolve(dist, 'renderer'),
        emptyOutDir: true,
        target: 'chrome114',
        // Read from disk or loopback, not over a network.
        chunkSizeWarningLimit: 1500,
      },
    },
    node: commonJs({
      main: 'electron/main.ts',
      engine: 'electron/engine-entry.ts',
      'read-worker': 'engine/judging/read-worker.ts',
      'checkpoint-worker': 'engine/store/checkpoint-worker.ts',
      'upkeep-worker': 'engine/store/upkeep/upkeep-worker.ts',
      'health-worker': 'engine/store/doctor/health-worker.ts',
      cli: 'cli/main.ts',
    }),
    preload: commonJs({ preload: 'electron/preload.ts' }),
  },
  builder: {
    async buildApp(builder) {
      // Names carry hashes: without this, what an earlier build left would be packed too.
      rmSync(dist, { recursive: true, force: true })
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment)
      }
      await writeDocs(resolve(here, 'docs'), resolve(dist, 'renderer', 'docs'))
    },
  },
})
