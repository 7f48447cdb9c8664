import { Feed } from '#electron/updates/feed.ts'

/** What a build is told of where its release lives; none of it is secret. */
export interface ReleaseFacts {
  /** `null`: packages that need one (deb, rpm) cannot be built. */
  homepage: string | null
  /** `null`: the program knows of no newer versions and says so. */
  updates: Feed | null
  maintainer: string
}

/** Nobody is reached there; a project that publishes says COUNTERSIGN_MAINTAINER. */
const NOBODY = 'The Countersign authors <nobody@countersign.invalid>'

/**
 * From the environment: COUNTERSIGN_HOMEPAGE, COUNTERSIGN_MAINTAINER, and of updates
 * COUNTERSIGN_FEED_URL and COUNTERSIGN_FEED_PUBLIC_KEY, which come together or not at all.
 *
 * @throws Error with a sentence when a feed is named that could not be believed
 */
export function releaseFacts(
  environment: Readonly<Record<string, string | undefined>>,
): ReleaseFacts {
  const homepage = given(environment['COUNTERSIGN_HOMEPAGE'])
  return {
    homepage,
    updates: feedOf(environment, homepage),
    maintainer: given(environment['COUNTERSIGN_MAINTAINER']) ?? NOBODY,
  }
}

function feedOf(
  environment: Readonly<Record<string, string | undefined>>,
  homepage: string | null,
): Feed | null {
  const url = given(environment['COUNTERSIGN_FEED_URL'])
  const publicKey = given(environment['COUNTERSIGN_FEED_PUBLIC_KEY'])
  if (url === null && publicKey === null) return null
  if (url === null || publicKey === null) {
    throw new Error(
      'COUNTERSIGN_FEED_URL and COUNTERSIGN_FEED_PUBLIC_KEY come together: a feed that nobody signed is never believed.',
    )
  }
  return Feed.parse({ url, publicKey, page: homepage === null ? null : `${homepage}/releases` })
}

function given(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim()
}
