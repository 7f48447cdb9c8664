import { z } from 'zod'
import { CheckCase, CheckReport } from '#contract/check.ts'
import { Cause } from '#contract/diagnosis.ts'
import { FixtureResult } from '#contract/fixture.ts'
import { Diagnosis as Health, MadeBackup } from '#contract/health.ts'
import { RawHeader } from '#contract/http.ts'
import { Verdict } from '#contract/verdict.ts'
import { Explanation } from '#contract/verification.ts'
import type { JsonOutput } from './json-shapes.ts'

/** Of commands that look at files and handlers, and at what is stored as a whole. */
export const toolOutputs: readonly JsonOutput[] = [
  {
    name: 'verification',
    commands: ['verify'],
    shape: 'value',
    means: 'The verdict, and everything that led to it.',
    schema: Explanation.extend({ verdict: Verdict }),
  },
  {
    name: 'causes',
    commands: ['diagnose'],
    shape: 'value',
    means: 'The verdict, and why, the likeliest cause first.',
    schema: z.object({
      verdict: Verdict,
      causes: z.array(
        Cause.pick({ code: true, verified: true, explanation: true, fix: true, evidence: true }),
      ),
    }),
  },
  {
    name: 'signed',
    commands: ['sign'],
    shape: 'value',
    means: 'What makes the request right.',
    schema: z.object({
      headers: z.array(RawHeader),
      url: z.string(),
      bodyBase64: z.string(),
      urlChanged: z.boolean(),
      bodyChanged: z.boolean(),
      messageId: z.string().nullable(),
    }),
  },
  {
    name: 'check-report',
    commands: ['check'],
    shape: 'value',
    means: 'Every question and how the handler answered it.',
    schema: CheckReport,
  },
  {
    name: 'check-cases',
    commands: ['check --list'],
    shape: 'value',
    means: 'The cases that apply to the scheme.',
    schema: z.array(CheckCase),
  },
  {
    name: 'fixture-result',
    commands: ['test'],
    shape: 'lines',
    means: 'How the handler answered a fixture.',
    schema: FixtureResult,
  },
  {
    name: 'saved-fixtures',
    commands: ['fixtures save'],
    shape: 'value',
    means: 'The files that were written.',
    schema: z.object({ files: z.array(z.string()), warnings: z.array(z.string()) }),
  },
  {
    name: 'verifier-code',
    commands: ['code'],
    shape: 'value',
    means: 'Code that verifies a scheme.',
    schema: z.object({
      scheme: z.string(),
      target: z.string(),
      language: z.string(),
      filename: z.string(),
      code: z.string(),
      notes: z.array(z.string()),
    }),
  },
  {
    name: 'subscriber-hash',
    commands: ['subscriber-hash'],
    shape: 'value',
    means: "A subscriber hash of Novu's Inbox; matches is null without --check.",
    schema: z.object({
      subscriberId: z.string(),
      hash: z.string(),
      matches: z.boolean().nullable(),
    }),
  },
  {
    name: 'backup',
    commands: ['backup'],
    shape: 'value',
    means: 'The archive that was made.',
    schema: MadeBackup,
  },
  {
    name: 'health',
    commands: ['doctor'],
    shape: 'value',
    means: 'What was looked at and what was found.',
    schema: Health,
  },
]
