import type { PastedRequest } from '#contract/verify-page.ts'
import { client } from '#renderer/app/api.ts'
import { looksBinary } from '#renderer/body/text-of-bytes.ts'
import { withRequest, type ComposeForm } from './compose-form.ts'
import { asTemplate } from './template-text.ts'

/** What the engine writes by itself for every request. */
const framing = new Set(['host', 'content-length', 'transfer-encoding'])

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

/** A text as UTF-8 says it; `null`: the bytes are no text. */
function textOf(bytes: Uint8Array): string | null {
  if (looksBinary(bytes)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function bodyOf({ bodyBase64 }: PastedRequest): ComposeForm['body'] {
  const text = textOf(bytesOf(bodyBase64))
  if (text === null) return { kind: 'bytes', base64: bodyBase64 }
  return { kind: 'template', text: asTemplate(text) }
}

/** Reads a cURL command, a raw HTTP message or a HAR. Rejects with a sentence where it is none. */
export async function readPasted(
  text: string,
): Promise<{ change: Partial<ComposeForm>; notices: string[] }> {
  const { notices, ...request } = await client.verifying.parse({ text })
  const rawHeaders = request.rawHeaders
    .filter(([name]) => !framing.has(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name, asTemplate(value)])
  const { method, target } = request
  return {
    change: {
      ...withRequest({ method, target: asTemplate(target), rawHeaders }),
      body: bodyOf(request),
    },
    notices,
  }
}

/** Whether a text is a request rather than something else that is pasted. */
export function looksLikeRequest(text: string): boolean {
  const start = text.trimStart()
  if (/^(?:[$>%] ?)?curl(?:\.exe)?\s/i.test(start)) return true
  if (/^[A-Z]+ \S+ HTTP\/\d/.test(start)) return true
  return start.startsWith('{') && /"(?:log|request)"\s*:/.test(start)
}
