import type { SshTunnel } from '#contract/tunnel.ts'
import { SavedField } from '#renderer/settings/saved-field.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { readSshTunnel, writeSshTunnel } from '#renderer/settings/public-url-words.ts'
import { useSave } from '#renderer/settings/use-settings.ts'

/** Where `ssh -R` goes. */
export function SshSetting({ ssh }: { ssh: SshTunnel | null }) {
  const { save, outcome } = useSave()
  return (
    <Setting
      id="ssh"
      outcome={outcome}
      hint="A server of your own needs the public URL below, since it tells none. Its port has to be open to the internet (GatewayPorts in its sshd_config, or a proxy in front)."
    >
      <div className="w-96 max-w-full">
        <SavedField
          label="Server and port for ssh -R"
          hideLabel
          value={writeSshTunnel(ssh)}
          mono
          placeholder="me@server.example.com:8080"
          hint="Empty: localhost.run, without an account."
          onCommit={(text) => {
            const read = readSshTunnel(text)
            if (typeof read === 'string') return read
            save({ listener: { sshTunnel: read.ssh } })
            return null
          }}
        />
      </div>
    </Setting>
  )
}
