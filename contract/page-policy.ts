/**
 * The policy of the app's page (CSP Level 3 and Trusted Types), the same in both shells. Styles that
 * libraries mount at run time carry the nonce of the response; nothing is evaluated, framed or
 * fetched from elsewhere. `null`: a file that mounts no styles.
 */
export function pagePolicy(nonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}
