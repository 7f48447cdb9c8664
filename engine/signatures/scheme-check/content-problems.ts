import { isCredential } from '#contract/credential.ts'
import type { SchemeProblem } from '#contract/own-scheme.ts'
import type { Scheme } from '#contract/scheme.ts'
import { parseTemplate, type Piece } from '#engine/signatures/compile.ts'
import { findProcedure, procedureNames } from '#engine/signatures/procedures/procedure.ts'
import { isHeaderName } from './place-problems.ts'

const KNOWN =
  '{timestamp} {id} {body} {secret} {method} {url} {path} {settings.NAME} {header:NAME} {query:NAME} {json:PATH} {field:NAME} {form:NAME} {body:sha256-hex} {body:crc32} {body:json-string}'
/** What looks like a piece, in a template that has been taken apart. */
const BRACES = /\{[a-zA-Z][^{}\s"]*\}/g

const at = (sentence: string): SchemeProblem => ({ path: 'content', sentence })

/** Whether the signed content can be made of what the scheme says of its places. */
export function contentProblems(scheme: Scheme): SchemeProblem[] {
  const { algorithm, content, jwt } = scheme
  if (isCredential(scheme) || jwt) {
    if (content === '') return []
    return [at(`${jwt ? 'A JWT' : 'A credential'} has no signed content of its own. Write "".`)]
  }
  if (content === '') return [at('Nothing would be signed. Write what is, such as {body}.')]
  if (content.startsWith('special:')) {
    if (findProcedure(content)) return []
    return [at(`There is no such procedure. There are: ${procedureNames.join(', ')}.`)]
  }
  const pieces = parseTemplate(content)
  const problems = pieces.flatMap((piece) => pieceProblems(piece, scheme).map(at))
  if (/^sha\d+$/.test(algorithm) && !pieces.some(({ kind }) => kind === 'secret')) {
    problems.push(
      at(
        `Anyone can make a plain ${algorithm}. Write {secret} where the secret stands in the text.`,
      ),
    )
  }
  if (scheme.signedBody === 'compact-json' && !pieces.some(isRawBody)) {
    problems.push({ path: 'signedBody', sentence: 'The content has no {body} to re-serialise.' })
  }
  return problems
}

const isRawBody = (piece: Piece) => piece.kind === 'body' && piece.as === 'raw'

function pieceProblems(piece: Piece, scheme: Scheme): string[] {
  const { kind } = piece
  if (kind === 'literal') {
    return [...piece.text.matchAll(BRACES)].map(
      ([text]) => `There is no piece ${text}. There are: ${KNOWN}.`,
    )
  }
  if (kind === 'timestamp' && !scheme.timestamp) {
    return ['{timestamp} needs a place of the timestamp.']
  }
  if (kind === 'message-id' && !scheme.messageId) return ['{id} needs a place of the message id.']
  if (kind === 'setting' && !isDeclared(scheme, piece.name)) return [undeclared(piece.name)]
  if (kind === 'header' && !isHeaderName(piece.name)) {
    return [`No header can be called “${piece.name}”.`]
  }
  if (kind === 'field' && !scheme.signature.list) {
    return [`{field:${piece.name}} needs “list” in the signature.`]
  }
  return []
}

const isDeclared = ({ settings = [] }: Scheme, name: string) =>
  settings.some((setting) => setting.name === name)
const undeclared = (name: string) =>
  `There is no setting “${name}”. Describe it in “settings”, or take it away.`

/** The other texts with pieces: key, written header, answers; and settings that are only named. */
export function templateProblems(scheme: Scheme): SchemeProblem[] {
  const { keyText, signature, jwt, challenges = [] } = scheme
  const problems: SchemeProblem[] = []
  const check = (path: string, text: string | undefined, known: readonly string[] | null) => {
    for (const [piece] of text?.matchAll(BRACES) ?? []) {
      const setting = /^\{settings\.(\w+)\}$/.exec(piece)?.[1]
      if (setting !== undefined) {
        if (!isDeclared(scheme, setting)) problems.push({ path, sentence: undeclared(setting) })
      } else if (known !== null && !known.includes(piece)) {
        const sentence = `There is no piece ${piece} here. There are: ${[...known, '{settings.NAME}'].join(' ')}.`
        problems.push({ path, sentence })
      }
    }
  }
  const named = (path: string, setting: string | undefined) => {
    if (setting !== undefined && !isDeclared(scheme, setting)) {
      problems.push({ path, sentence: undeclared(setting) })
    }
  }
  check('keyText', keyText, ['{secret}'])
  check('signature.written', signature.written, ['{signature}', '{timestamp}'])
  if (signature.written !== undefined && !signature.written.includes('{signature}')) {
    const sentence = 'The written header has no {signature}. Write where it stands.'
    problems.push({ path: 'signature.written', sentence })
  }
  named('jwt.issuerFrom', jwt?.issuerFrom)
  challenges.forEach((challenge, index) => {
    check(`challenges[${index}].answer.body`, challenge.answer?.body, null)
    check(`challenges[${index}].wants.template`, challenge.wants?.template, null)
    named(`challenges[${index}].wants.setting`, challenge.wants?.setting)
  })
  return problems
}
