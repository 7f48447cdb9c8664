import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { respond } from './page-response.ts'
import { listRendererFiles } from './renderer-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-page-'))
const root = join(folder, 'renderer')

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<meta nonce="__CSP_NONCE__"><b id="__CSP_NONCE__"></b>')
  writeFileSync(join(root, 'assets', 'index.js'), 'export {}')
  writeFileSync(join(root, 'assets', 'index.js.map'), '{}')
  writeFileSync(join(folder, 'main.cjs'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true }))

const get = (url: string, method = 'GET') => respond(listRendererFiles(root), { method, url })

describe('respond', () => {
  it('gives the page with the nonce that its policy names, another one each time', async () => {
    const nonces = new Set<string>()
    for (let round = 0; round < 3; round += 1) {
      const response = await get('app://countersign/#x')
      const policy = response.headers.get('Content-Security-Policy') ?? ''
      const nonce = /'nonce-([A-Za-z0-9+/]{22}==)'/.exec(policy)?.[1] ?? 'none'
      expect(await response.text()).toBe(`<meta nonce="${nonce}"><b id="${nonce}"></b>`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it('forbids inline code, evaluation and framing on every answer', async () => {
    for (const url of ['app://countersign/', 'app://countersign/nothing']) {
      const response = await get(url)
      const policy = response.headers.get('Content-Security-Policy')
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    }
  })

  it('serves scripts as scripts', async () => {
    const response = await get('app://countersign/assets/index.js')
    expect(response.headers.get('Content-Type')).toMatch(/^text\/javascript/)
    expect(await response.text()).toBe('export {}')
  })

  it.each([
    'app://countersign/../main.cjs',
    'app://countersign/%2e%2e/main.cjs',
    'app://countersign/..%2fmain.cjs',
    'app://countersign//main.cjs',
    'app://countersign/assets',
    'app://countersign/assets/index.js.map',
    'app://elsewhere/',
    'https://countersign/',
  ])('does not have %s', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  it('only reads', async () => {
    expect((await get('app://countersign/', 'POST')).status).toBe(405)
  })
})

describe('listRendererFiles', () => {
  it('says what to do when nothing is built', () => {
    expect(() => listRendererFiles(join(root, 'assets'))).toThrow('npm run build')
  })
})
