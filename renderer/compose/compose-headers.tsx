import { Field } from '#renderer/controls/field.tsx'
import { HeaderEditor } from '#renderer/replay/header-editor.tsx'
import type { Composing } from './use-composing.ts'

/** Path, query and headers: templates too. What the engine adds is seen in what goes out. */
export function ComposeHeaders({ composing }: { composing: Composing }) {
  const { form, change, previewed, isCredential } = composing
  return (
    <div className="flex flex-col gap-4 px-5 py-4">
      <Field
        label="Path and query"
        mono
        value={form.target}
        onChange={(target) => change({ target })}
        hint="The query goes behind the URL’s path; the path too, where the URL has none."
      />
      <HeaderEditor
        captured={form.given}
        headers={form.headers}
        sent={previewed.preview?.rawHeaders ?? null}
        isCredential={isCredential}
        onChange={(headers) => change({ headers })}
      />
      <p className="text-sm text-ink-3">
        Host, Content-Length and the headers of the signature are written when it is sent.
      </p>
    </div>
  )
}
