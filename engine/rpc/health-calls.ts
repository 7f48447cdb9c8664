import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { Diagnosis, type Finding } from '#contract/health.ts'
import { dataFacts } from '#engine/store/doctor/facts.ts'
import { REBUILT } from '#engine/store/doctor/examine.ts'
import { runHealthTask } from '#engine/store/doctor/run-health-task.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { acknowledgeIncident } from '#engine/store/salvage/incident.ts'
import type { Vault } from '#engine/secrets/vault.ts'
import type { Store } from '#engine/store/open-store.ts'
import type { Rooms } from './rooms.ts'

/** A body is renamed before its row is committed: younger files may belong to somebody yet. */
const SETTLED_MS = 600_000

/** Whether every signing secret opens with the data key that is there. */
export function secretsFinding({
  store,
  vault,
}: {
  store: {
    secrets: Pick<Store['secrets'], 'list'>
    slots: Pick<Store['slots'], 'list'>
    endpoints: Pick<Store['endpoints'], 'get'>
  }
  vault: Vault
}): Finding {
  const title = 'Secrets'
  const secrets = store.secrets.list()
  const slots = store.slots.list()
  const shared = { code: 'secrets', title, repair: null }
  if (vault.state === 'locked') {
    const sentence = `${vault.sentence} ${secrets.length} secrets wait for it.`
    return { ...shared, level: slots.length === 0 ? 'wrong' : 'note', sentence }
  }
  const names = secrets.flatMap((row) => {
    const context = `endpoint ${row.endpointId} ${row.sealContext}`
    if ('text' in vault.unseal(row.sealed, context)) return []
    const endpoint = store.endpoints.get(row.endpointId)?.name ?? `endpoint ${row.endpointId}`
    return [`“${row.name}” of ${endpoint}`]
  })
  if (names.length > 0) {
    const sentence = `These do not open with the data key and have to be entered again: ${names.join(', ')}.`
    return { ...shared, level: 'wrong', sentence }
  }
  const ways = [...new Set(slots.map(({ kind }) => kind))].join(', ')
  const open =
    secrets.length === 0 ? 'There is none yet.' : `All ${secrets.length} open with the data key.`
  const sentence = `${open} Ways to the key: ${ways}.`
  return { ...shared, level: 'fine', sentence }
}

export function healthCalls(rooms: Rooms) {
  const os = implement(api).health
  const { store, feed, life, problems } = rooms
  const { dataDir } = store
  let busy: Promise<unknown> = Promise.resolve()
  /** Each reads all there is: one after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = busy.then(work, work)
    busy = next.catch(() => undefined)
    return next
  }
  const facts = () => dataFacts(dataDir, migrations.length)
  const look = async (repair: boolean): Promise<Diagnosis> => {
    const startedAt = performance.now()
    const task = { kind: 'examine', dataDir, settledMs: SETTLED_MS, repair } as const
    const { findings, repaired } = await runHealthTask(task)
    const all = [...findings, secretsFinding(rooms)]
    const tookMs = Math.round(performance.now() - startedAt)
    return { checkedAtMs: Date.now(), tookMs, facts: facts(), findings: all, repaired }
  }
  return {
    facts: os.facts.handler(facts),
    examine: os.examine.handler(({ input }) =>
      inTurn(async () => {
        const found = await look(input.repair)
        const damaged = found.findings.find(
          ({ code, level }) => level === 'wrong' && REBUILT.includes(code),
        )
        if (!input.repair || damaged === undefined) return found
        await life.renew(damaged.sentence)
        const anew = await life.later(['health', 'examine'], { repair: false })
        const repaired = 'The database was set aside and what could be read was copied.'
        return { ...Diagnosis.parse(anew), repaired: [...found.repaired, repaired] }
      }),
    ),
    backUp: os.backUp.handler(() => inTurn(() => runHealthTask({ kind: 'back-up', dataDir }))),
    acknowledge: os.acknowledge.handler(({ input, errors }) => {
      if (!acknowledgeIncident(dataDir, input.id)) {
        throw errors.NOT_FOUND({ message: 'No database was set aside under that name.' })
      }
      problems.clear(`database-set-aside-${input.id}`)
      feed.publish({ status: true })
      return {}
    }),
  }
}
