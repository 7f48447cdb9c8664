import { useState } from 'react'

/** A choice that this machine remembers, such as a language. */
export function useKeptText(key: string, fallback: string): [string, (value: string) => void] {
  const name = `countersign.${key}`
  const [value, setValue] = useState(() => localStorage.getItem(name) ?? fallback)
  return [
    value,
    (next) => {
      localStorage.setItem(name, next)
      setValue(next)
    },
  ]
}

/** A number that this machine remembers, such as the width of a pane. */
export function useKeptNumber(key: string, fallback: number): [number, (value: number) => void] {
  const name = `countersign.${key}`
  const [value, setValue] = useState(() => {
    const kept = Number(localStorage.getItem(name) ?? Number.NaN)
    return Number.isFinite(kept) ? kept : fallback
  })
  return [
    value,
    (next) => {
      localStorage.setItem(name, String(next))
      setValue(next)
    },
  ]
}
