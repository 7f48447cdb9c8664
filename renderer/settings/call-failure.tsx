import { errorSentence } from '#renderer/words/errors.ts'

/** Why a call did not do what was asked; nothing while it did. */
export function CallFailure({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p role="alert" className="selectable text-red">
      {errorSentence(error)}
    </p>
  )
}
