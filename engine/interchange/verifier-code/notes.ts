import type { Plan } from './plan.ts'
import type { VerifierLanguage, VerifierTarget } from './verifier-code.ts'

/** Why a language cannot say the plan, in one sentence; `null`: it can. */
export function shortcomingOf(plan: Plan, language: VerifierLanguage): string | null {
  const { proof } = plan
  if (plan.procedure && language !== 'typescript' && language !== 'python') {
    return `${plan.name} signs a text that takes a procedure of its own; there is code for it in TypeScript and Python.`
  }
  const quotesBody = plan.content.some((part) => part.kind === 'body' && part.as === 'json-string')
  if (quotesBody && (language === 'go' || language === 'csharp')) {
    return `${plan.name} signs the body as a JSON string; the JSON writer of this language escapes other characters than the sender’s.`
  }
  if (proof.kind === 'rsa' && proof.pss && language === 'php') {
    return `${plan.name} signs with RSA-PSS, which PHP’s openssl_verify does not know.`
  }
  const readsFormJson = JSON.stringify([plan.signature.source, plan.reads]).includes(
    '"kind":"form"',
  )
  const inForm =
    readsFormJson &&
    /"kind":"form","name":"[^"]*","path":\[/.test(
      JSON.stringify([plan.signature.source, plan.reads]),
    )
  if (inForm && language !== 'typescript' && language !== 'python') {
    return `${plan.name} puts JSON into a form field; there is code for that in TypeScript and Python.`
  }
  return null
}

const libraries: Partial<Record<VerifierLanguage, Partial<Record<Plan['proof']['kind'], string>>>> =
  {
    python: {
      ed25519: 'Needs the package cryptography.',
      ecdsa: 'Needs the package cryptography.',
      rsa: 'Needs the package cryptography.',
    },
    csharp: {
      ed25519: 'Needs the package BouncyCastle.Cryptography: .NET has no Ed25519.',
    },
    php: { ed25519: 'Needs the sodium extension, which comes with PHP.' },
  }

const frameworks: Record<VerifierTarget, string[]> = {
  express: ['Needs the package express, 4 or 5.'],
  fastify: [
    'Needs the package fastify.',
    'It takes every body as bytes: register it in a scope of its own if other routes want JSON.',
  ],
  nextjs: [],
  hono: ['Needs the package hono.', 'Outside Node it needs node:crypto, which Bun and Deno have.'],
  workers: [
    'Needs compatibility_flags = ["nodejs_compat"] and a compatibility_date from 2025-04-01 on, for node:crypto and process.env.',
  ],
  flask: ['Needs the package flask, 2 or newer; Python 3.9 or newer.'],
  fastapi: ['Needs the packages fastapi and uvicorn; Python 3.9 or newer.'],
  django: ['Needs the package Django, 3.2 or newer; Python 3.9 or newer.'],
  go: ['Needs Go 1.19 or newer.'],
  ruby: ['Needs the gem sinatra; Ruby 2.7 or newer.'],
  php: ['Needs PHP 8.1 or newer.'],
  spring: ['Needs Spring Boot 3 and Java 17.'],
  aspnet: ['Needs .NET 8 or newer.'],
}

/** What the person has to do or know beside pasting, a sentence each. */
export function notesFor(plan: Plan, target: VerifierTarget, language: VerifierLanguage): string[] {
  const notes = [`Put the secret into the environment variable ${plan.secretsVariable}.`]
  for (const { variable, label } of plan.settings) notes.push(`${variable}: ${label}.`)
  if (plan.uses.url) {
    notes.push(
      `${plan.name} signs the URL: set PUBLIC_ORIGIN to where it calls, such as https://example.com.`,
    )
  }
  const library = libraries[language]?.[plan.proof.kind]
  notes.push(...frameworks[target], ...(library ? [library] : []))
  if (plan.proof.kind === 'hmac' && plan.proof.keys.includes('utf8-nfkd')) {
    if (language === 'go') notes.push('Needs the module golang.org/x/text.')
    if (language === 'php') notes.push('Needs the intl extension.')
  }
  if (plan.content.some((part) => part.kind === 'body' && part.as === 'crc32')) {
    if (language === 'typescript') notes.push('Needs Node 22.2 or newer, for crc32.')
    if (language === 'csharp') notes.push('Needs the package System.IO.Hashing.')
  }
  if (plan.uses.compactJson && language !== 'typescript' && language !== 'python') {
    notes.push(
      `${plan.name} signs JSON.stringify of the body and sends just that; here only blanks are dropped, so a body whose numbers or escapes a proxy rewrote is refused.`,
    )
  }
  if (plan.proof.kind === 'token' || plan.proof.kind === 'basic') {
    notes.push('This proves who sent the request, and nothing about its body.')
  }
  return notes
}
