import { describe, expect, it } from 'vitest'
import { run, shop } from '../testing/shop.ts'

const crashing = shop(4, '{ at: 2m, crash: orders, pods: 1 }\n{ at: 150s, crash: orders, pods: 1 }\n{ at: 175s, deploy: gateway, version: v2 }\n{ at: 235s, crash: orders, pods: 1 }')
const calm = shop(2)

describe('kubectl', () => {
  it('lists pods with their restarts and ages', () => {
    const { stdout, exitCode } = run(crashing, 'kubectl get pods -l app=orders')
    expect(exitCode).toBe(0)
    expect(stdout.split('\n')[0]).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE$/)
    expect(stdout).toMatch(/orders-\w{5} +0\/1 +(?:CrashLoopBackOff|Error) +3 \(5s ago\) +26h/)
    expect(run(calm, 'kubectl get pods -o wide').stdout).toMatch(/orders-\w{5} +1\/1 +Running +0 +26h +10\.42\.\d+\.\d+ +node-[12]/)
  })
  it('lists every kind, also as json and yaml', () => {
    for (const kind of ['pods', 'deployments', 'sts', 'svc', 'nodes', 'hpa']) {
      expect(run(calm, `kubectl get ${kind}`).stdout).toContain('NAME')
      expect((JSON.parse(run(calm, `kubectl get ${kind} -o json`).stdout) as { items: unknown[] }).items.length).toBeGreaterThan(0)
      expect(run(calm, `kubectl get ${kind} -o yaml`).stdout).toContain('items:')
    }
    expect(run(calm, 'kubectl get hpa').stdout).toMatch(/gateway-hpa +Deployment\/gateway +cpu: \d+%\/60% +2 +6 +2/)
  })
  it('tells of deaths and deploys in events and descriptions', () => {
    const events = run(crashing, 'kubectl get events').stdout
    expect(events).toMatch(/Warning +Failed +pod\/orders-/)
    expect(events).toMatch(/Normal +DeploymentRollout +deployment\/gateway +deploy gateway: version v1 -> v2/)
    const pod = /orders-\w{5}(?= +0\/1)/.exec(run(crashing, 'kubectl get pods').stdout)?.[0] ?? ''
    expect(run(crashing, `kubectl describe pod ${pod}`).stdout).toMatch(/Restart Count: {2}3[\s\S]*Events:[\s\S]*BackOff/)
    expect(run(crashing, 'kubectl describe deployment gateway').stdout).toMatch(/Limits:\n +cpu: +2\n +memory: +1024Mi/)
    expect(run(crashing, 'kubectl rollout history deployment/gateway').stdout).toMatch(/2 +deploy gateway: version v1 -> v2/)
  })
  it('shows logs of one process, of the one before, and a tail', () => {
    const own = run(calm, 'kubectl logs deployment/orders --tail=3')
    expect(own.stderr).toMatch(/Found 2 pods, using pod\/orders-/)
    expect(own.stdout.trim().split('\n')).toHaveLength(3)
    expect(run(calm, 'kubectl logs deployment/orders -p').stderr).toContain('previous terminated container "orders"')
    expect(run(crashing, 'kubectl logs -l app=orders --since=nonsense').stderr).toContain('invalid duration')
    expect(run(calm, 'kubectl logs orders-db-0').exitCode).toBe(0)
  })
  it('measures pods and nodes', () => {
    expect(run(calm, 'kubectl top pods --sort-by=cpu').stdout).toMatch(/NAME +CPU\(cores\) +MEMORY\(bytes\)\norders/)
    expect(run(calm, 'kubectl top nodes').stdout).toMatch(/node-1 +\d+m +\d+% +\d+Mi/)
  })
  it('asks for actions and changes nothing itself', () => {
    const before = calm.fingerprint()
    expect(run(calm, 'kubectl scale deployment orders --replicas=4')).toMatchObject({ stdout: 'deployment.apps/orders scaled\n', act: { action: 'scale', target: 'orders', replicas: 4 }, takesUs: 5_000_000 })
    expect(run(calm, 'kubectl rollout restart deployment/orders').act).toEqual({ action: 'restart', target: 'orders' })
    expect(run(calm, 'kubectl rollout undo deployment/orders')).toMatchObject({ exitCode: 1, stderr: 'error: no rollout history found for deployment "orders"\n' })
    expect(run(crashing, 'kubectl rollout undo deployment/gateway').act).toEqual({ action: 'rollback', target: 'gateway' })
    const [pod = ''] = run(calm, 'kubectl get pods -l app=orders -o name').stdout.trim().split('\n')
    expect(run(calm, `kubectl delete ${pod}`)).toMatchObject({ stdout: `pod "${pod.slice(4)}" deleted from default namespace\n`, act: { action: 'restart-pod', target: 'orders', pod: pod.slice(4) } })
    expect(run(calm, 'kubectl delete pod orders-db-0').stderr).toContain('belongs to a stateful set')
    expect(run(calm, 'kubectl delete pods -l app=orders').stderr).toContain('one pod at a time here')
    expect(run(calm, 'kubectl set resources deployment orders --limits=cpu=4,memory=2Gi --requests=cpu=1').act).toEqual({ action: 'set-resources', target: 'orders', cores: 4, memory: '2GB' })
    expect(run(calm, 'kubectl set resources deployment/orders --limits=cpu=1500m').stderr).toContain('whole cores')
    expect(run(calm, 'kubectl drain node-1 --ignore-daemonsets').act).toEqual({ action: 'drain-node', target: 'node-1' })
    expect(calm.fingerprint()).toBe(before)
  })
  it('says what is wrong as the real tool does', () => {
    expect(run(calm, 'kubectl get unicorns').stderr).toBe('error: the server doesn\'t have a resource type "unicorns"\n')
    expect(run(calm, 'kubectl get pod nobody').stderr).toBe('Error from server (NotFound): pods "nobody" not found\n')
    expect(run(calm, 'kubectl get pods --colour').stderr).toContain('unknown flag: --colour')
    expect(run(calm, 'kubectl get pods -n elsewhere').stderr).toBe('No resources found in elsewhere namespace.\n')
    expect(run(calm, 'kubectl fly').stderr).toBe('error: unknown command "fly" for "kubectl"\n')
  })
})
