import { none, role, stage } from '../calls.ts'
import { CallingPart } from './calling-part.ts'

/** The life of frames: branches beside and after them, what they hold, how they end. */
export abstract class FramePart<State extends object> extends CallingPart<State> {
  /** The frame has ended: tell, count, answer. It holds nothing any more. */
  protected abstract ended(call: number, outcome: number): void
  /** A branch begins or ends on the frame's replica. */
  protected abstract branchBegan(parent: number, branch: number): void
  protected abstract branchEnded(branch: number): void
  /** Goes on with a frame that waits for nothing. */
  protected abstract run(call: number): void

  /** Ends the frame with a failure, wherever it is. */
  protected failFrame(call: number, outcome: number): void {
    this.endFrame(call, outcome)
  }

  protected endFrame(call: number, outcome: number): void {
    const { calls } = this.world
    this.letGo(call)
    const roles = calls.role[call] as number
    if ((roles & (role.branch | role.detached)) === 0) {
      this.ended(call, outcome)
      return
    }
    const parent = calls.parent[call] as number
    if ((roles & role.branch) !== 0) {
      if (outcome !== 0) {
        calls.outcome[parent] = outcome
        calls.causePart[parent] = calls.causePart[call] as number
        calls.cause[parent] = calls.cause[call] as number
      }
      calls.pending[parent] = (calls.pending[parent] as number) - 1
    }
    this.dropBranch(call)
    if ((roles & role.branch) === 0 || calls.pending[parent] !== 0) return
    calls.wake(parent)
    // A branch that failed has left its outcome in the parent, which then goes to its end.
    if (calls.outcome[parent] === 0) this.run(parent)
    else this.failFrame(parent, calls.outcome[parent] as number)
  }

  /** A transaction ends: what the frame holds of the other part, such as locks, is given back. */
  protected commit(call: number, part: number): void {
    const { holds, parts } = this.world
    for (let unit = holds.removeAny(call, part); unit >= 0; unit = holds.removeAny(call, part)) parts[part]?.giveBack(call, unit)
  }

  /** Lets go of a frame that is a branch or detached: it holds nothing any more, and its parent does not hear of it. */
  protected dropBranch(call: number): void {
    const { calls } = this.world
    if (((calls.role[call] as number) & role.branch) !== 0) {
      const parent = calls.parent[call] as number
      const next = calls.sibling[call] as number
      if (calls.child[parent] === call) calls.child[parent] = next
      else {
        let before = calls.child[parent] as number
        while (calls.sibling[before] !== call) before = calls.sibling[before] as number
        calls.sibling[before] = next
      }
    }
    this.branchEnded(call)
    calls.release(call)
  }

  /** Branches go with the frame that waits for them. */
  protected override abort(call: number): void {
    const { calls } = this.world
    if (calls.stage[call] === stage.branches) {
      for (let branch = calls.child[call] as number; branch !== none; branch = calls.child[call] as number) {
        this.abort(branch)
        this.dropBranch(branch)
      }
    }
    super.abort(call)
  }

  /** Runs branches side by side; the frame goes on at `after` when all have ended. @param starts position of the branches' own positions */
  protected split(call: number, after: number, starts: number, count: number): void {
    const { calls } = this.world
    const { words } = this.program
    calls.pc[call] = after
    calls.pending[call] = count
    const token = calls.wait(call, stage.branches)
    // A branch that kills its process takes the frame with it.
    for (let index = 0; index < count && calls.token[call] === token; index += 1) this.run(this.makeBranch(call, role.branch, words[starts + index] as number))
  }

  protected makeBranch(call: number, roles: number, pc: number): number {
    const { calls } = this.world
    const branch = calls.take(none, call, this.index, calls.operation[call] as number)
    calls.stage[branch] = stage.running
    calls.role[branch] = roles
    calls.replica[branch] = calls.replica[call] as number
    calls.attributes[branch] = calls.attributes[call] as number
    calls.key[branch] = calls.key[call] as number
    calls.version[branch] = calls.version[call] as number
    calls.deadlineUs[branch] = calls.deadlineUs[call] as number
    calls.traceHi[branch] = calls.traceHi[call] as number
    calls.traceLo[branch] = calls.traceLo[call] as number
    calls.span[branch] = calls.span[call] as number
    calls.arrivedUs[branch] = this.world.nowUs
    calls.pc[branch] = pc
    if (roles === role.branch) {
      calls.sibling[branch] = calls.child[call] as number
      calls.child[call] = branch
    }
    this.branchBegan(call, branch)
    return branch
  }
}
