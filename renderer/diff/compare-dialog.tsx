import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Delivery, DeliveryRow } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import { api, client } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { VerdictMark } from '#renderer/controls/marks.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatDuration, formatLocal, ordinal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** Goes to the comparison of two sides: ids of deliveries, or `r` and the id of a replay. */
function compare(a: string, b: string): void {
  go({ view: { kind: 'compare', a, b }, query: '', deliveryId: null })
}

/** Earlier deliveries of the same endpoint and event type. */
async function similar(delivery: Delivery): Promise<DeliveryRow[]> {
  const { rows } = await client.deliveries.list({
    filter: { endpoint: delivery.endpointId ?? 'catch-all' },
    after: { id: delivery.id, value: null },
    limit: 200,
  })
  return rows.filter(({ eventType }) => eventType === delivery.eventType).slice(0, 5)
}

function useChoices(id: number) {
  const delivery = useQuery(api.deliveries.get.queryOptions({ input: { id } })).data
  const attempts = useQuery(api.deliveries.attempts.queryOptions({ input: { id } })).data ?? []
  const replays =
    useQuery(api.replays.list.queryOptions({ input: { deliveryId: id, limit: 20 } })).data ?? []
  const earlier = useQuery({
    queryKey: [...api.deliveries.list.key(), 'similar', id],
    queryFn: async () => (delivery ? await similar(delivery) : []),
    enabled: delivery !== undefined,
  }).data
  const others = attempts.filter((attempt) => attempt.id !== id)
  const known = new Set(others.map((attempt) => attempt.id))
  return {
    delivery,
    attempts: others,
    allAttempts: attempts,
    replays,
    earlier: (earlier ?? []).filter((row) => !known.has(row.id)),
  }
}

function Choices(props: { title: string; children: React.ReactNode[] }) {
  if (props.children.length === 0) return null
  return (
    <section aria-label={props.title} className="flex flex-col gap-1">
      <h3 className="text-sm font-medium text-ink-3">{props.title}</h3>
      <ul className="flex flex-col gap-px">{props.children}</ul>
    </section>
  )
}

function Choice(props: { onPress: () => void; mark: React.ReactNode; children: React.ReactNode }) {
  return (
    <li>
      <button
        type="button"
        onClick={props.onPress}
        className="flex h-8 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-hover"
      >
        <span className="w-24 shrink-0">{props.mark}</span>
        <span className="min-w-0 flex-1 truncate">{props.children}</span>
      </button>
    </li>
  )
}

function replayWords(replay: Replay): string {
  return `${formatLocal(replay.startedAtMs)}, ${replay.resigned ? 'signed anew' : 'as it came'}`
}

/** Chooses what a delivery is compared with; two that are given are compared at once. */
export function CompareDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const [id = 0] = ids
  const { delivery, attempts, allAttempts, replays, earlier } = useChoices(id)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const choose = (other: string) => {
    onClose()
    // What came first stands first.
    const older = !other.startsWith('r') && Number(other) < id
    compare(older ? other : String(id), older ? String(id) : other)
  }
  const chooseTyped = async () => {
    const other = typed.trim()
    if (!/^r?\d{1,15}$/.test(other)) {
      setProblem('Type the number of a delivery, or r and the number of a replay.')
      return
    }
    try {
      if (other.startsWith('r')) await client.replays.get({ id: Number(other.slice(1)) })
      else await client.deliveries.get({ id: Number(other) })
      choose(other)
    } catch (error) {
      setProblem(errorSentence(error))
    }
  }
  return (
    <Dialog title={`Compare delivery ${id} with…`} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Choices title="Attempts of the same message">
          {attempts.map((row) => (
            <Choice
              key={row.id}
              mark={<VerdictMark verdict={row.verdict} />}
              onPress={() => choose(String(row.id))}
            >
              {row.replayId === null
                ? `${ordinal(allAttempts.findIndex((each) => each.id === row.id) + 1)} attempt`
                : 'A replay of ours'}
              <span className="text-ink-3">
                , delivery {row.id}
                {delivery &&
                  `, ${formatDuration(row.receivedAtMs - delivery.receivedAtMs)} ${row.receivedAtMs < delivery.receivedAtMs ? 'earlier' : 'later'}`}
              </span>
            </Choice>
          ))}
        </Choices>
        <Choices title="Replays of it">
          {replays.map((replay) => (
            <Choice
              key={replay.id}
              mark={<span className="text-sm text-ink-2">{replay.answer?.status ?? 'failed'}</span>}
              onPress={() => choose(`r${replay.id}`)}
            >
              Replay {replay.id}
              <span className="text-ink-3">, {replayWords(replay)}</span>
            </Choice>
          ))}
        </Choices>
        <Choices
          title={
            delivery?.eventType
              ? `Earlier ${visibleStart(delivery.eventType, 60)} of the same endpoint`
              : 'Earlier ones of the same endpoint'
          }
        >
          {earlier.map((row) => (
            <Choice
              key={row.id}
              mark={<VerdictMark verdict={row.verdict} />}
              onPress={() => choose(String(row.id))}
            >
              Delivery {row.id}
              <span className="text-ink-3">, {formatLocal(row.receivedAtMs)}</span>
            </Choice>
          ))}
        </Choices>
        <EnterForm onEnter={() => void chooseTyped()}>
          <Field
            label="Another"
            hint="The number of a delivery, or r and the number of a replay."
            mono
            value={typed}
            error={problem}
            onChange={(value) => {
              setTyped(value)
              setProblem(undefined)
            }}
            after={
              <Button isDisabled={typed.trim() === ''} onPress={() => void chooseTyped()}>
                Compare
              </Button>
            }
          />
        </EnterForm>
      </div>
    </Dialog>
  )
}
