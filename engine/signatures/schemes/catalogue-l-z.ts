import type { Scheme } from '#contract/scheme.ts'
import { langfuse } from './langfuse.ts'
import { lark } from './lark.ts'
import { lemonsqueezy } from './lemonsqueezy.ts'
import { line } from './line.ts'
import { linear } from './linear.ts'
import { liveblocks } from './liveblocks.ts'
import { livekit } from './livekit.ts'
import { lovable } from './lovable.ts'
import { mailchannels } from './mailchannels.ts'
import { mailerlite } from './mailerlite.ts'
import { mailgun } from './mailgun.ts'
import { mandrill } from './mandrill.ts'
import { mautic } from './mautic.ts'
import { mercadopago } from './mercadopago.ts'
import { messagebird } from './messagebird.ts'
import { meta } from './meta.ts'
import { metronome } from './metronome.ts'
import { modernTreasury } from './modern-treasury.ts'
import { mollie } from './mollie.ts'
import { msGraph } from './ms-graph.ts'
import { msTeams } from './ms-teams.ts'
import { mux } from './mux.ts'
import { netlify } from './netlify.ts'
import { notion } from './notion.ts'
import { okta } from './okta.ts'
import { onfido } from './onfido.ts'
import { onfleet } from './onfleet.ts'
import { openai } from './openai.ts'
import { orb } from './orb.ts'
import { paddle } from './paddle.ts'
import { pagerduty } from './pagerduty.ts'
import { paypal } from './paypal.ts'
import { paystack } from './paystack.ts'
import { pipedrive } from './pipedrive.ts'
import { plaid } from './plaid.ts'
import { plain } from './plain.ts'
import { planetscale } from './planetscale.ts'
import { plivoV3 } from './plivo-v3.ts'
import { polar } from './polar.ts'
import { postmark } from './postmark.ts'
import { pusher } from './pusher.ts'
import { qstash } from './qstash.ts'
import { razorpay } from './razorpay.ts'
import { recurly } from './recurly.ts'
import { replicate } from './replicate.ts'
import { resend } from './resend.ts'
import { retell } from './retell.ts'
import { revenuecat } from './revenuecat.ts'
import { revenuecatSigned } from './revenuecat-signed.ts'
import { sanity } from './sanity.ts'
import { segment } from './segment.ts'
import { sendgrid } from './sendgrid.ts'
import { sentry } from './sentry.ts'
import { shopify } from './shopify.ts'
import { slack } from './slack.ts'
import { snyk } from './snyk.ts'
import { square } from './square.ts'
import { standardWebhooksV1a } from './standard-webhooks-v1a.ts'
import { stream } from './stream.ts'
import { surveymonkey } from './surveymonkey.ts'
import { taiga } from './taiga.ts'
import { tailscale } from './tailscale.ts'
import { tally } from './tally.ts'
import { telegram } from './telegram.ts'
import { telnyx } from './telnyx.ts'
import { terra } from './terra.ts'
import { trello } from './trello.ts'
import { twilio } from './twilio.ts'
import { twilioJson } from './twilio-json.ts'
import { twitch } from './twitch.ts'
import { typeform } from './typeform.ts'
import { vapi } from './vapi.ts'
import { vercel } from './vercel.ts'
import { vonage } from './vonage.ts'
import { webex } from './webex.ts'
import { webflow } from './webflow.ts'
import { wise } from './wise.ts'
import { woocommerce } from './woocommerce.ts'
import { workos } from './workos.ts'
import { xero } from './xero.ts'
import { zendesk } from './zendesk.ts'
import { zoom } from './zoom.ts'

/** The other schemes from L to Z. */
export const schemesLToZ: readonly Scheme[] = [
  langfuse,
  lark,
  lemonsqueezy,
  line,
  linear,
  liveblocks,
  livekit,
  lovable,
  mailchannels,
  mailerlite,
  mailgun,
  mandrill,
  mautic,
  mercadopago,
  messagebird,
  meta,
  metronome,
  modernTreasury,
  mollie,
  msGraph,
  msTeams,
  mux,
  netlify,
  notion,
  okta,
  onfido,
  onfleet,
  openai,
  orb,
  paddle,
  pagerduty,
  paypal,
  paystack,
  pipedrive,
  plaid,
  plain,
  planetscale,
  plivoV3,
  polar,
  postmark,
  pusher,
  qstash,
  razorpay,
  recurly,
  replicate,
  resend,
  retell,
  revenuecat,
  revenuecatSigned,
  sanity,
  segment,
  sendgrid,
  sentry,
  shopify,
  slack,
  snyk,
  square,
  standardWebhooksV1a,
  stream,
  surveymonkey,
  taiga,
  tailscale,
  tally,
  telegram,
  telnyx,
  terra,
  trello,
  twilio,
  twilioJson,
  twitch,
  typeform,
  vapi,
  vercel,
  vonage,
  webex,
  webflow,
  wise,
  woocommerce,
  workos,
  xero,
  zendesk,
  zoom,
]
