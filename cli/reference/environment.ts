/** The variables that the command line reads, for docs/cli.md and the man page. */
export const environment: ReadonlyArray<readonly [name: string, means: string]> = [
  [
    'COUNTERSIGN_DATA_DIR',
    'Where everything is kept, unless --data-dir says so. Without it: ~/.local/share/countersign or $XDG_DATA_HOME/countersign on Linux, ~/Library/Application Support/Countersign on macOS, %LOCALAPPDATA%\\Countersign on Windows.',
  ],
  ['NO_COLOR', 'Set to anything: no colours. --no-color says the same.'],
  [
    'FORCE_COLOR',
    'Colours also where the output is no terminal; 0 or false: none. NO_COLOR counts more.',
  ],
  [
    'ELECTRON_OVERRIDE_DIST_PATH',
    'Of a checkout: the folder of an Electron that app and demo use instead of fetching one.',
  ],
]
