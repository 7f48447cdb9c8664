/** The part of the Trusted Types API that is used here; older browsers have none of it. */
interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: {
      createHTML: (text: string) => string
      createScriptURL: (url: string) => string
    },
  ): unknown
}

declare global {
  interface Window {
    trustedTypes?: TrustedTypesFactory
  }
}

/** Whether a URL is a script that was built and shipped with this page. */
export function isOwnScript(url: string, base: string): boolean {
  try {
    const target = new URL(url, base)
    return target.origin === new URL(base).origin && target.pathname.endsWith('.js')
  } catch {
    return false
  }
}

/**
 * Makes the `default` policy that the CSP names: HTML only when it is empty (libraries clear
 * elements that way), script URLs only when they are our own. Everything else throws.
 */
export function installTrustedTypes(): void {
  window.trustedTypes?.createPolicy('default', {
    createHTML: (text) => {
      if (text === '') return text
      throw new TypeError('HTML strings are not used here.')
    },
    createScriptURL: (url) => {
      if (isOwnScript(url, document.baseURI)) return url
      throw new TypeError('Only scripts of this app are loaded.')
    },
  })
}
