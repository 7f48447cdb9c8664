import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CredentialRange } from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { ExportFormat } from '#contract/transfer.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { bodyFacts, FACTS_BYTES } from '#renderer/body/body-facts.ts'
import { deliverySource, maskedSource } from '#renderer/body/body-source.ts'
import { saveBody } from '#renderer/body/save-body.ts'
import { useCommand } from '#renderer/commands/use-command.ts'
import { platform } from '#renderer/platform/platform.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { copyCurl } from './copy-curl.ts'
import { copyRaw } from './copy-raw.ts'
import { shownRequest } from './shown-request.ts'
import { useCredentials } from './use-credentials.ts'

/** What was done is said for so long. */
const SAID_MS = 4_000

export interface DetailActions {
  /** What was done last, or why it failed; `null` after a while. */
  readonly said: string | null
  /** Some that came with it are hidden now. */
  readonly hasCredentials: boolean
  readonly copyCurl: () => void
  /** With its credentials, shown or not. */
  readonly copyCurlWhole: () => void
  readonly copyAs: (format: ExportFormat, name: string) => void
  readonly copyRaw: () => void
  readonly exportCode: () => void
  readonly exportIt: () => void
  readonly copyId: () => void
  readonly copyLink: () => void
  readonly saveBody: () => void
  readonly saveFixture: () => void
  readonly addTag: () => void
  readonly writeNote: () => void
  readonly remove: () => void
}

interface Options {
  delivery: Delivery
  addTag: () => void
  writeNote: () => void
  onClose: () => void
}

/** Says what an action came to, for a while. */
function useSaid() {
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    if (said === null) return undefined
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const say = (work: Promise<string | null>) => {
    work.then(setSaid, (error: unknown) => setSaid(errorSentence(error)))
  }
  return { said, say }
}

async function saveWhole(delivery: Delivery, ranges: readonly CredentialRange[]): Promise<null> {
  const { id: deliveryId, bodyByteLength: byteLength, rawHeaders } = delivery
  const contentType =
    rawHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
  const whole = deliverySource({ deliveryId, decoded: false, byteLength, contentType })
  const source = maskedSource(whole, ranges)
  // What is coded is no text yet, whatever its type says.
  const coded = delivery.contentEncoding !== null
  const start = byteLength > 0 ? await source.read(0, FACTS_BYTES) : new Uint8Array(0)
  await saveBody(source, bodyFacts(coded ? null : contentType, start, byteLength))
  return null
}

/** What can be done with this delivery, by menu and by key. */
export function useDetailActions({ delivery, addTag, writeNote, onClose }: Options): DetailActions {
  const captureUrl = useQuery(api.status.get.queryOptions()).data?.listening?.url ?? null
  const { said, say } = useSaid()
  const { id, messageId } = delivery
  const credentials = useCredentials(delivery)
  const shown = (always: boolean) => shownRequest(delivery, credentials.scheme, always)
  const actions: DetailActions = {
    said,
    addTag,
    writeNote,
    hasCredentials: credentials.any && !credentials.shown,
    copyCurl: () => say(shown(false).then((request) => copyCurl(request, captureUrl))),
    copyCurlWhole: () => say(shown(true).then((request) => copyCurl(request, captureUrl))),
    copyAs: (format, name) =>
      say(
        import('#renderer/transfer/copy-as.ts').then(({ copyAs }) =>
          copyAs(id, format, name, credentials.shown ? 'kept' : 'masked'),
        ),
      ),
    copyRaw: () => say(shown(false).then(copyRaw)),
    exportCode: () =>
      showDialog({
        ...{ kind: 'export', selection: { ids: [id] }, what: 'this delivery', format: 'code' },
      }),
    exportIt: () => showDialog({ kind: 'export', selection: { ids: [id] }, what: 'this delivery' }),
    copyId: () => {
      if (messageId !== null) say(platform.copyText(messageId).then(() => 'Copied the message id.'))
    },
    copyLink: () =>
      say(
        platform.copyText(platform.deliveryLink(id)).then(() => 'Copied a link to the delivery.'),
      ),
    saveBody: () => say(shown(false).then(({ ranges }) => saveWhole(delivery, ranges))),
    saveFixture: () => showDialog({ kind: 'save-fixture', ids: [id] }),
    remove: () =>
      say(
        client.deliveries.remove({ selection: { ids: [id] }, keepPinned: false }).then(async () => {
          onClose()
          await queryClient.invalidateQueries({ queryKey: api.status.get.key() })
          return null
        }),
      ),
  }
  useCommand('delivery.copyCurl', actions.copyCurl)
  useCommand('delivery.copyId', actions.copyId, messageId !== null)
  useCommand('delivery.note', writeNote)
  useCommand('delivery.saveBody', actions.saveBody, delivery.bodyByteLength > 0)
  return actions
}
