import { Pin, PinOff, RotateCw, X } from 'lucide-react'
import { ToggleButton } from 'react-aria-components'
import { maskedTarget } from '#contract/credentials.ts'
import type { Delivery, DeliveryRow } from '#contract/delivery.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { useHotkey } from '#renderer/commands/keymap-store.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { EndpointDot } from '#renderer/controls/marks.tsx'
import { Tip } from '#renderer/controls/tip.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { CompareMenu } from './compare-menu.tsx'
import { MoreMenu } from './more-menu.tsx'
import type { DetailActions } from './use-detail-actions.ts'
import { useMarks } from './use-marks.ts'

function PinButton({ delivery }: { delivery: Delivery }) {
  const { mark } = useMarks(delivery)
  const hotkey = useHotkey('delivery.pin')
  const { pinned } = delivery
  const Icon = pinned ? PinOff : Pin
  return (
    <Tip
      text={pinned ? 'Unpin' : 'Pin: kept by clearing and retention'}
      {...(hotkey ? { hotkey } : {})}
    >
      <ToggleButton
        aria-label="Pinned"
        isSelected={pinned}
        onChange={(next) => mark({ pinned: next })}
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink data-[selected]:bg-accent-soft data-[selected]:text-accent"
      >
        <Icon size={15} aria-hidden />
      </ToggleButton>
    </Tip>
  )
}

interface Props {
  delivery: Delivery
  attempts: readonly DeliveryRow[]
  actions: DetailActions
  onClose: () => void
}

/** Where the delivery came to, and what can be done with it. */
export function DetailBar({ delivery, attempts, actions, onClose }: Props) {
  const endpoint = useEndpoints().find(({ id }) => id === delivery.endpointId)
  return (
    <div className="flex items-center gap-1">
      <p className="flex min-w-0 flex-1 items-center gap-2 text-sm text-ink-2">
        <EndpointDot colour={endpoint?.colour ?? null} />
        <bdi className="max-w-48 shrink-0 truncate font-medium @max-md:max-w-20">
          {visibleStart(delivery.endpointName ?? 'catch-all', 80)}
        </bdi>
        <span
          className="wire min-w-0 truncate"
          title={visibleStart(maskedTarget(delivery.target), 2_000)}
        >
          {visibleStart(`${delivery.method} ${maskedTarget(delivery.target)}`, 300)}
        </span>
      </p>
      <Button
        icon={RotateCw}
        onPress={() => showDialog({ kind: 'replay', deliveryId: delivery.id })}
      >
        Replay
      </Button>
      <CompareMenu delivery={delivery} attempts={attempts} />
      <PinButton delivery={delivery} />
      <MoreMenu
        actions={actions}
        hasMessageId={delivery.messageId !== null}
        hasBody={delivery.bodyByteLength > 0}
      />
      <IconButton icon={X} label="Close" hotkey={useHotkey('delivery.close')} onPress={onClose} />
    </div>
  )
}
