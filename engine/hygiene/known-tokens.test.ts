import { describe, expect, it } from 'vitest'
import { findKnownTokens } from './known-tokens.ts'

const hex = (length: number) => '0123456789abcdef'.repeat(8).slice(0, length)
const alnum = (length: number) => 'aB3dE5fG7hJ9kL1m'.repeat(8).slice(0, length)
const upper = (length: number) => 'ABCDEFGHJKMNPQRS'.repeat(4).slice(0, length)

/** Put together here, so that no scanner takes this file for a leak. */
const samples: [prefix: string, rest: string, says: string][] = [
  ['sk_live_', alnum(24), 'Stripe secret key (live'],
  ['sk_test_', alnum(99), 'Stripe secret key (test'],
  ['rk_live_', alnum(24), 'restricted key (live'],
  ['whsec_', `${alnum(31)}=`, 'signing secret'],
  ['ghp_', alnum(36), 'GitHub personal'],
  ['gho_', alnum(36), 'GitHub OAuth'],
  ['ghs_', alnum(36), 'GitHub app'],
  ['github_pat_', `${alnum(22)}_${alnum(59)}`, 'fine-grained'],
  ['glpat-', alnum(20), 'GitLab access'],
  ['xoxb-', `1234567890-1234567890-${alnum(24)}`, 'Slack token'],
  ['xapp-', `1-A012-123-${hex(64)}`, 'Slack token'],
  ['https://hooks.slack.com/services/T', `${upper(10)}/B${upper(10)}/${alnum(24)}`, 'webhook URL'],
  ['AKIA', upper(16), 'AWS access key id'],
  ['ASIA', upper(16), 'temporary'],
  ['AIza', alnum(35), 'Google API key'],
  ['GOCSPX-', alnum(28), 'OAuth client secret'],
  ['npm_', alnum(36), 'npm'],
  ['sk-proj-', alnum(64), 'OpenAI'],
  ['sk-ant-', `api03-${alnum(40)}`, 'Anthropic'],
  ['sk-', alnum(48), 'OpenAI'],
  ['SG.', `${alnum(22)}.${alnum(43)}`, 'SendGrid'],
  ['SK', hex(32), 'Twilio'],
  ['shpat_', hex(32), 'Shopify access'],
  ['shpss_', hex(32), 'Shopify shared'],
  ['sq0atp-', alnum(22), 'Square'],
  ['dop_v1_', hex(64), 'DigitalOcean'],
  ['lin_api_', alnum(40), 'Linear'],
  ['hf_', alnum(34), 'Hugging Face'],
  ['hvs.', alnum(90), 'Vault'],
  ['dapi', hex(32), 'Databricks'],
  ['sntrys_', alnum(60), 'Sentry'],
  ['glsa_', `${alnum(32)}_${hex(8)}`, 'Grafana'],
  ['AGE-SECRET-KEY-1', upper(58).padEnd(58, 'A'), 'age private key'],
]

describe('findKnownTokens', () => {
  it.each(samples)('%s…', (prefix, rest, says) => {
    const text = `the key “${prefix}${rest}”, and more`
    const [match, ...others] = findKnownTokens(text, 50)
    expect(others).toEqual([])
    expect(match?.sentence).toContain(says)
    expect(match?.end).toBe(text.indexOf('”'))
    expect(match?.preview).toMatch(/^.{8}…$/)
    expect(findKnownTokens(`x${text.slice(9)}`, 50).length).toBe(prefix.startsWith('https') ? 1 : 0)
  })

  it.each([
    ['a refund id', `re_${alnum(24)}`],
    ['a publishable key', `pk_live_${alnum(24)}`],
    ['a charge', `ch_${alnum(24)}`],
    ['a word', 'SKY, path, pattern, sk-learn, EAA, dapi and task-force'],
    ['a prefix alone', 'sk_live_ and ghp_ and xoxb-'],
    ['an account id', `AC${hex(32)}`],
    ['too long', `AKIA${upper(17)}`],
    ['in base64', `aaaaAKIA${upper(16)}`],
  ])('leaves %s alone', (_, text) => {
    expect(findKnownTokens(text, 50)).toEqual([])
  })
})
