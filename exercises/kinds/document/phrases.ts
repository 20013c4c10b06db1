/**
 * Words that a text of a kind does without, curated once for all exercises, each list with the uses that are fine. A rule
 * quotes what it found, so each says in `because` what to write instead.
 */
import { anyNameOf } from './patterns.ts'

export interface PhraseRule {
  any: readonly string[]
  /** Of the whole sentence. */
  unless: readonly string[]
  because: string
}

export const phraseListNames = ['blame', 'speculation', 'jargon', 'premature', 'vague'] as const
export type PhraseListName = (typeof phraseListNames)[number]

const roles =
  '(?:developers?|engineers?|programmers?|operators?|admins?|administrators?|interns?|juniors?|seniors?|reviewers?|testers?|dbas?|author|colleagues?|managers?|(?:ops|dev|qa|sre|platform|backend|frontend|database|on-call|development|checkout|catalogue|catalog|inventory|support) team|somebody|someone|he|she)'
/** What may stand between who and what: "the engineer on duty clearly forgot". Bounded, and no noun of a machine. */
const between = '(?:\\s+(?:on|in|of|the|call|duty|shift|day|charge|who|that|had|has|have|was|were|clearly|simply|again|also|then|just|obviously|never)){0,5}'
const faultVerbs =
  '(?:failed to|neglected|ignored|overlooked|messed up|screwed up|mishandled|misread|broke|caused (?:the|this|an?) (?:outage|incident|problem|bug|failure)|is (?:responsible|guilty|to blame)|are (?:responsible|guilty|to blame)|to blame|(?:careless|negligent|sloppy|inattentive)(?:ly)?|should(?:n.t| not)? have|should.ve|ought to have|could have (?:noticed|known|checked|tested)|did(?: not|n.t) (?:bother|pay attention|care|think|test|check|verify|validate|read|double-check|do (?:his|her|their) job)|made (?:a|the|an) (?:\\w+ )?(?:mistake|error|blunder))'
const noBlame = ['\\b(?:nobody|no one|none of us|blameless|without blam\\w+|no blame|not (?:about|ask\\w*|look\\w*|search\\w*) (?:for )?who|not (?:a|the|any) (?:person|human)|rather than|instead of|any(?:one|body) (?:can|could|would|might|may))\\b']

function blame(people: readonly string[]): PhraseRule[] {
  const who = people.length === 0 ? roles : `(?:${roles}|${anyNameOf(people)})`
  const rules: PhraseRule[] = [
    { any: [`\\b${who}${between}\\s+${faultVerbs}\\b`], unless: noBlame, because: 'It judges a person. Say what the system allowed, showed or did not show.' },
    {
      any: [
        '\\b(?:forgot|had forgotten|neglected to)\\b',
        '\\b(?:human|operator|user|pilot) (?:error|failure)\\b',
        '\\b(?:careless\\w*|negligen\\w+|incompeten\\w+|sloppy|lazy|laziness|stupid\\w*|reckless\\w*|unprofessional\\w*|irresponsib\\w+)\\b',
        '\\b(?:whose fault|at fault|fault of|to blame|guilty|culprit was|punish\\w*|reprimand\\w*|disciplinary|held responsible)\\b',
        '\\bshould(?: not|n.t)? (?:simply )?have (?:known|noticed|checked|tested|seen|been (?:more careful|careful|noticed|checked|caught|tested)|thought|paid attention|read|validated|verified|remembered|asked)\\b',
        '\\b(?:obvious|stupid|careless|avoidable|basic|beginner.?s?) (?:mistake|error|oversight)\\b',
      ],
      unless: [...noBlame, '\\b(?:not|no|never|nor) (?:a |an |the |by |at |to )?(?:human error|fault|blame\\b|careless\\w*|negligen\\w+)', '\\bat fault (?:pod|node|host|replica|service)'],
      because: 'It blames. Say what was in the way of seeing it, and what would have shown it.',
    },
  ]
  if (people.length > 0) {
    const name = anyNameOf(people)
    rules.push({
      any: [
        `\\b${name}(?:'s|\u2019s)? (?:mistake|error|fault|negligence|oversight|carelessness|blunder)\\b`,
        `\\b(?:caused by|because of|due to|thanks to|fault of|mistake of|error of|introduced by|broken by) ${name}\\b`,
        `\\b${name}(?:'s|\u2019s) (?:\\w+ ){0,2}(?:broke|caused|introduced|took down|brought down)\\b`,
        `\\b${name} (?:broke|caused|introduced|took down|brought down)\\b`,
      ],
      unless: noBlame,
      because: 'It names a person as the cause. Name the change, by its number or its time.',
    })
  }
  return rules
}

