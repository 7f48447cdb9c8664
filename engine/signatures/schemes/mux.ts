import type { Scheme } from '#contract/scheme.ts'

/** Mux. Source: @mux/mux-node 15.3.0. */
export const mux: Scheme = {
  id: 'mux',
  name: 'Mux',
  documentationUrl: 'https://www.mux.com/docs/core/verify-webhook-signatures',
  confidence: { kind: 'sdk-run', by: '@mux/mux-node 15.3.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret of this webhook (Mux dashboard, Settings, Webhooks)',
  signature: {
    place: { header: 'Mux-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    // Its package assigns every entry anew.
    repeatedField: 'last',
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: null },
  recognition: { headers: ['mux-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'video.asset.ready',
      id: '3a56ac3d-33da-4366-855b-f592d898409d',
      created_at: '2025-10-09T08:53:20.000000Z',
      object: { type: 'asset', id: '0201p02fGKPE7MrbC269XRD7LpcHhrmbu0002' },
      data: { status: 'ready', duration: 23.8, playback_ids: [] },
    },
  },
  retries: 'For 24 hours, with growing pauses.',
  answerWithinSeconds: 5,
  quirks: ['Only old timestamps are refused; a future one passes.'],
}
