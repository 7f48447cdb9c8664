import { useMutation, useQuery } from '@tanstack/react-query'
import {
  Archive,
  CircleCheck,
  CircleX,
  Info,
  Stethoscope,
  TriangleAlert,
  Wrench,
} from 'lucide-react'
import type { Backup, DataFacts, Diagnosis, Finding } from '#contract/health.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { CallFailure } from '#renderer/settings/call-failure.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { formatCount, formatLocal, formatSize } from '#renderer/words/format.ts'

const refresh = async () => {
  await queryClient.invalidateQueries({ queryKey: api.health.key() })
  await queryClient.invalidateQueries({ queryKey: api.status.key() })
}

/** What is stored and how well, copies of it, and databases that were set aside. */
export function DataSection() {
  const facts = useQuery({ ...api.health.facts.queryOptions(), staleTime: 0 }).data
  return (
    <>
      <HealthSetting facts={facts} />
      <BackupSetting backups={facts?.backups ?? []} />
    </>
  )
}

function SetAside({ facts }: { facts: DataFacts }) {
  const acknowledge = useMutation(
    api.health.acknowledge.mutationOptions({ onSettled: () => refresh() }),
  )
  return facts.setAside.map(({ id, sentence, acknowledged, folder, happenedAtMs }) => (
    <Callout
      key={id}
      tone={acknowledged ? 'grey' : 'amber'}
      icon={<TriangleAlert size={15} aria-hidden />}
      action={
        <div className="flex items-center gap-1">
          <CopyButton text={folder} label="Copy the folder" />
          {!acknowledged && (
            <Button
              small
              isDisabled={acknowledge.isPending}
              onPress={() => acknowledge.mutate({ id })}
            >
              I have read this
            </Button>
          )}
        </div>
      }
    >
      <p className="break-words">{sentence}</p>
      <p className="text-sm text-ink-3">{formatLocal(happenedAtMs)}</p>
    </Callout>
  ))
}

const looks = {
  fine: { icon: CircleCheck, colour: 'text-green', word: 'fine' },
  note: { icon: Info, colour: 'text-ink-3', word: 'note' },
  wrong: { icon: CircleX, colour: 'text-red', word: 'wrong' },
} as const

function FindingRow({ finding }: { finding: Finding }) {
  const { icon: Icon, colour, word } = looks[finding.level]
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
      <Icon size={14} className={`mt-0.5 shrink-0 ${colour}`} aria-label={word} />
      <div className="selectable min-w-0 flex-1 break-words">
        <p>
          <span className="font-medium">{finding.title}</span>{' '}
          <span className="text-ink-2">{finding.sentence}</span>
        </p>
        {finding.level === 'wrong' && finding.repair !== null && (
          <p className="text-sm text-ink-3">Repair: {finding.repair}</p>
        )}
      </div>
    </li>
  )
}

function Findings({ diagnosis }: { diagnosis: Diagnosis }) {
  const { findings, repaired, checkedAtMs, tookMs } = diagnosis
  return (
    <div role="status" className="flex flex-col gap-2">
      {repaired.map((sentence) => (
        <Callout key={sentence} tone="green" icon={<Wrench size={15} aria-hidden />}>
          {sentence}
        </Callout>
      ))}
      <ul aria-label="Findings" className="rounded-md border border-line">
        {findings.map((finding) => (
          <FindingRow key={finding.code} finding={finding} />
        ))}
      </ul>
      <p className="text-sm text-ink-3">
        {formatLocal(checkedAtMs)}, in {(tookMs / 1000).toFixed(1)} s
      </p>
    </div>
  )
}

function HealthSetting({ facts }: { facts: DataFacts | undefined }) {
  const examine = useMutation(api.health.examine.mutationOptions({ onSettled: () => refresh() }))
  const repairable = examine.data?.findings.some(
    ({ level, repair }) => level === 'wrong' && repair !== null,
  )
  return (
    <Setting
      id="health"
      hint="Looks through every page, body and reference of what is stored. Deliveries are taken meanwhile; with much stored it may take minutes."
    >
      {facts && (
        <>
          <p className="flex items-center gap-1">
            <span className="wire selectable min-w-0 break-all">{facts.dataDir}</span>
            <CopyButton text={facts.dataDir} label="Copy data directory" />
          </p>
          <p className="text-sm text-ink-2">
            {formatSize(facts.databaseBytes + facts.logBytes)} of database,{' '}
            {formatCount(facts.bodyFiles)} {facts.bodyFiles === 1 ? 'body' : 'bodies'} in files with{' '}
            {formatSize(facts.bodyFileBytes)}
            {facts.freeBytes !== null && `, ${formatSize(facts.freeBytes)} free on the disk`}
          </p>
          <SetAside facts={facts} />
        </>
      )}
      <div className="flex gap-2">
        <Button
          icon={Stethoscope}
          isDisabled={examine.isPending}
          onPress={() => examine.mutate({ repair: false })}
        >
          {examine.isPending ? 'Looking through it' : 'Check now'}
        </Button>
        {repairable && (
          <Button
            icon={Wrench}
            isDisabled={examine.isPending}
            onPress={() => examine.mutate({ repair: true })}
          >
            Repair
          </Button>
        )}
      </div>
      <CallFailure error={examine.error} />
      {examine.data && <Findings diagnosis={examine.data} />}
    </Setting>
  )
}

function backupWords({ kind, version }: Backup): string {
  if (kind === 'asked-for') return 'everything'
  return `database of version ${version ?? '?'}, before it was brought up to date`
}

function BackupSetting({ backups }: { backups: readonly Backup[] }) {
  const make = useMutation(api.health.backUp.mutationOptions({ onSettled: () => refresh() }))
  return (
    <Setting
      id="backup"
      hint="One archive of everything that was captured and set, consistent while deliveries come in. To restore it, unpack it into an empty folder and start Countersign on that with --data-dir. Secrets in it are sealed; the key is not in it."
    >
      <div>
        <Button icon={Archive} isDisabled={make.isPending} onPress={() => make.mutate({})}>
          {make.isPending ? 'Making a backup' : 'Back up now'}
        </Button>
      </div>
      <CallFailure error={make.error} />
      {backups.length > 0 && (
        <ul aria-label="Backups" className="rounded-md border border-line">
          {backups.map((backup) => (
            <li
              key={backup.file}
              className="flex items-start gap-2 border-b border-line px-3 py-2 last:border-b-0"
            >
              <div className="selectable min-w-0 flex-1">
                <p className="wire break-all">{backup.file}</p>
                <p className="text-sm text-ink-3">
                  {formatLocal(backup.madeAtMs)}, {formatSize(backup.bytes)}, {backupWords(backup)}
                </p>
              </div>
              <CopyButton text={backup.file} label="Copy the path of this backup" />
            </li>
          ))}
        </ul>
      )}
    </Setting>
  )
}
