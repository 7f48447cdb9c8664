import { z } from 'zod'

const Component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  scope: z.string().optional(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  externalReferences: z.array(z.looseObject({ type: z.string() })).optional(),
})
type Component = z.infer<typeof Component>

/** What `npm sbom` prints: https://cyclonedx.org/docs/1.5/json/ */
const Bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({ component: Component }),
  components: z.array(Component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
})

/** npm's own mark of a package that is for development. */
const DEVELOPMENT = 'cdx:npm:package:development'

export interface ShippedBom {
  text: string
  /** Of the app. */
  version: string
  components: number
}

const idOf = ({ name, version }: Component) => `${name}@${version}`

/**
 * The bill of materials without what is not shipped. What remains is required, whatever npm says of
 * it: it is bundled. Where it was fetched from is left out: that may name a mirror.
 * @param shipped those that are, as `name@version`
 */
export function shippedOnly(printed: string, shipped: ReadonlySet<string>): ShippedBom {
  const bom = Bom.parse(JSON.parse(printed))
  const components = bom.components.filter((each) => shipped.has(idOf(each))).map(required)
  const there = new Set(components.map(idOf))
  const missing = [...shipped].filter((id) => !there.has(id))
  if (missing.length > 0) throw new Error(`npm sbom does not list ${missing.join(', ')}.`)
  const refs = new Set(components.map((component) => component['bom-ref']))
  const app = bom.metadata.component
  refs.add(app['bom-ref'])
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((to) => refs.has(to)) }))
  // npm names it by its folder.
  const component = { ...required(app), name: 'countersign', type: 'application' }
  const metadata = { ...bom.metadata, component }
  const text = `${JSON.stringify({ ...bom, metadata, components, dependencies }, null, 2)}\n`
  return { text, version: app.version, components: components.length }
}

function required(component: Component): Component {
  const { properties = [], externalReferences = [], ...rest } = component
  return {
    ...rest,
    scope: 'required',
    properties: properties.filter(({ name }) => name !== DEVELOPMENT),
    externalReferences: externalReferences.filter(({ type }) => type !== 'distribution'),
  }
}
