import type { SchemeInfo } from '#contract/endpoint.ts'
import { isLoopback } from '#renderer/settings/listener-words.ts'
import { formatSeconds } from '#renderer/words/format.ts'

/** One thing to do; `code` is to be copied as it stands. */
export interface Step {
  text: string
  code?: string
}

interface Dashboard {
  /** Where the URL is entered. */
  url: string
  /** Where the secret stands, where that says more than the scheme's own hint. */
  secret?: string
  /** What its own command line tool does for it, by the URL to send to. */
  direct?: (url: string) => Step
}

/** What the providers' own pages say; for all others the scheme's data speaks. */
const dashboards: Partial<Record<string, Dashboard>> = {
  stripe: {
    url: 'In Stripe’s Workbench, Webhooks, add a destination with this URL.',
    direct: (url) => ({
      text: 'Or let the Stripe CLI bring events to this machine; it prints a whsec_… secret of its own.',
      code: `stripe listen --forward-to ${url}`,
    }),
  },
  github: {
    url: 'In the repository or organisation, Settings, Webhooks, Add webhook: this is the Payload URL. Choose application/json.',
    secret: 'Type a secret of your own there, and the same in the endpoint here.',
  },
  slack: {
    url: 'In your app’s settings, Event Subscriptions: this is the Request URL. Slack asks it at once whether it is yours, and Countersign answers.',
    secret: 'Copy the Signing Secret from the app’s Basic Information.',
  },
  svix: {
    url: 'In the sender’s webhook settings (its Svix portal), add an endpoint with this URL. In Nomod: Settings, Tools & customisations, Apps & APIs, Webhooks.',
    secret:
      'Open the endpoint there and copy its signing secret, whsec_…. In Nomod: select the webhook and copy the field Signing secret.',
  },
  novu: {
    url: 'Give Novu this URL as the bridge URL of the environment; Novu Cloud then posts its workflow requests here.',
    secret:
      'Copy NOVU_SECRET_KEY from dashboard.novu.co/api-keys. Each environment (Development, Production) has its own.',
    direct: (url) => {
      const { protocol, pathname } = new URL(url)
      const isPublic = protocol === 'https:' && !isLoopback(new URL(url).hostname)
      const bridge = isPublic ? url : `https://YOUR-TUNNEL${pathname}`
      return {
        text: `Novu’s own tool sets the bridge URL from a terminal${isPublic ? '' : '; write the tunnel’s URL into it'}.`,
        code: `npx novu@latest sync --bridge-url ${bridge} --secret-key $NOVU_SECRET_KEY`,
      }
    },
  },
  notifykit: {
    url: 'Give NotifyKit this URL as the webhook’s endpoint.',
    secret:
      'Go to API Keys in the dashboard, scroll to Webhook Security and press Generate. The secret is shown once: copy it then.',
  },
}

const kinds = { 'shared-secret': 'secret', 'public-key': 'public key', credential: 'credential' }

/** A path that says whose it is: `/stripe`. */
export function pathOf(scheme: Pick<SchemeInfo, 'id'>): string {
  return `/${scheme.id.replace(/[^a-z0-9-]/g, '-')}`
}

/** What to do at a provider so that its webhooks come here and are checked, in order. */
export function stepsFor(scheme: SchemeInfo, captureUrl: string): Step[] {
  const url = captureUrl.replace(/\/$/, '') + pathOf(scheme)
  const dashboard = dashboards[scheme.id]
  const steps: Step[] = [
    {
      text: [
        dashboard?.url ?? `In ${scheme.name}’s webhook settings, enter this URL.`,
        ...(scheme.urlNeeds ? [scheme.urlNeeds.sentence] : []),
      ].join(' '),
      code: url,
    },
  ]
  if (isLoopback(new URL(captureUrl).hostname.replace(/^\[|\]$/g, ''))) {
    steps.push({
      text: `${scheme.name} sends from the internet and cannot reach ${captureUrl}: put a tunnel in front, and enter its URL with the path ${pathOf(scheme)}.`,
      code: `cloudflared tunnel --url ${captureUrl}`,
    })
  }
  if (dashboard?.direct) steps.push(dashboard.direct(url))
  const kind = kinds[scheme.secretKind]
  const secret = dashboard?.secret ?? `Copy the ${kind}: ${scheme.secretHint}.`
  steps.push({ text: `${secret} Make an endpoint with it here.` })
  steps.push({ text: lastStep(scheme) })
  return steps
}

function lastStep(scheme: SchemeInfo): string {
  const { name, signaturePlace, challenges, answerWithinSeconds } = scheme
  const parts = [
    `Send a test event from there. ${name} signs in ${signaturePlace}; the delivery appears here with its verdict.`,
  ]
  if (challenges.length > 0) parts.push('Its handshake is answered by itself.')
  if (answerWithinSeconds !== null) {
    parts.push(`It waits ${formatSeconds(answerWithinSeconds)} for an answer.`)
  }
  return parts.join(' ')
}
