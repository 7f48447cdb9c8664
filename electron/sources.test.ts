/**
 * What Electronegativity's checks look for (https://github.com/doyensec/electronegativity/wiki),
 * over the sources of the main process and the preload: it reads neither this TypeScript nor ES
 * modules any more (docs/security.md), so each of its checks that has a meaning here is one of ours.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = import.meta.dirname
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, code: withoutComments(readFileSync(path.join(folder, name), 'utf8')) }))

/** Words in comments are no code. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1')
}

function places(pattern: RegExp): string[] {
  return sources.flatMap(({ name, code }) =>
    [...code.matchAll(pattern)].map(([found]) => `${name}: ${found}`),
  )
}

describe('the main process', () => {
  it('makes one kind of window, with every preference that protects it written out', () => {
    expect(places(/new (?:BrowserWindow|BrowserView|WebContentsView)\(/g)).toEqual([
      'window.ts: new BrowserWindow(',
    ])
    const window = sources.find(({ name }) => name === 'window.ts')?.code ?? ''
    for (const preference of [
      'contextIsolation: true',
      'sandbox: true',
      'nodeIntegration: false',
      'nodeIntegrationInWorker: false',
      'nodeIntegrationInSubFrames: false',
      'webSecurity: true',
      'webviewTag: false',
      'navigateOnDragDrop: false',
      'spellcheck: false',
      'devTools: !app.isPackaged',
    ]) {
      expect(window).toContain(preference)
    }
  })

  it.each([
    ['nodeIntegration', /nodeIntegration\w*: true/g],
    ['context isolation off', /contextIsolation: false/g],
    ['sandbox off', /sandbox: false|appendSwitch\(\s*'no-sandbox'/g],
    ['web security off', /webSecurity: false|disable-web-security/g],
    ['insecure content', /allowRunningInsecureContent|allow-running-insecure-content/g],
    ['experimental features', /experimentalFeatures|experimental-features/g],
    ['Blink features', /enableBlinkFeatures|enable-blink-features/g],
    ['popups of webviews', /allowpopups/gi],
    ['affinity, shared processes', /\baffinity:/g],
    [
      'certificate errors accepted',
      /certificate-error|setCertificateVerifyProc|ignore-certificate/g,
    ],
    ['a debugger', /appendSwitch\(\s*'(?:remote-debugging|inspect)/g],
    ['the remote module', /enableRemoteModule|@electron\/remote/g],
    ['code from text', /\beval\(|new Function\(|\bvm\b|executeJavaScript|insertCSS/g],
    ['remote or local addresses', /['"`](?:https?|ftp|file|wss?):\/\//g],
    ['file protocol', /loadFile\(|registerFileProtocol|interceptFileProtocol|pathToFileURL/g],
    ['messages answered in step', /sendSync|returnValue/g],
    ['extensions', /loadExtension|installExtension/g],
    ['preloads of the session', /setPreloads|registerPreloadScript/g],
    ['protocols that go round the policy', /bypassCSP|corsEnabled|registerHttpProtocol/g],
  ])('has no trace of: %s', (_, pattern) => {
    const own = "attach.ts: 'ws://" // The control socket is no network: its URL is a formality.
    expect(places(pattern).filter((place) => place !== own)).toEqual([])
  })

  it('loads its own page alone', () => {
    expect(places(/loadURL\([^)]*\)/g)).toEqual(['window.ts: loadURL(APP_URL)'])
  })

  it('opens addresses in one place, behind the list of hosts', () => {
    expect(places(/shell\.openExternal\([^)]*\)/g)).toEqual(['bridge.ts: shell.openExternal(link)'])
    const bridge = sources.find(({ name }) => name === 'bridge.ts')?.code ?? ''
    expect(bridge).toMatch(/const link = allowedLink\(text, linkHosts\)\s+if \(link === null\)/)
    // The report of a crash, the documentation, and the data folder from the menu: paths of ours,
    // never the page's.
    expect(places(/shell\.(?!openExternal)\w+\([^)]*\)/g).sort()).toEqual([
      'boxes.ts: shell.showItemInFolder(report)',
      'docs.ts: shell.openPath(docsPage(dist)',
      'menu.ts: shell.openPath(folder)',
    ])
  })

  it('looks at the sender of every message before anything else', () => {
    const calls = sources.flatMap(({ name, code }) =>
      [...code.matchAll(/ipcMain\.(?:on|once|handle|handleOnce)\([^]*?\n {0,2}\}\)/g)].map(
        ([text]) => ({ name, text }),
      ),
    )
    const all = places(/ipcMain\.\w+\(/g)
    expect(calls.length).toBe(all.length)
    expect(calls.length).toBeGreaterThan(2)
    for (const { name, text } of calls) {
      const first = text.slice(text.indexOf('=> {')).split('\n')[1] ?? ''
      expect(first, `${name}: ${text.slice(0, 80)}`).toContain(
        'if (!isTrustedSender(event, window()',
      )
    }
  })

  it('handles every permission, window, navigation and webview in one place', () => {
    const guards = sources.find(({ name }) => name === 'guards.ts')?.code ?? ''
    for (const guard of [
      'setPermissionRequestHandler((_contents, _permission, callback) => callback(false))',
      'setPermissionCheckHandler(() => false)',
      'setDevicePermissionHandler(() => false)',
      "setWindowOpenHandler(() => ({ action: 'deny' }))",
      "'will-attach-webview', (event) => event.preventDefault()",
      "'will-navigate'",
      "'will-frame-navigate'",
      "'will-redirect'",
      "'web-contents-created'",
    ]) {
      expect(guards).toContain(guard)
    }
  })
})

describe('the preload', () => {
  const preload = sources.find(({ name }) => name === 'preload.ts')?.code ?? ''

  it('hands the page functions with a name each, never Electron itself', () => {
    expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1)
    expect(preload).toContain("exposeInMainWorld('countersign', bridge)")
    const sent = [...preload.matchAll(/ipcRenderer\.(?:send|invoke)\(([^,)]+)/g)].map(
      ([, channel]) => channel,
    )
    expect(sent.length).toBeGreaterThan(4)
    for (const channel of sent) expect(channel).toMatch(/^channels\.\w+$/)
    expect(preload).not.toMatch(/ipcRenderer(?!\.(?:send|invoke|on)\()(?!\s*\})/)
    expect(preload).not.toMatch(/require\(|process\.(?!platform)/)
  })

  it('tells the page nothing of who sent a message', () => {
    // The event carries `sender`, which reaches ipcRenderer.
    for (const [handler] of preload.matchAll(/ipcRenderer\.on\([^]*?\n {0,2}\}\)/g)) {
      expect(handler).not.toMatch(/postMessage\([^)]*\b_?event\b(?!\.ports)/)
    }
  })
})
