import type { Body } from './rule.ts'

/** A body of text; see `Body` for the two placeholders. */
export function textBody(
  kind: string,
  title: string,
  text: string,
  contentType: string | null = 'application/json',
): Body {
  return { kind, title, bytes: Buffer.from(text), contentType }
}

export const FORM = 'application/x-www-form-urlencoded'

export const compactJson = textBody(
  'compact',
  'Compact JSON with letters beyond ASCII',
  '{"id":"evt_0001","type":"invoice.paid","data":{"amount":4200,"note":"Grüße, 你好 🦊 e\u0301"}}',
)

export const oddJson = textBody(
  'odd',
  'JSON with odd spacing, number forms, escapes and a repeated key',
  '{ "z" : 1.0,\n\t"id":"evt_0002" ,  "dup":1, "dup":2, "big":12345678901234567890,' +
    ' "e":1E5, "t":"a\\/b \\u00e9" }\r\n',
)

export const emptyBody: Body = {
  kind: 'empty',
  title: 'An empty body',
  bytes: new Uint8Array(0),
  contentType: null,
}

export const binaryBody: Body = {
  kind: 'binary',
  title: 'Bytes that are not UTF-8',
  bytes: Uint8Array.from([0xff, 0xfe, 0x00, 0x01, 0x80, 0xc3, 0x28, 0x0d, 0x0a, 0x7f]),
  contentType: 'application/octet-stream',
}

export const formBody = textBody(
  'form',
  'A form',
  'action=scheduled&id=81&amount=4200&note=Gr%C3%BC%C3%9Fe+%F0%9F%A6%8A&empty=',
  FORM,
)

/** What a sender of JSON gets by default. */
export const jsonBodies: Body[] = [compactJson, oddJson, emptyBody, binaryBody]
