import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SandboxFacts {
  /** The switch was given, by a person or by the AppImage's own start script. */
  hasNoSandbox: boolean
  isRoot: boolean
  /** The AppImage that runs; `null`: none. */
  appImage: string | null
  /** `/proc`. */
  proc: string
}

export interface SandboxNotice {
  /** Why there is none, and what it would be good for. */
  sentence: string
  /** What permits it, for a terminal; `null`: that depends on who runs this system. */
  fix: string | null
}

const GOOD_FOR =
  'The sandbox keeps a page that was taken over from the rest of this computer, and the page shows what strangers send.'

/**
 * An AppImage's start script leaves the sandbox out, without a word, where the system lets nobody
 * make user namespaces. This says it. A package brings what is needed: the deb an AppArmor profile.
 *
 * @returns `null`: nothing is to be said
 */
export function sandboxNotice(facts: SandboxFacts): SandboxNotice | null {
  const { hasNoSandbox, isRoot, appImage, proc } = facts
  if (!hasNoSandbox || isRoot || appImage === null) return null
  if (valueOf(proc, 'sys/kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return {
      sentence: `This system (Ubuntu since 23.10 among others) lets only programs with an AppArmor profile make a sandbox, and an AppImage brings none. ${GOOD_FOR} Install the deb package, which brings one, or permit this file.`,
      fix: permit(appImage),
    }
  }
  if (valueOf(proc, 'sys/kernel/unprivileged_userns_clone') === '0') {
    return {
      sentence: `This system lets only root make the namespaces that a sandbox is made of (kernel.unprivileged_userns_clone is 0). ${GOOD_FOR}`,
      fix: 'sudo sysctl -w kernel.unprivileged_userns_clone=1',
    }
  }
  if (valueOf(proc, 'sys/user/max_user_namespaces') === '0') {
    return {
      sentence: `This system allows no user namespaces, of which a sandbox is made (user.max_user_namespaces is 0). ${GOOD_FOR}`,
      fix: null,
    }
  }
  return {
    sentence: `The start of this AppImage found that no sandbox can be made here (“unshare -Ur true” fails, or there is no unshare). ${GOOD_FOR}`,
    fix: null,
  }
}

/** As the profile of the deb package, for this file; a path in a profile may be quoted. */
function permit(appImage: string): string {
  const quoted = appImage.replace(/["\\*?[\]{}^@]/g, '\\$&')
  return [
    `sudo tee /etc/apparmor.d/countersign-appimage >/dev/null <<'END'`,
    'abi <abi/4.0>,',
    'include <tunables/global>',
    `profile countersign-appimage "${quoted}" flags=(unconfined) {`,
    '  userns,',
    '}',
    'END',
    'sudo apparmor_parser --replace /etc/apparmor.d/countersign-appimage',
  ].join('\n')
}

/** `null`: this system does not know that setting. */
function valueOf(proc: string, name: string): string | null {
  try {
    return readFileSync(join(proc, name), 'utf8').trim()
  } catch {
    // Absent on most systems, which says that it restricts nothing.
    return null
  }
}
