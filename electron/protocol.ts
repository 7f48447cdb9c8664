import { protocol } from 'electron'
import { APP_SCHEME } from './origin.ts'
import { respond } from './page-response.ts'
import { listRendererFiles } from './renderer-files.ts'

/** Makes `app:` a scheme with an origin, secure and fetchable. Must come before `ready`. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built page from `root` (dist/renderer) as app://countersign/. After `ready`. */
export function serveRenderer(root: string): void {
  const files = listRendererFiles(root)
  protocol.handle(APP_SCHEME, (request) => respond(files, request))
}
