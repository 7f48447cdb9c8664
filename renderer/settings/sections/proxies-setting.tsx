import { readProxies } from '#renderer/settings/public-url-words.ts'
import { SavedField } from '#renderer/settings/saved-field.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave } from '#renderer/settings/use-settings.ts'

/** Whose X-Forwarded-* and Forwarded headers are believed. */
export function ProxiesSetting({ proxies }: { proxies: readonly string[] }) {
  const { save, outcome } = useSave()
  return (
    <Setting
      id="proxies"
      outcome={outcome}
      hint="What X-Forwarded-For, -Proto, -Host and Forwarded say of the sender’s address and the URL counts from programs on this computer and from the proxies named here. From anybody else it is shown as it came and changes nothing. It counts for what arrives from now on."
    >
      <SavedField
        label="Addresses of proxies"
        hideLabel
        value={proxies.join(', ')}
        mono
        placeholder="10.0.0.7, 192.168.0.0/16"
        hint="Addresses or blocks, separated by commas."
        onCommit={(text) => {
          const read = readProxies(text)
          if (typeof read === 'string') return read
          save({ listener: { proxies: read.proxies } })
          return null
        }}
      />
    </Setting>
  )
}
