import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BodySource } from '#renderer/body/body-source.ts'
import { SVG } from '#renderer/body/image-type.ts'
import { Pause } from '#renderer/body/pause.tsx'
import { blobOf } from '#renderer/body/save-body.ts'
import type { ViewProps } from '#renderer/body/view.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatSize } from '#renderer/words/format.ts'

/** A larger picture makes an address that the page would stand still for. */
const LARGEST_PICTURE = 16 * 1024 * 1024

/**
 * An address that an <img> can draw. Not blob: such an address has our origin, and an SVG that is
 * opened by itself may script; data: has none. In an <img> it neither scripts nor fetches (SVG 2,
 * section 2.7, secure static mode).
 */
async function addressOf(source: BodySource, type: string): Promise<string> {
  const blob = await blobOf(source, type)
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      if (typeof reader.result === 'string') resolve(reader.result)
    })
    reader.addEventListener('error', () => reject(reader.error ?? new Error('Not readable.')))
    reader.readAsDataURL(blob)
  })
}

function useAddress(source: BodySource, type: string) {
  return useQuery({
    queryKey: ['body picture', source.key, type],
    queryFn: () => addressOf(source, type),
    gcTime: 0,
  })
}

/** A picture on a ground that shows what is transparent. */
export function Picture({ source, facts }: ViewProps) {
  if (facts.imageType === null) return null
  if (source.byteLength > LARGEST_PICTURE) {
    return (
      <p className="p-4 text-ink-2">
        Pictures are drawn up to {formatSize(LARGEST_PICTURE)}; this one has{' '}
        {formatSize(source.byteLength)}. Save it to look at it.
      </p>
    )
  }
  return <Drawn key={source.key} source={source} type={facts.imageType} />
}

function Drawn({ source, type }: { source: BodySource; type: string }) {
  const { data: url, error } = useAddress(source, type)
  const [size, setSize] = useState<string | null>(null)
  const [broken, setBroken] = useState(false)
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (url === undefined) return <Pause>Reading…</Pause>
  if (broken) {
    return (
      <p className="p-4 text-ink-2">
        It begins like {type}, but cannot be drawn. Hex shows its bytes.
      </p>
    )
  }
  return (
    <figure className="flex min-h-0 flex-1 flex-col">
      <div className="checkered flex min-h-0 flex-1 items-center justify-center overflow-auto p-4">
        <img
          src={url}
          alt={`The body, drawn as ${type}`}
          referrerPolicy="no-referrer"
          className="max-h-full max-w-full object-contain"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
            setSize(naturalWidth > 0 ? `${naturalWidth} × ${naturalHeight} pixels` : null)
          }}
          onError={() => setBroken(true)}
        />
      </div>
      <figcaption className="flex h-8 shrink-0 items-center gap-3 border-t border-line px-4 text-sm text-ink-3">
        <span>{type}</span>
        {size !== null && <span>{size}</span>}
        {type === SVG && <span>Drawn without scripts and without anything from elsewhere.</span>}
      </figcaption>
    </figure>
  )
}
