import { CheckGroup } from '#contract/check.ts'
import { battery, type BatteryCase } from '#engine/replay/check/battery/battery.ts'

const groups: Record<CheckGroup, { title: string; what: string }> = {
  accepts: {
    title: 'What a handler should accept',
    what: 'A delivery that is right must be taken, also where it looks unusual. Passed: the handler answers 2xx.',
  },
  rejects: {
    title: 'What it should refuse',
    what: 'Each of these is wrong in one way. Passed: the handler answers anything but 2xx. Where no answer comes, whether it acted on it cannot be seen: unsure.',
  },
  behaves: {
    title: 'How it should behave',
    what: 'Time, repeats, order, and input of every kind.',
  },
}

/** docs/endpoint-check.md, case by case from the battery itself. */
export function endpointCheckPage(): string {
  return `${[
    '# Endpoint check',
    introduction(),
    ...CheckGroup.options.flatMap((group) => [
      `## ${groups[group].title}`,
      groups[group].what,
      ...battery.filter((each) => each.group === group).map(caseText),
    ]),
  ].join('\n\n')}\n`
}

function introduction(): string {
  return `The endpoint check asks ${battery.length} questions of the handler that you write, each signed as the provider signs, and says what it lets through, why that matters and how to mend it. This page is made from the questions themselves by \`npm run docs:generate\`.

\`\`\`sh
STRIPE=whsec_… npx countersign check --scheme stripe --to http://localhost:3000/webhooks --secret-env STRIPE
STRIPE=whsec_… npx countersign check --scheme stripe --to http://localhost:3000/webhooks --secret-env STRIPE --only rejects
\`\`\`

In the app it is Endpoint check (\`E\`). It sends to this computer only, unless you allow a host. \`--only\` takes ids and groups of this page; the valid delivery is always sent first, because without it nothing else means anything.

| outcome | means |
| --- | --- |
| \`passed\` | the handler did what a correct receiver does |
| \`failed\` | it did not |
| \`sdk-choice\` | it decided as the provider’s own SDK does, which differs from the documented rule: a choice, not a fault |
| \`unsure\` | what was measured does not decide |
| \`skipped\` | the question does not apply to this scheme, or the first one failed |`
}

function caseText(each: BatteryCase): string {
  const expected = 'expected' in each ? each.expected : null
  return [
    `### ${each.title}`,
    `\`${each.id}\``,
    each.why,
    ...(expected === null ? [] : [`**Passed when:** ${expected}`]),
    `**To mend it:** ${each.fix}`,
  ].join('\n\n')
}
