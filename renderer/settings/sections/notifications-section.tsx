import { BellRing, Info, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { NotificationRule } from '#contract/settings.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { Toggle } from '#renderer/controls/toggle.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { platform } from '#renderer/platform/platform.ts'
import { RuleForm } from '#renderer/settings/rule-form.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { useSave, useSettings } from '#renderer/settings/use-settings.ts'

/** The rules one starts with: what most people want to hear of. */
const FAILURES: NotificationRule = { name: 'Failures', query: 'is:failure', enabled: true }

/** When to be told outside the window, and of what. */
export function NotificationsSection() {
  const notifications = useSettings()?.notifications
  const { save, outcome } = useSave()
  const [permission, setPermission] = useState(() => platform.noticePermission())
  if (!notifications) return null
  const { enabled, rules } = notifications
  const turn = async (on: boolean) => {
    if (on) setPermission(await platform.askForNotices())
    const first = on && rules.length === 0 ? { rules: [FAILURES] } : {}
    save({ notifications: { enabled: on, ...first } })
  }
  return (
    <>
      <Setting
        id="notify"
        outcome={outcome}
        hint="Off until you switch them on. They tell of arrivals that a rule below finds, gathered, at most every 10 seconds for each rule, as long as this window is open."
      >
        <Toggle label="Show notifications" on={enabled} onChange={(on) => void turn(on)} />
        {enabled && permission !== 'granted' && (
          <Permission
            denied={permission === 'denied'}
            onAsk={() => void platform.askForNotices().then(setPermission)}
          />
        )}
        <div>
          <Button
            icon={BellRing}
            isDisabled={permission !== 'granted'}
            onPress={() =>
              platform.notify({
                title: 'Countersign',
                body: 'Notifications look like this.',
                deliveryId: null,
              })
            }
          >
            Show one now
          </Button>
        </div>
      </Setting>
      <Rules rules={rules} />
    </>
  )
}

function Permission(props: { denied: boolean; onAsk: () => void }) {
  return (
    <Callout
      tone="amber"
      icon={<Info size={15} aria-hidden />}
      action={
        props.denied ? undefined : (
          <Button small onPress={props.onAsk}>
            Ask the browser
          </Button>
        )
      }
    >
      {props.denied
        ? 'The browser does not let this page show notifications. Allow them in its settings for this address (the sign in front of the URL), then switch them on again.'
        : 'The browser asks once whether this page may show notifications.'}
    </Callout>
  )
}

function Rules({ rules }: { rules: readonly NotificationRule[] }) {
  const { save, outcome } = useSave()
  const [adding, setAdding] = useState(false)
  const endpoints = useEndpoints()
  const store = (next: NotificationRule[]) => save({ notifications: { rules: next } })
  return (
    <Setting
      id="rules"
      outcome={outcome}
      hint="A rule is a filter, in the language of the filter field: is:failure, endpoint:Stripe, type:invoice.* -verdict:valid."
    >
      {rules.length > 0 && (
        <ul className="rounded-md border border-line">
          {rules.map((rule, index) => (
            <li
              key={rule.name}
              className="flex min-h-10 items-center gap-3 border-b border-line px-3 last:border-b-0"
            >
              <Toggle
                label={`Notify of ${rule.name}`}
                hideLabel
                on={rule.enabled}
                onChange={(enabled) =>
                  store(rules.map((each, at) => (at === index ? { ...each, enabled } : each)))
                }
              />
              <bdi className="w-36 shrink-0 truncate font-medium">{rule.name}</bdi>
              <code className="min-w-0 flex-1 truncate font-mono text-xs text-ink-2">
                {rule.query === '' ? 'every delivery' : rule.query}
              </code>
              <IconButton
                icon={Trash2}
                small
                label={`Remove the rule ${rule.name}`}
                onPress={() => store(rules.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      {rules.length === 0 && !adding && <p className="text-ink-3">There is no rule yet.</p>}
      {adding ? (
        <RuleForm
          taken={rules.map(({ name }) => name)}
          endpoints={endpoints.map(({ name }) => name)}
          onCancel={() => setAdding(false)}
          onAdd={(rule) => {
            store([...rules, rule])
            setAdding(false)
          }}
        />
      ) : (
        <div>
          <Button icon={Plus} onPress={() => setAdding(true)}>
            Add a rule
          </Button>
        </div>
      )}
    </Setting>
  )
}
