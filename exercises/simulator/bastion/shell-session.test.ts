import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readIncident } from '../incident/index.ts'
import { openShift } from '../incident/shift/index.ts'
import type { Shift } from '../incident/shift/index.ts'
import { files } from '../incident/testing/small.ts'
import { mostCommands, mostShown } from './limits.ts'
import { nodeShellHost } from '../../../main/validation/shell-host.ts'
import { ShellSession } from './shell-session.ts'
import type { LineAnswer } from './shell-session.ts'

function newShift(): Shift {
  const read = readIncident('incidents/small', (name) => (files as Readonly<Record<string, string>>)[name] ?? null)
  if (!read.ok) throw new Error('the small incident cannot be read')
  const opening = openShift(read.value, { id: 'one', seed: 3, level: 'guided' })
  for (let step = opening.next(); ; step = opening.next()) if (step.done) return step.value!
}

let shift: Shift
let session: ShellSession
const run = (line: string, kept = true): Promise<LineAnswer> => session.run(line, kept)
beforeEach(() => {
  shift = newShift()
  session = new ShellSession(shift, nodeShellHost)
})

describe('a line of the terminal', () => {
  it('asks the world, through pipes', async () => {
    expect(await run("kubectl get pods | grep -c 'other-'")).toMatchObject({ stdout: '1\n', exitCode: 0, folder: '~' })
    expect((await run('kubectl get pods -o json | jq -r ".items[].kind" | sort -u')).stdout).toBe('Pod\n')
    expect((await run('kubectl get pods | awk "NR > 1 {print \\$3}" | sort | uniq -c')).stdout).toMatch(/\d+ Running/)
    expect((await run('echo "größe" | cat')).stdout).toBe('größe\n')
  })
  it('keeps files, folders and variables from line to line', async () => {
    await run('mkdir notes; cd notes; kubectl get pods > pods.txt; export WANTED=other')
    expect(await run('grep -c $WANTED pods.txt')).toMatchObject({ stdout: '1\n', folder: '~/notes' })
  })
  it('is kept with its exit code; one that repeats is not', async () => {
    await run('kubectl get nothing')
    await run('kubectl get pods', false)
    expect(shift.entries).toEqual([expect.objectContaining({ type: 'typed', line: 'kubectl get nothing', exitCode: 1 })])
  })
  it('acts on the world, and says when it takes effect', async () => {
    const answer = await run('kubectl scale deployment other --replicas=4')
    expect(answer).toMatchObject({ stdout: 'deployment.apps/other scaled\n', exitCode: 0, notes: [expect.stringMatching(/takes effect within about \d+ s\./) as string] })
    expect(shift.entries.map(({ type }) => type)).toEqual(['acted', 'typed'])
    expect(shift.entries[0]).toMatchObject({ by: 'terminal', refused: null, act: { action: 'scale', target: 'other', replicas: 4 } })
    shift.runTo(shift.nowUs + 60_000_000)
    expect((await run("kubectl get pods | grep -c 'other-'")).stdout).toBe('4\n')
  })
  it('prints a refusal as an error', async () => {
    shift.add({ type: 'ended' })
    expect(await run('kubectl scale deployment other --replicas=4')).toMatchObject({ stdout: '', exitCode: 1, stderr: expect.stringContaining('The shift is over') as string })
  })
  it('has the time, the name and the help of the simulated machine', async () => {
    expect((await run('date +%Y; whoami; hostname')).stdout).toBe('2026\noncall\nbastion\n')
    expect((await run('help')).stdout).toContain('kubectl')
    expect((await run('man kubectl | head -3')).stdout).toContain('NAME')
  })
  it('is watched by asking to be run again', async () => {
    expect(await run("watch -n 5 'kubectl get pods | head -1'")).toMatchObject({ againSeconds: 5, stdout: expect.stringMatching(/^Every 5\.0s: kubectl get pods \| head -1\n\nNAME/) as string })
    expect((await run('echo done')).againSeconds).toBeNull()
  })
  it('is completed from the world, the shell and its files', async () => {
    await run('echo x > pods.txt')
    expect((await session.complete('kub', 3)).candidates).toEqual(['kubectl'])
    expect((await session.complete('kubectl get pods | gre', 22)).candidates).toEqual(['grep'])
    expect(await session.complete('cat po', 6)).toEqual({ from: 4, candidates: ['pods.txt'] })
    expect((await session.complete('kubectl logs deployment/oth', 27)).candidates).toEqual(['deployment/other'])
  })
})

