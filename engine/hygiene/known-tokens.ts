import type { Match } from './match.ts'
import { tokenPreview } from './match.ts'

type Kind = Pick<Match, 'code' | 'sentence'>
interface KnownToken extends Kind {
  prefixes: readonly string[]
  /** What follows the prefix, to its end; sticky. Bounded, and with nothing to backtrack over. */
  rest: RegExp
}

const key = (sentence: string, rest: RegExp, ...prefixes: string[]): KnownToken => ({
  code: 'api-key',
  sentence,
  rest,
  prefixes,
})
const token = (sentence: string, rest: RegExp, ...prefixes: string[]): KnownToken => ({
  ...key(sentence, rest, ...prefixes),
  code: 'token',
})

const alnum = (from: number, to: number) => new RegExp(`[A-Za-z\\d]{${from},${to}}(?!\\w)`, 'y')
const hex = (length: number) => new RegExp(`[\\da-fA-F]{${length}}(?!\\w)`, 'y')
/** Letters, digits, `_` and `-`, as base64url has them. */
const url64 = (from: number, to = 512) => new RegExp(`[\\w-]{${from},${to}}`, 'y')

/**
 * Prefixes as the providers document them, most of them also at
 * https://docs.github.com/en/code-security/reference/secret-security/supported-secret-scanning-patterns
 */
const known: readonly KnownToken[] = [
  key('A Stripe secret key (live mode).', alnum(6, 255), 'sk_live_'),
  key('A Stripe secret key (test mode).', alnum(6, 255), 'sk_test_'),
  key('A Stripe restricted key (live mode).', alnum(6, 255), 'rk_live_'),
  key('A Stripe restricted key (test mode).', alnum(6, 255), 'rk_test_'),
  key('A webhook signing secret: whoever has it can sign.', /[\w+/-]{16,255}={0,2}/y, 'whsec_'),
  token('A GitHub personal access token.', alnum(30, 255), 'ghp_'),
  token('A GitHub OAuth access token.', alnum(30, 255), 'gho_'),
  token('A GitHub app token.', /[\w.-]{30,512}/y, 'ghu_', 'ghs_', 'ghr_'),
  token('A GitHub fine-grained access token.', /\w{22,255}/y, 'github_pat_'),
  token('A GitLab access token.', /[\w.-]{20,255}/y, 'glpat-', 'gldt-', 'glptt-', 'glcbt-'),
  token('A GitLab runner token.', /[\w.-]{20,255}/y, 'glrt-', 'GR1348941'),
  token('A Slack token.', url64(10), 'xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-'),
  token('A Slack token.', /[\w.-]{10,512}/y, 'xoxc-', 'xoxd-', 'xoxe.xoxp-', 'xoxe.xoxb-', 'xapp-'),
  token(
    'A Slack webhook URL: whoever has it can post there.',
    /[A-Z\d]{8,14}\/B[A-Z\d]{8,14}\/[A-Za-z\d]{20,32}/y,
    'hooks.slack.com/services/T',
  ),
  key('An AWS access key id; its secret key may stand near.', /[A-Z2-7]{16}(?!\w)/y, 'AKIA'),
  key('An AWS access key id (temporary).', /[A-Z2-7]{16}(?!\w)/y, 'ASIA'),
  key('A Google API key.', url64(35, 35), 'AIza'),
  key('A Google OAuth client secret.', url64(28, 28), 'GOCSPX-'),
  token('A Google OAuth access token.', url64(20), 'ya29.'),
  token('An npm access token.', alnum(36, 36), 'npm_'),
  token('A PyPI upload token.', url64(50), 'pypi-AgEIcHlwaS5vcmc'),
  key('An OpenAI API key.', url64(20), 'sk-proj-', 'sk-svcacct-', 'sk-admin-'),
  key('An Anthropic API key.', url64(20), 'sk-ant-'),
  key('An API key as OpenAI and others give them.', alnum(32, 255), 'sk-'),
  key('A SendGrid API key.', /[\w-]{16,32}\.[\w-]{16,64}/y, 'SG.'),
  key('A Twilio API key id; its secret may stand near.', /[\da-f]{32}(?!\w)/y, 'SK'),
  token('A Shopify access token.', hex(32), 'shpat_', 'shpca_', 'shppa_', 'shpua_'),
  key('A Shopify shared secret.', hex(32), 'shpss_'),
  token('A Square access token.', url64(22, 80), 'sq0atp-', 'EAAAl'),
  key('A Square application secret.', url64(43, 43), 'sq0csp-', 'sq0idp-'),
  token('A Meta access token.', alnum(80, 512), 'EAA'),
  token('A DigitalOcean token.', hex(64), 'dop_v1_', 'doo_v1_', 'dor_v1_'),
  key('A Linear API key.', alnum(32, 64), 'lin_api_', 'lin_oauth_'),
  key('A Linear webhook signing secret.', alnum(32, 64), 'lin_wh_'),
  token('A Notion integration token.', alnum(40, 60), 'ntn_', 'secret_'),
  token('A Hugging Face access token.', alnum(30, 64), 'hf_'),
  token('A HashiCorp Vault token.', url64(24), 'hvs.', 'hvb.', 'hvr.'),
  token('A Databricks access token.', /[\da-f]{32}(?:-\d)?(?!\w)/y, 'dapi'),
  token('An Atlassian API token.', /[\w=-]{60,512}/y, 'ATATT3'),
  key('A Postman API key.', /[\da-f]{24}-[\da-f]{34}/y, 'PMAK-'),
  token('A Sentry auth token.', /[\w+/=-]{40,512}/y, 'sntrys_', 'sntryu_'),
  token('A Supabase access token.', hex(40), 'sbp_'),
  key('A Supabase secret key.', url64(20, 80), 'sb_secret_'),
  token('An Airtable access token.', /[A-Za-z\d]{14}\.[\da-f]{64}/y, 'pat'),
  token('A Grafana service account token.', /[A-Za-z\d]{32}_[\da-f]{8}/y, 'glsa_'),
  token('A Doppler token.', alnum(40, 64), 'dp.pt.', 'dp.st.', 'dp.sa.'),
  token('A Figma access token.', url64(40, 64), 'figd_'),
  key('A New Relic user key.', /[A-Z\d]{27}/y, 'NRAK-'),
  { ...key('An age private key.', /[A-Z\d]{58}/y, 'AGE-SECRET-KEY-1'), code: 'private-key' },
]

