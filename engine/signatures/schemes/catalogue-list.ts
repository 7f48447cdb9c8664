import type { Scheme } from '#contract/scheme.ts'
import { acuity } from './acuity.ts'
import { adyen } from './adyen.ts'
import { adyenPlatform } from './adyen-platform.ts'
import { airtable } from './airtable.ts'
import { asana } from './asana.ts'
import { attio } from './attio.ts'
import { auth0 } from './auth0.ts'
import { authorizenet } from './authorizenet.ts'
import { awsSns } from './aws-sns.ts'
import { bearerToken } from './bearer-token.ts'
import { bitbucket } from './bitbucket.ts'
import { box } from './box.ts'
import { braintree } from './braintree.ts'
import { buildkite } from './buildkite.ts'
import { calcom } from './calcom.ts'
import { calendly } from './calendly.ts'
import { cashfree } from './cashfree.ts'
import { chargebee } from './chargebee.ts'
import { chatwoot } from './chatwoot.ts'
import { checkout } from './checkout.ts'
import { circleci } from './circleci.ts'
import { clerk } from './clerk.ts'
import { clickup } from './clickup.ts'
import { cloudflareNotifications } from './cloudflare-notifications.ts'
import { cloudflareStream } from './cloudflare-stream.ts'
import { cloudinary } from './cloudinary.ts'
import { coinbaseCommerce } from './coinbase-commerce.ts'
import { contentful } from './contentful.ts'
import { creem } from './creem.ts'
import { crisp } from './crisp.ts'
import { custom } from './custom.ts'
import { customerio } from './customerio.ts'
import { discord } from './discord.ts'
import { docusign } from './docusign.ts'
import { dodo } from './dodo.ts'
import { doppler } from './doppler.ts'
import { dropbox } from './dropbox.ts'
import { dropboxSign } from './dropbox-sign.ts'
import { dwolla } from './dwolla.ts'
import { easypost } from './easypost.ts'
import { elevenlabs } from './elevenlabs.ts'
import { fal } from './fal.ts'
import { figma } from './figma.ts'
import { firecrawl } from './firecrawl.ts'
import { flutterwave } from './flutterwave.ts'
import { flutterwaveV3 } from './flutterwave-v3.ts'
import { formstack } from './formstack.ts'
import { fourthwall } from './fourthwall.ts'
import { front } from './front.ts'
import { github } from './github.ts'
import { githubSha1 } from './github-sha1.ts'
import { gitlabSigning } from './gitlab-signing.ts'
import { gitlabToken } from './gitlab-token.ts'
import { gocardless } from './gocardless.ts'
import { googlePush } from './google-push.ts'
import { helpscout } from './helpscout.ts'
import { heroku } from './heroku.ts'
import { hook0 } from './hook0.ts'
import { hookdeck } from './hookdeck.ts'
import { hubspotV1 } from './hubspot-v1.ts'
import { hubspotV2 } from './hubspot-v2.ts'
import { hubspotV3 } from './hubspot-v3.ts'
import { huggingface } from './huggingface.ts'
import { hygraph } from './hygraph.ts'
import { imagekit } from './imagekit.ts'
import { infisical } from './infisical.ts'
import { intercom } from './intercom.ts'
import { jira } from './jira.ts'
import { kick } from './kick.ts'
import { klaviyo } from './klaviyo.ts'
import { kontent } from './kontent.ts'
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
import { notifykit } from './notifykit.ts'
import { notion } from './notion.ts'
import { novu } from './novu.ts'
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
import { standardWebhooks } from './standard-webhooks.ts'
import { standardWebhooksV1a } from './standard-webhooks-v1a.ts'
import { stream } from './stream.ts'
import { stripe } from './stripe.ts'
import { surveymonkey } from './surveymonkey.ts'
import { svix } from './svix.ts'
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

/** Every scheme, in the order in which they are offered: those that the project grew out of first. */
export const catalogue: readonly Scheme[] = [
  novu,
  notifykit,
  svix,
  standardWebhooks,
  stripe,
  github,
  acuity,
  adyen,
  adyenPlatform,
  airtable,
  asana,
  attio,
  auth0,
  authorizenet,
  awsSns,
  bearerToken,
  bitbucket,
  box,
  braintree,
  buildkite,
  calcom,
  calendly,
  cashfree,
  chargebee,
  chatwoot,
  checkout,
  circleci,
  clerk,
  clickup,
  cloudflareNotifications,
  cloudflareStream,
  cloudinary,
  coinbaseCommerce,
  contentful,
  creem,
  crisp,
  custom,
  customerio,
  discord,
  docusign,
  dodo,
  doppler,
  dropbox,
  dropboxSign,
  dwolla,
  easypost,
  elevenlabs,
  fal,
  figma,
  firecrawl,
  flutterwave,
  flutterwaveV3,
  formstack,
  fourthwall,
  front,
  githubSha1,
  gitlabSigning,
  gitlabToken,
  gocardless,
  googlePush,
  helpscout,
  heroku,
  hook0,
  hookdeck,
  hubspotV1,
  hubspotV2,
  hubspotV3,
  huggingface,
  hygraph,
  imagekit,
  infisical,
  intercom,
  jira,
  kick,
  klaviyo,
  kontent,
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
