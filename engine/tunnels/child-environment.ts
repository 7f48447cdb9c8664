/** What programs need to find their home, their configuration and the way out. */
const COMMON = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ'],
  ...['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['SystemRoot', 'SystemDrive', 'windir', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'USERNAME'],
  ...[
    'APPDATA',
    'LOCALAPPDATA',
    'PROGRAMDATA',
    'ProgramFiles',
    'TEMP',
    'TMP',
    'ComSpec',
    'PATHEXT',
  ],
]

/**
 * The variables that a tunnel program gets: those it needs, and nothing else of ours. What other
 * variables hold (tokens, passphrases, signing secrets for the command line) is not its business.
 * @param own beside the common ones
 */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  own: readonly string[],
): Record<string, string> {
  const given: Record<string, string> = {}
  for (const name of [...COMMON, ...own]) {
    const value = env[name]
    if (value !== undefined) given[name] = value
  }
  return given
}