const byPrefix = new Map(known.flatMap((one) => one.prefixes.map((prefix) => [prefix, one])))
const escapeRegExp = (text: string) => text.replace(/[.]/g, '\\.')
/** The longest first, so that `sk-proj-` is not read as `sk-`. */
const ANY_PREFIX = new RegExp(
  `(?<![A-Za-z\\d_])(?:${[...byPrefix.keys()]
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join('|')})`,
  'g',
)
/** The shortest of all of the above. */
const SHORTEST = 14

/** Keys and tokens of providers whose prefix gives them away. */
export function findKnownTokens(text: string, limit: number): Match[] {
  const found: Match[] = []
  if (text.length < SHORTEST) return found
  ANY_PREFIX.lastIndex = 0
  for (let hit = ANY_PREFIX.exec(text); hit && found.length < limit; hit = ANY_PREFIX.exec(text)) {
    const one = byPrefix.get(hit[0])
    if (!one) continue
    one.rest.lastIndex = ANY_PREFIX.lastIndex
    if (!one.rest.test(text)) continue
    const end = one.rest.lastIndex
    const preview = tokenPreview(text.slice(hit.index, end))
    found.push({ code: one.code, sentence: one.sentence, index: hit.index, end, preview })
    // What was read is not read again: that keeps rows of prefixes linear.
    ANY_PREFIX.lastIndex = end
  }
  return found
}
