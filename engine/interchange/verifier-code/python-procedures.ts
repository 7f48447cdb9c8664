import { quoted } from './text.ts'
import type { Plan } from './plan.ts'

/** The check of a scheme whose signed text takes a procedure; `null`: it takes none. */
export function procedureCheck({ procedure, signature }: Plan): string | null {
  if (procedure === 'adyen-item') {
    return `items = payload.get("notificationItems") if isinstance(payload, dict) else None
for item in [entry.get("NotificationRequestItem") for entry in items or [{}]]:
    signature = text_at(item, ["additionalData", "hmacSignature"])
    content = item_content(item).encode()
    for secret in secrets:
        mac = hmac.new(key_of(secret), content, hashlib.sha256)
        if equal(signature, base64.b64encode(mac.digest()).decode()):
            break
    else:
        raise Refused(401, "The signature does not match.")`
  }
  if (procedure !== 'twilio-form' || signature.source.kind !== 'header') return null
  const name = signature.source.names[0] ?? ''
  return `signature = required(headers.get(${quoted(name)}, ""), ${quoted(signature.label)})
values = sorted_form(body)
for secret, each in [(secret, each) for secret in secrets for each in urls_of(url)]:
    mac = hmac.new(secret.encode(), (each + values).encode(), hashlib.sha1)
    if equal(signature, base64.b64encode(mac.digest()).decode()):
        break
else:
    raise Refused(401, "The signature does not match.")`
}

/** Functions that only procedures call. */
export const procedureHelpers: readonly (readonly [string, string])[] = [
  [
    'item_content',
    `def item_content(item):
    """What Adyen signs: eight values of an item, joined with colons."""
    paths = [
        ["pspReference"],
        ["originalReference"],
        ["merchantAccountCode"],
        ["merchantReference"],
        ["amount", "value"],
        ["amount", "currency"],
        ["eventCode"],
        ["success"],
    ]
    return ":".join(text_at(item, path) for path in paths)`,
  ],
  [
    'urls_of',
    `def urls_of(url):
    """Twilio signs the URL with or without its port."""
    bare = re.sub("^(https?://[^/:?#]+):[0-9]+", r"\\1", url)
    port = 443 if url.startswith("https:") else 80
    return [url, bare, re.sub("^(https?://[^/?#]+)", rf"\\1:{port}", bare)]`,
  ],
  [
    'sorted_form',
    `def sorted_form(body):
    """The form's names and values, sorted by name, with nothing between."""
    form = parse_qs(body.decode(), keep_blank_values=True)
    return "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))`,
  ],
]
