import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure } from '#cli/failure.ts'
import type { Diagnosis, Finding } from '#contract/health.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'

interface DoctorOptions extends CommonOptions {
  repair?: boolean
  acknowledge?: boolean
  json?: boolean
}

const MARKS: Readonly<Record<Finding['level'], string>> = {
  fine: '✓',
  note: '·',
  wrong: '✕',
}

/**
 * `countersign doctor [--repair]`: looks through everything that is stored, with the engine that
 * runs or, without one, at the files themselves.
 *
 * @returns 0: everything is sound, or was repaired; 1: something is wrong and still is
 */
export async function doctor(context: Context, options: DoctorOptions): Promise<number> {
  const { output } = context
  const diagnosis = await diagnose(options)
  const wrong = diagnosis.findings.filter(({ level }) => level === 'wrong')
  if (options.json) output.json(diagnosis)
  else for (const line of doctorLines(diagnosis)) output.line(escapeTerminal(line))
  if (!options.json && wrong.some(({ repair }) => repair !== null) && !options.repair) {
    output.note('“countersign doctor --repair” does what is said at “repair”. Nothing is deleted.')
  }
  return wrong.length === 0 ? 0 : 1
}

async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  const { dataDir, repair = false, acknowledge = false } = options
  const connection = await connectControlSocket(dataDir)
  if (connection === null) {
    const { examineHere } = await import('#engine/rpc/examine-here.ts')
    return examineHere(dataDir, { repair, acknowledge })
  }
  try {
    const { client } = connection
    const diagnosis = await client.health.examine({ repair })
    if (!acknowledge) return diagnosis
    for (const { id, acknowledged } of diagnosis.facts.setAside) {
      if (!acknowledged) await client.health.acknowledge({ id })
    }
    return { ...diagnosis, facts: await client.health.facts() }
  } catch (error) {
    if (!(await hasEnded(connection.closed))) throw error
    throw runtimeFailure('The Countersign that was running ended meanwhile. Try again.', error)
  } finally {
    connection.close()
  }
}

async function hasEnded(closed: Promise<void>): Promise<boolean> {
  return Promise.race([closed.then(() => true), Promise.resolve(false)])
}

function* doctorLines({ facts, findings, repaired }: Diagnosis): Generator<string> {
  yield `Data       ${facts.dataDir}`
  for (const sentence of repaired) yield `Repaired   ${sentence}`
  for (const { level, title, sentence, repair } of findings) {
    yield `${MARKS[level]} ${title.padEnd(12)} ${sentence}`
    if (repair !== null && level === 'wrong') yield `  ${'repair'.padEnd(12)} ${repair}`
  }
  const { backups, setAside } = facts
  const [newest] = backups
  const last = newest ? `, the newest ${newest.file}` : ''
  yield `· ${'Backups'.padEnd(12)} ${backups.length}${last}`
  for (const { acknowledged, sentence } of setAside) {
    yield `${acknowledged ? '·' : '✕'} ${'Set aside'.padEnd(12)} ${sentence}`
  }
  if (setAside.some(({ acknowledged }) => !acknowledged)) {
    yield `  ${''.padEnd(12)} “countersign doctor --acknowledge” says that you have read it.`
  }
}
