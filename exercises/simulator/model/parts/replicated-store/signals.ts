import type { MetricTarget } from '../../../telemetry/index.ts'
import type { World } from '../../world.ts'
import { memberRole } from './member.ts'
import type { Member } from './member.ts'

/** What the nodes of a replicated store tell of themselves, named as etcd names it. */
export class StoreSignals {
  private readonly world: World
  private readonly name: string

  constructor(world: World, name: string) {
    this.world = world
    this.name = name
  }

  measure(member: Member): void {
    const target = this.target(member)
    const counter = (name: string, help: string, value: number): void => {
      const found = target.counter(name, help, {})
      // A process that has started anew counts from zero.
      if (value > found.value) found.add(value - found.value)
    }
    if (!member.isUp) return
    target.gauge('etcd_server_has_leader', '1 when the node knows of a leader.', {}).set(member.leader === -1 ? 0 : 1)
    target.gauge('etcd_server_is_leader', '1 when the node thinks that it leads.', {}).set(member.role === memberRole.leader ? 1 : 0)
    target.gauge('etcd_server_raft_term', 'Term that the node is in.', {}).set(member.term)
    target.gauge('etcd_server_proposals_pending', 'Writes that wait for a majority.', {}).set(member.pending.length / 3)
    counter('etcd_server_leader_changes_seen_total', 'Changes of the leader that the node has seen.', member.leaderChanges)
    counter('etcd_server_proposals_committed_total', 'Entries of the log that are final, as the node knows.', member.committed)
    counter('etcd_server_proposals_failed_total', 'Requests that the node failed.', member.failed)
    counter('store_rolled_back_entries_total', 'Entries that the node had and that its new leader had not.', member.rolledBack)
  }

  /** Acknowledged writes that are gone, as the audit of the clients' journals tells it. */
  tellLost(lost: number): void {
    const counter = this.world.telemetry.target({ job: `${this.name}-audit` }, 0).counter('store_lost_writes_total', 'Acknowledged writes that the store does not have.', { store: this.name })
    counter.add(lost - counter.value)
  }

  /** A node has died or come back. */
  turned(member: Member, isUp: boolean): void {
    const target = this.target(member)
    if (isUp) target.start(this.world.nowUs)
    else target.stop()
  }

  /** A line of the node's log; `{node}` and `{term}` stand for its own. */
  tell(level: 'info' | 'warn' | 'error', text: string, member: Member): void {
    const { telemetry, nowUs } = this.world
    const template = telemetry.logTemplate({ labels: { service: this.name, node: member.name }, level, message: text, fields: [{ name: 'node', kind: 'text' }, { name: 'term', kind: 'number' }] })
    template.write(nowUs, 0, 0, 0, telemetry.intern(member.name), member.term)
  }

  private target(member: Member): MetricTarget {
    return this.world.telemetry.target({ job: this.name, instance: `${this.name}-${member.name}` }, 0)
  }
}
