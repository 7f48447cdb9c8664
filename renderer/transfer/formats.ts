import type { ExportFormat } from '#contract/transfer.ts'

export interface FormatFace {
  readonly id: ExportFormat
  readonly name: string
  /** What a file of it keeps, and what it loses. */
  readonly sentence: string
  /** Its first bytes are text to look at. */
  readonly isText: boolean
  /** The requests in it go somewhere. */
  readonly hasUrl: boolean
}

export const formats: readonly FormatFace[] = [
  {
    id: 'ndjson',
    name: 'NDJSON',
    sentence:
      'Loses nothing: bytes, headers in order, times, verdicts, answers, replays, notes and tags. Countersign imports it again.',
    isText: true,
    hasUrl: false,
  },
  {
    id: 'har',
    name: 'HAR',
    sentence:
      'Request and our answer as browsers and proxies write them. Loses replays, notes and tags; a body that is no text stands in base64.',
    isText: true,
    hasUrl: false,
  },
  {
    id: 'raw',
    name: 'Raw HTTP',
    sentence:
      'A tar with one .http message for each delivery, byte for byte. Loses verdicts, answers, replays and how a body was chunked.',
    isText: false,
    hasUrl: false,
  },
  {
    id: 'curl-bash',
    name: 'cURL for bash',
    sentence:
      'Commands that send the same method, target, headers and body, byte for byte. Loses everything that is not in a request.',
    isText: true,
    hasUrl: true,
  },
  {
    id: 'curl-powershell',
    name: 'cURL for PowerShell',
    sentence:
      'The same commands, quoted for PowerShell. Loses everything that is not in a request.',
    isText: true,
    hasUrl: true,
  },
  {
    id: 'curl-cmd',
    name: 'cURL for cmd',
    sentence: 'The same commands, quoted for cmd. Loses everything that is not in a request.',
    isText: true,
    hasUrl: true,
  },
  {
    id: 'code',
    name: 'Code',
    sentence:
      'A program for each delivery. Header order and case are up to its HTTP library; loses everything that is not in a request.',
    isText: true,
    hasUrl: true,
  },
  {
    id: 'http-file',
    name: '.http file',
    sentence:
      'For the REST clients of VS Code and JetBrains. Keeps text bodies only, and nothing that is not in a request.',
    isText: true,
    hasUrl: true,
  },
  {
    id: 'postman',
    name: 'Postman collection',
    sentence:
      'A collection of version 2.1. Keeps text bodies only, and nothing that is not in a request.',
    isText: true,
    hasUrl: true,
  },
  {
    id: 'bruno',
    name: 'Bruno collection',
    sentence: 'A tar with a folder that Bruno opens. Loses everything that is not in a request.',
    isText: false,
    hasUrl: true,
  },
]

export function faceOf(format: ExportFormat): FormatFace {
  const found = formats.find(({ id }) => id === format)
  if (!found) throw new Error(`No face for the format ${format}.`)
  return found
}
