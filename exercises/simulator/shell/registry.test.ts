import { describe, expect, it } from 'vitest'
import { commands, complete } from './index.ts'
import { worldOf } from '../model/testing/observe.ts'
import { run, shop } from './testing/shop.ts'

const world = shop(3, '{ at: 1m, deploy: orders, version: v2 }\n{ at: 2m, down: payments-eu }')

/** A line of each command, and what its answer must hold in the shop. */
const lines: readonly (readonly [string, RegExp])[] = [
  ['kubectl get pods', /Running/],
  ["psql -h orders-db -c 'SELECT count(*) FROM pg_stat_activity'", /\(1 row\)/],
  ['redis-cli -h sessions INFO stats', /keyspace_hits:[1-9]/],
  ['redis-cli PING', /^PONG$/m],
  ['kafka-consumer-groups.sh --bootstrap-server kafka:9092 --describe --group billing', /billing +orders +0 +\d+ +\d+ +\d+ +\S+ +\/10\.42/],
  ['kafka-topics.sh --bootstrap-server kafka:9092 --describe --topic orders', /PartitionCount: 4[\s\S]*Partition: 3\tLeader: 0/],
  ['kubectl exec kafka-0 -- kafka-topics.sh --bootstrap-server localhost:9092 --list', /^orders\n$/],
  ['curl -s http://orders:8080/health', /"status":"UP"/],
  ['kubectl exec deployment/orders -- curl -s localhost:8080/metrics', /# TYPE http_requests_total counter\nhttp_requests_total\{.*code="200".*\} [1-9]/],
  ['kubectl exec deployment/orders -- curl -s localhost:8080/actuator/health', /"circuitBreakers":\{"status":"UP","details":\{"payments":\{"status":"CIRCUIT_OPEN","state":"(?:OPEN|HALF_OPEN)"/],
  ['dig payments', /status: NOERROR[\s\S]*payments\.\t\t30\tIN\tA\t10\.96\./],
  ['nslookup orders', /Name:\torders/],
  ['openssl s_client -connect gateway:443', /Verify return code: 0 \(ok\)/],
  ['aws xray get-trace-summaries --filter-expression \'service("orders")\'', /"TraceSummaries": \[\n[\s\S]*"Duration": \d/],
  ['df -h', /\/dev\/nvme0n1p1 +100G +60G +40G +60% +\//],
  ['kubectl exec orders-db-0 -- df -h', /\/var\/lib\/postgresql/],
  ['kubectl exec deployment/orders -- free -h', /Mem: +1\.0Gi +\d+Mi/],
  ['kubectl exec deployment/orders -- top', /1 app +\d+m +\d+\.\d orders/],
  ['top', /%Cpu\(s\): \d+\.\d us, \d+\.\d id/],
  ['git log', /Author: deploy-bot[\s\S]*deploy orders: version v1 -> v2/],
  ['git show', /-version: v1\n\+version: v2/],
  ["date -u -d '60 minutes ago' +%FT%T", /^2026-03-03T08:03:00\n$/],
  ['uptime', /on node-1, 4 cores, in use: 0\.\d\d, 0\.\d\d, 0\.\d\d/],
  ['vmstat', /us +id +st\nnode-1 +\d/],
  ['kubectl exec orders-db-0 -- iostat -x 1', /avg-cpu: +%user[\s\S]*not part of this simulation/],
  ['kubectl exec deployment/orders -- ss -ta', /LISTEN +0\.0\.0\.0:8080[\s\S]*pool orders-db/],
  ['kubectl exec deployment/orders -- netstat -tuln', /LISTEN/],
  ['dig +trace payments', /NOERROR from/],
  ['redis-cli -h sessions --stat', /per second\n\d+ +\d+ +\d+\.\d/],
  ["aws cloudwatch get-metric-statistics --namespace AWS/Kafka --metric-name SumOffsetLag --dimensions 'Name=Consumer Group,Value=billing' --start-time 2026-03-03T09:00:00 --end-time 2026-03-03T09:10:00 --period 60 --statistics Average", /"Timestamp": "2026-03-03T09:01:00\+00:00",\n +"Average": \d/],
  ["kubectl exec deployment/orders -- curl -s 'localhost:8080/actuator/metrics/http.server.requests?tag=status:200'", /"statistic":"COUNT","value":[1-9]/],
  ['kubectl exec deployment/orders -- curl -s localhost:8080/actuator/metrics/hikaricp.connections.active', /"VALUE","value":\d/],
  ['whoami', /^oncall$/m],
  ['hostname', /^bastion$/m],
  ['kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic orders --from-beginning --max-messages 2', /^\{"topic":"orders","partition":\d,"offset":0,"timestamp":"2026-03-03T09:00:0[\s\S]*\}\n$/],
  ['kubectl exec deployment/orders -- tcpdump -nn -c 4', /IP 10\.42[\s\S]*answer, \d/],
  ['kubectl exec deployment/orders -- tcpdump -q', /PEER +ADDRESS[\s\S]*orders-db/],
  ['kubectl exec deployment/orders -- lsof -i', /pool orders-db/],
  ['certbot certificates', /gateway-tls[\s\S]*VALID: 0 days/],
  ['docker ps', /k8s_orders_orders-\w{5}_default_0/],
  ['docker stats orders', /MiB \/ 1024MiB/],
  ['docker logs --tail 3 orders', /request/],
  ['systemctl status kubelet', /Active: active \(running\)/],
  ['journalctl -u kubelet -n 5', /No entries/],
  ['ps aux', /java -jar orders\.jar/],
  ['mpstat', /%usr/],
  ['pidstat', /java -jar/],
  ['kubectl exec deployment/orders -- jcmd 1 Thread.print', /Full thread dump/],
  ['kubectl exec deployment/orders -- jcmd 1 JFR.view hot-methods', /Time of requests of orders[\s\S]*waits for orders-db/],
  ['kubectl exec deployment/orders -- jstack 1', /requests\. Threads/],
  ['kubectl exec deployment/orders -- jmap -histo:live 1', /the program itself/],
  ['git diff HEAD~1', /-version: v1\n\+version: v2/],
  ['redis-cli -h sessions --hotkeys', /hot key found|No request is under way/],
  ['redis-cli -h sessions SLOWLOG GET 3', /^(?:1\) 1\) \(integer\)|\(empty array\))/],
  ['redis-cli -h sessions --latency', /avg: \d/],
  ['redis-cli -h sessions CLIENT LIST', /orders|requests under way/],
  ['redis-cli -h sessions MONITOR', /^OK\n/],
  ['aws cloudwatch describe-alarms', /MetricAlarms/],
  ["kubectl exec deployment/orders -- curl -s localhost:8080/debug/metrics", /"pools":\{"orders-db":\{"size":20/],
  ["curl -s -o /dev/null -w '%{time_total}' http://orders:8080/orders", /^0\.\d{6}$/],
  ['man kubectl', /SYNOPSIS[\s\S]*DESCRIPTION/],
  ['help', /kubectl +control/],
]

describe('the commands of the terminal', () => {
  it.each(lines)('%s', (line, expected) => {
    const { stdout, exitCode } = run(world, line)
    expect(stdout).toMatch(expected)
    expect(exitCode).toBe(0)
  })
  it('leave the world as it is', () => {
    const before = world.fingerprint()
    for (const [line] of lines) run(world, line)
    for (const view of ['pg_stat_activity', 'pg_locks', 'pg_stat_statements', 'pg_stat_replication']) run(world, `psql -c 'SELECT * FROM ${view}'`)
    expect(world.fingerprint()).toBe(before)
  })
  it('are all tried here, and have names, pages and catalogue ids of their own', () => {
    for (const { name, summary, synopsis, description } of commands) {
      if (['ping', 'traceroute', 'mtr', 'kafka-leader-election.sh', 'kafka-console-producer.sh', 'jstat', 'nvidia-smi', 'strace', 'perf', 'iotop', 'py-spy'].includes(name)) continue
      expect(lines.some(([line]) => line.startsWith(`${name} `) || line === name || line.includes(`-- ${name} `)), name).toBe(true)
      expect([summary, ...synopsis, ...description].every((text) => text.length > 0)).toBe(true)
    }
    const ids = commands.flatMap(({ answers }) => answers)
    expect(new Set(ids).size).toBe(ids.length)
  })
  it('tell of the network between zones, or that there is none', () => {
    expect(run(world, 'ping orders')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^orders is 10\.96\.0\.\d+\. Nothing more can be told/) as string })
    expect(run(world, 'ping nowhere').stderr).toContain('Name or service not known')
    const zones = worldOf(`
networks: { net: { zones: { eu-1: { region: eu }, us-1: { region: us, parts: [db] } }, region: 40ms } }
services: { api: { zones: [eu-1], endpoints: { GET /: [{ query: db find }] } } }
databases: { db: { cores: 2, tables: { t: { rows: 1k, indexes: [pk] } }, queries: { find: { table: t, index: pk } } } }
clients: { users: { rate: 5/s, call: api GET / } }
`, { seed: 1 })
    zones.runUntil(120_000_000)
    expect(run(zones, 'ping api').stdout).toMatch(/from zone eu-1 to zone eu-1\n64 bytes from 10\.96\.0\.\d+: time=\d+\.\d+ ms\n\n--- api ping statistics, last minute ---\n0\.0% packet loss/)
    expect(run(zones, 'traceroute db').stdout).toMatch(/ 1 {2}gateway of eu-1\n 2 {2}db \(10\.96\.0\.\d+\) in us-1 {2}80\.\d+ ms/)
  })
  it('refuse an election where there is a leader', () => {
    expect(run(world, 'kafka-leader-election.sh --bootstrap-server kafka:9092 --election-type unclean --topic orders --partition 0').stderr).toBe('error: orders-0 has a leader.\n')
  })
  it('see what has gone wrong', () => {
    expect(run(world, 'curl http://payments/charge')).toMatchObject({ exitCode: 7, stderr: expect.stringContaining('Could not connect to server') as string })
    const expired = world.fork()
    expired.runUntil(5.1 * 60_000_000)
    expect(run(expired, 'curl https://gateway/health').stderr).toContain('certificate has expired')
    const shown = run(expired, 'openssl s_client -connect gateway:443').stdout
    expect(run(expired, 'openssl x509 -noout -dates -checkend 0', shown)).toMatchObject({ stdout: expect.stringContaining('notAfter=Mar  3 09:05:00 2026 GMT\nCertificate will expire') as string, exitCode: 1 })
  })
  it('tell of keys what the cache knows', () => {
    const left = Number(/\d+/.exec(run(world, 'redis-cli TTL key:0').stdout)?.[0])
    expect(left).toBeGreaterThanOrEqual(0)
    expect(left).toBeLessThanOrEqual(60)
    expect(run(world, 'redis-cli EXISTS key:999999').stdout).toBe('(integer) 0\n')
  })
  it('find the counts of a limiter in the cache that keeps them', () => {
    const limited = worldOf(`
limiters: { edge: { rate: 10/s, burst: 20, per: attribute tenant, store: counts } }
caches: { counts: {}, other: {} }
services: { api: { endpoints: { GET /: [{ limit: edge }, { cpu: 1ms }] } } }
clients:
  big: { rate: 40/s, call: api GET /, attributes: { tenant: { big: 100% } } }
  small: { rate: 0.1/s, call: api GET /, attributes: { tenant: { small: 100% } } }
`, { seed: 1 })
    limited.runUntil(60_000_000)
    const keys = '1) "ratelimit:big:bucket"\n2) "ratelimit:big:tokens"\n'
    for (const line of ['KEYS ratelimit:*', 'SCAN 0 MATCH ratelimit:*', '--scan --pattern ratelimit:*']) expect(run(limited, `redis-cli -h counts ${line}`).stdout).toBe(keys)
    expect(run(limited, 'redis-cli -h other KEYS ratelimit:*').stdout).toBe('(empty array)\n')
    expect(run(limited, 'redis-cli GET ratelimit:big:tokens').stdout).toMatch(/^"[01]"\n$/)
    expect(run(limited, 'redis-cli TTL ratelimit:big:tokens').stdout).toBe('(integer) 2\n')
    expect(run(limited, 'redis-cli HGETALL ratelimit:big:bucket').stdout).toContain('3) "rate_per_second"\n4) "10"\n5) "burst"\n6) "20"')
    // Who has not used a token for a while has a full bucket, and needs no key.
    expect(run(limited, 'redis-cli GET ratelimit:small:tokens').stdout).toBe('(nil)\n')
    expect(run(limited, 'redis-cli DEL ratelimit:big:tokens')).toMatchObject({ stdout: '(integer) 1\n', act: { action: 'forget', target: 'edge', of: 'big' } })
    expect(run(limited, 'redis-cli DEL ratelimit:small:tokens').stdout).toBe('(integer) 0\n')
  })
  it('tell when a saga reached each of its steps', () => {
    const ordered = worldOf(`
services: { shop: { endpoints: { POST /orders: [{ saga: order begin }, { sleep: 1s }, { saga: order paid }, { sleep: 1h }] } } }
sagas: { order: { steps: [paid, sent] } }
clients: { buyers: { rate: 1/s, call: shop POST /orders, timeout: 2h } }
`, { seed: 1 })
    ordered.runUntil(20_000_000)
    const steps = JSON.parse(run(ordered, 'curl -s http://shop:8080/api/v1/sagas/1/steps').stdout) as { step: string; status: string; executedAt: string | null }[]
    expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual(['begun DONE', 'paid DONE', 'sent NOT REACHED'])
    expect(Date.parse(steps[1]?.executedAt ?? '') - Date.parse(steps[0]?.executedAt ?? '')).toBe(1000)
    expect(steps[2]?.executedAt).toBeNull()
    expect(run(ordered, 'curl -s http://shop:8080/api/v1/sagas/999/steps').stdout).toContain('No saga 999 is open')
  })
  it('show a trace by the id that a search gave', () => {
    const { TraceSummaries: [first] } = JSON.parse(run(world, "aws xray get-trace-summaries").stdout) as { TraceSummaries: { Id: string }[] }
    const { Traces: [trace] } = JSON.parse(run(world, `aws xray batch-get-traces --trace-ids ${first?.Id ?? ''}`).stdout) as { Traces: { Segments: { Document: string }[] }[] }
    expect(JSON.parse(trace?.Segments[0]?.Document ?? '{}')).toMatchObject({ name: 'gateway', subsegments: [{ name: 'POST' }] })
    expect(run(world, "aws xray get-trace-summaries --filter-expression 'nonsense ('").stderr).toContain('InvalidRequestException')
  })
  it('ask for actions that the world accepts', () => {
    for (const line of ['redis-cli FLUSHALL', 'kafka-topics.sh --bootstrap-server kafka:9092 --alter --topic orders --partitions 8', 'kafka-consumer-groups.sh --bootstrap-server kafka:9092 --group billing --reset-offsets --to-latest --execute', 'kubectl rollout undo deployment/orders', "psql -c 'ANALYZE'"]) {
      const { act, takesUs } = run(world, line)
      expect(takesUs, line).toBeGreaterThanOrEqual(0)
      expect(world.fork().act(act!), line).toMatchObject({ ok: true })
    }
  })
  it('sees what is missing on other machines, and what nobody may do', () => {
    expect(run(world, 'nvidia-smi').stderr).toContain("couldn't communicate with the NVIDIA driver")
    expect(run(world, 'kubectl exec deployment/orders -- strace -c -p 1').stderr).toContain('Operation not permitted')
    expect(run(world, 'kubectl exec deployment/orders -- jstat -gcutil 1').stderr).toContain('no pauses that could be told')
    expect(run(world, 'systemctl restart orders').stderr).toBe('Failed to restart orders.service: Unit orders.service not found.\norders runs as pods: "kubectl get pods -l app=orders", "kubectl logs", "kubectl rollout restart deployment/orders".\n')
    expect(run(world, 'redis-cli -h sessions SET key:1 x').stderr).toContain('NOPERM')
    expect(run(world, 'docker stop orders').stderr).toContain('belongs to the kubelet')
    expect(run(world, 'redis-cli -h sessions DEL key:0').act).toEqual({ action: 'delete-key', target: 'sessions', key: 0 })
    expect(run(world, 'certbot renew').act).toMatchObject({ action: 'renew-certificate', target: 'gateway-tls' })
  })
  it('complain as the real tools do', () => {
    expect(run(world, 'nothing')).toMatchObject({ exitCode: 127, stderr: 'bash: nothing: command not found\n' })
    expect(run(world, 'curl http://nowhere/')).toMatchObject({ exitCode: 6, stderr: 'curl: (6) Could not resolve host: nowhere\n' })
    expect(run(world, 'dig nowhere').stdout).toContain('status: NXDOMAIN')
    expect(run(world, 'kafka-consumer-groups.sh --bootstrap-server kafka:9092 --describe --group none').stderr).toBe("Error: Consumer group 'none' does not exist.\n")
  })
  it('are completed from the world', () => {
    expect(complete(world, 'kubectl set resources deployment ga', 34).candidates).toEqual(['gateway'])
    expect(complete(world, 'kubectl exec deployment/orders -- jcmd 1 Th', 43).candidates).toEqual(['Thread.print'])
    expect(complete(world, 'kub', 3)).toEqual({ from: 0, candidates: ['kubectl'] })
    expect(complete(world, 'kubectl logs deployment/o', 25).candidates).toEqual(['deployment/orders'])
    expect(complete(world, 'echo | kafka-consumer-groups.sh --group ', 40).candidates).toEqual(['billing'])
    expect(complete(world, 'kubectl exec deployment/orders -- redis-cli -h ', 47).candidates).toEqual(['sessions'])
  })
})
