/** What went wrong with the data folder, in words for the person whose work it is. */

export type StorageFailureKind = 'full' | 'read-only' | 'unreachable' | 'busy' | 'damaged' | 'newer' | 'other'

export interface StorageFailure {
  kind: StorageFailureKind
  /** One or two sentences: what happened, what is safe, what to do. */
  message: string
  /** The driver's words, for the log and the copyable report. */
  details: string
}

const kindByCode: Record<string, StorageFailureKind> = {
  SQLITE_FULL: 'full',
  ENOSPC: 'full',
  EDQUOT: 'full',
  SQLITE_READONLY: 'read-only',
  SQLITE_PERM: 'read-only',
  SQLITE_AUTH: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  SQLITE_CANTOPEN: 'unreachable',
  SQLITE_IOERR: 'unreachable',
  ENOENT: 'unreachable',
  ENOTDIR: 'unreachable',
  EEXIST: 'unreachable',
  EIO: 'unreachable',
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  EBUSY: 'busy',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
}

const kept = 'What you do now is kept in memory and written as soon as that works; do not close Firedrill before then, or export your progress first.'

function messageOf(kind: StorageFailureKind, folder: string): string {
  switch (kind) {
    case 'full':
      return `The disk that holds ${folder} is full. ${kept} Free some space; nothing else is needed.`
    case 'read-only':
      return `Firedrill may not write to ${folder}. ${kept} Give yourself write access to the folder, or start Firedrill with another data folder.`
    case 'unreachable':
      return `The data folder ${folder} cannot be used. ${kept} Check that the disk is connected and that the folder exists, or start Firedrill with another data folder.`
    case 'busy':
      return `Another program is holding the progress file in ${folder}. ${kept} Close the other program if this does not pass by itself.`
    case 'damaged':
      return `The progress file in ${folder} can no longer be read correctly. ${kept} Start Firedrill again: it sets the file aside and restores the newest backup.`
    case 'newer':
      return `The progress file in ${folder} was written by a newer Firedrill.`
    case 'other':
      return `Your progress cannot be written to ${folder}. ${kept}`
  }
}

/** Classifies an error of the driver or the file system. Extended codes (`SQLITE_IOERR_WRITE`) count as their family. */
export function failureOf(error: unknown, folder: string): StorageFailure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const family = code.startsWith('SQLITE_') ? code.split('_').slice(0, 2).join('_') : code
  const kind = kindByCode[family] ?? 'other'
  return { kind, message: messageOf(kind, folder), details: `${code} ${error instanceof Error ? error.message : String(error)}`.trim() }
}

/** The refusal of a file that a later version of the app wrote. */
export function newerFailure(found: number, known: number, folder: string): StorageFailure {
  return {
    kind: 'newer',
    message: `Your progress in ${folder} was written by a newer Firedrill (data version ${found}; this one knows up to ${known}). It is untouched. Install the newer Firedrill to go on with it; what you do now is kept in memory only, so export it before closing if you want to keep it.`,
    details: `user_version ${found} > ${known}`,
  }
}

/** Whether an error comes from the database driver, as opposed to a bug of ours. */
export function isStorageError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
}
