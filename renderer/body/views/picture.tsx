import { useEffect, useState } from 'react'
import type { BodySource } from '#renderer/body/body-source.ts'
import { LARGEST_READ } from '#renderer/body/document/open-document.ts'
import { SVG } from '#renderer/body/image-type.ts'
import { Pause } from '#renderer/body/pause.tsx'
import { blobOf } from '#renderer/body/save-body.ts'
import type { ViewProps } from '#renderer/body/view.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatSize } from '#renderer/words/format.ts'

/** An address that an <img> can draw, and how to give it back. */
async function addressOf(source: BodySource, type: string) {
  const blob = await blobOf(source, type)
  // An SVG that is opened by itself may script: a blob: address would have our origin, data: has
  // none. In an <img> it neither scripts nor fetches (SVG 2, secure static mode).
  if (type === SVG) {
    const url = await new Promise<string>((resolve, reject) => {
      const reader = new FileReader()
      reader.addEventListener('load', () => {
        if (typeof reader.result === 'string') resolve(reader.result)
      })
      reader.addEventListener('error', () => reject(reader.error ?? new Error('Not readable.')))
      reader.readAsDataURL(blob)
    })
    return { url, release: () => undefined }
  }
  const url = URL.createObjectURL(blob)
  return { url, release: () => URL.revokeObjectURL(url) }
}

function useAddress(source: BodySource, type: string) {
  const [state, setState] = useState<{ url: string | null; error: unknown }>({
    url: null,
    error: null,
  })
  const [held] = useState(source)
  useEffect(() => {
    let release: (() => void) | null = null
    let gone = false
    addressOf(held, type).then(
      (address) => {
        if (gone) return address.release()
        release = address.release
        return setState({ url: address.url, error: null })
      },
      (error: unknown) => !gone && setState({ url: null, error }),
    )
    return () => {
      gone = true
      release?.()
    }
  }, [held, type])
  return state
}

/** A picture on a ground that shows what is transparent. */
export function Picture({ source, facts }: ViewProps) {
  if (facts.imageType === null) return null
  if (source.byteLength > LARGEST_READ) {
    return (
      <p className="p-4 text-ink-2">
        Pictures are drawn up to {formatSize(LARGEST_READ)}; this one has{' '}
        {formatSize(source.byteLength)}. Save it to look at it.
      </p>
    )
  }
  return <Drawn key={source.key} source={source} type={facts.imageType} />
}

function Drawn({ source, type }: { source: BodySource; type: string }) {
  const { url, error } = useAddress(source, type)
  const [size, setSize] = useState<string | null>(null)
  const [broken, setBroken] = useState(false)
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (url === null) return <Pause>Reading…</Pause>
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