const notKnown = "\\b(?:not (?:yet )?(?:know|known|clear|confirmed|proven|established)|unknown|unclear|don.t (?:yet )?know|hypothes[ei]s|to be (?:confirmed|tested))\\b"

const speculation: PhraseRule[] = [
  {
    any: [
      '\\b(?:probably|presumably|supposedly|apparently|most likely|very likely|likely (?:due|caused|because|a|an|the|related)|hopefully|surely|no doubt|without doubt|obviously)\\b',
      '\\b(?:we|i|our engineers|our team) (?:\\w+ )?(?:think|believe|suspect|guess|assume|reckon|suppose|hope)\\b',
      '\\b(?:might|may|could|must) (?:well )?(?:be|have been) (?:due|caused|related|because|down to|the result|the cause|a result|an? )',
      '\\b(?:seems?|appears?|looks?) (?:to be|like|as if|that|related|caused)\\b',
      '\\bsuspected\\b',
    ],
    unless: [notKnown],
    because: 'A guess. Say what is confirmed, or that it is not known yet.',
  },
  {
    any: ['\\bshould (?:soon )?be (?:fixed|resolved|solved|back|over|done|working|restored|normal)\\b', '\\bwill be (?:fixed|resolved|solved|back to normal|restored) (?:soon|shortly|in|within|by|before|today)\\b', '\\bexpect (?:a fix|this to be (?:fixed|resolved)|to (?:fix|resolve|be back))\\b', '\\bany (?:minute|moment) now\\b'],
    unless: ['\\b(?:not|no|cannot) (?:yet )?(?:expect|say|know)'],
    because: 'It promises an end that nobody can promise. Promise the time of the next update.',
  },
]

const jargon: PhraseRule[] = [
  {
    any: [
      '\\bp ?\\d{2}(?:\\.\\d)?\\b',
      '\\b(?:percentiles?|latenc(?:y|ies)|throughput|timeouts?|time-outs?|thresholds?|saturat\\w+|bottleneck)\\b',
      '\\b(?:databases?|dbs?|sql|quer(?:y|ies)|index(?:es)?|replicas?|shards?|primary|failover|deadlocks?|locks?|transactions? log|tables?)\\b',
      '\\b(?:clusters?|nodes?|pods?|kubernetes|k8s|containers?|instances?|hosts?|servers?|load balancers?|proxy|proxies|vms?)\\b',
      '\\b(?:redis|kafka|postgres(?:ql)?|mysql|mongodb|elasticsearch|nginx|envoy|grafana|prometheus|jaeger|aws|lambda|s3)\\b',
      '\\b(?:cach(?:e|es|ed|ing)|connection pools?(?:ing)?|pools?|threads?|heap|garbage collect\\w+|gc|cpu|memory leak|ram|disk i/?o|queues?|backlog|consumers?|topics?)\\b',
      '\\b[45]xx\\b|\\b(?:http )?(?:500|502|503|504)s?\\b|\\bhttps?\\b(?!:)',
      '\\b(?:endpoints?|micro-?services?|backends?|front-?ends?|upstreams?|downstreams?|apis?|middleware|payloads?)\\b',
      '\\b(?:deploy(?:s|ed|ing|ment|ments)?|roll(?:ed)?[ -]?backs?|rolled back|roll back|configuration|config|feature flags?|canary|hotfix(?:es)?|patch(?:ed)?|release \\d\\S*|migrations?|rebooted|restarted)\\b',
      '\\b(?:slos?|slis?|mttr|on-?call|pager|paged|incident commander|root cause|mitigat\\w+|remediat\\w+|triag\\w+|blast radius|degradation|degraded|sev-?\\d|runbooks?)\\b',
      '\\b[a-z]+_[a-z0-9_]*[a-z0-9]',
    ],
    unless: [],
    because: 'A word of the engine room. Say what a customer sees.',
  },
]

