/**
 * `node test/conformance/make-vectors/generate.ts` writes `../vectors/SCHEME.json` for every rule
 * of the tables, the same bytes each time. It signs straight with node:crypto and shares no code
 * with `engine/`, which these vectors judge. Vectors without a rule here were made otherwise and
 * stay as they are.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { casesOf } from './cases.ts'
import { NOW, requestOf } from './request.ts'
import type { Case, Rule } from './rule.ts'
import { rules as rulesAtoK } from './rules-a-k.ts'
import { rules as rulesLtoZ } from './rules-l-z.ts'

function vectorOf(rule: Rule, each: Case, index: number) {
  const { method, url, headers, body } = requestOf(rule, each)
  const settings = each.settings ?? rule.settings
  return {
    id: `own-${rule.scheme}-${String(index + 1).padStart(2, '0')}`,
    kind: each.kind,
    title: each.title,
    request: { method, url, headers, bodyBase64: Buffer.from(body).toString('base64') },
    secret: each.judgeWith ?? rule.secret,
    ...(settings ? { settings } : {}),
    now: NOW,
    expected: each.expected,
    expectedFrom: 'independent-library',
    ...(each.ruleVerdict ? { ruleVerdict: each.ruleVerdict } : {}),
    ...(each.note === undefined ? {} : { note: each.note }),
  }
}

function fileOf(rule: Rule) {
  const { place, timestamp, id, signingKeys } = rule
  const written = [
    'header' in place ? place.header : undefined,
    timestamp?.header,
    ...(rule.writesHeaders ?? []),
  ]
  const kept = [id?.header, ...(rule.keepsHeaders ?? [])]
  const rewritesBody = !('header' in place) || timestamp?.inBody === true
  return {
    format: 'webhook-vectors/1',
    scheme: rule.scheme,
    provider: rule.provider,
    judgedBy: {
      kind: 'independent-crypto-library',
      packages: [{ name: 'node:crypto', version: 'of Node' }],
      verifier: 'per rule',
      signer: 'test/conformance/make-vectors',
    },
    secretForm: rule.secretForm,
    resigning: {
      needs: signingKeys ? 'private key' : 'secret',
      writesHeaders: lowerCase(written),
      keepsHeaders: lowerCase(kept),
      ...(rewritesBody ? { rewritesBody } : {}),
      sameResultEachTime: !['jwt-hs256', 'rsa-pss-sha256'].includes(rule.algorithm),
    },
    sdkToleranceSeconds: rule.tolerance,
    ...(signingKeys ? { testSigningKeysPkcs8Base64: signingKeys } : {}),
    notes: rule.notes ?? [],
    vectors: casesOf(rule).map((each, index) => vectorOf(rule, each, index)),
  }
}

function lowerCase(names: (string | undefined)[]): string[] {
  return names.flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]))
}

const style = { parser: 'json', printWidth: 100 }
for (const rule of [...rulesAtoK, ...rulesLtoZ]) {
  const path = fileURLToPath(new URL(`../vectors/${rule.scheme}.json`, import.meta.url))
  writeFileSync(path, await format(JSON.stringify(fileOf(rule), null, 2), style))
}
