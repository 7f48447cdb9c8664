import { SavedField } from '#renderer/settings/saved-field.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { readPublicUrl } from '#renderer/settings/public-url-words.ts'
import { useSave } from '#renderer/settings/use-settings.ts'

/** The public URL of a proxy or tunnel that Countersign did not start. */
export function OwnUrlSetting({ url }: { url: string | null }) {
  const { save, outcome } = useSave()
  return (
    <Setting
      id="ownUrl"
      outcome={outcome}
      hint="For a proxy, or a tunnel that you run yourself. It is shown beside the local URL, and schemes that sign the URL are checked with it. An open tunnel of Countersign counts before it."
    >
      <SavedField
        label="Public URL"
        hideLabel
        value={url ?? ''}
        mono
        placeholder="https://hooks.example.com"
        hint="Without the path of an endpoint. Empty: there is none."
        onCommit={(text) => {
          const read = readPublicUrl(text)
          if (typeof read === 'object') {
            save({ listener: { publicUrl: read.url } })
            return null
          }
          return read
        }}
      />
    </Setting>
  )
}
