import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

/** What the page may load before it can be used, gzipped, in bytes. */
const MOST_BYTES = 400_000

const root = path.join(import.meta.dirname, '../dist/renderer')
const index = path.join(root, 'index.html')

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, ...groups]) => groups.filter(Boolean))
}

/** The scripts that a module needs before it runs; what `import()` names comes later. */
function staticImports(code: string): string[] {
  return matches(code, /\bfrom\s*["'](\.[^"']+)["']|\bimport\s*["'](\.[^"']+)["']/g)
}

/** Every script that runs before the first frame, with its size. */
function initialScripts(): Map<string, number> {
  const page = readFileSync(index, 'utf8')
  const first = matches(
    page,
    /<script[^>]+src="([^"]+)"|<link rel="modulepreload"[^>]+href="([^"]+)"/g,
  )
  const waiting = first.map((name) => path.join(root, name))
  const sizes = new Map<string, number>()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sizes.has(file)) continue
    const code = readFileSync(file)
    sizes.set(file, gzipSync(code).byteLength)
    const folder = path.dirname(file)
    waiting.push(...staticImports(code.toString('utf8')).map((name) => path.join(folder, name)))
  }
  return sizes
}

describe('the renderer', () => {
  it.skipIf(!existsSync(index))(
    `loads at most ${MOST_BYTES / 1000} kB of JavaScript at first, gzipped (skipped where nothing is built)`,
    () => {
      const sizes = initialScripts()
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
      console.log(`${sizes.size} scripts, ${(total / 1000).toFixed(1)} kB gzipped`)
      // React alone is more: less than that means that scripts were not found.
      expect(total).toBeGreaterThan(60_000)
      expect(total).toBeLessThanOrEqual(MOST_BYTES)
    },
  )
})
