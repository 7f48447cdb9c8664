import { visibleStart } from './visible-text.ts'

/** Longer than any sentence of the engine; what a sender made it quote is cut there. */
const LONGEST = 600

/** The engine's sentence with what it quotes in `backticks` set as code. */
export function SentenceText({ children }: { children: string }) {
  const parts = visibleStart(children, LONGEST).split(/`([^`]+)`/)
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      // The parts of one sentence never change their order.
      <code key={index} className="quoted">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
