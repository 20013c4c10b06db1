import { useEffect, useLayoutEffect } from 'react'
import { useLocation } from 'wouter'
import { announce } from './announce.ts'

/** Time for the new screen to set its title, ms. */
const titleMs = 150

/**
 * What arriving at another screen does: it starts at its top and its name is spoken. Sections of a chapter are one
 * screen. Must be the first child of the scrolling element: effects run in order, and a screen that restores its own
 * place comes after.
 */
export function Arrival() {
  const [location] = useLocation()
  const screen = location.split('/').slice(0, 3).join('/')
  useLayoutEffect(() => {
    document.getElementById('main')?.scrollTo(0, 0)
  }, [screen])
  useEffect(() => {
    const timer = setTimeout(() => announce(document.title.replace(/ · Firedrill$/, '')), titleMs)
    return () => clearTimeout(timer)
  }, [screen])
  return null
}
