import { createHash } from 'node:crypto'
import { overUrls } from './twilio-form.ts'
import type { Procedure } from './procedure.ts'

/** Twilio with a JSON body: the URL alone, whose query carries the SHA-256 of the body. */
export const urlCandidates: Procedure = {
  readsBody: false,
  claims: (input) => [
    { signatures: input.reading.header.signatures, contents: overUrls(input, '') },
  ],
  prepare({ head, body }) {
    const sha256 = createHash('sha256')
      .update(body?.bytes ?? '')
      .digest('hex')
    const [path = '', query = ''] = head.target.split(/\?(.*)/s)
    const rest = query.split('&').filter((pair) => pair !== '' && !pair.startsWith('bodySHA256='))
    return { target: `${path}?${[...rest, `bodySHA256=${sha256}`].join('&')}` }
  },
}
