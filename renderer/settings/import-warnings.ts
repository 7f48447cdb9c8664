import { z } from 'zod'
import { Settings } from '#contract/settings.ts'
import { isLoopback, reachOf } from './listener-words.ts'
import { whatGoes } from './retention-words.ts'

const Document = z.object({ settings: Settings.pick({ listener: true, retention: true }) })

/** What a file of settings would do that cannot be taken back, or that lets others in. */
export function importWarnings(
  json: string,
  stored: { deliveries: number; bytes: number },
): string[] {
  const read = Document.safeParse(parsed(json))
  if (!read.success) return []
  const { listener, retention } = read.data.settings
  const goes = [
    { maxCount: retention.maxCount },
    { maxBytes: retention.maxBytes },
    { maxAgeDays: retention.maxAgeDays },
  ].flatMap((limit) => {
    const words = whatGoes(limit, stored)
    return words === null ? [] : [`Its retention deletes at once: ${words}`]
  })
  return isLoopback(listener.host)
    ? goes
    : [...goes, `It listens on ${listener.host}: ${reachOf(listener.host)}`]
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // The import itself says what is wrong with the file.
    return null
  }
}
