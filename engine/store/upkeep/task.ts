/** A kind of background work, done in steps that each hold the write lock only briefly. */
export interface Task {
  /** What a failure is reported under: `upkeep-NAME`. */
  name: 'indexing' | 'removal' | 'retention' | 'space'
  /** There is a step to be taken now. */
  due(): boolean
  /** There is something to do that may come later: look again soon. */
  waits(): boolean
  /** The part of the time it may take while deliveries arrive. */
  share(): number
  /** Returns for how long the lock was held, milliseconds. */
  step(): Promise<number>
}
