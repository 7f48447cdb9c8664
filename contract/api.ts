import { dataKeyApi } from './api/data-key.ts'
import { deliveriesApi, overviewApi } from './api/deliveries.ts'
import { endpointsApi, secretsApi } from './api/endpoints.ts'
import { logsApi } from './api/logs.ts'
import { healthApi } from './api/health.ts'
import { schemesApi } from './api/schemes.ts'
import { statusApi, savedFiltersApi, settingsApi } from './api/settings.ts'
import { checksApi, composeApi, fixturesApi } from './api/making.ts'
import { batchesApi, forwardsApi, hostsApi, replaysApi } from './api/replays.ts'
import { listenerApi } from './api/listener.ts'
import { toolsApi, verifyingApi } from './api/tools.ts'
import { transfersApi } from './api/transfers.ts'
import { tunnelsApi } from './api/tunnels.ts'

/** Every call that a shell, the CLI or a script can make; `.route` gives its REST form. */
export const api = {
  status: statusApi,
  schemes: schemesApi,
  endpoints: endpointsApi,
  secrets: secretsApi,
  dataKey: dataKeyApi,
  logs: logsApi,
  deliveries: deliveriesApi,
  overview: overviewApi,
  replays: replaysApi,
  batches: batchesApi,
  forwards: forwardsApi,
  hosts: hostsApi,
  compose: composeApi,
  checks: checksApi,
  fixtures: fixturesApi,
  transfers: transfersApi,
  verifying: verifyingApi,
  tools: toolsApi,
  savedFilters: savedFiltersApi,
  settings: settingsApi,
  health: healthApi,
  listener: listenerApi,
  tunnels: tunnelsApi,
}
export type Api = typeof api
