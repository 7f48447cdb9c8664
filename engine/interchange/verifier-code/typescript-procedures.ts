import { quoted } from './text.ts'
import type { Plan } from './plan.ts'

/** The check of a scheme whose signed text takes a procedure; `null`: it takes none. */
export function procedureCheck({ procedure, signature }: Plan): string | null {
  if (procedure === 'adyen-item') {
    return `const items: any[] = payload?.notificationItems ?? [];
const genuine =
  items.length > 0 &&
  items.every(({ NotificationRequestItem: item }) => {
    const signature = text(item?.additionalData?.hmacSignature);
    return secrets.some((secret) => {
      const mac = createHmac("sha256", keyOf(secret)).update(itemContent(item));
      return equal(signature, mac.digest("base64"));
    });
  });
if (!genuine) throw new Refused(401, "The signature does not match.");`
  }
  if (procedure !== 'twilio-form' || signature.source.kind !== 'header') return null
  const name = signature.source.names[0] ?? ''
  return `const signature = required(String(headers[${quoted(name.toLowerCase())}] ?? ""), ${quoted(signature.label)});
const values = sortedForm(body);
const genuine = secrets.some((secret) =>
  urlsOf(url).some((each) => {
    const expected = createHmac("sha1", secret).update(each + values).digest("base64");
    return equal(signature, expected);
  }),
);
if (!genuine) throw new Refused(401, "The signature does not match.");`
}

/** Functions that only procedures call. */
export const procedureHelpers: readonly (readonly [string, string])[] = [
  [
    'itemContent',
    `/** What Adyen signs: eight values of an item, joined with colons. */
function itemContent(item: any): string {
  return [
    item?.pspReference,
    item?.originalReference,
    item?.merchantAccountCode,
    item?.merchantReference,
    item?.amount?.value,
    item?.amount?.currency,
    item?.eventCode,
    item?.success,
  ]
    .map((value) => value ?? "")
    .join(":");
}`,
  ],
  [
    'urlsOf',
    `/** Twilio signs the URL with or without its port. */
function urlsOf(url: string): string[] {
  const bare = url.replace(/^(https?:\\/\\/[^/:?#]+):\\d+/, "$1");
  const port = url.startsWith("https:") ? 443 : 80;
  return [url, bare, bare.replace(/^(https?:\\/\\/[^/?#]+)/, \`$1:\${port}\`)];
}`,
  ],
  [
    'sortedForm',
    `/** The form's names and values, sorted by name, with nothing between. */
function sortedForm(body: Buffer): string {
  const form = new URLSearchParams(body.toString());
  const names = [...new Set(form.keys())].sort();
  return names
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join("");
}`,
  ],
]
