import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import type { Verification } from '#contract/verification.ts'
import type { NewDelivery } from './types.ts'

const made: string[] = []

afterAll(() => {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

/** The path of a data directory of its own, not yet created; gone after the tests of the file. */
export function temporaryDataDir(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'countersign-'))
  made.push(folder)
  return path.join(folder, 'data')
}

export function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function makeVerification(change: Partial<Verification> = {}): Verification {
  return {
    verdict: 'valid',
    schemeId: 'svix',
    reason: { code: 'match', sentence: 'The signature matches.' },
    messageId: 'msg_1',
    eventType: 'invoice.paid',
    timestamp: { text: '1700000000', unixMs: 1_700_000_000_000, unit: 's' },
    skewSeconds: -1.5,
    tolerance: { pastSeconds: 300, futureSeconds: null },
    matchedSecretId: 1,
    matchedSecretName: 'live key',
    notices: [],
    ...change,
  }
}

export interface DeliveryChange extends Partial<Omit<NewDelivery, 'verification'>> {
  bodyText?: string
  verification?: Partial<Verification>
}

/** A delivery on the catch-all at `/hook`, changed as asked. */
export function makeDelivery(change: DeliveryChange = {}): NewDelivery {
  const { bodyText = '{"a":1}', verification, ...rest } = change
  const bytes = Buffer.from(bodyText)
  return {
    receivedAtMs: 1_700_000_001_500,
    completedAtMs: 1_700_000_001_501,
    endpointId: null,
    remoteAddress: '127.0.0.1',
    remotePort: 50_000,
    httpVersion: '1.1',
    method: 'POST',
    target: '/hook?a=1',
    rawHeaders: [
      ['Host', 'localhost'],
      ['X-Twice', 'a'],
      ['x-twice', 'b'],
    ],
    rawTrailers: [],
    body: { kind: 'memory', bytes },
    bodySha256: digestOf(bytes),
    problem: null,
    problemDetail: null,
    answer: { status: 200, rawHeaders: [], by: 'default' },
    verification: makeVerification(verification),
    revision: 0,
    signatureDigest: digestOf('signature 1'),
    schemeHasMessageId: true,
    replayId: null,
    ...rest,
  }
}
