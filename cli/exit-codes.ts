/** Every exit code of `countersign`, in one place: docs/cli.md and the man page read it. */
export const exitCodes = [
  {
    code: 0,
    name: 'done',
    means:
      'It did what was asked. Of verify and diagnose: the verdict is valid. Of check and test: all is as expected. Of doctor: all is sound.',
  },
  {
    code: 1,
    name: 'failed',
    means:
      'It was understood and did not come out well: another verdict than valid, an expectation that does not hold, no answer, nothing within the time, a file that cannot be written, data that cannot be opened.',
  },
  {
    code: 2,
    name: 'usage',
    means:
      'It was called wrongly: an unknown command, option or value, a file to read that is not there, a secret that is not set. Nothing was done. Also a Node that is too old.',
  },
  {
    code: 130,
    name: 'forced',
    means:
      'A second Ctrl-C, SIGTERM or SIGHUP ended it before it had finished. The first one ends it in order: listen with 0, what had not finished with 1.',
  },
] as const
