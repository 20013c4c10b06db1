/** One lab for everybody in a process: started with the first use, started anew after it died, stopped once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../../../exercises/core/result.ts'
import { fail } from '../../../exercises/core/result.ts'
import { reasonOf } from './binaries.ts'
import type { Lab, LabOptions } from './lab.ts'
import { openLab } from './lab.ts'

export class SharedLab {
  readonly #options: LabOptions
  #lab: Promise<Result<Lab, string>> | null = null
  #closed = false
  /** Gradings wait for one another: they measure times, and share the settings of the learner's role. */
  #grading: Promise<unknown> = Promise.resolve()

  constructor(options: LabOptions) {
    this.#options = options
  }

  /** The running lab, started when there is none; or why it cannot be. A start that failed is tried again. */
  get(): Promise<Result<Lab, string>> {
    if (this.#closed) return Promise.resolve(fail('Firedrill is closing.'))
    const lab = (this.#lab ??= this.#start())
    void lab.then((opened) => this.#forgetWhenGone(lab, opened))
    return lab
  }

  /** Runs one grading at a time. */
  grading<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#grading.then(work)
    this.#grading = result.catch(() => undefined)
    return result
  }

  /** Ends the server at once and removes its files. */
  async close(): Promise<void> {
    this.#closed = true
    const opened = await this.#lab
    if (opened?.ok === true) await opened.value.stop()
  }

  async #start(): Promise<Result<Lab, string>> {
    try {
      return await openLab(this.#options)
    } catch (error) {
      return fail(`The PostgreSQL server did not start: ${reasonOf(error)}. Try again; if it stays, restart Firedrill.`)
    }
  }

  #forgetWhenGone(lab: Promise<Result<Lab, string>>, opened: Result<Lab, string>): void {
    const forget = (): void => {
      if (this.#lab === lab) this.#lab = null
    }
    if (opened.ok) void opened.value.ended.then(forget)
    else forget()
  }
}

/** Lends a lab to a command that ends: nothing of it stays behind. */
export async function withSharedLab<Value>(work: (lab: SharedLab) => Promise<Value>): Promise<Value> {
  const cacheFolder = await mkdtemp(join(tmpdir(), 'firedrill-lab-cache-'))
  const lab = new SharedLab({ cacheFolder })
  try {
    return await work(lab)
  } finally {
    await lab.close()
    await rm(cacheFolder, { recursive: true, force: true })
  }
}
