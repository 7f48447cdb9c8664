import { useQuery } from '@tanstack/react-query'
import { api } from '#renderer/app/api.ts'
import { useSettings } from '#renderer/settings/use-settings.ts'
import { OwnUrlSetting } from './own-url-setting.tsx'
import { ProxiesSetting } from './proxies-setting.tsx'
import { SshSetting } from './ssh-setting.tsx'
import { TunnelSetting } from './tunnel-setting.tsx'

/** How providers on the internet reach the listener. */
export function PublicUrlSection() {
  const settings = useSettings()
  const status = useQuery(api.status.get.queryOptions()).data
  if (!settings || !status) return null
  const { listener } = settings
  return (
    <>
      <TunnelSetting status={status} tokenRequired={listener.pathToken ?? false} />
      <SshSetting ssh={listener.sshTunnel ?? null} />
      <OwnUrlSetting url={listener.publicUrl ?? null} />
      <ProxiesSetting proxies={listener.proxies ?? []} />
    </>
  )
}
