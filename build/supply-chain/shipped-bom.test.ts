import { describe, expect, it } from 'vitest'
import { shippedOnly } from './shipped-bom.ts'

const component = (name: string, more: Record<string, unknown> = {}) => ({
  'bom-ref': `${name}@1.0.0`,
  type: 'library',
  name,
  version: '1.0.0',
  purl: `pkg:npm/${name}@1.0.0`,
  properties: [
    { name: 'cdx:npm:package:extraneous', value: 'false' },
    { name: 'cdx:npm:package:development', value: 'true' },
  ],
  externalReferences: [
    { type: 'distribution', url: 'https://mirror.test/zod.tgz' },
    { type: 'website', url: 'https://zod.dev' },
  ],
  scope: 'optional',
  ...more,
})

const printed = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: {
    component: {
      ...component('main'),
      'bom-ref': 'countersign@1.0.0',
      version: '0.1.0',
      properties: [],
    },
  },
  components: [component('zod'), component('vitest')],
  dependencies: [
    { ref: 'countersign@1.0.0', dependsOn: ['zod@1.0.0', 'vitest@1.0.0'] },
    { ref: 'zod@1.0.0' },
    { ref: 'vitest@1.0.0', dependsOn: ['zod@1.0.0'] },
  ],
})

describe('the bill of materials', () => {
  it('keeps what is shipped, as required, without where it was fetched from', () => {
    const { text, version, components } = shippedOnly(printed, new Set(['zod@1.0.0']))
    expect({ version, components }).toEqual({ version: '0.1.0', components: 1 })
    expect(JSON.parse(text)).toMatchObject({
      specVersion: '1.5',
      metadata: { component: { name: 'countersign', type: 'application', version: '0.1.0' } },
      components: [
        {
          name: 'zod',
          purl: 'pkg:npm/zod@1.0.0',
          scope: 'required',
          properties: [{ name: 'cdx:npm:package:extraneous', value: 'false' }],
          externalReferences: [{ type: 'website', url: 'https://zod.dev' }],
        },
      ],
      dependencies: [
        { ref: 'countersign@1.0.0', dependsOn: ['zod@1.0.0'] },
        { ref: 'zod@1.0.0', dependsOn: [] },
      ],
    })
    expect(text).not.toContain('mirror.test')
  })

  it('is refused when something that is shipped is not in it', () => {
    const folders = new Set(['zod@1.0.0', 'react@19.0.0'])
    expect(() => shippedOnly(printed, folders)).toThrow('does not list react@19.0.0')
  })
})
