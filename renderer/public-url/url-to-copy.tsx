import { Check, Globe, TriangleAlert } from 'lucide-react'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { needsSaid } from './url-needs.ts'
import type { Reach } from './use-reach.ts'

interface Props {
  reach: Reach
  /** Of the endpoint, as a sender would call it. */
  path: string
  scheme: SchemeInfo | undefined
  /** Before leaving for the settings, such as to close a dialog. */
  onLeave?: () => void
}

/** The URLs of an endpoint with a button to copy each, and what its provider takes. */
export function UrlToCopy({ reach, path, scheme, onLeave }: Props) {
  const { local, outside } = reach
  const open = path.replace(/\/\*$/, '/')
  const best = outside?.url ?? local
  const needs = needsSaid(scheme, best)
  return (
    <div className="flex flex-col gap-1.5">
      {local !== null && <Line name="This computer" url={local + open} />}
      {outside && <Line name="Public" url={outside.url + open} />}
      {needs && (
        <p
          className={`flex items-start gap-1.5 text-sm ${needs.met ? 'text-ink-3' : 'text-amber'}`}
        >
          {needs.met ? (
            <Check size={14} className="mt-0.75 shrink-0" aria-hidden />
          ) : (
            <TriangleAlert size={14} className="mt-0.75 shrink-0" aria-hidden />
          )}
          <span className="selectable min-w-0 flex-1">{needs.sentence}</span>
        </p>
      )}
      {!outside && (
        <div>
          <Button
            small
            kind="quiet"
            icon={Globe}
            onPress={() => {
              onLeave?.()
              openSettings('publicUrl')
            }}
          >
            Get a public URL
          </Button>
        </div>
      )}
    </div>
  )
}

function Line({ name, url }: { name: string; url: string }) {
  return (
    <p className="flex min-w-0 items-center gap-2">
      <span className="w-28 shrink-0 text-sm text-ink-3">{name}</span>
      <span className="wire selectable min-w-0 flex-1 break-all">{url}</span>
      <CopyButton text={url} label={`Copy the ${name === 'Public' ? 'public' : 'local'} URL`} />
    </p>
  )
}
