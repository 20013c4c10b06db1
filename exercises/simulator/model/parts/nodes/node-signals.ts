import type { MetricTarget } from '../../../telemetry/index.ts'
import type { World } from '../../world.ts'
import type { Node } from './node.ts'

/** What a node tells, named as node_exporter and kube-state-metrics name it. */
export class NodeSignals {
  private readonly world: World
  private readonly name: string

  constructor(world: World, name: string) {
    this.world = world
    this.name = name
  }

  measure(node: Node): void {
    const { nowUs, telemetry } = this.world
    telemetry.target({ job: 'kube-state-metrics', node: this.name }, 0).gauge('kube_node_status_condition', '1 where the condition holds.', { condition: 'Ready', status: 'true' }).set(node.isUp ? 1 : 0)
    if (!node.isUp) return
    const { disk, spec } = node
    const { target } = this
    const used = disk.used(nowUs)
    const labels = { device: '/dev/nvme0n1p1', mountpoint: '/', fstype: 'ext4' }
    target.gauge('node_filesystem_size_bytes', 'Size of the file system.', labels).set(disk.sizeBytes)
    target.gauge('node_filesystem_avail_bytes', 'Bytes that can still be written.', labels).set(disk.isFull(nowUs) ? 0 : Math.round(disk.sizeBytes - used))
    const mode = (word: string, seconds: number): void => {
      const counter = target.counter('node_cpu_seconds_total', 'Time of all cores, by what they did.', { mode: word })
      if (seconds > counter.value) counter.add(seconds - counter.value)
    }
    mode('user', node.userSeconds)
    mode('steal', node.stealSeconds)
    mode('idle', Math.max(0, node.upSeconds * spec.cores - node.userSeconds - node.stealSeconds))
  }

  /** Shows which pods are here. @param before pods that were shown last: the series of those that have gone end */
  pods(now: readonly { readonly pod: string; readonly service: string }[], before: readonly string[]): void {
    const target = (pod: string): MetricTarget => this.world.telemetry.target({ job: 'kube-state-metrics', node: this.name, pod }, this.world.nowUs)
    for (const gone of before) if (!now.some(({ pod }) => pod === gone)) target(gone).remove()
    for (const { pod, service } of now) target(pod).gauge('kube_pod_info', '1 for each pod, with where it is.', { created_by_name: service }).set(1)
  }

  /** The machine has died or come back. */
  turned(isUp: boolean): void {
    if (isUp) this.target.start(this.world.nowUs)
    else this.target.stop()
  }

  tell(level: 'info' | 'warn', message: string): void {
    const { telemetry, nowUs } = this.world
    const template = telemetry.logTemplate({ labels: { service: 'node-controller' }, level, message, fields: [{ name: 'node', kind: 'text' }] })
    template.write(nowUs, 0, 0, 0, telemetry.intern(this.name))
  }

  private get target(): MetricTarget {
    return this.world.telemetry.target({ job: 'node', instance: this.name }, 0)
  }
}
