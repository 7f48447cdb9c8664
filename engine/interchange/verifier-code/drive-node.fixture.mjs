// Runs generated modules on requests: `node drive-node.fixture.mjs PLAN.json` prints what they said.
import { readFileSync } from 'node:fs'

const jobs = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const said = []
for (const { module, cases } of jobs) {
  const { verify, Refused } = await import(module)
  for (const each of cases) {
    Object.assign(process.env, each.environment)
    const { method, url, headers } = each
    const body = Buffer.from(each.bodyBase64, 'base64')
    try {
      verify({ method, url, headers, body }, each.secrets, each.now * 1000)
      said.push({ id: each.id, said: 'accept' })
    } catch (error) {
      const refused = error instanceof Refused
      said.push({ id: each.id, said: refused ? 'reject' : `broke: ${error.stack}` })
    }
  }
}
console.log(JSON.stringify(said))
