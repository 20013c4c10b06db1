import { describe, expect, it } from 'vitest'
import { patternFaults, regexOf } from './patterns.ts'
import type { PhraseListName } from './phrases.ts'
import { hollowActions, phraseListNames, phraseRules } from './phrases.ts'

/** What a list finds in a sentence; null for nothing. */
function found(list: PhraseListName, sentence: string): string | null {
  for (const { any, unless } of phraseRules(list, ['Ben', 'Dana'])) {
    if (unless.some((pattern) => regexOf(pattern).test(sentence))) continue
    for (const pattern of any) {
      const match = regexOf(pattern).exec(sentence)
      if (match !== null) return match[0]
    }
  }
  return null
}

describe('blame', () => {
  it.each([
    'Ben forgot to set the topic.',
    'The engineer on duty failed to notice the alert.',
    'The developer should have tested the empty value.',
    'The outage was caused by Dana.',
    "It was Ben's mistake.",
    'This was human error.',
    'The on-call team ignored the first alert.',
    'The reviewer overlooked the missing value.',
    'The deploy was careless.',
    'The operator did not bother to check the dashboard.',
    'Ben broke the checkout at 09:10.',
    'The empty topic should have been noticed in review.',
    'SOMEBODY FORGOT THE LOCK.',
  ])('points at %j', (sentence) => expect(found('blame', sentence)).not.toBeNull())

  it.each([
    'Ben rolled back the deploy at 09:52.',
    'The invalidation failed to reach the product service.',
    'The deploy at 09:10 caused the stale prices.',
    'Nobody forgot anything: the checklist has no such step.',
    'The review could not show the missing value, because the template was not rendered.',
    'The engineer on call opened the dashboard at 09:31.',
    'We ask what made the change look safe rather than who made a mistake.',
    'Anybody could have made the same mistake, since the field had no check.',
    'Dana found the cause at 10:20.',
    'The pipeline did not verify the variable.',
  ])('has nothing against %j', (sentence) => expect(found('blame', sentence)).toBeNull())
})

describe('the other lists', () => {
  it.each<[PhraseListName, string]>([
    ['speculation', 'It is probably the network.'],
    ['speculation', 'We suspect a memory leak.'],
    ['speculation', 'This may be due to a supplier.'],
    ['speculation', 'Pages should be back within the hour.'],
    ['jargon', 'P99 is above 500 ms.'],
    ['jargon', 'The product_catalog_db is slow.'],
    ['jargon', 'We restarted the pods.'],
    ['jargon', 'Some users get a 503.'],
    ['premature', 'The issue has been resolved.'],
    ['premature', 'Everything is under control.'],
    ['vague', 'We are looking into it.'],
    ['vague', 'Our engineers are working on the issue.'],
    ['vague', 'We will update you as soon as possible.'],
    ['vague', 'We apologise for any inconvenience.'],
  ])('%s: %j', (list, sentence) => expect(found(list, sentence)).not.toBeNull())

  it.each<[PhraseListName, string]>([
    ['speculation', 'We do not know yet whether the network is the cause.'],
    ['speculation', 'You may see a spinner for up to ten seconds.'],
    ['jargon', 'Product pages take up to ten seconds to open.'],
    ['premature', 'We keep watching until the slow pages are resolved.'],
    ['vague', 'Ana is looking into the write path by 10:20 UTC.'],
    ['vague', 'Three engineers are comparing this morning with yesterday.'],
  ])('%s leaves %j alone', (list, sentence) => expect(found(list, sentence)).toBeNull())

  it.each(['Be more careful with deploys', 'Improve monitoring', 'Test more before a release', 'Remind everyone to double-check', 'Retrain the team'])('%j is a wish', (text) => {
    expect(hollowActions.some((pattern) => regexOf(pattern).test(text))).toBe(true)
  })
  it.each(['Improve monitoring of invalidation: alert at 5 minutes without a message', 'Refuse a deploy whose topic is empty', 'Add a TTL of 10 minutes to product entries'])('%j can be finished', (text) => {
    expect(hollowActions.some((pattern) => regexOf(pattern).test(text))).toBe(false)
  })
})

describe('patterns', () => {
  it('of the lists are sound', () => {
    for (const list of phraseListNames) for (const { any, unless } of phraseRules(list, ['A. (B)'])) expect(patternFaults([...any, ...unless])).toEqual([])
    expect(patternFaults(hollowActions)).toEqual([])
  })

  it.each(['(a+)+b', '(\\w+\\s?)*$', '(?:a|b*){2,}', '.*a.*b.*c'])('%j may be slow and is refused', (pattern) => expect(patternFaults([pattern])).toHaveLength(1))
  it.each(['(a+)?b', '[^.]{0,30}x', '(?:\\w+ ){0,3}x', '[+*]a+', '\\(a+\\)+', '.*a.*'])('%j is fine', (pattern) => expect(patternFaults([pattern])).toEqual([]))
})
