/** Three incidents, each from its briefing to its postmortem, by mouse and keyboard: a release, a queue, a false alarm. */
import { expect, test } from './app.ts'
import { showPanel } from './incident-screens.ts'
import { acknowledge, act, enterShift, expectInTimeline, handOver, passUntil, pinChange, pinLine, pinQuery, pinTrace, readDebrief, submitPostmortem, suppose, tell } from './shift-steps.ts'

test('a release that fails some requests is switched off', async ({ window: page }) => {
  const diagnosis = { cause: /^Checkouts with a voucher fail since version 2/, part: 'checkout', trigger: 'load' }
  await enterShift(page, 'Half of all checkouts fail after a release', '7')
  await acknowledge(page)
  await showPanel(page, 'Alerts')
  await page.getByRole('button', { name: 'Pin "CheckoutsFail" as evidence' }).click()
  await expectInTimeline(page, 'Pinned: CheckoutsFail is firing')
  await tell(page, 'Incident channel', 'Investigating', 'Since 10:00 UTC about half of all checkouts fail with an error. Known: a release went out before. Looking at failed traces now. Next update at 10:20 UTC.')
  await tell(page, 'Status page', 'Investigating', 'Since 10:00 UTC about half of all orders cannot be completed. Searching for products still works. The next update comes at 10:20 UTC.')
  await pinTrace(page, 'service=checkout name="POST /vouchers"')
  await pinChange(page, /deploy checkout.*v1.*v2/)
  await pinQuery(page, 'sum(rate(user_requests_total{client="voucher-holders",outcome!="ok"}[2m]))')
  await suppose(page, diagnosis)
  await act(page, /^toggle vouchers/, 'toggle vouchers')
  await passUntil(page, 'Objective met')
  await showPanel(page, 'Actions')
  await expect(page.getByRole('region', { name: 'What you did' }).getByRole('row').filter({ hasText: 'toggle vouchers' })).toBeVisible()
  await tell(page, 'Incident channel', 'Resolved', 'Resolved: the new way to charge vouchers is off, and checkouts succeed again. Follow-up: the team of checkout mends version 3.')
  await handOver(page, diagnosis)
  await expect(page.getByRole('region', { name: 'What you did' }).getByRole('row').filter({ hasText: 'Right' })).toHaveCount(1)
  await readDebrief(page)
  await submitPostmortem(page, 'In checkout, version 2 charges a voucher in a new way, and each checkout with a voucher fails since then. Version 3 has the same code.')
})

test('a message that ends its readers is passed over', async ({ window: page }) => {
  const diagnosis = { cause: /^One message ends the process of whoever reads it/, part: 'claim-worker', trigger: 'outside' }
  await enterShift(page, 'One after the other they fall', '7')
  await acknowledge(page)
  await pinLine(page, '{service="claim-worker"}', 'Listener failed for claims-0@')
  await pinQuery(page, 'sum(increase(kafka_consumergroup_current_offset{consumergroup="claim-handlers"}[3m]))')
  await suppose(page, diagnosis)
  await tell(page, 'Incident channel', 'Identified', 'Cause: one claim ends each worker that reads it, seen at the same offset in three logs. Passing it over now. Next update at 10:30 UTC.')
  await act(page, /^skip-messages claim-handlers/, 'skip-messages claim-handlers')
  await passUntil(page, /\+0[2-9]:\d\d\)/)
  await handOver(page, diagnosis)
  await expect(page.getByRole('region', { name: 'What you did' }).getByRole('row').filter({ hasText: 'Right' })).toHaveCount(1)
  await readDebrief(page)
  await submitPostmortem(page, 'In claim-worker, one message ends the process of every worker that reads it, before its offset is committed, and the next worker reads it again.')
})

test('a page for nothing is looked at, explained and left alone', async ({ window: page }) => {
  const diagnosis = { cause: /^No fault to mend/, part: 'card-monitor', trigger: 'nothing' }
  await enterShift(page, 'A third of the payments fail, near midnight', '7')
  await acknowledge(page)
  await pinQuery(page, 'sum(increase(http_requests_total{job="shop",route="/pay",code=~"5.."}[10m])) or vector(0)')
  await pinQuery(page, 'sum(rate(http_requests_total{job="shop",route=~"/pay.*"}[5m]))')
  await suppose(page, diagnosis)
  await tell(page, 'Incident channel', 'Resolved', 'The page is a false alarm: no payment of a customer failed. Test cards are declined as they should be, and few payments are left at night. The alert will be corrected tomorrow.')
  await passUntil(page, /\+0[1-9]:\d\d\)/)
  await handOver(page, diagnosis)
  await expect(page.getByRole('region', { name: 'What you did' })).toContainText('Nothing was done to the system')
  await expect(page.getByRole('region', { name: 'The same world under three hands' })).toContainText('Right: nothing needed doing')
  await readDebrief(page)
  await submitPostmortem(page, 'The alert reads card-monitor, whose test payments are meant to be declined: they count as failures, and at night they are a third of the payments that are left.')
})
