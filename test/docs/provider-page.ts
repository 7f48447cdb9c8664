import { confidenceInFull } from '#contract/confidence-words.ts'
import { isCredential } from '#contract/credential.ts'
import type { Scheme } from '#contract/scheme.ts'
import { verifierCode, verifierTargets } from '#engine/interchange/verifier-code/verifier-code.ts'
import { algorithmName } from '#engine/signatures/catalogue.ts'
import { usesPublicKey } from '#engine/signatures/secret.ts'
import { duration } from '#engine/signatures/sentences.ts'
import { exampleOf } from './example-request.ts'
import {
  code,
  contentWords,
  keyWords,
  placeWords,
  sdkSentences,
  signatureWords,
  timestampWords,
  toleranceWords,
} from './scheme-words.ts'

/** Getting started with one provider: docs/providers/ID.md, from nothing but the scheme's data. */
export function providerPage(scheme: Scheme): string {
  const sections = [
    heading(scheme),
    setUp(scheme),
    testEvent(scheme),
    facts(scheme),
    list('What trips people up', scheme.quirks),
    sdk(scheme),
    ownHandler(scheme),
    example(scheme),
  ]
  return `${sections.filter(Boolean).join('\n\n')}\n`
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
const sentence = (text: string) => `${capital(text)}${/[.!?]$/.test(text) ? '' : '.'}`
const shell = (...lines: string[]) => ['```sh', ...lines, '```'].join('\n')

function heading(scheme: Scheme): string {
  const { name, id, documentationUrl, confidence } = scheme
  return [
    `# ${name}`,
    `Scheme ${code(id)}, ${algorithmName(scheme)}. How sure the rule below is: ${confidenceInFull(confidence)}. [What ${name} says itself](${documentationUrl}).`,
  ].join('\n\n')
}

function setUp(scheme: Scheme): string {
  return [
    '## Set it up',
    steps(scheme)
      .map((step, at) => `${at + 1}. ${step}`)
      .join('\n'),
  ].join('\n\n')
}

function steps(scheme: Scheme): string[] {
  const { id, name, secretPrefix, secretHint, settings = [], keySource } = scheme
  const begins = secretPrefix === undefined ? '' : ` It begins with ${code(secretPrefix)}.`
  const fetched = keySource ? ` ${sentence(keySource.sentence)}` : ''
  return [
    `**The secret** is ${secretHint}.${begins}${fetched}`,
    ...settings.map(
      ({ label, hint, required }) =>
        `**${label}**${required ? '' : ' (optional)'}: ${hint}${/[.!?]$/.test(hint) ? '' : '.'}`,
    ),
    `**In the app:** Add an endpoint (${code('N')}), choose ${name}, paste the secret. **In a terminal:**\n\n${indent(addCommand(scheme))}\n`,
    `**At ${name}** give the address of the endpoint as the URL of the webhook: ${code(`http://127.0.0.1:4100/${id}`)} where the sender runs on this machine. A sender in the cloud needs a public address, which a tunnel gives ([reaching the listener](../getting-started.md#reaching-the-listener-from-outside)).${scheme.urlNeeds ? ` ${scheme.urlNeeds.sentence}` : ''}`,
    ...handshakes(scheme),
  ]
}

function handshakes({ challenges = [] }: Scheme): string[] {
  if (challenges.length === 0) return []
  const said = challenges.map(({ sentence: text }) => `“${text}”`).join(' ')
  return [
    `**Handshake.** The endpoint answers it by itself, unless told otherwise; its delivery then says: ${said}`,
  ]
}

const indent = (text: string) => text.replaceAll(/^(?=.)/gm, '   ')

/** The command that adds the endpoint; the docs' tests run what it says. */
export function addCommand(scheme: Scheme): string {
  const { id, secretPrefix = '', settings = [] } = scheme
  const needed = settings
    .filter(({ required }) => required)
    .map(({ name, kind }) =>
      kind === 'secret'
        ? ` --setting-env ${name}=OTHER`
        : ` --setting ${name}=${kind === 'url' ? 'https://hooks.example.test/in' : '…'}`,
    )
    .join('')
  const command = `npx countersign endpoints add ${id} --path /${id} --scheme ${id}${needed}`
  const secret = usesPublicKey(scheme) ? '$(cat public-key.txt)' : `'${secretPrefix}…'`
  const quoted = usesPublicKey(scheme) ? `"${secret}"` : secret
  return shell(`SECRET=${quoted} ${command} --secret-env SECRET`)
}

function testEvent(scheme: Scheme): string {
  const { id, name } = scheme
  const send = [
    `npx countersign send --endpoint ${id} --to http://127.0.0.1:4100/${id}`,
    `npx countersign wait --endpoint ${id} --verdict valid --after 0 --timeout 60`,
  ]
  if (!usesPublicKey(scheme)) {
    return [
      '## Send a test event',
      `While Countersign listens: **Send a test webhook** (${code('Shift+T')}) in the app, or this, sends an event like one of ${name}, signed with the stored secret.`,
      shell(...send),
    ].join('\n\n')
  }
  return [
    '## Send a test event',
    `Only ${name} has the private key. To send events from here, make a key pair of your own; its private half becomes a secret of the endpoint, its public half is printed for the program that you test.`,
    shell(`npx countersign keys make --scheme ${id} --endpoint ${id}`, ...send),
  ].join('\n\n')
}

function facts(scheme: Scheme): string {
  const { timestamp, messageId, eventType, retries, answerWithinSeconds: within, bodyHash } = scheme
  const rows: (readonly [string, string | null | undefined])[] = [
    [isCredential(scheme) ? 'Credential' : 'Signature', signatureWords(scheme)],
    ['Algorithm', algorithmName(scheme)],
    ['Signed', contentWords(scheme)],
    ['Key', keyWords(scheme)],
    ['Timestamp', timestamp ? timestampWords(timestamp) : 'none'],
    ['Tolerance', toleranceWords(scheme.tolerance) ?? 'none: age does not count'],
    [
      'Body digest',
      bodyHash && `${placeWords(bodyHash.place)}, ${bodyHash.digest}, ${bodyHash.encoding}`,
    ],
    [
      'Required headers',
      scheme.requiredHeaders?.map(([name, value]) => code(`${name}: ${value}`)).join(', '),
    ],
    ['Message id', messageId ? placeWords(messageId) : 'none: repeats are told by the body alone'],
    ['Event type', eventType.map(placeWords).join(', or ') || 'none'],
    ['Sent again', retries],
    ['Answer within', within === undefined ? null : duration(within)],
  ]
  const lines = rows.flatMap(([name, text]) => (text ? [`| ${name} | ${cell(text)} |`] : []))
  return ['## What it sends', ['| | |', '| --- | --- |', ...lines].join('\n')].join('\n\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|')

function list(title: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return ''
  return [`## ${title}`, sentences.map((each) => `- ${each}`).join('\n')].join('\n\n')
}

function sdk(scheme: Scheme): string {
  if (!scheme.sdk) return ''
  const said = sdkSentences(scheme.sdk)
  if (said.length === 0) return ''
  return [
    `## Where ${code(scheme.sdk.name)} decides otherwise`,
    'The verdict follows the documented rule. Where a delivery would fare differently in the package, a notice says so.',
    said.map((each) => `- ${each}`).join('\n'),
  ].join('\n\n')
}

function ownHandler(scheme: Scheme): string {
  const { id } = scheme
  const targets = verifierTargets.filter(
    (target) => !('problem' in verifierCode(scheme, target.id)),
  )
  const [first] = targets
  const asks = `SECRET='…' npx countersign check --scheme ${id} --to http://localhost:3000/webhooks --secret-env SECRET`
  const check = usesPublicKey(scheme) ? [] : [asks]
  if (!first && check.length === 0) return ''
  const written = first ? [`npx countersign code --scheme ${id} --target ${first.id}`] : []
  const there = first
    ? `There is code that verifies it, to paste, for ${targets.map((target) => code(target.id)).join(', ')}. `
    : 'It signs in a way of its own, for which there is no code to paste. '
  const asked = 'The endpoint check asks your handler [some forty questions](../endpoint-check.md).'
  return ['## Your own handler', `${there}${asked}`, shell(...written, ...check)].join('\n\n')
}

function example(scheme: Scheme): string {
  const made = exampleOf(scheme)
  if (!made) return ''
  const { secretText, message } = made
  const longest = Math.max(2, ...[...message.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [
    '## An example',
    `Made up, and signed with the secret ${code(secretText)} at 2025-10-09 08:53:20 UTC.`,
    `${fence}http\n${message}\n${fence}`,
  ].join('\n\n')
}
