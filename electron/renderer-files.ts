import { existsSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
}

export interface RendererFile {
  /** Absolute. */
  file: string
  contentType: string
}

/**
 * Every file of the built page by its URL path, such as `/assets/index-1a2b.js`; `/` is
 * index.html. Nothing that is not in this list is ever served, so no path is ever computed from a
 * request. Files of kinds that the page does not use (source maps) are left out.
 */
export function listRendererFiles(root: string): ReadonlyMap<string, RendererFile> {
  if (!existsSync(join(root, 'index.html'))) {
    throw new Error(`${root} has no index.html. The app is not built: run npm run build.`)
  }
  const files = new Map<string, RendererFile>()
  const visit = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name)
      const path = `${prefix}${entry.name}`
      const contentType = CONTENT_TYPES[extname(entry.name)]
      if (entry.isDirectory()) visit(file, `${path}/`)
      else if (contentType !== undefined) files.set(path, { file, contentType })
    }
  }
  visit(root, '/')
  const index = files.get('/index.html')
  if (index !== undefined) files.set('/', index)
  files.delete('/index.html')
  return files
}
