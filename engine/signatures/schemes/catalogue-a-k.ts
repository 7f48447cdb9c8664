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

/** The other schemes from A to K. */
export const schemesAToK: readonly Scheme[] = [
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
]