describe('limits', () => {
  it.each(['while true; do :; done', 'f() { f; }; f', 'until false; do kubectl get pods; done', "awk 'BEGIN { while (1) x++ }'", 'x=a; while true; do x=$x$x; done', "jq -n '[range(1e9)]'", "seq 9000 | awk '{ for (i = 0; i < 40000; i++) x += i }'", 'echo {1..99999999}', 'sed ":a;ba" README'])('%s ends with a word on why', async (line) => {
    const { stderr, exitCode } = await run(line)
    expect(exitCode).not.toBe(0)
    expect(stderr).not.toBe('')
    expect(stderr).not.toContain('executionLimits')
  }, 15_000)
  it('give the clock its turn while a line asks the world again and again', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 5)
    const { stderr } = await run('while true; do kubectl get pods > /dev/null; done')
    clearInterval(timer)
    // On a machine that is busy with other things, the limit on time comes first.
    expect(stderr).toMatch(new RegExp(`stopped after (?:${mostCommands.toLocaleString('en')} commands|\\d+ s of computing)`))
    expect(turns).toBeGreaterThan(10)
  }, 20_000)
  it('stop a line that computes for too long, wherever it is, and the next one runs', async () => {
    let nowMs = 0
    const slow = new ShellSession(shift, { ...nodeShellHost, nowMs: () => (nowMs += 100) })
    for (const line of ['while true; do :; done', 'until false; do kubectl get pods; done', 'while true; do kubectl get pods > /dev/null; done', "awk 'BEGIN { while (1) x++ }'"]) {
      const before = shift.entries.length
      expect(await slow.run(line, true), line).toMatchObject({ stderr: expect.stringContaining('stopped after 2 s of computing') })
      expect(shift.entries.slice(before), line).toMatchObject([{ type: 'typed', line }])
    }
    expect(await slow.run('cd /tmp; echo on', false)).toMatchObject({ stdout: 'on\n', exitCode: 0, folder: '/tmp' })
  })
  it('cut what is printed', async () => {
    const { stdout } = await run("seq 9000 | awk '{ print \"a line that is long enough to make much of it, number \" $1 }'")
    expect(stdout.length).toBeLessThan(mostShown + 200)
    expect(stdout).toContain('characters before this are left out')
    expect(stdout.endsWith('number 9000\n')).toBe(true)
  })
  it('sleep by the simulated clock, and can be stopped', async () => {
    const timer = setInterval(() => shift.runTo(shift.nowUs + 1_000_000), 5)
    const fromUs = shift.nowUs
    await run('sleep 20; echo woke')
    clearInterval(timer)
    expect(shift.nowUs - fromUs).toBeGreaterThanOrEqual(20_000_000)
    const waiting = run('sleep 60')
    setTimeout(() => session.cancel(), 100)
    expect(await waiting).toMatchObject({ exitCode: 130, stderr: '' })
  })
})

describe('nothing leads out of it', () => {
  const fetched = vi.fn()
  beforeEach(() => vi.stubGlobal('fetch', fetched))
  afterEach(() => vi.unstubAllGlobals())
  it('no network', async () => {
    expect((await run('curl -s https://example.com')).exitCode).not.toBe(0)
    for (const line of ['wget https://example.com', 'nc example.com 80', 'ssh example.com']) expect((await run(line)).exitCode, line).not.toBe(0)
    expect(fetched).not.toHaveBeenCalled()
  })
  it('no file of this machine, and no program', async () => {
    for (const line of ['cat /etc/passwd', 'cat /proc/self/environ', 'cat ../../../../package.json', `cat ${process.cwd()}/package.json`, 'node -e 1', 'python3 -c 1', 'js-exec 1', 'sqlite3 :memory: "select 1"', 'cat file:///etc/passwd', 'source /etc/profile']) expect((await run(line)).exitCode, line).not.toBe(0)
    expect((await run('env')).stdout).not.toContain(process.env['PATH'])
    expect((await run('ls -a / | tr "\\n" " "')).stdout).not.toContain('work')
  })
  it('no way to the prototypes', async () => {
    for (const line of ['__proto__=1', 'export constructor=1 toString=2 __proto__=3', 'declare -A a; a[__proto__]=x; a[constructor]=y', "echo '{\"__proto__\": {\"polluted\": 1}}' | jq '. * {\"constructor\": {\"prototype\": {\"polluted\": 1}}}'", 'constructor', '__proto__', 'hasOwnProperty x', 'kubectl get __proto__', 'kubectl get pods constructor', 'aws xray constructor', 'psql -c "SELECT constructor FROM __proto__"', 'redis-cli CONFIG GET __proto__', 'man toString']) await run(line)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect((await run('kubectl get constructor')).stderr).toContain("doesn't have a resource type")
    expect((await run('echo ok')).stdout).toBe('ok\n')
  })
})

describe('a shell in a pod', () => {
  it('asks from inside the pod, through pipes of its own', async () => {
    expect((await run("kubectl exec deployment/other -- bash -c 'curl -s localhost:8080/health | jq -r .status; free -m | wc -l'")).stdout).toBe('UP\n3\n')
    expect((await run('curl -s localhost:8080/health')).exitCode).toBe(7)
  })
})

describe('what goes on', () => {
  it('shows what is new when it is asked again, through pipes too', async () => {
    const first = await run('kubectl logs -f deployment/api')
    expect(first).toMatchObject({ againSeconds: 1, goesOn: true })
    expect(first.stdout.split('\n').length).toBeGreaterThan(10)
    shift.runTo(shift.nowUs + 5_000_000)
    const more = await run('kubectl logs -f deployment/api', false)
    expect(more.stdout).not.toBe('')
    expect(first.stdout).not.toContain(more.stdout.split('\n')[0])
    expect((await run('kubectl logs -f deployment/api', false)).stdout).toBe('')
    expect((await run("kubectl logs -f deployment/api | grep -c 'failed'")).stdout).toMatch(/^[1-9]\d*\n$/)
    expect((await run('kubectl logs deployment/api')).goesOn).toBe(false)
  })
  it('shows rows of a watched list when they have changed', async () => {
    expect((await run('kubectl get pods -w')).stdout).toMatch(/^NAME[\s\S]*other-/)
    shift.runTo(shift.nowUs + 3_000_000)
    expect((await run('kubectl get pods -w', false)).stdout).toBe('')
    shift.act({ action: 'scale', target: 'other', replicas: 2 }, 'console')
    shift.runTo(shift.nowUs + 6_000_000)
    expect((await run('kubectl get pods -w', false)).stdout).toMatch(/^other-\w{5} +0\/1 +ContainerCreating +0 +\d+s\n$/)
  })
})
