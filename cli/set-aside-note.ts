import { existsSync } from 'node:fs'
import path from 'node:path'
import { escapeTerminal } from './escape.ts'
import type { Output } from './output.ts'

/** Tells of damaged databases that were set aside, until the person says that they have read it. */
export async function noteSetAside(output: Output, dataDir: string): Promise<void> {
  if (!existsSync(path.join(dataDir, 'set-aside'))) return
  const { incidentSentence, listIncidents } = await import('#engine/store/salvage/incident.ts')
  const open = listIncidents(dataDir).filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null)
  for (const incident of open) output.note(escapeTerminal(incidentSentence(incident)))
  if (open.length > 0) output.note('“countersign doctor --acknowledge” says that you have read it.')
}
