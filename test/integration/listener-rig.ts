import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { startListener, type Listener, type ListenerOptions } from '#engine/listener/listen.ts'
import type { Answer, CapturedRequest, DeliverySink } from '#engine/listener/types.ts'

export interface Rig {
  listener: Listener
  bodiesDir: string
  /** What the sink was given, in order. */
  recorded: CapturedRequest[]
  problems: { code: string; sentence: string }[]
  /** Bytes of a recorded body, wherever they are. */
  bodyOf(request: CapturedRequest | undefined): Promise<Buffer>
  /** Waits until so many requests are recorded. */
  until(count: number): Promise<void>
}

export type Answering = (request: CapturedRequest) => Promise<Answer> | Answer

export const EMPTY_ANSWER: Answer = { status: 200, rawHeaders: [], body: Buffer.alloc(0) }

/** Answers the status that HTTP demands, else 200, a turn of the loop later. */
export const usual: Answering = async (request) => {
  await new Promise((resolve) => setImmediate(resolve))
  return { ...EMPTY_ANSWER, status: request.requiredStatus ?? 200 }
}

/** A listener on a free port with a sink that remembers; taken down when the test ends. */
export async function startRig(
  options: Partial<ListenerOptions> = {},
  answering: Answering = usual,
): Promise<Rig> {
  const bodiesDir = await mkdtemp(join(tmpdir(), 'countersign-listener-'))
  const recorded: CapturedRequest[] = []
  const problems: Rig['problems'] = []
  const sink: DeliverySink = {
    begin: () => null,
    accept: async (request) => {
      recorded.push(request)
      return answering(request)
    },
    answered: () => undefined,
  }
  const listener = await startListener({
    host: '127.0.0.1',
    port: 0,
    portWasAskedFor: true,
    sink,
    bodiesDir,
    bodyLimitBytes: () => 25 * 1024 * 1024,
    idleTimeoutMs: 60_000,
    onProblem: (problem) => problems.push(problem),
    ...options,
  })
  onTestFinished(async () => {
    await listener.close()
    await rm(bodiesDir, { recursive: true, force: true })
  })
  return {
    listener,
    bodiesDir,
    recorded,
    problems,
    bodyOf: async (request) => {
      if (!request) throw new Error('Nothing was recorded.')
      return request.body.kind === 'memory'
        ? Buffer.from(request.body.bytes)
        : readFile(join(bodiesDir, request.body.name))
    },
    until: (count) => waitFor(() => recorded.length >= count),
  }
}

export async function waitFor(condition: () => boolean, withinMs = 5000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('What was waited for did not happen.')
    await delay(5)
  }
}

/** A raw connection that keeps what it receives. */
export interface RawSender {
  socket: Socket
  received(): string
  closed: Promise<void>
}

export function rawSender(rig: Rig): RawSender {
  const socket = connect({ port: rig.listener.port, host: '127.0.0.1', allowHalfOpen: true })
  const packets: Buffer[] = []
  socket.on('data', (packet) => packets.push(packet))
  socket.on('error', () => undefined)
  socket.on('end', () => socket.end())
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
  })
  onTestFinished(() => {
    socket.destroy()
  })
  return { socket, closed, received: () => Buffer.concat(packets).toString('latin1') }
}

/** Writes each part as its own packet, waits for the close, and returns what was answered. */
export async function exchangeRaw(rig: Rig, ...parts: (string | Buffer)[]): Promise<string> {
  const sender = rawSender(rig)
  for (const part of parts) {
    sender.socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
    if (parts.length > 1) await delay(20)
  }
  await sender.closed
  return sender.received()
}

/** The status codes of the answers in what came back. */
export function statuses(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))
}
