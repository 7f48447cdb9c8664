import { changeLooks } from './change-look.ts'

/** What happened, as icon and word. */
export function ChangeMark({ change }: { change: keyof typeof changeLooks }) {
  const { icon: Icon, word, text } = changeLooks[change]
  return (
    <span className={`inline-flex items-center gap-1 text-sm whitespace-nowrap ${text}`}>
      <Icon size={12} strokeWidth={2.25} aria-hidden />
      {word}
    </span>
  )
}
