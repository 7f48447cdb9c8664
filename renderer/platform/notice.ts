/** Something to be told outside the window. */
export interface Notice {
  title: string
  body: string
  /** What a click on it opens; `null`: the window alone. */
  deliveryId: number | null
}

/** A failed delivery as the tray lists it. */
export interface Failure {
  deliveryId: number
  /** One line, such as `14:02:11 stripe invalid`. */
  text: string
}

/** Whether notices can be shown: the browser asks the person first, the desktop does not. */
export type NoticePermission = 'granted' | 'denied' | 'ask'
