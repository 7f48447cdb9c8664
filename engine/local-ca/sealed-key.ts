/** What the key of the local authority is sealed for. */
export const AUTHORITY_KEY_CONTEXT = 'local authority'
/** Of the settings table: the sealed key in base64; absent or empty: none lies there. */
export const AUTHORITY_KEY_SETTING = 'authorityKey'
