/** `kafka-console-consumer.sh` and `kafka-console-producer.sh`: what is in a topic, and sending it again. */
import type { World } from '../../model/index.ts'
import type { Broker } from '../../model/parts/broker/broker.ts'
import { messageFlag } from '../../model/parts/broker/message-log.ts'
import type { Topic } from '../../model/parts/broker/topic.ts'
import { traceIdHex } from '../../telemetry/trace-ids.ts'
import { askFor } from '../ask-action.ts'
import type { Command, CommandResult } from '../command.ts'
import { failed, printedLines } from '../command.ts'
import { wallUs } from '../times.ts'
import { brokerOf, brokers, optionsOf } from './kafka.ts'

/** More than this is not read at once. */
const mostRead = 5_000

interface Message {
  readonly partition: number
  readonly offset: number
  readonly producedUs: number
}

/** Messages of a topic in the order in which they were produced, from a time on. */
function messagesOf(topic: Topic, fromUs: number, partition: number | null, fromOffset: number): readonly Message[] {
  return topic.logs.flatMap((log, at) => {
    if (partition !== null && partition !== at) return []
    const found: Message[] = []
    for (let offset = Math.max(fromOffset, log.offsetAtUs(fromUs)); offset < log.end; offset += 1) found.push({ partition: at, offset, producedUs: log.producedAtUs(offset) })
    return found
  }).toSorted((one, other) => one.producedUs - other.producedUs || one.partition - other.partition)
}

function lineOf(world: World, topic: Topic, { partition, offset, producedUs }: Message): string {
  const log = topic.logs[partition]
  const { traceHi, traceLo } = log?.traceAt(offset) ?? { traceHi: 0, traceLo: 0 }
  const flags = log?.flagsAt(offset) ?? 0
  return JSON.stringify({
    topic: topic.name, partition, offset, timestamp: new Date(wallUs(world, producedUs) / 1000).toISOString(), key: String(log?.keyAt(offset) ?? ''), ...(traceHi === 0 && traceLo === 0 ? {} : { trace_id: traceIdHex(traceHi, traceLo) }), ...((flags & messageFlag.replayed) === 0 ? {} : { replayed: true }),
  })
}

function topicOf(broker: Broker, name: string | undefined): Topic | CommandResult {
  if (name === undefined || name === '') return failed('Missing required argument "[topic]"')
  return broker.topics.find((topic) => topic.name === name) ?? failed(`Error while fetching metadata: {${name}=UNKNOWN_TOPIC_OR_PARTITION}`)
}

const candidates = (world: World, words: readonly string[], more: readonly string[]): readonly string[] => (words.at(-1) === '--topic' ? brokers(world).flatMap(({ topics }) => topics.map(({ name }) => name)) : words.at(-1) === '--bootstrap-server' ? brokers(world).map(({ name }) => `${name}:9092`) : ['--bootstrap-server', '--topic', ...more])

export const kafkaConsole: Command = {
  name: 'kafka-console-consumer.sh',
  summary: 'read the messages of a topic, with their keys, times and traces',
  synopsis: ['kafka-console-consumer.sh --bootstrap-server BROKER:9092 --topic TOPIC --from-beginning [--max-messages N] [--partition P [--offset O]]', 'kafka-console-consumer.sh --bootstrap-server BROKER:9092 --topic TOPIC'],
  description: ['Each message is one line of JSON with its place, its time, its key and the trace in which it was produced. What is in a message is not part of the simulation. The key is the number of the order or whatever else the messages of a service are about.', 'With --from-beginning it prints what is there, the newest 5,000 messages at most, and ends. Without, it goes on with new messages until Ctrl+C.'],
  answers: ['cmd.kafka-console-consumer', 'cmd.kafka-dlq-read', 'cmd.kafka-compensation-events'],
  run({ world, args, pod, nowUs, followed }) {
    const options = optionsOf(args)
    const broker = brokerOf(world, options, pod)
    if ('exitCode' in broker) return broker
    const topic = topicOf(broker, options.get('topic'))
    if ('exitCode' in topic) return topic
    const partition = options.get('partition')
    const offset = options.get('offset')
    const isWhole = options.has('from-beginning') || offset !== undefined
    const all = messagesOf(topic, isWhole ? 0 : followed === null ? nowUs : Number(followed) + 1, partition === undefined ? null : Number(partition), /^\d+$/.test(offset ?? '') ? Number(offset) : 0)
    const most = Number(options.get('max-messages') ?? mostRead)
    const shown = options.has('max-messages') ? all.slice(0, most) : all.slice(-mostRead)
    const answer = printedLines(shown.map((message) => lineOf(world, topic, message)))
    return isWhole ? { ...answer, stderr: `Processed a total of ${shown.length} messages\n` } : { ...answer, follow: String(nowUs) }
  },
  candidates: (world, words) => candidates(world, words, ['--from-beginning', '--max-messages', '--partition', '--offset']),
}

export const kafkaProducer: Command = {
  name: 'kafka-console-producer.sh',
  summary: 'send messages that were read from one topic to another',
  synopsis: ['kafka-console-consumer.sh ... --topic DEAD-LETTERS --from-beginning | kafka-console-producer.sh --bootstrap-server BROKER:9092 --topic TOPIC'],
  description: ['Takes the lines that kafka-console-consumer.sh prints and sends all messages of that topic to another one, as an action. Keys are kept, which the real tool does not do unless it is told to; every repetition sends them all again. Messages of your own cannot be written: what is in a message is not part of the simulation.'],
  answers: ['cmd.kafka-dlq-replay'],
  run({ world, args, pod, stdin }) {
    const options = optionsOf(args)
    const broker = brokerOf(world, options, pod)
    if ('exitCode' in broker) return broker
    const topic = topicOf(broker, options.get('topic'))
    if ('exitCode' in topic) return topic
    const from = /^\{"topic":"([^"]+)"/.exec(stdin.trim())?.[1]
    if (from === undefined) return failed(stdin.trim() === '' ? 'Nothing was read, so nothing is sent.' : 'org.apache.kafka.common.errors.TopicAuthorizationException: messages of your own may not be written. Lines of kafka-console-consumer.sh are sent again.')
    return askFor(world, { action: 'replay', target: broker.name, from, to: topic.name }, '')
  },
  candidates: (world, words) => candidates(world, words, []),
}
