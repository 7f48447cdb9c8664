import { rm } from 'node:fs/promises'
import path from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

/**
 * What the shipped program can no longer be talked into. `utilityProcess`, in which the engine
 * runs, needs neither RunAsNode nor NODE_OPTIONS.
 */
function wantedFuses(platform: string): Record<FuseV1Options, boolean> {
  return {
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    // Electron checks the archive on macOS and Windows only.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // Off would cost speed for nothing: the page runs no WebAssembly.
    [FuseV1Options.WasmTrapHandlers]: true,
  }
}

/**
 * Leaves out Electron's own page, which it shows where there is no app; electron-builder does so
 * with what it fetches itself, and not with an Electron that lies in a folder.
 */
export async function removeDefaultApp({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const resources = packager.getResourcesDir(appOutDir)
  await rm(path.join(resources, 'default_app.asar'), { force: true })
}

/**
 * Sets every fuse of the packed Electron, before it is signed. An Electron with fuses that this
 * list does not know stops the build, so that a new one is decided on and not inherited. An older
 * Electron lacks some: those are named in the output and left out.
 */
export async function setFuses(context: AfterPackContext): Promise<void> {
  const program = packedProgram(context)
  const wanted = wantedFuses(context.electronPlatformName)
  const wire = await getCurrentFuseWire(program)
  const names = Object.entries(FuseV1Options).filter(([, index]) => typeof index === 'number')
  const absent = names.filter(([, index]) => !(index in wire))
  if (absent.length === 0) {
    await flipFuses(program, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...wanted })
    return
  }
  for (const [name] of absent) {
    console.log(`  • this Electron is too old for the fuse ${name}; it is left out`)
  }
  const present = Object.entries(wanted).filter(([index]) => index in wire)
  const some: Partial<Record<FuseV1Options, boolean>> = Object.fromEntries(present)
  await flipFuses(program, { version: FuseVersion.V1, ...some })
}

/** The program that electron-builder has just put there, as it names it. */
function packedProgram({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const name = packager.appInfo.productFilename
  if (electronPlatformName === 'darwin') return `${appOutDir}/${name}.app`
  if (electronPlatformName === 'win32') return `${appOutDir}/${name}.exe`
  return `${appOutDir}/${LINUX_EXECUTABLE}`
}

export const LINUX_EXECUTABLE = 'countersign'
