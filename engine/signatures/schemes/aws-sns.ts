import type { Scheme } from '#contract/scheme.ts'

/** Amazon SNS over HTTP(S). Source: sns-validator and n8n. */
export const awsSns: Scheme = {
  id: 'aws-sns',
  name: 'AWS SNS over HTTP',
  documentationUrl:
    'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
  confidence: { kind: 'sdk-run', by: 'sns-validator 0.3.5' },
  algorithm: 'rsa-sha256',
  key: 'public-key',
  secretHint: 'the PEM certificate that SigningCertURL in a message points to, or its public key',
  keySource: {
    host: 'amazonaws.com',
    sentence:
      'Download the certificate from SigningCertURL in a message and paste it; the host must end in amazonaws.com.',
  },
  signature: { place: { json: 'Signature' }, encoding: 'base64' },
  timestamp: { place: { json: 'Timestamp' }, unit: 'iso8601' },
  messageId: { json: 'MessageId' },
  eventType: [{ header: 'x-amz-sns-message-type' }, { json: 'Type' }],
  content: 'special:aws-sns',
  tolerance: null,
  challenges: [
    {
      name: 'SubscriptionConfirmation',
      when: { json: { path: 'Type', value: 'SubscriptionConfirmation' } },
      signed: true,
      answer: null,
      sentence:
        'SNS asks for confirmation: visit SubscribeURL of the body to confirm the subscription.',
    },
  ],
  recognition: { headers: ['x-amz-sns-message-type'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['x-amz-sns-message-type', 'Notification'],
      ['x-amz-sns-message-id', '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324'],
      ['x-amz-sns-topic-arn', 'arn:aws:sns:eu-west-1:123456789012:example'],
      ['Content-Type', 'text/plain; charset=UTF-8'],
      ['User-Agent', 'Amazon Simple Notification Service Agent'],
    ],
    body: {
      Type: 'Notification',
      MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:example',
      Subject: 'Example',
      Message: '{"order":"4200"}',
      Timestamp: '2025-10-09T08:53:20.000Z',
      SignatureVersion: '2',
      Signature: '',
      SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-example.pem',
    },
  },
  quirks: [
    'SignatureVersion in the body chooses: 1 is RSA with SHA-1, 2 is RSA with SHA-256.',
    'Only a fixed list of fields is signed, sorted by name, not the raw body.',
    'The Content-Type is text/plain although the body is JSON.',
    'Trust a certificate only from a host of amazonaws.com.',
  ],
}
