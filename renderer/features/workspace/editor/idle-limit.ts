/**
 * Monaco colours text in idle time and names no limit for the wait. Chromium gives a window in which nothing moves no
 * idle time at all, now and then for minutes; then a change of theme left the text without colours. Imported before
 * Monaco, for its effect.
 */

/** Short enough to pass for a late frame. */
const idleAtMostMs = 100

const request = window.requestIdleCallback.bind(window)
window.requestIdleCallback = (callback, options) => request(callback, { timeout: idleAtMostMs, ...options })
