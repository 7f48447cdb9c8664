import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scheme } from '#contract/scheme.ts'
import { keyAddressOf } from './key-address.ts'
import { schemeOf } from './made-request.ts'
import { WholeBody } from './whole-body.ts'

const head = { method: 'POST', target: '/', rawHeaders: [] }
const sns = (SigningCertURL: unknown) =>
  keyAddressOf(
    schemeOf('aws-sns'),
    head,
    new WholeBody(Buffer.from(JSON.stringify({ SigningCertURL }))),
  )
const paypal = (url: string) =>
  keyAddressOf(schemeOf('paypal'), { ...head, rawHeaders: [['PAYPAL-CERT-URL', url]] }, null)
const refusal = { problem: expect.stringContaining('nothing is asked there') }
const pem = 'SimpleNotificationService-01d088a6f77103d0fe307c0069e40ed6.pem'

describe('where an SNS certificate is', () => {
  it.each([
    `https://sns.eu-west-1.amazonaws.com/${pem}`,
    `https://sns.us-gov-west-1.amazonaws.com/${pem}`,
    `https://sns.cn-north-1.amazonaws.com.cn/${pem}`,
  ])('%s', (url) => expect(sns(url)).toEqual({ host: new URL(url).hostname, url }))

  it.each([
    `http://sns.eu-west-1.amazonaws.com/${pem}`,
    `https://sns.eu-west-1.amazonaws.com:8443/${pem}`,
    `https://sns.eu-west-1.amazonaws.com:443/${pem}`,
    `https://sns.eu-west-1.amazonaws.com@evil.example/${pem}`,
    `https://user:word@sns.eu-west-1.amazonaws.com/${pem}`,
    `https://evil.example/${pem}#@sns.eu-west-1.amazonaws.com`,
    `https://evil.example\\@sns.eu-west-1.amazonaws.com/${pem}`,
    `https:\\\\sns.eu-west-1.amazonaws.com/${pem}`,
    `https://sns.eu-west-1.amazonaws.com.evil.example/${pem}`,
    `https://sns.eu-west-1.amazonaws.com.cn.evil.example/${pem}`,
    `https://evil.sns.eu-west-1.amazonaws.com/${pem}`,
    `https://snsxeu-west-1.amazonaws.com/${pem}`,
    `https://sns.a.b.amazonaws.com/${pem}`,
    `https://sns.eu.amazonaws.com/${pem}`,
    `https://sns-eu-west-1.s3.amazonaws.com/${pem}`,
    `https://amazonaws.com/${pem}`,
    `https://127.0.0.1/${pem}`,
    `https://[::1]/${pem}`,
    `https://2130706433/${pem}`,
    `https://sns.eu-west-1.amazonaws.com./${pem}`,
    `https://SNS.eu-west-1.amazonaws.com/${pem}`,
    `https://sns.eu-west-1.amazonaws.com/${pem}?x=1`,
    `https://sns.eu-west-1.amazonaws.com/${pem}#x`,
    `https://sns.eu-west-1.amazonaws.com/a/../${pem}`,
    `https://sns.eu-west-1.amazonaws.com/%2e%2e/${pem}`,
    'https://sns.eu-west-1.amazonaws.com/certificate.txt',
    'https://sns.eu-west-1.amazonaws.com/',
    `https://sns.eu-west-1.amazonaws.com/${pem}\n`,
    ` https://sns.eu-west-1.amazonaws.com/${pem}`,
    `https://sns.eu-west-1.amazonaws.com\t/${pem}`,
    `https://sns.eu-west-1.amazonaws.com\r\nX: y/${pem}`,
    `https://ѕns.eu-west-1.amazonaws.com/${pem}`,
    `//sns.eu-west-1.amazonaws.com/${pem}`,
    `file:///etc/${pem}`,
    `https://sns.eu-west-1.amazonaws.com/${'a'.repeat(600)}.pem`,
  ])('is not %j', (url) => expect(sns(url)).toEqual(refusal))

  it('is unknown where the message does not say it', () => {
    expect(sns(undefined)).toEqual({ problem: expect.stringContaining('does not say') })
    expect(sns({ a: 1 })).toEqual({ problem: expect.stringContaining('does not say') })
    expect(keyAddressOf(schemeOf('aws-sns'), head, null)).toHaveProperty('problem')
  })
})

describe('where a PayPal certificate is', () => {
  it.each(['api', 'api.sandbox', 'api-m'])('on %s.paypal.com', (name) => {
    const url = `https://${name}.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594`
    expect(paypal(url)).toEqual({ host: `${name}.paypal.com`, url })
  })

  it.each([
    'https://paypal.com/v1/notifications/certs/CERT-1',
    'https://evilpaypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1',
    'https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1',
    'https://api.paypal.com:444/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/v1/notifications/certs/../../../CERT-1',
    'https://api.paypal.com/v1/notifications/certs/CERT-1?next=https://evil.example',
    'https://www.paypal.com/cgi-bin/webscr',
    'http://api.paypal.com/v1/notifications/certs/CERT-1',
  ])('is not %s', (url) => expect(paypal(url)).toEqual(refusal))
})

it('no text leads anywhere else', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (text) => {
      for (const named of [
        text,
        `https://${text}/a.pem`,
        `https://sns.${text}.amazonaws.com/a.pem`,
      ]) {
        const address = sns(named)
        if (!address || 'problem' in address) continue
        if (!/^sns\.[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/.test(new URL(address.url).host))
          return false
      }
      return true
    }),
  )
})

it('keys of other schemes are never fetched', () => {
  const others: Scheme[] = ['plaid', 'discord', 'stripe', 'fal', 'kick'].map(schemeOf)
  expect(others.map((scheme) => keyAddressOf(scheme, head, null))).toEqual(others.map(() => null))
})
