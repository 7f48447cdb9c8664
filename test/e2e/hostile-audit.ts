/** What a page that shows hostile content must never have in it, looked for in the page itself. */
import type { BrowserContext, Page } from '@playwright/test'

/** Runs before anything of a page does: whatever a payload calls is heard as an error. */
function hearCanaries(): void {
  const hear = (name: string) => (of?: unknown) => console.error(`canary: ${name} ${String(of)}`)
  for (const name of ['owned', 'alert', 'confirm', 'prompt', 'print']) {
    Object.defineProperty(window, name, { value: hear(name) })
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
      /(?![\n\t\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u
    const describe = (node: Node | null): string => {
      const element = node instanceof Element ? node : (node?.parentElement ?? null)
      const named = element?.closest('[role], [aria-label], section, dialog') ?? element
      const path = [element, element?.parentElement, named]
      return path
        .map((one) => one?.cloneNode(false))
        .map((one) => (one instanceof Element ? one.outerHTML.slice(0, 160) : ''))
        .join(' < ')
    }
    const ownAddress = (text: string): boolean => {
      if (/^\s*(?:data:image\/[a-z+-]+[;,]|#|blob:)/.test(text)) return true
      const url = new URL(text, document.baseURI)
      return url.protocol === location.protocol && url.host === location.host
    }
    const attributeProblem = ({ name, value }: Attr): string | null => {
      if (/^on/i.test(name)) return `the attribute ${name}`
      if (name === 'style')
        return /url\(|expression|@import/i.test(value) ? 'a style with an address' : null
      if (addresses.test(name) && !ownAddress(value)) return `${name}=${value.slice(0, 80)}`
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
    const audit = (): string[] => {
      const found: string[] = []
      const elements = [...document.querySelectorAll('*')]
      for (const element of document.body.querySelectorAll(`${forbidden}, script, link, meta`)) {
        found.push(`an element: ${describe(element)}`)
      }
      for (const element of elements) {
        for (const attribute of element.attributes) {
          const problem = attributeProblem(attribute)
          if (problem !== null) found.push(`${problem}: ${describe(element)}`)
        }
      }
      if (hidden.test(document.body.textContent)) {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.textContent ?? ''
          if (node.parentElement?.closest('textarea, [contenteditable=true]')) continue
          const at = text.search(hidden)
          if (at >= 0)
            found.push(`hidden U+${(text.codePointAt(at) ?? 0).toString(16)}: ${describe(node)}`)
        }
      }
      if (hidden.test(document.title)) found.push('hidden characters in the title')
      if ('owned' in {} || 'owned' in []) found.push('a prototype was polluted')
      return [...new Set(found)].slice(0, 8)
    }
    Object.assign(window, { hostileAudit: audit })
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
