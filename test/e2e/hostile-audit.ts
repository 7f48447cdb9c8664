/** What a page that shows hostile content must never have in it, looked for in the page itself. */
import type { BrowserContext, Page } from '@playwright/test'

/** Runs before anything of a page does: whatever a payload calls is heard as an error. */
function hearCanaries(): void {
  for (const name of ['owned', 'alert', 'confirm', 'prompt', 'print']) {
    Object.defineProperty(window, name, {
      value: (of?: unknown) => console.error(`canary: ${name} ${String(of)}`),
    })
  }
}

/** Hears payloads that run, windows that open, dialogs, and pages that go elsewhere. */
export async function hearEverything(context: BrowserContext, page: Page): Promise<string[]> {
  const heard: string[] = []
  await context.addInitScript(hearCanaries)
  context.on('page', (other) => heard.push(`a window opened: ${other.url()}`))
  page.on('dialog', (dialog) => {
    heard.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('download', (download) => heard.push(`a download: ${download.url()}`))
  const document = page.url().split('#')[0]
  page.on('framenavigated', (frame) => {
    if (frame.url().split('#')[0] !== document) heard.push(`a frame went to ${frame.url()}`)
  })
  return heard
}

/** Lays the audit into the page, to be called there as often as something new is shown. */
export async function installAudit(page: Page): Promise<void> {
  await page.evaluate(() => {
    const forbidden =
      'iframe, frame, object, embed, base, portal, fencedframe, applet, foreignObject'
    const addresses =
      /^(?:href|xlink:href|src|srcset|srcdoc|action|formaction|data|poster|background|ping|manifest|cite|style)$/
    // What is being written stands in a field as it is; everything else is made visible.
    const hidden =
      /(?![\n\t]|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u
    const within = /^\s*(?:data:image\/[a-z+-]+[;,]|#|blob:)/
    const attributeProblem = ({ name, value }: Attr): string | null => {
      if (/^on/i.test(name)) return `the attribute ${name}`
      if (name === 'style')
        return /url\(|expression|@import/i.test(value) ? 'a style with an address' : null
      if (addresses.test(name) && !within.test(value)) {
        const { protocol, host } = new URL(value, document.baseURI)
        const isOwn = protocol === location.protocol && host === location.host
        if (!isOwn) return `${name}=${value.slice(0, 80)}`
      }
      const told = [
        'title',
        'aria-label',
        'alt',
        'placeholder',
        'aria-description',
        'aria-valuetext',
      ]
      return told.includes(name) && hidden.test(value) ? `hidden characters in ${name}` : null
    }
    const problems = (): string[] => {
      const found: { what: string; at: Node | null }[] = []
      const elements = [...document.querySelectorAll('*')]
      for (const element of document.body.querySelectorAll(`${forbidden}, script, link, meta`)) {
        found.push({ what: 'an element', at: element })
      }
      for (const element of elements) {
        for (const attribute of element.attributes) {
          const problem = attributeProblem(attribute)
          if (problem !== null) found.push({ what: problem, at: element })
        }
      }
      if (hidden.test(document.body.textContent)) {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.textContent ?? ''
          if (node.parentElement?.closest('textarea, [contenteditable=true]')) continue
          const at = text.search(hidden)
          if (at < 0) continue
          found.push({ what: `hidden U+${(text.codePointAt(at) ?? 0).toString(16)}`, at: node })
        }
      }
      if (hidden.test(document.title)) {
        found.push({ what: 'hidden characters in the title', at: null })
      }
      if ('owned' in {} || 'owned' in []) found.push({ what: 'a prototype was polluted', at: null })
      const told = found.map(({ what, at }) => {
        if (at === null) return what
        const element = at instanceof Element ? at : at.parentElement
        const named = element?.closest('[role], [aria-label], section, dialog') ?? element
        const path = [element, element?.parentElement, named]
          .map((one) => one?.cloneNode(false))
          .map((one) => (one instanceof Element ? one.outerHTML.slice(0, 160) : ''))
        return `${what}: ${path.join(' < ')}`
      })
      return [...new Set(told)].slice(0, 8)
    }
    Object.assign(window, { hostileAudit: problems })
  })
}

/** What is wrong with what the page shows now. */
export function audit(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const run: unknown = Reflect.get(window, 'hostileAudit')
    if (typeof run !== 'function') throw new Error('The audit is not installed.')
    const found: unknown = run()
    return Array.isArray(found) ? found.map(String) : ['The audit told nothing.']
  })
}
