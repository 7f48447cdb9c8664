import { go } from '#renderer/app/location.ts'
import type { SectionId } from './settings-index.ts'

/** Goes to the settings, or to one of their sections. */
export function openSettings(section: SectionId | null = null): void {
  go({ view: { kind: 'settings', section }, query: '', deliveryId: null })
}
