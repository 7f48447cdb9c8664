import { secretSense } from './field-names.ts'
import { HIDDEN, type Match } from './match.ts'

const MASKED = /^[\s*•●·.#_-]*$|\*{3,}|•{3,}|^x{3,}/i
const PLACEHOLDER =
  /^[[(<{]?(?:filtered|redacted|masked|hidden|removed|omitted|scrubbed|secret|password|null|none|undefined|true|false|yes|no|n\/a|required|optional|string|changed)[\])>}]?$/i
/** A link to a form or to a vault is not the secret itself. */
const REFERENCE = /^(?:https?:\/\/|arn:|vault:|projects\/|\$\{|\{\{|env:)/i
const SHORTEST_KEY = 8
/** `pwd` is also the working directory of a build. */
const DIRECTORY = /^(?:\/|[A-Z]:\\)/

/** Whether somebody has taken the secret out already. */
function isTakenOut(value: string): boolean {
  const text = value.slice(0, 200).trim()
  return MASKED.test(text) || PLACEHOLDER.test(text) || REFERENCE.test(text)
}

/** What a field holds that its name calls a secret; nothing of the value is shown. */
export function namedSecret(
  name: string,
  value: string,
): Pick<Match, 'code' | 'sentence' | 'preview'> | null {
  const code = secretSense(name)
  if (code === null || isTakenOut(value)) return null
  if (/^pwd$/i.test(name) && DIRECTORY.test(value)) return null
  if (code !== 'password-field' && value.length < SHORTEST_KEY) return null
  const what = {
    'password-field': 'A password or secret',
    'api-key': 'An API key',
    token: 'A token',
  }
  return { code, sentence: `${what[code]}, by its name.`, preview: HIDDEN }
}

const IN_TEXT =
  /(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)(?:["']?\s?[=:]\s?["']|=|>)([^\s"'<>&;,]{3,256})/gi
/** What stands before it in one name, such as `db_`; looked at behind a hit, where it is cheap. */
const NAME_BEFORE = /[\w-]{0,24}$/

/** `password=…`, `"password": "…"` and `<password>…` in a text that is neither JSON nor a form. */
export function findNamedSecrets(text: string, limit: number): Match[] {
  const found: Match[] = []
  for (const candidate of text.matchAll(IN_TEXT)) {
    const [whole, value = ''] = candidate
    const before = NAME_BEFORE.exec(text.slice(Math.max(0, candidate.index - 24), candidate.index))
    const name = `${before?.[0] ?? ''}${/^[\w-]*/.exec(whole)?.[0] ?? ''}`
    const secret = namedSecret(name, value)
    if (!secret) continue
    const end = candidate.index + whole.length
    found.push({ ...secret, index: end - value.length, end })
    if (found.length >= limit) break
  }
  return found
}
