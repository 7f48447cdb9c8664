/** What the contract's comments say of its calls, for the OpenAPI document. Made by `npm run docs:generate`. */
export const callSentences: Readonly<Record<string, string>> = {
  'batches.cancel':
    'What is under way is aborted, nothing more is begun; resolves when that has ended.',
  'batches.list': 'Newest first.',
  'batches.results':
    'A page of the results as CSV or NDJSON, in the order of sending; `next`: where the next page begins, `null`: the end. While it runs there is always a next page, which may still be empty.',
  'checks.cases': 'The battery for a scheme, with what does not apply left out.',
  'checks.list': 'Newest first.',
  'checks.report': 'The report as a page or a file of its own, without any secret.',
  'checks.start': 'Begins it; `get` tells how it goes.',
  'compose.history': 'Newest first.',
  'compose.samples': 'Events of a provider; plain JSON webhooks without a scheme.',
  'compose.send': 'Resolves when the last answer is stored.',
  'dataKey.beginAnew':
    'While locked: begins with a new data key; what is sealed stays until it is entered again.',
  'dataKey.recover':
    'Opens a former data key: with its passphrase, the text of its key file, or what is at hand.',
  'dataKey.removeSlot': 'Never the last one; `passphrase` where only that would be left.',
  'dataKey.rotate': 'A new data key; every secret is sealed anew in one transaction.',
  'dataKey.unlock': 'Tries the slots that need no person again; with a passphrase, that.',
  'deliveries.attempts':
    'All deliveries of the same message, oldest first; this one alone when it has no id.',
  'deliveries.body':
    'A range of the body as it came, or with its content coding undone (bounded at 32 MiB).',
  'deliveries.cancelJob':
    'Stops a job; what it did stays, except that a removal under way is undone.',
  'deliveries.credentialRanges':
    'Where in the body the credential stands that the scheme compares with the secret, in bytes.',
  'deliveries.decodedLength':
    'Bytes of the body once its content coding is undone; `problem` says why that failed.',
  'deliveries.diagnose':
    'Why it is not valid: ranked causes, each tried on the bytes; searched in bounded time.',
  'deliveries.fetchKey':
    'Asks the host of the offer for the key and stores it as a secret of the endpoint.',
  'deliveries.hygiene': 'What the delivery carries that does not belong into a webhook.',
  'deliveries.keyOffer':
    'What can be done about a key that is not here; `null`: nothing is missing that is fetched.',
  'deliveries.list':
    'A page of a view, in its order. `after`: the rows that follow this place; `before`: those that stand directly in front of it, still in order. `skip` leaves out the first few of them. A search takes bounded time: `searchedTo` says where it stopped, and asking again with it as `after` (or `before`) goes on there; `null`: the page is all that was asked for.',
  'deliveries.mark': 'Pins and tags, of a few at once or of many as a job.',
  'deliveries.remove':
    'Hides them at once, as a job; after 30 s without `undoRemove` they are gone from the file.',
  'deliveries.suggestEndpoint':
    'What a delivery to the catch-all, or to an endpoint without a scheme, looks like; `null` when nothing is recognised. It changes no verdict.',
  'deliveries.tags': 'All tags that are in use, most used first.',
  'deliveries.tally':
    'Counts a view step by step, and tells the place of every thousandth row, for jumps. A step takes bounded time; `countedTo` goes into the next as `after`; `null`: counted to the end. `before` ends it in front of a place (exclusive): what arrived since an earlier count.',
  'endpoints.remove': 'Its deliveries stay.',
  'endpoints.secretUsage':
    'What each secret of the endpoint verified lately, in the order of its secrets.',
  'fixtures.save': 'Writes files; refuses to replace one that is no fixture.',
  'forwards.drop': 'Gives up what waits or failed: one, or all of an endpoint.',
  'forwards.list':
    'Of a delivery: one for each target. Without one: the newest that wait or failed.',
  'forwards.retryNow': 'Sends what waits or failed now: one, or all of an endpoint.',
  'health.acknowledge': 'The person has read what happened to a database; it is not told again.',
  'health.backUp':
    'One archive in `backups/` of the data directory, consistent while everything goes on.',
  'health.examine':
    'Looks through everything that is stored, on a thread of its own; may take minutes.',
  'health.facts': 'Sizes, backups, databases that were set aside; quick.',
  'listener.makeAuthority':
    'Makes the local authority; nothing is installed anywhere. BAD_REQUEST: there is one.',
  'listener.newPathToken': 'Another path token; senders have to be told the new URL.',
  'listener.pause':
    'Takes nothing until it is resumed: begun requests are answered, the port is given back.',
  'listener.resume': 'Listens again. BAD_REQUEST says what is in the way; then it stays paused.',
  'logs.diagnostics':
    'Version, system, problems and the newest lines, to be pasted where help is asked for.',
  'logs.recent': 'The newest lines, oldest of them first, and where they lie.',
  'replays.body': 'A range of the body that was sent.',
  'replays.create': 'Resolves when the answer is stored.',
  'replays.list': "Newest first; of each answer's body at most 64 KiB, `get` has the rest.",
  'replays.preview': 'What `create` would send.',
  'replays.targets': 'Where deliveries of this endpoint (`null`: of none) were sent before.',
  'savedFilters.arrange': 'All of them in their new order.',
  'schemes.check': 'What is wrong with a scheme; empty: it can be saved.',
  'schemes.jsonSchema': 'The JSON Schema of a scheme, for editors.',
  'schemes.list': 'The catalogue, then those that people here described.',
  'schemes.remove': 'Refused while an endpoint uses it.',
  'schemes.save': 'Adds an own scheme or changes it; its deliveries are judged anew.',
  'schemes.try': 'What a scheme that is still being written makes of a request; nothing is stored.',
  'secrets.reveal': 'The only call that lets a stored secret out.',
  'settings.export':
    'Settings, endpoints (without secrets), saved filters, own schemes and keys, as JSON.',
  'settings.import':
    'Adds what is not here and replaces what is; tells what it did, a sentence each.',
  'settings.keymap':
    'From `keymap.json` in the data directory; `problem`: why the file is not used.',
  'settings.stored':
    'What is stored now, as far as it is indexed; bytes are those of bodies and headers.',
  'settings.update':
    'Applies at once; BAD_REQUEST says what cannot be, and then nothing is changed.',
  'status.changes': 'Subscribe first, then take a snapshot; refetch when `fromSeq` leaves a gap.',
  'tools.makeKeyPair':
    'A key pair of the scheme for tests; stored as a secret where an endpoint is named.',
  'tools.sendTest':
    'Sends a signed test webhook to our own listener: to the endpoint, or to the catch-all.',
  'tools.subscriberHash':
    'HMAC-SHA256 hex of the subscriber id (Novu Inbox); `matches` answers `check`.',
  'tools.verifierCode': 'Receiver code that verifies a scheme, without any secret.',
  'tools.verifierTargets': 'The languages and frameworks that there is receiver code for.',
  'transfers.beginExport': 'Begins an export; read it as it grows, or when it is done.',
  'transfers.beginImport':
    'Begins an import; the format is told from what comes, and from the name.',
  'transfers.cancel': 'Stops it; what an import stored stays. Forgets it when it has ended.',
  'transfers.finish': 'All pieces were written; resolves when everything is stored.',
  'transfers.read':
    'A range of what is written so far; empty at its end, or while nothing more is there yet.',
  'transfers.write':
    'The next piece; resolves when it is taken, so that one who waits never floods the engine.',
  'tunnels.list': 'The programs that are known, and the tunnel that there is.',
  'tunnels.start':
    'Starts one; the status tells when it is open. BAD_REQUEST: one runs already, it is not here, or nothing listens.',
  'tunnels.stop': 'Ends it, and forgets one that failed.',
  'verifying.diagnose': 'Why a pasted request is not valid.',
  'verifying.parse':
    'Reads a raw HTTP message, a cURL command, a HAR entry, or headers, blank line and body.',
}
