import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FindTerm } from './document/find.ts'
import type { Find, FindResult } from './find-state.ts'

/** Who types fast is searched for once. */
const SETTLE_MS = 120
const NOTHING: FindTerm = { text: '', matchCase: false, hex: false }

/** What is looked for in a body: the bar's state, and what the view is told. */
export function useFind() {
  const [shown, setShown] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const [term, setTerm] = useState(NOTHING)
  const [settled, setSettled] = useState(NOTHING)
  const [step, setStep] = useState(0)
  const [result, setResult] = useState<FindResult | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(term), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [term])
  const open = useCallback(() => {
    setShown(true)
    // Pressed again, the key goes back to the field with all of it selected.
    field.current?.focus()
    field.current?.select()
  }, [])
  const forView: Find = useMemo(
    () => ({
      term: shown && settled.text !== '' ? settled : null,
      step,
      report: setResult,
    }),
    [shown, settled, step],
  )
  return {
    shown,
    open,
    forView,
    bar: {
      term,
      step,
      field,
      result: settled === term ? result : null,
      onTerm: (next: FindTerm) => {
        setTerm(next)
        setStep(0)
      },
      onStep: (by: 1 | -1) => setStep((at) => at + by),
      onClose: () => setShown(false),
    },
  }
}
