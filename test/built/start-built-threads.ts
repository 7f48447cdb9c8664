import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'
import { builtFolder } from './folder.ts'

const BESIDE = /new URL\('\.\/([a-z-]+-worker\.cjs)', import\.meta\.url\)/g

/**
 * Where the engine looks for a built thread beside itself, it finds that of `builtFolder`; without
 * it, the sources. Nothing else of the engine is changed.
 */
export function startBuiltThreads(): Plugin {
  return {
    name: 'start-built-threads',
    // As it was written, before anything else rewrites it.
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/engine/') || !code.includes('-worker.cjs')) return null
      const folder = pathToFileURL(`${builtFolder}/`)
      const moved = code.replace(
        BESIDE,
        (_, name: string) => `new URL(${JSON.stringify(new URL(name, folder).href)})`,
      )
      return { code: moved, map: null }
    },
  }
}