const premature: PhraseRule[] = [
  {
    any: [
      '\\b(?:is|are|was|were|has been|have been|been|now) (?:now |already |fully |completely )?(?:fixed|solved|resolved)\\b',
      '\\b(?:will )?never happen again\\b',
      '\\b(?:everything|all|all systems) (?:is|are) (?:now )?(?:fine|under control|back to normal|working|normal|operational|good)\\b',
      '\\b(?:all clear|problem solved|crisis over|nothing to worry about|no need to worry|rest assured)\\b',
      '\\b(?:has|have) (?:now |fully )?(?:recovered|returned to normal)\\b',
    ],
    unless: ['\\b(?:until|once|when|whether|if|not (?:yet )?(?:been )?(?:fixed|solved|resolved)|before|nothing|none)\\b'],
    because: 'Good news that nothing shows yet. Say what has been done and what is still open.',
  },
]

const vague: PhraseRule[] = [
  {
    any: [
      "\\b(?:we|our team|our engineers|the team|engineers|everyone|everybody|all hands)(?: are| is|'re|\u2019re)? (?:all |still |currently |actively |now |urgently |already |hard ){0,2}(?:looking into|working on|on|at) (?:it|this|that|the (?:issue|problem|matter|incident)|these issues|a fix|a solution)\\b(?! by\\b| since\\b)",
      '\\b(?:as soon as (?:possible|we (?:can|know(?: more)?|have (?:more|news)))|asap|in due course|in the near future|shortly|very soon|at the earliest|stay tuned|when we know more|once we know more)\\b',
      '\\b(?:we take .{0,40} (?:very )?seriously|any inconvenience|your patience|some (?:minor )?(?:issues|problems|trouble)|technical (?:difficulties|issues|problems))\\b',
    ],
    unless: [],
    because: 'It tells the reader nothing to act on. Say who is affected, by what, and when the next word comes.',
  },
]

/** The rules of a list; `people` are names that the text may know. */
export function phraseRules(name: PhraseListName, people: readonly string[]): readonly PhraseRule[] {
  switch (name) {
    case 'blame':
      return blame(people)
    case 'speculation':
      return speculation
    case 'jargon':
      return jargon
    case 'premature':
      return premature
    case 'vague':
      return vague
  }
}

/** Action items that nobody can finish: a wish instead of a change. */
export const hollowActions: readonly string[] = [
  '\\b(?:be|being) (?:more |extra |very )?(?:careful|attentive|vigilant|cautious|mindful)\\b',
  '\\b(?:pay|paying) (?:more |closer )?attention\\b',
  '\\b(?:try|make sure|ensure|remember|remind \\w+(?: \\w+)?|tell \\w+(?: \\w+)?|ask \\w+(?: \\w+)?) (?:not to|never to|to (?:not|never|be careful|double-?check|test (?:more|better)|pay attention))\\b',
  '\\b(?:never|avoid) (?:making|doing|repeat\\w*) (?:this|that|such|the same|mistakes?)\\b',
  '\\b(?:test|review|monitor|communicate|check|think) (?:more|better|harder|more carefully|properly|thoroughly)\\b',
  '\\b(?:improve|better|more|increase|enhance) (?:the |our )?(?:monitoring|testing|tests|observability|communication|awareness|documentation|alerting|quality|discipline|code quality)\\b(?=[^a-z]*(?:$|[|(,;:.]))',
  '\\b(?:retrain|re-?educate|discipline|warn|talk to) (?:the )?\\w+',
]
