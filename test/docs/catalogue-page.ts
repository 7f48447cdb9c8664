import { confidenceInFull } from '#contract/confidence-words.ts'
import { algorithmName, schemes } from '#engine/signatures/catalogue.ts'
import { placeName } from '#engine/signatures/place.ts'

/** The catalogue as a Markdown page. */
export function cataloguePage(): string {
  const rows = [...schemes]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((scheme) =>
      [
        `\`${scheme.id}\``,
        `[${scheme.name}](providers/${scheme.id}.md)`,
        `\`${placeName(scheme.signature.place)}\``,
        algorithmName(scheme),
        confidenceInFull(scheme.confidence),
        `[docs](${scheme.documentationUrl})`,
      ].join(' | '),
    )
  return `# Providers

A page for each of ${schemes.length} schemes: where its secret is found, what to paste where, what it signs. Made from their data by \`node test/docs/write-catalogue-page.ts\`. “Run against” means that our tests run that package, or verdicts that it gave, in both directions; “third party” and “unconfirmed” mean that nobody here has seen the provider say so.

id | provider | signature in | algorithm | how sure | theirs
--- | --- | --- | --- | --- | ---
${rows.join('\n')}
`
}
